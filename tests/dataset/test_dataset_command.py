"""`scrapy dataset`, the real command: what it writes, what it refuses, what stops it."""

import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import jsonschema
import pytest
from dataset.conftest import NOW
from export.exporting import VALIDATE

from osce_crawl.dataset.build import Origin, build
from osce_crawl.publication.terms import PERSONAL, SAMPLE
from osce_crawl.store.database import read
from osce_crawl.store.lock import Lock

FILES = {
    *("items.parquet", "items.jsonl.gz", "items.csv", "links.parquet", "links.jsonl"),
    *("newsroom.db", "datapackage.json", "item.schema.json", "README.md", "index.html"),
}
#: Where the pages are said to be from.
SAVED = "https://www.osce.org, saved pages"
#: What says of the whole what it is.
SAYING = ("README.md", "datapackage.json", "index.html")
#: A module that Python imports at its start, put into the project folder.
START = "sitecustomize.py"
NOT_INSTALLED = """
import sys

sys.modules["pyarrow"] = sys.modules["altair"] = None
"""
FULL_DISK = """
import resource

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
"""
STOPPED = """
import os, signal
from osce_crawl.dataset import build

def stopped(*_):
    os.kill(os.getpid(), signal.SIGTERM)

build.card = stopped
"""


def names(folder):
    return {path.name for path in folder.iterdir()}


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def items_of(folder):
    with gzip.open(folder / "items.jsonl.gz") as lines:
        return [json.loads(line) for line in lines]


def test_all_files_are_there(made):
    assert names(made) == FILES


def test_items_are_those_of_the_feed_without_contacts(made, crawled):
    feed = lines(crawled.folder / "items.jsonl")
    assert any(item["contacts"] for item in feed)

    assert items_of(made) == [{**item, "contacts": []} for item in feed]


def test_data_package_names_every_other_file(made):
    package = json.loads((made / "datapackage.json").read_bytes())
    assert {one["path"] for one in package["resources"]} == FILES - {"datapackage.json"}


def test_dataset_of_a_whole_listing_is_no_sample(made):
    assert all(SAMPLE not in (made / name).read_text("utf-8") for name in SAYING)


@pytest.fixture(scope="module")
def sample(crawled, tmp_path_factory):
    """Return the dataset of one item without links, whose contacts are kept."""
    folder = tmp_path_factory.mktemp("sample")
    store = shutil.copy(crawled.folder / "output/newsroom.sqlite", folder / "newsroom.sqlite")
    with closing(sqlite3.connect(store)) as db, db:
        db.execute("DELETE FROM item WHERE id <> '322492-en'")
        db.execute("DELETE FROM meta WHERE name = 'full_walk'")
    (folder / "small").mkdir()
    with closing(read(store)) as db:
        build(Origin(db, "", datetime.now(UTC), contacts=True), folder / "small")
    return folder / "small"


def test_data_package_is_valid_even_of_one_item_without_links(made, sample):
    """Both are validated at once, for frictionless starts slowly."""
    names = [folder / "datapackage.json" for folder in (made, sample)]
    words = [sys.executable, "-c", VALIDATE, *names]
    found = subprocess.run(words, capture_output=True, text=True, check=True)

    assert found.stdout == ""


def test_sample_of_one_item_without_links_is_loaded_and_says_what_it_is(sample, tmp_path):
    assert load(sample, "items", tmp_path).num_rows == 1
    assert lines(sample / "links.jsonl") == []
    for name in SAYING:  # no whole listing was walked
        assert SAMPLE in (sample / name).read_text("utf-8")


def load(folder, name, cache):
    """Return a table as Hugging Face's library has it."""
    from datasets import load_dataset

    return load_dataset(str(folder), name, split="train", cache_dir=str(cache))


def test_items_are_valid_by_the_schema_beside_them(made):
    schema = jsonschema.Draft202012Validator(json.loads((made / "item.schema.json").read_bytes()))

    for item in items_of(made):
        schema.validate(item)


def test_hugging_face_loads_the_folder(made, tmp_path):
    for name, rows in (("items", items_of(made)), ("links", lines(made / "links.jsonl"))):
        found = load(made, name, tmp_path)
        assert found.num_rows == len(rows)
        assert list(found.features) == list(rows[0])


