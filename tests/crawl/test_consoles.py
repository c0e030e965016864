"""A console or a log that cannot be written changes neither what a run does nor its status."""

import gzip
import subprocess

import pytest
from crawl.command import Command
from crawl.site import Newsroom, releases
from starting import COMMAND

COUNT = 3


@pytest.fixture(scope="module")
def site():
    with Newsroom(releases(COUNT)) as running:
        yield running


def crawl(command, site, ending, *words, out="items.jsonl", **settings):
    """Run the command line itself in a shell that gives it its console; return its status."""
    line = command.line("newsroom", "-O", out, *words, **site.settings, **settings)
    script = f'"$@" {ending}'
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script}", "bash", *line],
        cwd=command.folder,
        env=command.environ,
        capture_output=True,
        check=False,
        timeout=60,
    ).returncode


CONSOLES = {
    "a full disk under standard error": "2>/dev/full",
    "no standard error": "2>&-",
    "no standard output": ">&-",
    "no console at all": "<&- >&- 2>&-",
    "both on a full disk": ">/dev/full 2>&1",
}


@pytest.mark.parametrize("console", CONSOLES)
def test_run_is_published_with(command, site, console):
    status = crawl(command, site, CONSOLES[console])

    assert (status, len(command.feed.read_bytes().splitlines())) == (0, COUNT)


#: How a run ends is the same code for all of them.
NONE_AND_FULL = ("no console at all", "both on a full disk")


@pytest.mark.parametrize("console", NONE_AND_FULL)
def test_stopped_run_says_so_by_its_status_with(command, site, old, console):
    status = crawl(command, site, CONSOLES[console], CLOSESPIDER_PAGECOUNT=2)

    assert (status, command.feed.read_bytes()) == (5, old)


@pytest.mark.parametrize("console", NONE_AND_FULL)
def test_refused_run_says_so_by_its_status_with(command, site, console):
    assert crawl(command, site, CONSOLES[console], "-a", "limit=0") == 2


def test_reader_that_goes_away_ends_no_run(command, site):
    status = crawl(command, site, "2>&1 | head -1 >/dev/null")

    assert (status, len(command.feed.read_bytes().splitlines())) == (0, COUNT)


def test_log_on_a_full_disk_ends_no_run_and_is_told(command, site):
    result = command.run(LOG_FILE="/dev/full", **site.settings)

    assert (result.status, len(result.items)) == (0, COUNT), result.err
    assert "the log lacks lines" in result.err


def test_log_is_written_to_its_file(command, site):
    result = command.run(LOG_FILE="run.log", **site.settings)

    assert "Spider closed (finished)" in (command.folder / "run.log").read_text("utf-8")
    assert "Spider closed" not in result.err


def test_feed_on_a_standard_output_that_is_full_is_not_published(command, site):
    status = crawl(command, site, ">/dev/full", out="-:jsonlines")

    assert status == 1


def test_feed_on_a_standard_output_that_is_closed_is_refused(command, site):
    assert crawl(command, site, ">&-", out="-:jsonlines") == 2


def test_looking_at_the_runs_does_without_standard_error(command, site):
    command.run(**site.settings)
    result = subprocess.run(
        ["bash", "-c", '"$@" 2>&-', "bash", *COMMAND, "runs", "show", "last"],
        cwd=command.folder,
        env=command.environ,
        capture_output=True,
        check=False,
    )

    assert (result.returncode, b"published" in result.stdout) == (0, True)


# -- formats by the name


@pytest.fixture(scope="module")
def plain(site, tmp_path_factory):
    return Command(tmp_path_factory.mktemp("plain")).run(**site.settings).feed


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("items.jsonl.gz", ["-O", "items.jsonl.gz"]),
        ("items.jsonl.gz", ["-O", "items.jsonl.gz:jsonlines"]),
        ("items.jl.gz", ["-O", "items.jl.gz"]),
        ("ITEMS.JSONL.GZ", ["-O", "ITEMS.JSONL.GZ:jsonl"]),
        ("items.jsonl.gz", ["-s", 'FEEDS={"items.jsonl.gz": {}}']),
        ("items.jsonl.gz", ["-s", 'FEEDS={"items.jsonl.gz": {"format": "jsonlines"}}']),
    ],
)
def test_name_that_ends_in_gz_is_written_compressed(command, site, plain, name, given):
    result = command.spider("newsroom", *given, **site.settings)

    assert result.status == 0, result.err
    assert gzip.decompress((command.folder / name).read_bytes()) == plain


def test_compressed_feed_is_the_same_bytes_in_every_run(command, site):
    written = []
    for _ in range(2):
        command.spider("newsroom", "-O", "items.jsonl.gz", **site.settings)
        written.append((command.folder / "items.jsonl.gz").read_bytes())

    assert written[0] == written[1]


@pytest.mark.parametrize(
    "name", ["items.json.gz", "items.csv.gz", "items.jsonl.xz", "items.jl.bz2"]
)
def test_other_formats_are_compressed_alike(command, site, name):
    result = command.spider("newsroom", "-O", name, **site.settings)

    assert (result.status, (command.folder / name).exists()) == (0, True), result.err
