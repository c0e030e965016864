"""The versions of an item, from the first to the present one."""

import sqlite3

import pytest
from store.making import address, entry

from osce_crawl.store.history import RESEMBLING, VERSIONS, resembling, versions


@pytest.fixture
def changed(store, night):
    """Return a store with an item that was edited, removed and restored."""
    night(1).read(entry(7)).publish()
    night(2).read(entry(7), title="Edited").publish()
    night(3).gone(address(7)).publish()
    night(4).read(entry(7), title="Edited").read(entry(7, language="de")).publish()
    return store


def test_versions_tell_what_made_them_so_and_when(changed):
    assert [(one.change, one.at) for one in versions(changed.db, "7-en")] == [
        ("new", "2026-11-01T03:00:00Z"),
        ("updated", "2026-11-02T03:00:00Z"),
        ("removed", "2026-11-03T03:00:00Z"),
        ("restored", "2026-11-04T03:00:00Z"),
    ]


def test_versions_have_the_rows_as_they_were(changed):
    rows = [one.row for one in versions(changed.db, "7-en")]

    assert [(row["title"], row["revision"], row["removed_at"]) for row in rows] == [
        ("Title of 7", 1, None),
        ("Edited", 2, None),
        ("Edited", 2, "2026-11-03T03:00:00Z"),
        ("Edited", 2, None),
    ]


def test_last_version_is_the_published_row(changed):
    *_, last = versions(changed.db, "7-en")

    assert last.row == changed.item("7-en")


def test_item_that_never_changed_has_one_version(changed):
    assert len(list(versions(changed.db, "7-de"))) == 1


def test_unknown_item_has_none(changed):
    assert list(versions(changed.db, "8-en")) == []


@pytest.mark.parametrize("text", ["7", "7-ru", "7-"])
def test_ids_of_the_same_node_resemble(changed, text):
    assert resembling(changed.db, text) == ["7-de", "7-en"]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        pytest.param(VERSIONS, {"id": "7-en"}, id="versions"),
        pytest.param(RESEMBLING, ["7"], id="near"),
    ],
)
def test_nothing_is_searched_without_an_index(changed, query, values):
    plan = [row[3] for row in changed.db.execute(f"EXPLAIN QUERY PLAN {query}", values)]

    assert [step for step in plan if step.startswith("SEARCH")]
    assert [step for step in plan if step.startswith("SCAN")] == []


@pytest.mark.parametrize("table", ["item", "revision"])
def test_version_that_is_not_as_it_was_written_is_told(changed, table):
    changed.db.execute(f"UPDATE {table} SET row = replace(row, 'Title', 'Titel')")
    changed.db.execute(f"UPDATE {table} SET row = replace(row, 'Edited', 'Edidet')")

    with pytest.raises(sqlite3.DatabaseError, match="the row of 7-en does not match its checksum"):
        list(versions(changed.db, "7-en"))
