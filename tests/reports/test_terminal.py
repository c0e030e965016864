"""What a person at a terminal sees: a live line, the summary, and no log of Scrapy's."""

import os
import pty
import re

import pytest
import starting
from crawl.command import REPLAY, Command
from crawl.site import Newsroom, releases


def on_terminal(command, *words, **settings):
    """Run a crawl with a terminal as standard error; return what appears there."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "wb") as terminal:
        process = starting.start(
            *command.words("newsroom", "-O", "items.jsonl", *words, **settings),
            cwd=command.folder,
            env={**command.environ, "TERM": "xterm", "COLUMNS": "120"},
            stderr=terminal,
        )
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    process.communicate(60)
    assert process.wait() == 0, seen.decode()
    return seen.decode()


@pytest.fixture
def command(tmp_path):
    return Command(tmp_path)


@pytest.fixture(scope="module")
def screen(tmp_path_factory):
    """Return what appears on a terminal while the main job runs."""
    return on_terminal(Command(tmp_path_factory.mktemp("terminal")), **REPLAY)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Return standard error of the same job when it is no terminal."""
    return Command(tmp_path_factory.mktemp("plain")).run("-a", "limit=3", **REPLAY).err


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    """Return the log of a run that asks for five pages a second."""
    command = Command(tmp_path_factory.mktemp("slow"))
    with Newsroom(releases(12), rows=50) as newsroom:
        settings = {**newsroom.settings, "DOWNLOAD_DELAY": 0.2, "LOGSTATS_INTERVAL": 0.2}
        return command.run(**settings).err


def test_live_line_tells_how_far_the_run_is(screen):
    assert re.search(r"Items: \d+ of \d+.*; \d+ listing pages? with \d+ entries", screen)


def test_live_line_tells_rate_and_time_left_once_the_listing_ended(command):
    with Newsroom(releases(12), rows=50) as newsroom:
        seen = on_terminal(command, **{**newsroom.settings, "DOWNLOAD_DELAY": 0.2})

    assert re.search(r"Items: \d+ of 12, \d+ a minute, \d+ s left", seen)


def test_live_line_is_taken_away_before_the_summary(screen):
    assert "Items: " not in screen[screen.rindex("Items      ") :]


def test_cursor_is_shown_again(screen):
    assert screen.rfind("\x1b[?25h") > screen.rfind("\x1b[?25l")


def test_summary_ends_with_the_status(screen):
    assert screen.rstrip().splitlines()[-1].startswith("Status     0: published")


def test_log_lines_stay_away_from_the_terminal(screen):
    assert " INFO: " not in screen


def test_log_tells_how_much_of_how_much_where_there_is_no_terminal(slow):
    assert re.search(
        r"INFO: Items: \d+ of 12, \d+ a minute, \d+ s left; 1 listing page with 12 entries", slow
    )


def test_log_does_not_say_that_there_are_no_items(slow):
    assert "scraped 0 items" not in slow


def test_log_lines_tell_where_there_is_no_terminal(plain):
    assert "[osce_crawl.spiders.newsroom] INFO: https://www.osce.org/press-releases" in plain


def test_no_control_characters_where_there_is_no_terminal(plain):
    assert "\x1b" not in plain
