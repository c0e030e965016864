"""What a person at a terminal sees: a live line, the summary, and no log of Scrapy's."""

import os
import pty
import re
import signal

import pytest
import starting
from crawl.command import REPLAY, Command
from crawl.site import Newsroom, releases

CRAWL = ("newsroom", "-O", "items.jsonl")
#: Of a listing of 40 pages, with a tenth of a second between them.
LEFT = rb"Items: \d+ of 40, \d+ a minute, \d s left; 1 listing page with 40 entries"


def on_terminal(command, until=rb"(?!)", **settings):
    """Run a crawl with a terminal as standard error; return what appears there.

    The run is stopped as soon as `until` appears.
    """
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "wb") as terminal:
        process = starting.start(
            *command.words(*CRAWL, **settings),
            cwd=command.folder,
            env={**command.environ, "TERM": "xterm", "COLUMNS": "120"},
            stderr=terminal,
        )
    seen, status = b"", 0
    try:
        while part := os.read(ours, 4096):
            seen += part
            if not status and re.search(until, seen):
                process.send_signal(signal.SIGTERM)
                status = 5
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    process.communicate(60)
    assert process.wait() == status, seen.decode()
    return seen.decode()


@pytest.fixture
def command(tmp_path):
    return Command(tmp_path)


@pytest.fixture(scope="module")
def screen(tmp_path_factory):
    """Return what appears on a terminal while a crawl runs, however short it is."""
    command = Command(tmp_path_factory.mktemp("terminal"))
    with Newsroom(releases(12)) as newsroom:
        return on_terminal(command, **newsroom.settings, LOGSTATS_INTERVAL=0.02)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Return standard error of such a job when it is no terminal."""
    return Command(tmp_path_factory.mktemp("plain")).run("-a", "limit=3", **REPLAY).err


@pytest.fixture(scope="module")
def listing():
    """Return the settings of a newsroom that takes four seconds."""
    with Newsroom(releases(40), rows=50) as newsroom:
        yield {**newsroom.settings, "DOWNLOAD_DELAY": 0.1}


@pytest.fixture(scope="module")
def slow(listing, tmp_path_factory):
    """Return the log of a run there, up to the first line that tells the time left."""
    command = Command(tmp_path_factory.mktemp("slow"))
    run = command.start(*CRAWL, **listing, LOGSTATS_INTERVAL=0.1)
    log = []
    for line in run.stderr:
        log.append(line)
        if re.search(LEFT, line):
            run.send_signal(signal.SIGTERM)
            break
    assert command.wait(run).status == 5
    return b"".join(log).decode()


def test_live_line_tells_how_far_the_run_is(screen):
    assert re.search(r"Items: \d+ of \d+.*; \d+ listing pages? with \d+ entries", screen)


def test_live_line_tells_rate_and_time_left_once_the_listing_ended(command, listing):
    assert re.search(LEFT, on_terminal(command, LEFT, **listing).encode())


def test_live_line_is_taken_away_before_the_summary(screen):
    assert "Items: " not in screen[screen.rindex("Items      ") :]


def test_cursor_is_shown_again(screen):
    assert screen.rfind("\x1b[?25h") > screen.rfind("\x1b[?25l")


def test_summary_ends_with_the_status(screen):
    assert screen.rstrip().splitlines()[-1].startswith("Status     0: published")


def test_log_lines_stay_away_from_the_terminal(screen):
    assert " INFO: " not in screen


def test_log_tells_how_much_of_how_much_where_there_is_no_terminal(slow):
    assert re.search(f"INFO: {LEFT.decode()}", slow)


def test_log_does_not_say_that_there_are_no_items(slow):
    assert "scraped 0 items" not in slow


def test_log_lines_tell_where_there_is_no_terminal(plain):
    assert "[osce_crawl.spiders.newsroom] INFO: https://www.osce.org/press-releases" in plain


def test_no_control_characters_where_there_is_no_terminal(plain):
    assert "\x1b" not in plain