def lines(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_database_has_the_items_and_the_links(made):
    with closing(sqlite3.connect(f"{(made / 'newsroom.db').as_uri()}?mode=ro", uri=True)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        ids = [one for (one,) in db.execute("SELECT id FROM items ORDER BY rowid")]
        linked = db.execute("SELECT from_id, to_id, relation FROM release_links").fetchall()

    assert ids == [item["id"] for item in items_of(made)]
    rows = lines(made / "links.jsonl")
    assert sorted(linked) == sorted((row["from"], row["to"], row["relation"]) for row in rows)


def test_the_date_alone_differs_between_two_builds(made, crawled, tmp_path):
    with closing(read(crawled.folder / "output/newsroom.sqlite")) as db:
        later = datetime(2026, 12, 1, 8, tzinfo=UTC)
        build(Origin(db, SAVED, later, contacts=False), tmp_path)
    before, after = bytes_of(made), bytes_of(tmp_path)
    dated = {name for name, content in before.items() if after[name] != content}

    assert dated == {"newsroom.db", "datapackage.json", "README.md", "index.html"}
    for name in dated - {"datapackage.json"}:
        assert after[name].replace(b"2026-12-01", b"2026-11-01") == before[name]
    packages = [json.loads(content["datapackage.json"]) for content in (before, after)]
    assert [package.pop("created") for package in packages] == [NOW, "2026-12-01T08:00:00Z"]
    for package in packages:
        for one in package["resources"]:
            if one["path"] in dated:
                del one["hash"]
    assert packages[0] == packages[1]


def test_dataset_of_saved_pages_says_so_and_not_where_they_lie(made):
    with closing(sqlite3.connect(f"{(made / 'newsroom.db').as_uri()}?mode=ro", uri=True)) as db:
        assert db.execute("SELECT value FROM about WHERE name = 'origin'").fetchall() == [(SAVED,)]
    assert json.loads((made / "datapackage.json").read_bytes())["origin"] == SAVED
    assert f"| pages from | {SAVED} |" in (made / "README.md").read_text("utf-8")
    assert not any(b"fixtures/site" in content for content in bytes_of(made).values())


@pytest.mark.parametrize("kept", [True, False])
def test_contacts_are_kept_on_request(crawled, kept):
    with closing(read(crawled.folder / "output/newsroom.sqlite")) as db:
        found = [
            item["contacts"] for item in Origin(db, "", datetime.now(UTC), contacts=kept).rows()
        ]

    assert any(found) is kept


def test_card_page_and_database_say_that_contacts_are_personal_data(sample, made):
    for name in ("README.md", "index.html", "newsroom.db"):
        assert PERSONAL.encode() in (sample / name).read_bytes()
        assert PERSONAL.encode() not in (made / name).read_bytes()


# -- what is refused: one line, status 2, and nothing written


def refused(run):
    """Return the one line of a run that was refused."""
    (line,) = run.errors
    assert (run.status, run.out) == (2, b"")
    return line


@pytest.mark.parametrize("words", [(), ("",), ("one", "two")])
def test_one_folder_is_taken(datasets, words):
    assert "takes one folder" in refused(datasets.spider(*words))


def test_folder_of_something_else_is_refused(datasets):
    assert "holds newsroom.sqlite" in refused(datasets.spider("output"))


def test_root_is_refused(datasets):
    assert "/ cannot be replaced: give another folder" in refused(datasets.spider("/"))


def test_missing_store_is_refused(datasets):
    line = refused(datasets.spider("new", OSCE_STORE="none.sqlite"))

    assert "there is no store" in line
    assert not (datasets.folder / "none.sqlite").exists()
    assert not (datasets.folder / "new").exists()


def test_store_in_use_is_refused(datasets):
    lock = Lock.of_store(datasets.folder / "output/newsroom.sqlite")
    try:
        line = refused(datasets.spider("new"))
    finally:
        lock.release()

    assert f"is in use by process {os.getpid()}" in line


def test_damaged_store_is_refused(datasets):
    with (datasets.folder / "output/newsroom.sqlite").open("r+b") as file:
        file.seek(5000)
        file.write(b"?" * 5000)

    assert "is damaged" in refused(datasets.spider("new"))


def test_store_without_items_is_refused(datasets):
    store = datasets.folder / "output/newsroom.sqlite"
    with closing(sqlite3.connect(store)) as db, db:
        db.execute("DELETE FROM item")

    assert "holds no published items: crawl first" in refused(datasets.spider("new"))


def test_unknown_setting_is_refused(datasets):
    assert "OSCE_STOER is not known" in refused(datasets.spider("new", OSCE_STOER="x"))


def test_without_the_extra_one_line_says_what_to_install(datasets):
    (datasets.folder / START).write_text(NOT_INSTALLED)

    assert "pip install 'osce_crawl[dataset]'" in refused(datasets.spider("new"))


# -- what ends it: the old dataset stays


@pytest.fixture
def old(datasets, made):
    """Return the command beside a dataset, which must be as it was in the end."""
    folder = datasets.folder / "dataset"
    shutil.copytree(made, folder)
    before = bytes_of(folder)
    yield datasets
    assert bytes_of(folder) == before
    assert names(datasets.folder) - {START, "__pycache__"} == {"dataset", "output", "scrapy.cfg"}


def test_full_disk_is_one_line(old):
    (old.folder / START).write_text(FULL_DISK)

    run = old.spider("dataset")

    (line,) = run.errors
    assert run.status == 1
    assert "cannot be written" in line
    assert "it is unchanged" in line


def test_a_signal_ends_it(old):
    (old.folder / START).write_text(STOPPED)

    run = old.spider("dataset")

    assert (run.status, run.errors) == (5, ["osce_crawl: stopped; the folder is unchanged"])


def test_a_kill_leaves_what_the_next_run_clears_away(old):
    (old.folder / START).write_text(STOPPED.replace("SIGTERM", "SIGKILL"))

    assert old.spider("dataset").status == -signal.SIGKILL
    assert (old.folder / ".dataset.part").exists()

    (old.folder / START).write_text(FULL_DISK)
    assert old.spider("dataset").status == 1
