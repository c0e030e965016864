"""The columns of typed formats follow from the definition of the item."""

from datetime import UTC, date, datetime

import pytest

from osce_crawl import items
from osce_crawl.columns import Column, ListOf, columns, typed
from osce_crawl.loaders.release import blank_item

BY_NAME = {column.name: column for column in columns()}


def test_there_is_a_column_for_each_key_in_its_order():
    assert tuple(BY_NAME) == items.KEYS


@pytest.mark.parametrize(
    "column",
    [
        Column("id", "text", nullable=False),
        Column("title", "text", nullable=True),
        Column("published", "date", nullable=True),
        Column("fetched_at", "timestamp", nullable=False),
        Column("removed_at", "timestamp", nullable=True),
        Column("revision", "integer", nullable=False),
        Column("complete", "boolean", nullable=False),
        Column("contacts", ListOf("text"), nullable=False),
        Column(
            "definitions",
            ListOf((Column("term", "text", False), Column("definition", "text", False))),
            nullable=False,
        ),
    ],
    ids=lambda column: column.name,
)
def test_column_has_the_type_of_its_key(column):
    assert BY_NAME[column.name] == column


def test_structure_within_a_structure_has_its_fields():
    provenance = {one.name: one for one in BY_NAME["provenance"].type}
    place = provenance["archive"]

    assert place.nullable
    assert [(one.name, one.type) for one in place.type] == [
        ("file", "text"),
        ("offset", "integer"),
        ("length", "integer"),
    ]


def test_lists_are_never_null():
    lists = [column for column in columns() if isinstance(column.type, ListOf)]

    assert {column.name for column in lists} == items.list_keys()
    assert not any(column.nullable for column in lists)


def test_dates_and_times_become_values_and_all_else_stays():
    item = blank_item() | {
        "published": "2017-06-09",
        "dates": {"page": "2017-06-09", "listing": None, "dateline": None},
        "fetched_at": "2026-11-02T03:00:00Z",
        "places": [dict.fromkeys(one.name for one in BY_NAME["places"].type.of)],
    }
    row = typed(item)

    assert row["published"] == date(2017, 6, 9)
    assert row["dates"] == {"page": date(2017, 6, 9), "listing": None, "dateline": None}
    assert row["fetched_at"] == datetime(2026, 11, 2, 3, tzinfo=UTC)
    assert row["places"] == item["places"]
    assert tuple(row) == items.KEYS
