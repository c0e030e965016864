"""The intent to publish: on the disk before the first file is renamed, gone when all is done.

A process that finds one takes up what another began; see `osce_crawl.publication.publish`.
"""

import sqlite3
from typing import Any

import orjson

from osce_crawl.store import seen

Intent = dict[str, Any]


def put(db: sqlite3.Connection, run_id: str, intent: Intent) -> None:
    """Keep an intent and what its run has seen; on the disk when this returns.

    Raises sqlite3.Error.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        seen.withhold(db)
        db.execute(
            "INSERT OR REPLACE INTO publication VALUES (?, ?)",
            (run_id, orjson.dumps(intent).decode()),
        )
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def put_files(db: sqlite3.Connection, files: list[list[str]]) -> None:
    """Keep the intent to put files in place that are of no run; on the disk when this returns.

    What a withheld run has seen stays as it is. Raises sqlite3.Error.

    :param files: path and SHA-256 of each.
    """
    plan = orjson.dumps({"files": files}).decode()
    db.execute("INSERT OR REPLACE INTO publication VALUES ('export', ?)", (plan,))


def get(db: sqlite3.Connection) -> Intent | None:
    """Return the intent of a publication that is not done, or None."""
    found = db.execute("SELECT plan FROM publication").fetchone()
    intent: Intent | None = orjson.loads(found[0]) if found else None
    return intent


def drop(db: sqlite3.Connection) -> None:
    """Forget a publication of which nothing is left to do. Raises sqlite3.Error."""
    db.execute("DELETE FROM publication")
