"""What is published, as it is now or as it was at the end of a day, and what differs in between.

A row that is replaced is kept in `revision`, with the time at which that was published; and the
change feed tells when an item came. So the snapshot of any earlier moment can be rebuilt exactly.
All rows are given in the schema of this version.
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

#: After all that is published.
NOW = "9999-12-31T23:59:59Z"
# The first row that was replaced later is the row of then. Only keys are sorted, not the rows.
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
    """An item that is another one now than it was.

    :ivar change: `removed` where the site has it no more, and had it then; an item that came and
        went since is `new`, and one that came back is `updated`.
    :ivar row: the item now; ``before``: then, None of a new one.
    """

    change: Literal["new", "updated", "removed"]
    row: Item
    before: Item | None


def end_of(day: date) -> str:
    """Return the last moment of a day in UTC, as the functions below take it."""
    return f"{day.isoformat()}T23:59:59Z"


def rows(db: sqlite3.Connection, moment: str = NOW) -> Iterator[Row]:
    """Yield the items that were published by a moment, in the feed's order."""
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
    """Yield the items that are others now than they were at a moment, in the feed's order.

    With their rows in the place of those of then, the snapshot of then is the present one.
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
    """Return the day of the first publication, None where there was none."""
    (found,) = db.execute(_FIRST).fetchone()
    return date.fromisoformat(found[:10]) if found else None


def last_run(db: sqlite3.Connection, moment: str = NOW) -> str | None:
    """Return the id of the run that was published last by a moment, None where none was."""
    found = db.execute(_RUN, (moment,)).fetchone()
    return str(found[0]) if found else None


def _row(db: sqlite3.Connection, item_id: str, number: int | None, *, valid: bool) -> Row:
    """Return an item as it is now, or one that was replaced.

    :param valid: whether the items of now are of this schema; one that was replaced may be older.
    """
    if number is None:
        (line,) = db.execute(_ROW, (item_id,)).fetchone()
        if valid:
            return Row(line, checked=True)
    else:
        (line,) = db.execute(_OLD_ROW, (item_id, number)).fetchone()
    return Row.of(respelt(orjson.loads(line)))
