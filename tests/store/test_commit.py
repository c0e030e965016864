"""The one transaction of a published run: rows, revisions, listing, coverage, changes."""

import sqlite3
from datetime import date

import orjson
import pytest
from store.making import address, changes, dump, entry, listed

from osce_crawl.store.fetched import Answer

SPAN = (date(2026, 10, 1), date(2026, 11, 1))
#: Where the transaction is made to fail: at its first write, in the middle and at its last.
TABLES = ("revision", "change", "item", "listing", "coverage", "meta", "run")


@pytest.mark.parametrize("table", TABLES)
def test_commit_that_fails_leaves_everything_as_it_was(store, night, table):
    night(1).read(entry(7)).publish()
    run = night(2).read(entry(7), title="Edited").read(entry(8))
    before = dump(store)
    action = "UPDATE" if table == "run" else "INSERT"
    store.db.execute(
        f"CREATE TEMP TRIGGER full_disk BEFORE {action} ON main.{table}"
        " BEGIN SELECT raise(FAIL, 'disk full'); END"
    )
    with pytest.raises(sqlite3.Error, match="disk full"):
        run.publish([SPAN], full=True)

    assert dump(store) == before


def test_commit_that_failed_can_be_done_again(store, night):
    run = night(1).read(entry(7))
    store.db.execute(
        "CREATE TEMP TRIGGER full_disk BEFORE INSERT ON main.item"
        " BEGIN SELECT raise(FAIL, 'disk full'); END"
    )
    with pytest.raises(sqlite3.Error, match="disk full"):
        run.publish()
    store.db.execute("DROP TRIGGER full_disk")
    run.publish()

    assert changes(store) == [("new", "7-en")]


def test_proven_span_is_covered(store, night):
    night(1).read(entry(7)).publish([SPAN])

    assert store.coverage("a listing").spans == (SPAN,)


def test_coverage_grows(store, night):
    night(1).read(entry(7)).publish([SPAN])
    night(2).read(entry(7)).publish([(date.min, date(2026, 10, 5))])

    assert store.coverage("a listing").spans == ((date.min, SPAN[1]),)


def test_run_that_proves_nothing_leaves_the_coverage(store, night):
    night(1).read(entry(7)).publish([SPAN])
    night(2).read(entry(8)).publish()

    assert store.coverage("a listing").spans == (SPAN,)


def test_what_is_proven_of_a_source_says_nothing_of_another(store, night):
    night(1).read(entry(7)).publish([SPAN])

    assert store.coverage("another listing").spans == ()


@pytest.mark.parametrize(
    ("sources", "known"), [(["b", "a"], ["a", "b"]), ([], ["c"])], ids=["a run", "a sample"]
)
def test_sources_of_the_last_run_that_was_no_sample_are_known(store, night, sources, known):
    night(1).publish(sources=["c"])
    night(2).publish(sources=sources)

    assert store.last_sources() == known


@pytest.mark.parametrize(("full", "day"), [(True, date(2026, 11, 2)), (False, None)])
def test_day_of_a_walk_over_the_whole_listing_is_remembered(store, night, full, day):
    night(2).read(entry(7)).publish(full=full)

    assert store.last_full_walk() == day


def test_every_change_has_its_line(store, night):
    night(1).read(entry(7)).read(entry(8)).publish()
    night(2).read(entry(7), title="Edited").gone(address(8)).publish()
    night(3).read(entry(8)).read(entry(7), title="Edited", extractor="9.0.0").publish()

    assert changes(store) == [
        ("new", "7-en"),
        ("new", "8-en"),
        ("updated", "7-en"),
        ("removed", "8-en"),
        ("reextracted", "7-en"),
        ("restored", "8-en"),
    ]


def test_line_of_a_change_says_what_when_and_by_which_run(store, night):
    night(1).read(entry(7)).publish()
    run = night(2).read(entry(7), title="Edited")
    run.publish()
    _, (line,) = store.db.execute("SELECT line FROM change ORDER BY seq")

    assert list(orjson.loads(line).items()) == [
        ("seq", 2),
        ("change", "updated"),
        ("id", "7-en"),
        ("revision", 2),
        ("keys", ["title", "revision"]),
        ("run_id", run.id),
        ("at", "2026-11-02T03:00:00Z"),
    ]


def test_line_of_a_new_item_names_no_keys(store, night):
    night(1).read(entry(7)).publish()
    ((line,),) = store.db.execute("SELECT line FROM change")

    assert orjson.loads(line)["keys"] == []


def test_quiet_run_changes_nothing(store, night):
    night(1).read(entry(7)).publish()
    night(2).read(entry(7)).publish()

    assert changes(store) == [("new", "7-en")]


def test_oldest_release_has_the_first_line(store, night):
    night(1).read(entry(9, "2026-10-02")).read(entry(8, None)).read(entry(7)).publish()

    assert [item_id for _, item_id in changes(store)] == ["8-en", "7-en", "9-en"]


def test_listing_of_a_page_that_failed_is_not_remembered(store, night):
    night(1).read(entry(7)).publish()
    night(2).see(entry(7, title="Edited"), failed=True).publish()

    assert store.known(entry(7)).entry == entry(7)


def test_listing_of_a_page_that_stayed_the_same_is_remembered(store, night):
    night(1).read(entry(7)).publish()
    shown = entry(7, collections=["Statements"])
    night(2).see(shown, Answer("unchanged", "7-en")).publish()

    assert store.known(shown).entry == shown


@pytest.mark.parametrize(
    ("answer", "etag"),
    [
        pytest.param(None, '"a"', id="it was not asked for"),
        pytest.param(Answer("unchanged", "7-en"), '"a"', id="a 304 without any"),
        pytest.param(Answer("unchanged", "7-en", etag='"b"'), '"b"', id="a 304 with another"),
    ],
)
def test_validators_stay_those_of_the_page_that_is_known(store, night, answer, etag):
    night(1).read(entry(7), etag='"a"').publish()
    night(2).see(entry(7), answer).publish()

    assert store.known(entry(7)).etag == etag


def test_validators_of_another_page_are_forgotten(store, night):
    night(1).read(entry(7), etag='"a"').publish()
    night(2).read(entry(7), title="Edited").publish()

    assert store.known(entry(7)).etag is None


def test_stub_stays_to_be_asked_for(store, night):
    night(1).see(entry(7), Answer("item", "7-en", listed(entry(7))), failed=True).publish()

    assert not store.known(entry(7)).complete


def test_committed_run_is_told_from_others(store, night):
    done, other = night(1).read(entry(7)), night(2)
    done.publish()
    committed = dict(store.db.execute("SELECT id, committed FROM run"))

    assert (committed[done.id], committed[other.id]) == (1, 0)


@pytest.mark.parametrize("key", ["removed_at", "complete", "published", "content_type"])
def test_columns_say_what_the_row_says(store, night, key):
    night(1).read(entry(7)).publish()
    night(2).gone(address(7)).publish()
    ((column, in_row),) = store.db.execute(f"SELECT {key}, json_extract(row, '$.{key}') FROM item")

    assert column == in_row
