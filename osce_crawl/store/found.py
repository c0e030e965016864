"""The sources that a survey has chosen, kept from night to night."""

import sqlite3
from dataclasses import asdict, dataclass
from datetime import date

import orjson

_NAME = "found_sources"


@dataclass(frozen=True)
class Found:
    """What a survey has chosen.

    :ivar sources: as ``OSCE_SOURCES`` has them.
    :ivar why: why it is not the newsroom's usual listing.
    :ivar day: of the survey.
    """

    sources: tuple[str, ...]
    why: str
    day: date


def get(db: sqlite3.Connection) -> Found | None:
    """Return what was chosen, or None."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (_NAME,)).fetchone()
    if row is None:
        return None
    noted = orjson.loads(row[0])
    return Found(tuple(noted["sources"]), noted["why"], date.fromisoformat(noted["day"]))


def put(db: sqlite3.Connection, found: Found) -> None:
    """Note what was chosen; at once, so that a run that is stopped goes on with it."""
    noted = orjson.dumps(asdict(found)).decode()
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAME, noted))


def forget(db: sqlite3.Connection) -> None:
    """Forget it, so that the next run looks again."""
    db.execute("DELETE FROM meta WHERE name = ?", (_NAME,))
