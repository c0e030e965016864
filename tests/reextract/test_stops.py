"""A run that is stopped or killed half-way leaves nothing behind, and the next one works."""

import os
import re
import select
import shutil
import signal
from pathlib import Path

import pytest
from archive.warcs import http, record, write
from crawl.command import Command
from crawl.site import Newsroom, release, releases
from reextract.rereading import Reextract
from reextract.stores import misread, rows, staged

#: Of a newsroom, and of pages beside them that only make the archive long.
COUNT, MORE = 10, 140
#: The progress line, once pages were read.
_READING = re.compile(rb"Items: [1-9]")
EACH_MOMENT = {"LOG_LEVEL": "INFO", "LOGSTATS_INTERVAL": 0.01}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Return the folder of a crawl that was recorded, one item misread, and its settings.

    Its folder `long` has the same records and many more.
    """
    folder = tmp_path_factory.mktemp("crawled")
    with Newsroom(releases(COUNT)) as newsroom:
        settings = newsroom.settings
        assert Command(folder).run(**settings, OSCE_ARCHIVE="archive").status == 0
    shutil.copytree(folder / "archive", folder / "long")
    more = [
        record(http(release(one).body), f"{newsroom.url}{one.at}", date="2026-10-01T03:00:00Z")
        for one in releases(MORE, newest=400_000)
    ]
    write(folder / "long/more.warc.gz", *more)
    misread(folder / "output/newsroom.sqlite", "499999-en", "0.1", title="Read badly")
    return folder, settings


@pytest.fixture
def recorded(crawled, tmp_path):
    """Return the settings of that crawl, a copy of whose folder is the test's."""
    folder, settings = crawled
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return settings


def children(pid):
    """Return handles of the processes that a process has begun, by their ids."""
    begun = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    return {int(one): os.pidfd_open(int(one)) for one in begun}


def test_nothing_of_it_is_published_or_kept(reextract, recorded, tmp_path):
    store = tmp_path / "output/newsroom.sqlite"
    feed, before = reextract.feed.read_bytes(), rows(store)

    for number, status in ((signal.SIGTERM, 5), (signal.SIGKILL, -9)):
        if number == signal.SIGKILL:
            reextract.spawning()  # these readers have nothing of the run but its pipes
        stopped, readers = stopped_while_reading(reextract, number, recorded)

        assert stopped.status == status
        assert readers
        for handle in readers.values():
            assert select.select([handle], [], [], 30)[0], "a reader outlives the run"
            os.close(handle)
        assert reextract.feed.read_bytes() == feed, number
        assert rows(store) == before, number
        assert staged(store) == 0, number
        if status == 5:
            assert "Next       Run the same command again: it starts over." in stopped.err

    again = Reextract(tmp_path).run("archive", "--update-store", **recorded)
    assert again.status == 0, again.err
    assert again.items[1]["title"] == "Release 499999"
    assert len(again.items) == COUNT


def stopped_while_reading(reextract, number, settings):
    """Send a signal to a run that has read pages; return its end, and handles of its readers."""
    words = ["long", "-O", "items.jsonl", "--update-store", "--workers", "2"]
    run = reextract.start(*words, **settings, **EACH_MOMENT)
    assert run.stderr is not None
    assert any(_READING.search(line) for line in run.stderr)
    readers = children(run.pid)
    run.send_signal(number)
    return reextract.wait(run), readers
