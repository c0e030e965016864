"""Runs that do not come to their end: signals, limits of Scrapy's, full disks, bugs.

Killed runs are in `test_kills.py` and `test_publication_kills.py`.
"""

import json
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from crawl.site import Newsroom, release, releases

#: A pipeline that does something in the process of the run when the third row comes.
PIPELINE = """
import os
import signal


class Third:
    rows = 0

    def process_item(self, item):
        self.rows += 1
        if self.rows == 3:
            {action}
        return item
"""
#: A storage of another project, which gets a signal and is still busy when the engine has stopped.
CLOSES = """
import asyncio
import os
import signal

from scrapy import signals


class Storage:
    @classmethod
    def from_crawler(cls, crawler, uri, *, feed_options=None):
        storage = cls()
        storage.stopped = asyncio.Event()
        crawler.signals.connect(storage.stop, signals.engine_stopped)
        return storage

    def stop(self):
        self.stopped.set()

    def open(self, spider):
        return open(os.devnull, "wb")

    async def store(self, file):
        file.close()
        os.kill(os.getpid(), signal.SIGINT)
        await self.stopped.wait()
"""
EXPORTER = "scrapy.extensions.feedexport.FeedExporter"
#: Spiders of other projects, one callback of which has a bug.
BUG = """
from osce_crawl.spiders.newsroom import NewsroomSpider


class Spider(NewsroomSpider):
    def parse_item(self, response, **found):
        raise LookupError("a bug")
"""


@pytest.fixture
def site():
    with Newsroom(releases(5)) as running:
        yield running


class Gate:
    """Holds an item page back until it is opened; knows when the page was asked for."""

    def __init__(self, site):
        self.reached, self.opened = threading.Event(), threading.Event()
        self.page = release(site.facts[3])
        site.pages[site.facts[3].at] = self.answer

    def answer(self, _hit):
        self.reached.set()
        self.opened.wait(30)
        return self.page


@pytest.fixture
def gate(site):
    held = Gate(site)
    yield held
    held.opened.set()


STOPS = ([signal.SIGINT, signal.SIGINT], [signal.SIGHUP])


def stop_while_pages_come_in(command, site, gate, signals):
    """Return the run that got the signals while a page was held back."""
    process = command.start("newsroom", "-O", "items.jsonl", **site.settings)
    assert gate.reached.wait(30)
    for number, name in enumerate(signals):
        process.send_signal(name)
        # The next signal counts as the second only when the first was taken.
        line = b"shutting down gracefully" if not number else b"forcing unclean shutdown"
        while line not in (seen := process.stderr.readline()):
            assert seen
    gate.opened.set()
    return command.wait(process)


@pytest.mark.parametrize("signals", STOPS, ids=str)
def test_signal_while_pages_come_in_leaves_the_old_file(command, site, gate, old, signals):
    result = stop_while_pages_come_in(command, site, gate, signals)

    assert (result.status, result.feed) == (5, old), result.err


def test_signal_while_the_process_ends_changes_its_status_no_more(command, site, gate):
    process = command.start("newsroom", "-O", "items.jsonl", **site.settings)
    assert gate.reached.wait(30)
    process.send_signal(signal.SIGINT)
    while b"Status     5" not in (seen := process.stderr.readline()):
        assert seen
    while process.poll() is None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process.send_signal(name)

    assert command.wait(process).status == 5


def at_third_row(command, site, action, **settings):
    """Run with a pipeline of one's own."""
    (command.folder / "mine.py").write_text(PIPELINE.format(action=action))
    return command.run(
        ITEM_PIPELINES=json.dumps({"mine.Third": 150}),
        **site.settings,
        **settings,
    )


def test_signal_while_the_feeds_are_closed_stops_the_run(command, site, old):
    (command.folder / "mine.py").write_text(CLOSES)
    (command.folder / "settings_of_mine.py").write_text(
        'from osce_crawl.settings import *\nFEED_STORAGES["mine"] = "mine.Storage"\n'
    )

    environ = {"SCRAPY_SETTINGS_MODULE": "settings_of_mine"}
    words = ("-O", "items.jsonl", "-O", "mine://feed:jsonl")
    result = command.spider("newsroom", *words, environ=environ, **site.settings)

    assert (result.status, result.feed) == (5, old), result.err
    assert result.report["status"] == 5
    assert "Traceback" not in result.err


def test_run_without_feed_exporter_was_not_stopped(command, site, old):
    extensions = {"osce_crawl.feeds.publisher.Publisher": 500, EXPORTER: None}

    result = command.run(EXTENSIONS=json.dumps(extensions), **site.settings)

    assert (result.status, result.feed) == (1, old), result.err


def test_second_signal_while_rows_are_written_leaves_the_old_file(command, site, old):
    result = at_third_row(command, site, "[os.kill(os.getpid(), signal.SIGTERM) for _ in range(2)]")

    assert (result.status, result.feed) == (5, old), result.err


def test_signal_while_rows_are_written_ends_them_and_leaves_the_old_file(command, old):
    with Newsroom(releases(30), rows=50) as site:
        result = at_third_row(command, site, "os.kill(os.getpid(), signal.SIGTERM)")

    assert (result.status, result.feed) == (5, old), result.err
    assert 2 < len(result.part.splitlines()) < len(site.facts)


def test_limit_of_scrapys_leaves_the_old_file_and_says_what_to_do(command, site, old):
    result = command.run(**site.settings, CLOSESPIDER_PAGECOUNT=3)

    assert (result.status, result.feed) == (5, old), result.err
    assert result.errors[-1].startswith("Next       Run the same command again")


def test_error_in_a_pipeline_is_no_publication(command, site, old):
    result = at_third_row(command, site, 'raise OSError("no space left on device")')

    assert (result.status, result.feed) == (1, old), result.err


def test_bug_in_a_callback_is_no_publication(command, site, old):
    (command.folder / "mine.py").write_text(BUG)
    command.impatient()  # the requests that its callback lost were never answered
    result = command.run(SPIDER_MODULES="mine", **site.settings)

    assert (result.status, result.feed) == (1, old), result.err


def test_two_runs_at_once_never_mix_their_files(command, site, gate):
    with ThreadPoolExecutor(1) as pool:
        first = command.start("newsroom", "-O", "items.jsonl", **site.settings)
        waiting = pool.submit(command.wait, first)
        assert gate.reached.wait(30)
        second = command.start("newsroom", "-O", "items.jsonl", **site.settings)
        gate.opened.set()
        statuses = {waiting.result().status, command.wait(second).status}

    lines = command.feed.read_bytes().splitlines()
    assert (statuses <= {0, 1, 2}, [json.loads(line)["node"] for line in lines]) == (
        True,
        [str(one.node) for one in site.facts],
    )
