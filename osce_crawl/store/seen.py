"""The entries that the present run has seen: a temporary table.

Beyond the process they are kept, as withheld entries in the table `held`, while a run is being
published, and where one was withheld.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

import orjson

from osce_crawl.store.fetched import Key

# `part`: it belongs to what was asked for; `listed`: a source shows it (else it was only known),
# namely `source`; `failed`: 1: its page could not be fetched, 2: the listing is distrusted; how it
# is listed now must not be remembered.
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
    """Start with no entry seen, and forget the withheld entries of an earlier run."""
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
    """Note an entry, with the item that is known to stand behind it, and the source that shows it.

    Without a source it is only known.
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
    """Note that an entry's page could not be fetched."""
    db.execute("UPDATE seen SET failed = 1 WHERE (node, language) = (?, ?)", key)


def distrust(db: sqlite3.Connection, key: Key) -> None:
    """Note that how an entry is listed now is not believed, unless the run is accepted."""
    db.execute("UPDATE seen SET failed = 2 WHERE (node, language) = (?, ?)", key)


def withhold(db: sqlite3.Connection) -> None:
    """Keep what this run has seen beyond its process."""
    db.execute("DELETE FROM held")
    db.execute("INSERT INTO held SELECT * FROM seen")


def take_up(db: sqlite3.Connection) -> None:
    """Go on with what another process has seen."""
    db.executescript(_SCHEMA)
    db.execute("INSERT INTO seen SELECT * FROM held")


def trust(db: sqlite3.Connection) -> None:
    """Believe how entries are listed, for an operator does."""
    db.execute("UPDATE seen SET failed = 0 WHERE failed = 2")
