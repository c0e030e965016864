"""`scrapy reextract --update-store` brings a store up to the present reading, never back."""

import json
import shutil
import signal
from dataclasses import replace

import pytest
from archive.warcs import http, record, write
from crawl import points
from crawl.command import Command
from crawl.site import Newsroom, html, releases
from reextract.stores import changes, misread, rows

from osce_crawl.store import Store

#: Too few for a headline that was edited since its listing to be warned of.
COUNT = 4
NIGHTS = [f"2026-11-0{day}T03:00:00Z" for day in (1, 2, 3)]
GONE, OTHER = "499999-en", "499998-en"


@pytest.fixture(scope="module")
def first_night(tmp_path_factory):
    """Return a newsroom, older than what a crawl asks for again, and the folder of a crawl of it.

    That crawl was recorded, into the folder `archive`.
    """
    folder = tmp_path_factory.mktemp("first")
    with Newsroom(releases(COUNT)) as newsroom:
        crawled = Command(folder).run(**night(newsroom, 1, OSCE_ARCHIVE="archive"))
        assert crawled.status == 0, crawled.err
        yield newsroom, folder


@pytest.fixture
def newsroom(first_night, tmp_path):
    """Return that newsroom as it was; the test's folder is a copy of the crawl's."""
    newsroom, folder = first_night
    newsroom.facts[:] = releases(COUNT)
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return newsroom


@pytest.fixture(scope="module")
def second_night(first_night, tmp_path_factory):
    """Return the folder of a crawl after a headline was edited; `later` has what it fetched."""
    newsroom, first = first_night
    folder = tmp_path_factory.mktemp("second")
    shutil.copytree(first, folder, dirs_exist_ok=True)
    newsroom.facts[:] = releases(COUNT)
    newsroom.facts[1] = replace(newsroom.facts[1], title="A later headline")
    crawled = Command(folder).run("-a", "fresh=1", **night(newsroom, 2, OSCE_ARCHIVE="later"))
    assert crawled.status == 0, crawled.err
    return folder


@pytest.fixture
def store(tmp_path):
    """Return the store that is used unless another one is named."""
    return tmp_path / "output/newsroom.sqlite"


def items_of(command):
    """Return the items that were published last."""
    return [json.loads(line) for line in command.feed.read_bytes().splitlines()]


def night(newsroom, number, **more):
    """Return the settings of a night, 1 to 3."""
    return {**newsroom.settings, "OSCE_NOW": NIGHTS[number - 1], **more}


def test_empty_store_is_filled_and_saves_the_requests(command, reextract, newsroom, store):
    store.unlink()
    feed, items, asked = command.feed.read_bytes(), items_of(command), len(newsroom.paths)

    filled = reextract.run("archive", "--update-store", **night(newsroom, 2))

    assert filled.status == 0, filled.err
    assert filled.feed == feed
    assert {kind for kind, *_ in changes(store)} == {"new"}
    assert filled.report["items"]["new"] == COUNT
    then = command.run(**night(newsroom, 3))
    assert then.status == 0, then.err
    assert then.items == items
    assert {path.partition("?")[0] for path in newsroom.paths[asked:]} == {"/press-releases"}


def test_what_is_read_otherwise_now_changes_by_our_reading(command, reextract, newsroom, store):
    items = items_of(command)
    misread(store, GONE, "0.1", title="Read badly")  # by an older version
    misread(store, OTHER, title="Read badly")  # with an older vocabulary

    again = reextract.run("archive", "--update-store", **night(newsroom, 2))

    assert again.status == 0, again.err
    found = {item["id"]: item for item in again.items}
    assert [(found[one]["title"], found[one]["revision"]) for one in (GONE, OTHER)] == [
        ("Release 499999", 1),
        ("Release 499998", 1),
    ]
    assert [item["id"] for item in again.items] == [item["id"] for item in items]
    *before, one, other = changes(store)
    assert {kind for kind, *_ in before} == {"new"}
    assert {one[:3], other[:3]} == {("reextracted", GONE, 1), ("reextracted", OTHER, 1)}
    assert "title" in one[3]
    assert "title" in other[3]


