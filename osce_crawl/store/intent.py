"""The intent to publish: on the disk before the first file is renamed, gone when all is done.

A process that finds one takes up what another began; see `osce_crawl.publication.publish`.
"""

import sqlite3
from typing import Any

import orjson

from osce_crawl.store import met

Plan = dict[str, Any]


def put(db: sqlite3.Connection, run_id: str, plan: Plan) -> None:
    """Keep a plan and what its run has met; on the disk when this returns. Raises sqlite3.Error."""
    db.execute("BEGIN IMMEDIATE")
    try:
        met.hold(db)
        db.execute(
            "INSERT OR REPLACE INTO publication VALUES (?, ?)",
            (run_id, orjson.dumps(plan).decode()),
        )
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def get(db: sqlite3.Connection) -> Plan | None:
    """Return the plan of a publication that is not done, or None."""
    found = db.execute("SELECT plan FROM publication").fetchone()
    plan: Plan | None = orjson.loads(found[0]) if found else None
    return plan


def drop(db: sqlite3.Connection) -> None:
    """Forget a publication of which nothing is left to do. Raises sqlite3.Error."""
    db.execute("DELETE FROM publication")
