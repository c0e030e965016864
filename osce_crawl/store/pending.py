"""The pending changes: how a run's answers will change the dataset, before anything is committed.

They live in a temporary table that ends with the process. Changes that were not published are
computed again from the fetched pages.
"""

import sqlite3
from collections import deque
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import orjson

from osce_crawl.items import SCHEMA_VERSION
from osce_crawl.store import runs, works
from osce_crawl.store.aliases import join_aliases
from osce_crawl.store.merge import (
    Change,
    changed_keys,
    is_alias,
    is_read_without_entry,
    merge,
    removed,
)
from osce_crawl.store.respelling import respelling, respelt

_SCHEMA = """
CREATE TEMP TABLE IF NOT EXISTS pending (
    id TEXT PRIMARY KEY,
    node TEXT NOT NULL,
    number INTEGER NOT NULL,
    language TEXT NOT NULL,
    published TEXT,
    content_type TEXT,
    kind TEXT NOT NULL,
    keys TEXT NOT NULL,
    row TEXT NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS temp.pending_order
    ON pending (published DESC, number DESC, node, language);
CREATE INDEX IF NOT EXISTS temp.pending_node ON pending (node);
DELETE FROM pending;
"""
# The best answer for each item among those for this run's entries; ties go to the first listed.
# If a listing shows an item again that an earlier run found gone, that answer is ignored.
_ANSWERS = """
SELECT staged.item_id, staged.kind, staged.row, staged.led_from, staged.staged_at,
    item.row, listing.etag IS NOT NULL AND staged.etag IS NOT NULL AND listing.etag <> staged.etag
        OR listing.last_modified IS NOT NULL AND staged.last_modified IS NOT NULL
            AND listing.last_modified <> staged.last_modified,
    staged.rank, max(staged.rank * 1000000 - seen.position)
FROM seen JOIN staged USING (node, language)
LEFT JOIN item ON item.id = staged.item_id
LEFT JOIN listing USING (node, language)
WHERE seen.part AND (staged.kind = 'item' OR staged.kind = 'removed' AND NOT seen.listed)
GROUP BY staged.item_id
"""
#: Answers per step.
_STEP = 100


def order_number(node: str) -> int:
    """Return a node as a number to sort by; nodes that are hashes sort after all numbers."""
    return int(node) if node.isdigit() else -1


def work_out(db: sqlite3.Connection) -> int:
    """Fill the table of pending changes; return their number."""
    deque(working_out(db), maxlen=0)
    return int(db.execute("SELECT count(*) FROM pending").fetchone()[0])


def working_out(db: sqlite3.Connection) -> Iterator[None]:
    """Do the same in steps of a few milliseconds, with a yield after each.

    A first run has 25,000 changes, which takes seconds; signals are handled between steps.
    """
    db.executescript(_SCHEMA)
    join_aliases(db)
    read_again = runs.reads_again(db)
    answers = db.execute(_ANSWERS)
    for number, answer in enumerate(answers, start=1):
        item_id, kind, row, led_from, staged_at, old, page_changed, rank, _ = answer
        if not number % _STEP:
            yield
        before = orjson.loads(old) if old else None
        change: Change | None
        if kind == "removed":
            change = removed(before, staged_at, respelt(before)) if before else None
        else:
            item: dict[str, Any] = orjson.loads(row)
            change = None
            if (
                before is None
                or rank > 1
                or not (is_alias(item, before) or is_read_without_entry(item, before))
            ):
                change = merge(
                    before,
                    item,
                    page_changed=bool(page_changed),
                    led_from=orjson.loads(led_from) if led_from else (),
                    read_again=read_again,
                )
        if change is not None:
            _put(db, item_id, change)
    as_it_is = is_of_this_schema(db)
    if not as_it_is:
        yield from _respelling(db)
    yield from _regrouping(db, everything=not as_it_is)


def is_of_this_schema(db: sqlite3.Connection) -> bool:
    """Return whether the published rows were validated against the schema of this version."""
    found = db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    return bool(found == (SCHEMA_VERSION,))


def _respelling(db: sqlite3.Connection) -> Iterator[None]:
    """Convert, in steps, rows that the current schema does not allow."""
    (when,) = db.execute("SELECT max(started_at) FROM run").fetchone()
    left = db.execute("SELECT id FROM item WHERE id NOT IN (SELECT id FROM pending)").fetchall()
    for number, (item_id,) in enumerate(left if when else (), start=1):
        (row,) = db.execute("SELECT row FROM item WHERE id = ?", (item_id,)).fetchone()
        change = respelling(orjson.loads(row), when)
        if change is not None:
            _put(db, item_id, change)
        if not number % _STEP:
            yield


def _regrouping(db: sqlite3.Connection, *, everything: bool) -> Iterator[None]:
    """Update, in steps, the rows that now belong to another work."""
    moved: dict[str, str] = {}
    for number, found in enumerate(works.regrouping(db, everything=everything), start=1):
        moved.update(found)
        if not number % _STEP:
            yield
    (when,) = db.execute("SELECT max(started_at) FROM run").fetchone()
    for number, (item_id, work_id) in enumerate(moved.items(), start=1):
        _regroup(db, item_id, work_id, when)
        if not number % _STEP:
            yield


def _regroup(db: sqlite3.Connection, item_id: str, work_id: str, when: str) -> None:
    known = db.execute("SELECT row FROM item WHERE id = ?", (item_id,)).fetchone()
    before: dict[str, Any] = orjson.loads(known[0]) if known else {}
    planned = db.execute("SELECT kind, row FROM pending WHERE id = ?", (item_id,)).fetchone()
    if planned:
        kind, row = planned[0], orjson.loads(planned[1])
    else:
        kind, row = "updated", {**before, "changed_at": when}
    row["work_id"] = work_id
    keys = changed_keys(before, row) if before else tuple(row)
    _put(db, item_id, Change(kind, row, keys))


def _put(db: sqlite3.Connection, item_id: str, change: Change) -> None:
    row = change.row
    line = orjson.dumps(row)
    db.execute(
        "INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            item_id,
            row["node"],
            order_number(row["node"]),
            row["language"],
            row["published"],
            row["content_type"],
            change.kind,
            orjson.dumps(change.keys).decode(),
            line.decode(),
            crc32(line),
        ),
    )


def changes(db: sqlite3.Connection, most: int) -> list[dict[str, Any]]:
    """Return at most *most* pending changes, the newest release first."""
    return [
        {
            "change": kind,
            "id": item_id,
            "title": title,
            "url": url,
            "keys": [] if kind == "new" else orjson.loads(keys),
        }
        for kind, item_id, title, url, keys in db.execute(
            "SELECT kind, id, json_extract(row, '$.title'), json_extract(row, '$.url'), keys"
            " FROM pending ORDER BY published DESC, number DESC, node, language LIMIT ?",
            (most,),
        )
    ]


def emptied(db: sqlite3.Connection) -> list[str]:
    """Return the addresses of the known items whose text disappears, newest release first."""
    found = db.execute(
        "SELECT json_extract(row, '$.url') FROM pending"
        " WHERE kind <> 'new' AND json_extract(row, '$.body') IS NULL"
        " AND EXISTS (SELECT 1 FROM json_each(keys) WHERE value = 'body')"
        " ORDER BY published DESC, number DESC, node, language"
    )
    return [url for (url,) in found]


def change_counts(db: sqlite3.Connection) -> dict[str, int]:
    """Return the number of pending changes by kind."""
    return dict(db.execute("SELECT kind, count(*) FROM pending GROUP BY kind"))
