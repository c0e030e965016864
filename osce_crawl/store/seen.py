"""The entries that the current run has seen: a temporary table.

The table `held` keeps them beyond the process while a run is being published or is withheld.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

import orjson

from osce_crawl.store.fetched import Key

# `part`: the run was asked for it; `listed`: a source, namely `source`, shows it (otherwise it was
# only known); `failed`: 1 if its page could not be fetched, 2 if the listing is distrusted. A
# failed entry is not stored as the listing shows it now.
_SCHEMA = """
DROP TABLE IF EXISTS temp.seen;
CREATE TEMP TABLE seen (
    node TEXT NOT NULL,
    language TEXT NOT NULL,
    position INTEGER NOT NULL,
    entry TEXT NOT NULL,
    item_id TEXT,
    part INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    failed INTEGER NOT NULL DEFAULT 0,
    source TEXT,
    PRIMARY KEY (node, language)
) WITHOUT ROWID;
CREATE INDEX temp.seen_item ON seen (item_id);
CREATE INDEX temp.seen_position ON seen (position);
"""


def begin(db: sqlite3.Connection) -> None:
    """Start with no entries, and delete those withheld by an earlier run."""
    db.executescript(_SCHEMA)
    db.execute("DELETE FROM held")


def add(
    db: sqlite3.Connection,
    entry: Mapping[str, Any],
    item_id: str | None,
    *,
    part: bool,
    source: str | None,
) -> None:
    """Record an entry, its known item, and the source that shows it.

    Without a source, the entry is only known, not listed.
    """
    db.execute(
        "INSERT INTO seen (node, language, position, entry, item_id, part, listed, source)"
        " VALUES (?, ?, (SELECT coalesce(max(position) + 1, 0) FROM seen), ?, ?, ?, ?, ?)"
        " ON CONFLICT (node, language) DO UPDATE SET part = max(part, excluded.part)",
        (
            entry["node"],
            entry["language"],
            orjson.dumps(entry).decode(),
            item_id,
            int(part),
            int(source is not None),
            source,
        ),
    )


def fail(db: sqlite3.Connection, key: Key) -> None:
    """Record that an entry's page could not be fetched."""
    db.execute("UPDATE seen SET failed = 1 WHERE (node, language) = (?, ?)", key)


def distrust(db: sqlite3.Connection, key: Key) -> None:
    """Record that an entry's current listing is not trusted unless the run is accepted."""
    db.execute("UPDATE seen SET failed = 2 WHERE (node, language) = (?, ?)", key)


def withhold(db: sqlite3.Connection) -> None:
    """Keep this run's entries beyond its process."""
    db.execute("DELETE FROM held")
    db.execute("INSERT INTO held SELECT * FROM seen")


def take_up(db: sqlite3.Connection) -> None:
    """Continue with the entries of another process."""
    db.executescript(_SCHEMA)
    db.execute("INSERT INTO seen SELECT * FROM held")


def trust(db: sqlite3.Connection) -> None:
    """Trust how entries are listed, because an operator has accepted the run."""
    db.execute("UPDATE seen SET failed = 0 WHERE failed = 2")
