"""The next snapshot, row by row: the published rows with the pending changes applied."""

import sqlite3
from collections.abc import Generator
from datetime import date, timedelta

from osce_crawl.feeds.row import Row
from osce_crawl.options import Arguments
from osce_crawl.store import pending

#: The period over which the pace of publication is measured.
_SEASON = timedelta(days=90)
# As bytes, which feeds write unchanged. Both halves come sorted from an index and SQLite merges
# them, so nothing is held in memory.
_ROWS = """
SELECT published, content_type, language, CAST(row AS BLOB), number, node, id, complete, 1
FROM item WHERE NOT EXISTS (SELECT 1 FROM pending WHERE pending.id = item.id)
UNION ALL
SELECT published, content_type, language, CAST(row AS BLOB), number, node, id,
    json_extract(row, '$.complete'), 0
FROM pending
ORDER BY 1 DESC, 5 DESC, 6, 3
"""
_LAST_NEW = """
SELECT json_extract(line, '$.at') FROM change
WHERE json_extract(line, '$.change') = 'new' ORDER BY seq DESC LIMIT 1
"""
# The items of a sample: the one that answered for an entry, else the one known for it.
_SAMPLE = """
CREATE TEMP TABLE sample AS
SELECT DISTINCT coalesce(staged.item_id, seen.item_id) AS id
FROM seen LEFT JOIN staged USING (node, language) WHERE seen.part
"""


def rows(db: sqlite3.Connection, arguments: Arguments) -> Generator[tuple[Row, bool]]:
    """Yield the items within the run's arguments in the feed's order, and whether each is complete.

    `published` descending, nulls last, then `node` descending by number, then `language`. Needs
    the pending changes (`pending.work_out`).
    """
    valid = pending.is_of_this_schema(db)  # older rows were validated against an older schema
    chosen = _sample(db) if arguments.sample else None
    for published, content_type, language, line, _, _, item_id, complete, old in db.execute(_ROWS):
        if chosen is not None and item_id not in chosen:
            continue
        if arguments.wants(published, content_type, language):
            yield Row(line, checked=valid and bool(old)), bool(complete)


def count(db: sqlite3.Connection, arguments: Arguments) -> int:
    """Return how many items `rows` will yield."""
    chosen = _sample(db) if arguments.sample else None
    return sum(
        1
        for published, content_type, language, _, _, _, item_id, _, _ in db.execute(
            _ROWS.replace("CAST(row AS BLOB)", "0")
        )
        if (chosen is None or item_id in chosen)
        and arguments.wants(published, content_type, language)
    )


def pace(db: sqlite3.Connection, today: date) -> tuple[int, int]:
    """Return the days since the last new item, and the number of items in the 90 days before it.

    The days are 0 if this run has a new item or nothing was ever published. Needs the pending
    changes.
    """
    (new,) = db.execute("SELECT count(*) FROM pending WHERE kind = 'new'").fetchone()
    found = None if new else db.execute(_LAST_NEW).fetchone()
    if found is None:
        return 0, 0
    last = date.fromisoformat(found[0][:10])
    (busy,) = db.execute(
        "SELECT count(*) FROM item WHERE published <= ? AND published > ?",
        (last.isoformat(), (last - _SEASON).isoformat()),
    ).fetchone()
    return (today - last).days, int(busy)


def _sample(db: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of the few items in a sample."""
    db.execute("DROP TABLE IF EXISTS temp.sample")
    db.execute(_SAMPLE)
    return frozenset(item_id for (item_id,) in db.execute("SELECT id FROM sample") if item_id)
