"""`scrapy export` writes what the store has, or refuses in one line; it changes nothing there."""

import csv
import gzip
import json
import shutil
import sqlite3
from contextlib import closing

import feedparser
import pyarrow.parquet
import pytest
from export.exporting import NOW, Export
from store.old_stores import sign, unpack

from osce_crawl.columns import change_columns, typed
from osce_crawl.items import KEYS
from osce_crawl.store.lock import Lock

ODIHR = ("-a", "unit=odihr")
ALL = ("a.jsonl", "a.parquet", "a.csv", "a.atom", "a.jsonl.gz")


@pytest.fixture(scope="module")
def whole(demo, tmp_path_factory):
    """Export all items in all formats; return the command, its run, and the store before it."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    export = Export(folder)
    known = export.known()
    return export, export.to(*ALL), known


def test_all_formats_at_once_hold_what_the_last_run_published(whole):
    export, run, known = whole

    items = export.lines("items.jsonl")
    assert run.status == 0
    assert (export.folder / "a.jsonl").read_bytes() == (export.folder / "items.jsonl").read_bytes()
    rows = pyarrow.parquet.read_table(export.folder / "a.parquet").to_pylist()
    assert rows == [typed(item) for item in items]
    with (export.folder / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [item["id"] for item in items]
    feed = feedparser.parse((export.folder / "a.atom").read_bytes())
    assert [entry.link for entry in feed.entries] == [item["url"] for item in items[:50]]
    assert export.known() == known  # no run, no change
    (line,) = run.errors
    assert line.startswith(f"osce_crawl: {len(items)} items written to {export.folder}/a.jsonl, ")


def test_files_are_described_by_one_data_package(whole):
    export, *_ = whole

    package = export.package("a")
    assert [one["path"] for one in package["resources"]] == list(ALL)
    # the standard reads no Parquet, and a feed is no table
    assert [one.get("rows") for one in package["resources"]] == [66, None, 66, None, 66]
    assert package["sample"] is False
    assert package["created"] == NOW
    assert package["run_id"] == export.package("items")["run_id"]
    assert package["origin"] == export.package("items")["origin"]


def test_next_export_writes_the_same_bytes(whole):
    export, *_ = whole
    before = export.files()

    again = export.to(*ALL, OSCE_NOW="2026-12-24T03:00:00Z")

    after = export.files()
    del before["a.datapackage.json"], after["a.datapackage.json"]  # it tells when it was made
    assert (again.status, after) == (0, before)


# -- a few rows in all formats


@pytest.fixture(scope="module")
def few(demo, tmp_path_factory):
    """Export a few items, none, changes, and to names in capitals."""
    folder = tmp_path_factory.mktemp("few")
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    export = Export(folder)
    named = ["jsonl", "csv", "parquet", "atom", "json", "xml", "jl", "pickle"]
    packed = ["csv.gz", "csv.bz2", "csv.xz", "csv.zst", "jsonl.gz"]

    def exported(stem, endings, *more, **settings):
        files = [f"{stem}.{ending}" for ending in endings]
        run = export.to(*files, f"{stem}-rows:csv", more=more, **settings)
        assert run.status == 0, run.err
        assert len(export.package(stem)["resources"]) == len(files) + 1

    exported("some", [*named, *packed], *ODIHR)
    exported("none", named, "-a", "until=1990-01-01")
    some = {"FEED_EXPORT_FIELDS": "change,title,dates"}
    exported("changes", named, *ODIHR, "--changes-since", "2026-01-01", **some)
    exported("CAPITALS", ["JSONL", "Parquet", "CSV.GZ"], *ODIHR)
    return export


def test_data_package_is_valid_whatever_the_formats(few):
    assert few.invalid("some", "none", "changes", "CAPITALS") == ""


def test_endings_in_capitals_state_the_format_as_well(few):
    files = few.files()

    assert files["CAPITALS.JSONL"] == files["some.jsonl"]
    assert files["CAPITALS.Parquet"] == files["some.parquet"]
    assert gzip.decompress(files["CAPITALS.CSV.GZ"]) == files["some.csv"]


def test_nothing_that_was_asked_for_is_an_empty_file(few):
    files = few.files()

    assert files["none.jsonl"] == b""
    assert files["none.csv"].count(b"\n") == 1


# -- what is asked for


@pytest.mark.parametrize(
    ("given", "wants", "name", "title"),
    [
        pytest.param(
            ["country=UA, MD"],
            lambda item: {"UA", "MD"} & {one["code"] for one in item["countries"]},
            "country=UA,MD",
            "Ukraine, Moldova",
            id="two States",
        ),
        pytest.param(
            ["unit=mission-to-moldova", "country=MD", "language=en"],
            lambda item: (
                item["language"] == "en"
                and "MD" in {one["code"] for one in item["countries"]}
                and "mission-to-moldova" in {one["id"] for one in item["sources"]}
            ),
            "country=MD&language=en&unit=mission-to-moldova",
            "Moldova",
            id="a unit, a State and a language",
        ),
        pytest.param(
            ["field=elections"],
            lambda item: "elections" in {one["id"] for one in item["fields_of_work"]},
            "field=elections",
            "Elections",
            id="a field of work",
        ),
        pytest.param(
            ["since=2017-01-01", "until=2020-12-31", "content_type=press-release,news"],
            lambda item: (
                "2017-01-01" <= (item["published"] or "") <= "2020-12-31"
                and item["content_type"] in {"press-release", "news"}
            ),
            "content_type=press-release,news&since=2017-01-01&until=2020-12-31",
            "since 2017-01-01",
            id="a window and two kinds",
        ),
    ],
)
def test_only_what_was_asked_for_is_written_and_names_the_feed(export, given, wants, name, title):
    run = export.to("some.jsonl", "some.atom", more=[word for one in given for word in ("-a", one)])

    asked = [item for item in export.lines("items.jsonl") if wants(item)]
    package = export.package("some")
    assert run.status == 0, run.err
    assert export.lines("some.jsonl") == asked
    assert 0 < len(asked) < 66
    assert package["sample"] is True
    assert package["arguments"] == dict(one.split("=") for one in given)
    feed = feedparser.parse((export.folder / "some.atom").read_bytes()).feed
    assert feed.id.endswith(f":newsroom?{name}")
    assert title in feed.title


def test_empty_file_that_is_not_wanted_is_not_said_to_be_there(export):
    run = export.to("none.csv", more=["-a", "country=DE"], FEED_STORE_EMPTY="0")

    assert (run.status, "none.csv" in export.files()) == (0, False)
    assert run.errors == ["osce_crawl: 0 items written to no file: FEED_STORE_EMPTY is off"]


def test_changes_name_what_became_of_each_item(export):
    names = "c.jsonl", "c.json", "c.parquet", "c.csv", "c.atom"
    run = export.to(*names, more=["--changes-since", "2026-11-02"])

    items = export.lines("items.jsonl")
    rows = export.lines("c.jsonl")
    assert run.errors[0].startswith("osce_crawl: 66 changes since the end of 2026-11-02 written to")
    assert rows == [{"change": "new", **item} for item in items]
    assert json.loads((export.folder / "c.json").read_bytes()) == rows
    table = pyarrow.parquet.read_table(export.folder / "c.parquet")
    assert table.to_pylist() == [typed(row, change_columns()) for row in rows]
    with (export.folder / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["change"] for row in csv.DictReader(file)} == {"new"}
    package = export.package("c")
    assert (package["changes_since"], package["sample"]) == ("2026-11-02", True)
    fields = [one["schema"]["fields"][0]["name"] for one in package["resources"] if "schema" in one]
    assert fields == ["change"] * 4
    feed = feedparser.parse((export.folder / "c.atom").read_bytes()).feed
    assert feed.id.endswith(":newsroom?changes_since=2026-11-02")
    assert feed.title.endswith(": changes since 2026-11-02")


def test_nothing_has_changed_since_the_last_run(export):
    run = export.to("c.jsonl", more=["--changes-since", NOW[:10]])

    assert (run.status, export.lines("c.jsonl")) == (0, [])


def test_rows_go_to_standard_output(export):
    run = export.spider("-o", "-:jsonl", *ODIHR, OSCE_NOW=NOW)

    assert run.errors == ["osce_crawl: 5 items written to standard output"]
    assert len(run.out.splitlines()) == 5


def test_reader_that_goes_away_ends_it_quietly(export):
    process = export.start("-o", "-:jsonl", OSCE_NOW=NOW)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()

    assert (process.wait(timeout=60), said) == (0, b"")


def test_contacts_are_left_out_unless_they_are_asked_for(export):
    with closing(sqlite3.connect(export.store)) as db, db:
        db.execute(
            "UPDATE item SET row = json_set(row, '$.contacts', json_array('Ann Bell, +43 1 000'))"
        )
        sign(db)

    export.to("without.jsonl")
    export.to("with.jsonl", OSCE_CONTACTS=1)

    assert {tuple(item["contacts"]) for item in export.lines("without.jsonl")} == {()}
    assert {tuple(item["contacts"]) for item in export.lines("with.jsonl")} == {
        ("Ann Bell, +43 1 000",)
    }


@pytest.mark.parametrize(
    ("words", "settings", "told"),
    [
        pytest.param(["-O", "a.xlsx"], {}, "format 'xlsx' is unknown: give one of", id="format"),
        pytest.param(["-O", "a"], {}, "its name states no format: give one of", id="no format"),
        pytest.param([], {}, "nothing would be written: name a file", id="no file"),
        pytest.param(["-o", "items.jsonl"], {}, "is not empty", id="appending"),
        pytest.param(["-O", "a.csv", "newsroom"], {}, "options only, not newsroom", id="word"),
        pytest.param(
            ["-O", "a.csv", "-a", "unit=odhir"], {}, "did you mean odihr?", id="misspelt unit"
        ),
        pytest.param(
            ["-O", "a.csv", "--at", "2026-10-01"], {}, "is before 2026-11-03", id="too early"
        ),
        pytest.param(["-O", "a.csv", "--at", "2026-11-04"], {}, "is in the future", id="too late"),
        pytest.param(
            ["-O", "a.csv", "--at", "2026-11-03", "--changes-since", "2026-11-03"],
            {},
            "cannot be combined",
            id="at and since",
        ),
        pytest.param(
            ["-O", "a.csv"], {"OSCE_STORE": "no.sqlite"}, "there is no store", id="no store"
        ),
        pytest.param(
            ["-O", "output/changes.jsonl"], {}, "would both be written to", id="change feed"
        ),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(export, words, settings, told):
    before = export.files()

    run = export.spider(*words, **{"OSCE_NOW": NOW, **settings})

    assert run.status == 2
    (line,) = run.errors
    assert told in line
    assert export.files() == before


def test_store_that_a_run_uses_is_refused(export):
    lock = Lock.of_store(export.store)
    try:
        run = export.to("a.jsonl")
    finally:
        lock.release()

    (line,) = run.errors
    assert (run.status, "is in use by process" in line) == (2, True)


def test_run_on_another_store_beside_it_does_not_matter(export):
    locks = [Lock(export.folder / f"output/{name}.jsonl.lock") for name in ("changes", "invalid")]
    try:
        run = export.to("a.jsonl")
    finally:
        for lock in locks:
            lock.release()

    assert run.status == 0, run.err


def test_file_that_another_process_writes_is_refused(export):
    lock = Lock(export.folder / "a.jsonl.lock")
    try:
        run = export.to("a.jsonl")
    finally:
        lock.release()

    (line,) = run.errors
    assert (run.status, "feed a.jsonl is in use by process" in line) == (2, True)


def test_damaged_store_is_refused(export):
    with closing(sqlite3.connect(export.store)) as db, db:
        db.execute(
            "UPDATE item SET row = replace(row, 'exercise', 'exorcise') WHERE id = '322492-en'"
        )

    run = export.to("a.jsonl")

    (line,) = run.errors
    assert (run.status, "is damaged" in line) == (2, True)
    assert not (export.folder / "a.jsonl").exists()


def test_store_of_an_older_version_is_brought_up_to_date_and_tells_its_days_in_the_schema_of_now(
    export,
):
    unpack(export.store)

    upgraded = export.to("now.jsonl", "now.parquet", OSCE_NOW="")

    first, last = upgraded.errors
    assert upgraded.status == 0, upgraded.err
    assert "has been brought up to date" in first
    assert "items written to" in last
    assert export.lines("now.jsonl")

    with closing(sqlite3.connect(export.store)) as db:
        (day,) = db.execute("SELECT min(json_extract(line, '$.at')) FROM change").fetchone()
    run = export.to("then.jsonl", more=["--at", day[:10]], OSCE_NOW="")

    assert run.status == 0, run.err
    then, now = (
        {item["id"]: item for item in export.lines(name)} for name in ("then.jsonl", "now.jsonl")
    )
    assert then.keys() <= now.keys()
    assert {tuple(item) for item in then.values()} == {KEYS}