def test_capture_older_than_what_the_store_has_is_left_out(
    command, reextract, newsroom, store, second_night
):
    shutil.copytree(second_night, command.folder, dirs_exist_ok=True)
    later, before = items_of(command), rows(store)

    again = reextract.run("archive", "--update-store", **night(newsroom, 3))

    assert again.status == 0, again.err
    assert again.items == later
    assert rows(store) == before
    assert again.report["archive"]["older"] >= 1
    assert reextract.run("archive", **night(newsroom, 3)).items[1]["title"] == "Release 499999"


def test_later_capture_is_an_update(reextract, newsroom, store, second_night):
    later = second_night / "later"

    again = reextract.run(later, "--update-store", **night(newsroom, 3))

    assert again.status == 0, again.err
    assert again.items[1]["title"] == "A later headline"
    kind, item_id, revision, _ = changes(store)[-1]
    assert (kind, item_id, revision) == ("updated", GONE, 2)


def test_item_that_is_gone_stays_gone(command, reextract, newsroom, store):
    del newsroom.facts[1]
    removed = command.run("-a", "full=1", **night(newsroom, 2)).items
    misread(store, GONE, "0.1", title="Read badly")

    again = reextract.run("archive", "--update-store", **night(newsroom, 3))

    assert again.status == 0, again.err
    found = {item["id"]: item for item in again.items}[GONE]
    assert found["title"] == "Release 499999"
    assert found["removed_at"] == {item["id"]: item for item in removed}[GONE]["removed_at"]
    assert found["removed_at"] == NIGHTS[1]
    assert changes(store)[-1][0] == "reextracted"


def test_store_of_another_site_is_refused(reextract, newsroom, store):
    store.unlink()
    other = "https://other.example"
    Store.open(store, other).close()
    before = store.read_bytes()

    for words in ([], ["--update-store"]):
        refused = reextract.run("archive", *words, **night(newsroom, 2))

        assert refused.status == 2
        assert len(refused.errors) == 1, refused.err
        assert f"belongs to {other}" in refused.errors[0]
        assert store.read_bytes() == before


def test_publication_that_was_cut_short_is_completed(command, reextract, newsroom, store):
    misread(store, GONE, title="Read badly")
    feed = command.feed.read_bytes()
    settings = {**night(newsroom, 2), **points.SETTINGS, "KILL_AT": points.RENAMED}
    killed = reextract.run("archive", "--update-store", **settings)
    assert killed.status == -signal.SIGKILL

    completed = command.scrapy("runs")

    assert completed.status == 0, completed.err
    assert rows(store)[GONE]["title"] == "Release 499999"
    assert [kind for kind, *_ in changes(store)].count("reextracted") == 1
    assert command.feed.read_bytes() == feed


def test_withheld_run_can_be_published_by_hand(command, reextract, newsroom, store, tmp_path):
    misread(store, GONE, title="Read badly")
    unread = http(html("OSCE", "<h1>Welcome</h1><p>Nothing to see.</p>").body)
    later = [
        record(unread, f"{newsroom.url}{one.at}", date=NIGHTS[1]) for one in newsroom.facts[2:]
    ]
    write(tmp_path / "later.warc.gz", *later)
    feed, known = command.feed.read_bytes(), rows(store)

    withheld = reextract.run("archive", "later.warc.gz", "--update-store", **night(newsroom, 2))

    assert withheld.status == 4, withheld.err
    assert (command.feed.read_bytes(), rows(store)) == (feed, known)
    run_id = withheld.report["run_id"]
    accepted = command.scrapy("runs", "accept", run_id)
    assert accepted.status == 0, accepted.err
    assert rows(store)[GONE]["title"] == "Release 499999"
    assert [kind for kind, *_ in changes(store)].count("reextracted") == 1
