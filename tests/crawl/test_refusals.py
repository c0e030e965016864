"""What is refused before the first request: status 2, one line that names it and what is allowed.

The base URL is a server on the loopback interface, so that a request would be seen.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from crawl.command import Command
from crawl.site import Newsroom, releases
from grid import check_each

from osce_crawl.options import OptionError, read_arguments, read_options

NEWSROOM = ("newsroom",)
BROKEN_ADDRESS = b"http://[broken\n"


def argument(text):
    return (*NEWSROOM, "-a", text), {}


def setting(name, value):
    return NEWSROOM, {name: value}


def output(*words):
    return (*NEWSROOM, *words), {}


#: Input → words that the message must contain. What each argument, setting and output may not be is
#: in `tests/options` and `tests/feeds/test_feed_check.py`.
REFUSED = {
    "since": (argument("since=yesterday"), "since=yesterday YYYY-MM-DD"),
    "urls with a broken address": (argument("urls=broken.txt"), "broken.txt line 1 node id"),
    "unknown argument": (argument("sinse=2024-01-01"), "sinse since until content_type limit"),
    "another spider": ((("newsrom",), {}), "scrapy crawl newsroom"),
    "unknown setting": (setting("OSCE_FOO", 1), "OSCE_FOO OSCE_BASE_URL OSCE_REPLAY"),
    "OSCE_NOW": (setting("OSCE_NOW", "noon"), "OSCE_NOW=noon 2026-11-01T03:00:00Z"),
    "no request at once": (
        setting("CONCURRENT_REQUESTS_PER_DOMAIN", 0),
        "CONCURRENT_REQUESTS_PER_DOMAIN=0 1 or more",
    ),
    "a count of Scrapy's": (
        setting("CLOSESPIDER_ERRORCOUNT", "x"),
        "CLOSESPIDER_ERRORCOUNT=x whole number",
    ),
    "a time that is no number": (setting("LOGSTATS_INTERVAL", "nan"), "LOGSTATS_INTERVAL=nan"),
    "a switch of Scrapy's": (setting("ROBOTSTXT_OBEY", "maybe"), "ROBOTSTXT_OBEY=maybe 0 and 1"),
    "another reactor": (
        setting("TWISTED_REACTOR", "twisted.internet.selectreactor.SelectReactor"),
        "TWISTED_REACTOR AsyncioSelectorReactor",
    ),
    "extensions without the project's own": (setting("EXTENSIONS", "{}"), "EXTENSIONS Publisher"),
    "files that would be written in place": (
        ((*NEWSROOM, "-O", "new.jsonl"), {"FEED_STORAGES": "{}"}),
        "new.jsonl FEED_STORAGES",
    ),
    "a number of Scrapy's": (setting("DOWNLOAD_DELAY", "slow"), "DOWNLOAD_DELAY=slow number"),
    "an output that is a link in a circle": (output("-O", "circle.jsonl"), "circle.jsonl remove"),
    "an output that is no format": (output("-O", "items.gz"), "gz jsonlines"),
    "an output whose name promises something else": (
        output("-O", "items.jsonl.lz4:jsonlines"),
        "items.jsonl.lz4 .lz4 .gz .zst",
    ),
    "two formats of one file": (
        ((*NEWSROOM, "-O", "new.csv", "-O", "new.csv:jsonl"), {}),
        "new.csv named twice",
    ),
    "a compressed feed without a format": (
        setting("FEEDS", '{"items.gz": {}}'),
        "feed items.gz format jsonlines",
    ),
    "changes in another file": (
        (("newsroom", "-O", "a.jsonl"), {"OSCE_CHANGES": "full.jsonl"}),
        "OSCE_CHANGES full.jsonl is not a change feed",
    ),
    "a log file nowhere": (output("--logfile", "nowhere/x.log"), "LOG_FILE=nowhere/x.log written"),
    "a log file that is a folder": (output("--logfile", "."), "LOG_FILE=. written folder"),
    "a log file in no encoding": (
        (("newsroom", "--logfile", "x.log"), {"LOG_ENCODING": "x-none"}),
        "LOG_FILE=x.log x-none",
    ),
    "a pid file nowhere": (output("--pidfile", "nowhere/x.pid"), "--pidfile nowhere/x.pid written"),
}
#: The same of single values, which need no run.
VALUES = {
    "since after until": (
        {"since": "2024-02-02", "until": "2024-02-01"},
        "since=2024-02-02 until=2024-02-01 earlier",
    ),
    "urls that is not there": ({"urls": "nowhere.txt"}, "urls=nowhere.txt text file"),
    "OSCE_NOW before any release": (
        {"OSCE_NOW": "0001-01-01T00:00:00Z"},
        "OSCE_NOW=0001-01-01T00:00:00Z years 1990",
    ),
    "OSCE_NOW at the end of time": (
        {"OSCE_NOW": "9999-12-31T23:59:59-12:00"},
        "OSCE_NOW=9999-12-31T23:59:59-12:00 give",
    ),
    "a store of no user": ({"OSCE_STORE": "~nouser/x"}, "OSCE_STORE ~nouser/x home"),
    "a change feed of no user": ({"OSCE_CHANGES": "~nouser/x"}, "OSCE_CHANGES ~nouser"),
    "urls of no user": ({"urls": "~nouser/x"}, "urls ~nouser"),
    "a name that is too long": (
        {"OSCE_REPLAY": "x" * 300},
        "OSCE_REPLAY File name too long",
    ),
    "a recheck without bound": ({"OSCE_RECHECK_DAYS": "9" * 30}, "OSCE_RECHECK_DAYS 9999"),
    "a threshold without bound": (
        {"OSCE_MAX_QUIET_DAYS": "9" * 20},
        "OSCE_MAX_QUIET_DAYS=99999999999999999999 from 0",
    ),
    "a store that is no file": ({"OSCE_STORE": "/dev/null"}, "OSCE_STORE=/dev/null file"),
    "a change feed that is no file": ({"OSCE_CHANGES": "/dev/null"}, "OSCE_CHANGES file"),
    "urls without an end": ({"urls": "/dev/zero"}, "urls=/dev/zero ordinary file"),
    "a host that no name server knows": (
        {"OSCE_BASE_URL": f"http://{'a' * 70}.org"},
        f"OSCE_BASE_URL=http://{'a' * 70}.org e.g.",
    ),
    "an address with a zone": (
        {"OSCE_BASE_URL": "http://[fe80::1%25lo]"},
        "OSCE_BASE_URL=http://[fe80::1%25lo] e.g.",
    ),
}


@pytest.fixture(scope="module")
def newsroom():
    with Newsroom(releases(3)) as site:
        yield site


@pytest.fixture(scope="module")
def refusals(newsroom, tmp_path_factory):
    """Run every refused command line."""

    def run(case, folder):
        (words, settings), _ = case
        command = Command(folder)
        (command.folder / "folder").mkdir()
        (command.folder / "circle.jsonl").symlink_to("circle.jsonl")
        (command.folder / "full.jsonl").write_text("{}\n")
        (command.folder / "broken.txt").write_bytes(BROKEN_ADDRESS)
        return command.spider(*words, **{**newsroom.settings, **settings})

    # Made before the threads start: pytest's own folder is not made safely by two at once.
    folders = [tmp_path_factory.mktemp("refused") for _ in REFUSED]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(REFUSED, pool.map(run, REFUSED.values(), folders), strict=True))


def missing(words, line):
    """Return the words that a line does not have."""
    return [f"no {word} in: {line}" for word in words.split() if word not in line]


def test_status_is_2(refusals):
    check_each(lambda name: refusals[name].status, dict.fromkeys(REFUSED, 2))


def test_one_line_tells_of_each(refusals):
    check_each(lambda name: len(refusals[name].errors), dict.fromkeys(REFUSED, 1))


def test_line_names_what_is_wrong_and_what_is_allowed(refusals):
    check_each(
        lambda name: missing(REFUSED[name][1], refusals[name].err), {name: [] for name in REFUSED}
    )


def test_nothing_is_asked_for(refusals, newsroom):
    assert (len(refusals), newsroom.server.paths) == (len(REFUSED), [])


def test_value_is_named_with_what_is_allowed():
    def lacking(name):
        given, words = VALUES[name]
        read = read_options if next(iter(given)).startswith("OSCE_") else read_arguments
        with pytest.raises(OptionError) as caught:
            read(given)
        return missing(words, str(caught.value))

    check_each(lacking, {name: [] for name in VALUES})


def test_unknown_name_in_the_environment_is_refused(command):
    result = command.run(environ={"OSCE_FOO": "1"})

    assert (result.status, len(result.errors), "OSCE_FOO" in result.err) == (2, 1, True)


def test_snapshot_that_was_not_to_be_appended_to_is_untouched(command, old):
    command.spider("newsroom", "-o", "items.jsonl")

    assert command.feed.read_bytes() == old
