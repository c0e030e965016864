"""The sources that a survey has chosen, kept from run to run."""

import sqlite3
from dataclasses import asdict, dataclass
from datetime import date

import orjson

_NAME = "found_sources"


@dataclass(frozen=True)
class ChosenSources:
    """What a survey has chosen.

    :ivar sources: in the form of ``OSCE_SOURCES``.
    :ivar why: why the newsroom's usual listing was not used.
    :ivar day: the day of the survey.
    """

    sources: tuple[str, ...]
    why: str
    day: date


def get(db: sqlite3.Connection) -> ChosenSources | None:
    """Return the choice, or None."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (_NAME,)).fetchone()
    if row is None:
        return None
    noted = orjson.loads(row[0])
    return ChosenSources(tuple(noted["sources"]), noted["why"], date.fromisoformat(noted["day"]))


def put(db: sqlite3.Connection, found: ChosenSources) -> None:
    """Store the choice at once, so that the run after a stopped one uses it."""
    noted = orjson.dumps(asdict(found)).decode()
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAME, noted))


def forget(db: sqlite3.Connection) -> None:
    """Delete the choice, so that the next run surveys again."""
    db.execute("DELETE FROM meta WHERE name = ?", (_NAME,))
