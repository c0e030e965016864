"""An export that does not come to its end leaves all files as they were, or is completed."""

import json
import signal

import pytest
from crawl import points
from crawl.forks import fork
from crawl.nights import Nights
from crawl.points import INTENDED, PLACED, RENAMED, RENAMING, ROWS
from crawl.publications import disagreements
from export.exporting import NOW, Export

FILES = ("twin.jsonl", "twin.csv")
OLD = b"what was there before\n"
ITEMS = 14


@pytest.fixture
def there(export):
    """Return `scrapy export` where the files are there already."""
    for name in FILES:
        (export.folder / name).write_bytes(OLD)
    (export.folder / "twin.datapackage.json").write_bytes(OLD)
    return export


def broken(export, point, by):
    settings = {**points.SETTINGS, "KILL_AT": point, "KILL_BY": int(by)}
    return export.to(*FILES, **settings)


def contents(export):
    """Return the files, without locks, parts that wait, and what is kept of old ones."""
    return {
        name: content
        for name, content in export.files().items()
        if not name.endswith((".part", ".old", ".lock"))
    }


def agrees(export):
    """Tell whether the data package describes the files as they are."""
    package = export.package("twin")
    rows = {one["path"]: one["rows"] for one in package["resources"]}
    return rows == dict.fromkeys(FILES, 66) and not list(
        disagreements(export.folder, "items.jsonl")
    )


@pytest.mark.parametrize("point", [ROWS, RENAMING])
def test_export_that_is_killed_before_its_intent_leaves_the_files(there, point):
    before = contents(there)

    killed = broken(there, point, signal.SIGKILL)

    assert (killed.status, contents(there)) == (-signal.SIGKILL, before)
    assert there.to(*FILES).status == 0  # and blocks no other
    assert agrees(there)


@pytest.mark.parametrize("point", [INTENDED, RENAMED, PLACED])
def test_export_that_is_killed_later_is_completed_by_the_next_command(there, point):
    broken(there, point, signal.SIGKILL)

    looked = there.scrapy("runs")

    told = "an export ended while its files were being put in place: they are in place now"
    assert (looked.status, looked.errors) == (0, [f"osce_crawl: {told}"])
    assert agrees(there)
    assert not [name for name in there.files() if name.endswith((".part", ".old"))]


def test_what_is_not_as_it_was_written_is_not_put_in_place(there):
    before = contents(there)
    broken(there, INTENDED, signal.SIGKILL)
    (there.folder / "twin.csv.part").write_bytes(b"something else\n")

    run = there.to("other.jsonl")

    assert run.status == 0
    assert "twin.csv): the old files are still in place" in run.errors[0]
    del before["items.jsonl"]
    assert {name: contents(there)[name] for name in before} == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_export_that_is_stopped_leaves_everything(there, number):
    before = there.files()

    run = broken(there, ROWS, number)

    assert (run.status, run.errors) == (
        5,
        ["osce_crawl: stopped before the end; nothing was written"],
    )
    assert there.files() == before


@pytest.mark.parametrize("names", [("twin.jsonl",), ("twin.csv", "twin.parquet"), ("twin.atom",)])
def test_full_disk_is_one_line_and_leaves_everything(there, names):
    before = there.files()
    run = there.to(*names, limits={"RLIMIT_FSIZE": 48 << 10})

    (line,) = run.errors
    assert (run.status, "nothing was written: OSError: feed twin." in line) == (1, True)
    assert "File too large" in line
    assert there.files() == before


# -- an export after a run that was not published


@pytest.fixture(scope="module")
def first_night(tmp_path_factory):
    """Return a newsroom of which a run was published."""
    with Nights(tmp_path_factory.mktemp("nights"), ITEMS) as nights:
        assert nights.night().run.status == 0
        yield nights


@pytest.fixture
def nights(first_night, tmp_path):
    """Return a copy of it and its folder, for nights of a test's own."""
    return fork(first_night, tmp_path)


def test_publication_that_a_crash_cut_short_is_completed_first(nights, tmp_path):
    nights.site.publish(2)
    killed = nights.night(**points.SETTINGS, KILL_AT=points.INTENDED)

    run = Export(tmp_path).to("a.jsonl", OSCE_CONTACTS=1, OSCE_NOW="2026-12-24T03:00:00Z")

    assert killed.run.status == -signal.SIGKILL
    first, last = run.errors
    assert "ended while it was being published: it is published now" in first
    assert f"{ITEMS + 2} items written to" in last
    assert (tmp_path / "a.jsonl").read_bytes() == nights.feed


def test_withheld_run_can_be_accepted_after_an_export(nights, tmp_path):
    for name in [one["id"] for one in nights.site.truth()][:12]:
        nights.site.withdraw(name)
    withheld = nights.night("-a", "full=1").run

    exported = Export(tmp_path).to("a.jsonl", OSCE_NOW=NOW)

    accepted = nights.command.scrapy("runs", "accept", withheld.report["run_id"])
    assert (withheld.status, exported.status, accepted.status) == (4, 0, 0), accepted.err
    gone = [json.loads(line)["removed_at"] for line in nights.feed.splitlines()]
    assert sum(one is not None for one in gone) == 12
