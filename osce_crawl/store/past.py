"""The published items now or at the end of a day, and the differences between the two.

The table `revision` keeps each replaced row with the time of its replacement, and the change feed
has the time at which each item was new. So any earlier snapshot can be rebuilt exactly. All rows
are returned in the schema of this version.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import orjson

from osce_crawl.feeds.row import Row
from osce_crawl.store.merge import Item
from osce_crawl.store.pending import is_of_this_schema
from osce_crawl.store.respelling import respelt

#: Later than any publication.
NOW = "9999-12-31T23:59:59Z"
# The first row replaced after a moment was current at that moment. Sorts keys, not whole rows.
_THEN = """
WITH later AS (
    SELECT item_id, min(number) AS number FROM revision WHERE at > :moment GROUP BY item_id
), unborn AS (
    SELECT json_extract(line, '$.id') FROM change
    WHERE json_extract(line, '$.change') = 'new' AND json_extract(line, '$.at') > :moment
)
SELECT item.id, later.number,
    iif(later.number IS NULL, item.published, json_extract(revision.row, '$.published')) AS day
FROM item
LEFT JOIN later ON later.item_id = item.id
LEFT JOIN revision ON revision.item_id = item.id AND revision.number = later.number
WHERE item.id NOT IN unborn
"""
_IN_ORDER = "ORDER BY day DESC, item.number DESC, item.node, item.language"
_CHANGED = """
SELECT id, (SELECT min(number) FROM revision WHERE item_id = item.id AND at > :moment), id IN (
    SELECT json_extract(line, '$.id') FROM change
    WHERE json_extract(line, '$.change') = 'new' AND json_extract(line, '$.at') > :moment
)
FROM item WHERE id IN (
    SELECT json_extract(line, '$.id') FROM change WHERE json_extract(line, '$.at') > :moment
)
ORDER BY published DESC, number DESC, node, language
"""
_ROW = "SELECT CAST(row AS BLOB) FROM item WHERE id = ?"
_OLD_ROW = "SELECT CAST(row AS BLOB) FROM revision WHERE item_id = ? AND number = ?"
_FIRST = "SELECT min(json_extract(line, '$.at')) FROM change"
_RUN = """
SELECT id FROM run WHERE committed AND coalesce(accepted_at, ended_at, started_at) <= ?
ORDER BY rowid DESC LIMIT 1
"""


@dataclass(frozen=True)
class Difference:
    """An item that differs from an earlier moment.

    :ivar change: `removed` if the site had it then and no longer has it; `new` for an item that
        appeared and was removed since; `updated` for one that came back.
    :ivar row: the item now; ``before``: the item then, None if new.
    """

    change: Literal["new", "updated", "removed"]
    row: Item
    before: Item | None


def end_of(day: date) -> str:
    """Return the last moment of a day in UTC, in the form that the functions below take."""
    return f"{day.isoformat()}T23:59:59Z"


def rows(db: sqlite3.Connection, moment: str = NOW) -> Iterator[Row]:
    """Yield the items as published at a moment, in the feed's order."""
    valid = is_of_this_schema(db)
    for item_id, number, _ in db.execute(_THEN + _IN_ORDER, {"moment": moment}):
        yield _row(db, item_id, number, valid=valid)


def count(db: sqlite3.Connection, moment: str = NOW) -> int:
    """Return how many items `rows` will yield."""
    (found,) = db.execute(
        f"SELECT count(*) FROM ({_THEN})",  # noqa: S608 - a text of ours
        {"moment": moment},
    ).fetchone()
    return int(found)


def differences(db: sqlite3.Connection, moment: str) -> Iterator[Difference]:
    """Yield the items that have changed since a moment, in the feed's order.

    Applied to the snapshot of that moment, they give the current one.
    """
    valid = is_of_this_schema(db)
    changed = db.execute(_CHANGED, {"moment": moment}).fetchall()
    for item_id, number, is_new in changed:
        row = _row(db, item_id, None, valid=valid).item
        if is_new:
            yield Difference("new", row, None)
            continue
        before = _row(db, item_id, number, valid=valid).item
        if row != before:
            gone = row["removed_at"] is not None and before["removed_at"] is None
            yield Difference("removed" if gone else "updated", row, before)


def first_day(db: sqlite3.Connection) -> date | None:
    """Return the day of the first publication, or None."""
    (found,) = db.execute(_FIRST).fetchone()
    return date.fromisoformat(found[:10]) if found else None


def last_run(db: sqlite3.Connection, moment: str = NOW) -> str | None:
    """Return the id of the last run published by a moment, or None."""
    found = db.execute(_RUN, (moment,)).fetchone()
    return str(found[0]) if found else None


def _row(db: sqlite3.Connection, item_id: str, number: int | None, *, valid: bool) -> Row:
    """Return the current row of an item, or a replaced one.

    :param valid: whether the current rows match this schema; a replaced row may be older.
    """
    if number is None:
        (line,) = db.execute(_ROW, (item_id,)).fetchone()
        if valid:
            return Row(line, checked=True)
    else:
        (line,) = db.execute(_OLD_ROW, (item_id, number)).fetchone()
    return Row.of(respelt(orjson.loads(line)))
