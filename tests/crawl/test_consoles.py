"""A console or a log that cannot be written changes neither what a run does nor its status.

A shell closes streams before the interpreter starts, so that run has an interpreter of its own;
`Command.closed` is as if it had.
"""

import bz2
import gzip
import json
import lzma
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest
import starting
from crawl.command import Command
from crawl.site import Newsroom, releases
from grid import check_each

COUNT = 3
FULL = "/dev/full"


@pytest.fixture(scope="module")
def site():
    with Newsroom(releases(COUNT)) as running:
        yield running


def on_full_disk(command, words, *streams):
    """Run the command with these streams on a full disk; return its status."""
    with ExitStack() as stack:
        files = {name: stack.enter_context(Path(FULL).open("wb")) for name in streams}
        process = starting.start(*words, cwd=command.folder, env=command.environ, **files)
        process.communicate(timeout=60)
    return process.wait()


def in_a_shell(command, words):
    """Run the command line in a shell that closes its streams; return the status."""
    return subprocess.run(
        ["bash", "-c", '"$@" <&- >&- 2>&-', "bash", *starting.COMMAND, *words],
        cwd=command.folder,
        env=command.environ,
        check=False,
        timeout=60,
    ).returncode


def closed(command, words, streams):
    return command.closed(streams, *words, environ={})


CONSOLES = {
    "both on a full disk": lambda *run: on_full_disk(*run, "stdout", "stderr"),
    "no standard output": lambda *run: closed(*run, "1").status,
    "no stream at all": lambda *run: closed(*run, "012").status,
    "no console at all": in_a_shell,
}


def crawl(command, site, console, *words, out="items.jsonl", **settings):
    """Crawl with a console; return the status."""
    line = command.words("newsroom", "-O", out, *words, **site.settings, **settings)
    return CONSOLES[console](command, line)


@pytest.mark.parametrize("console", ["no console at all", "both on a full disk"])
def test_run_is_published_with(command, site, console):
    status = crawl(command, site, console)

    assert (status, len(command.feed.read_bytes().splitlines())) == (0, COUNT)


def test_stopped_run_says_so_by_its_status_with_a_full_disk(command, site, old):
    """How a run ends is the same code for all of them."""
    status = crawl(command, site, "both on a full disk", CLOSESPIDER_PAGECOUNT=2)

    assert (status, command.feed.read_bytes()) == (5, old)


@pytest.mark.parametrize("console", ["no stream at all", "both on a full disk"])
def test_refused_run_says_so_by_its_status_with(command, site, console):
    assert crawl(command, site, console, "-a", "limit=0") == 2


def test_reader_that_goes_away_ends_no_run(command, site):
    process = command.start("newsroom", "-O", "items.jsonl", **site.settings)
    process.stderr.readline()
    process.stderr.close()
    process.communicate(timeout=60)

    assert (process.wait(), len(command.feed.read_bytes().splitlines())) == (0, COUNT)


def test_log_on_a_full_disk_ends_no_run_and_is_told(command, site):
    result = command.run(LOG_FILE=FULL, **site.settings)

    assert (result.status, len(result.items)) == (0, COUNT), result.err
    assert "some lines of the log could not be written" in result.err


def test_feed_on_a_standard_output_that_is_full_is_not_published(command, site):
    words = command.words("newsroom", "-O", "-:jsonlines", **site.settings)

    assert on_full_disk(command, words, "stdout") == 1


def test_feed_on_a_standard_output_that_is_closed_is_refused(command, site):
    assert crawl(command, site, "no standard output", out="-:jsonlines") == 2


def test_looking_at_the_runs_does_without_standard_error(by_name):
    result = closed(Command(by_name.folder), ("runs", "show", "last"), "2")

    assert (result.status, "published" in result.text) == (0, True)


def test_log_is_written_to_its_file(by_setting):
    assert "Spider closed (finished)" in (by_setting.folder / LOG).read_text("utf-8")
    assert "Spider closed" not in by_setting.err


# -- formats by the name

#: What -O is given → the file that is written, and how it is read.
BY_NAME = {
    "plain.jsonl.gz": ("plain.jsonl.gz", gzip.decompress),
    "told.jsonl.gz:jsonlines": ("told.jsonl.gz", gzip.decompress),
    "plain.jl.gz": ("plain.jl.gz", gzip.decompress),
    "ITEMS.JSONL.GZ:jsonl": ("ITEMS.JSONL.GZ", gzip.decompress),
    "items.jsonl.xz": ("items.jsonl.xz", lzma.decompress),
    "items.jl.bz2": ("items.jl.bz2", bz2.decompress),
}
OTHERS = ("items.json", "items.csv")
FEEDS = {"plain.jsonl.gz": {}, "told.jsonl.gz": {"format": "jsonlines"}}
LOG = "run.log"


@pytest.fixture(scope="module")
def by_name(site, tmp_path_factory):
    """Return a run that wrote all of them."""
    names = ("items.jsonl", *BY_NAME, *OTHERS, *(f"{name}.gz" for name in OTHERS))
    words = (word for name in names for word in ("-O", name))
    command = Command(tmp_path_factory.mktemp("names"))
    result = command.spider("newsroom", *words, **site.settings)
    assert result.status == 0, result.err
    return result


@pytest.fixture(scope="module")
def by_setting(site, tmp_path_factory):
    """Return a run of which settings name the files: FEEDS, and LOG_FILE."""
    command = Command(tmp_path_factory.mktemp("feeds"))
    result = command.spider("newsroom", FEEDS=json.dumps(FEEDS), LOG_FILE=LOG, **site.settings)
    assert result.status == 0, result.err
    return result


def test_file_is_compressed_by_the_end_of_its_name(by_name):
    def is_the_feed(given):
        name, unpack = BY_NAME[given]
        return unpack((by_name.folder / name).read_bytes()) == by_name.feed

    check_each(is_the_feed, dict.fromkeys(BY_NAME, True))


@pytest.mark.parametrize("name", OTHERS)
def test_other_formats_are_compressed_alike(by_name, name):
    packed, plain = ((by_name.folder / one).read_bytes() for one in (f"{name}.gz", name))

    assert gzip.decompress(packed) == plain


@pytest.mark.parametrize("name", FEEDS)
def test_compressed_feed_is_the_same_bytes_in_every_run_however_it_is_named(
    by_name, by_setting, name
):
    first, second = ((run.folder / name).read_bytes() for run in (by_name, by_setting))

    assert first == second
