"""The intent to publish: stored before the first file is renamed, deleted after the last step.

A process that finds one completes what another began; see `osce_crawl.publication.publish`.
"""

import sqlite3
from typing import Any

import orjson

from osce_crawl.store import seen
from osce_crawl.store.transaction import transaction

Intent = dict[str, Any]


def put(db: sqlite3.Connection, run_id: str, intent: Intent) -> None:
    """Store an intent and the entries that its run has seen; on disk when this returns.

    Raises sqlite3.Error.
    """
    with transaction(db):
        seen.withhold(db)
        db.execute(
            "INSERT OR REPLACE INTO publication VALUES (?, ?)",
            (run_id, orjson.dumps(intent).decode()),
        )


def put_files(db: sqlite3.Connection, files: list[list[str]]) -> None:
    """Store the intent to put files in place that belong to no run; on disk when this returns.

    Entries kept for a withheld run stay. Raises sqlite3.Error.

    :param files: path and SHA-256 of each.
    """
    plan = orjson.dumps({"files": files}).decode()
    db.execute("INSERT OR REPLACE INTO publication VALUES ('export', ?)", (plan,))


def get(db: sqlite3.Connection) -> Intent | None:
    """Return the intent of an unfinished publication, or None."""
    found = db.execute("SELECT plan FROM publication").fetchone()
    intent: Intent | None = orjson.loads(found[0]) if found else None
    return intent


def drop(db: sqlite3.Connection) -> None:
    """Delete the intent of a finished publication. Raises sqlite3.Error."""
    db.execute("DELETE FROM publication")
