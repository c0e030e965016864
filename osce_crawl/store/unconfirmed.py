"""Differences that runs find: remembered until they are published or have disappeared.

The checks ask what went wrong at once. Over nights that were withheld, killed or stopped, single
changes add up, so a count of all that differs from what was published grows and withholds for ever.
Here it is remembered since when each thing was found so. What was first found together is told from
what trickled in, and is believed once full walks of several days have found it so. The table is
called `doubt`, and keeps its name for the stores that there are.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from hashlib import blake2b
from typing import Any, Literal

import orjson

from osce_crawl.store.fetched import ADDRESS, Key

Entry = Mapping[str, Any]
Kind = Literal["gone", "unlisted", "reworded", "failed", "shorter"]
_OPPOSITE: Mapping[Kind, Kind] = {"gone": "unlisted", "unlisted": "gone"}

# A day counts once, and only where a full walk has looked; other words are another finding.
_NOTE = """
INSERT INTO doubt (kind, key, words, first, found_by, days, last)
VALUES (:kind, :key, :words, :today, :run_id, :counts, iif(:counts, :today, NULL))
ON CONFLICT (kind, key) DO UPDATE SET
    days = iif(words = :words, days + (:counts AND coalesce(last, '') <> :today), :counts),
    last = iif(:counts, :today, iif(words = :words, last, NULL)),
    first = iif(words = :words, first, :today),
    at_once = iif(words = :words, at_once, 0),
    words = :words,
    found_by = :run_id
"""
_TALLY = """
SELECT
    count(*) FILTER (WHERE NOT at_once AND first >= :since),
    count(*) FILTER (WHERE at_once AND days < :enough),
    count(*) FILTER (WHERE at_once AND days >= :enough)
FROM doubt WHERE kind = :kind AND found_by = :run_id AND NOT settled
"""
_FORGET = """
DELETE FROM doubt WHERE found_by <> :run_id AND (
    kind IN ('gone', 'unlisted') AND key IN (SELECT item_id FROM seen WHERE listed)
    OR kind IN ('failed', 'reworded') AND key IN (SELECT node || '-' || language FROM seen))
"""
# A run that was not judged may have looked at a part only: the next one finds the rest.
_BEFORE = """
SELECT substr(started_at, 1, 10) FROM run
WHERE rowid = (SELECT max(rowid) FROM run WHERE id <> :run_id) AND verdict IS NULL
"""


class Rewording(Enum):
    """What is known of an entry that the listing shows in other words than was published."""

    NEW = auto()
    #: An earlier run has found it, and not with many others: an edit.
    SINGLE = auto()
    #: An earlier run has found it together with so many others that the listing is distrusted.
    UNCONFIRMED = auto()
    #: So it was, and full walks of enough days have found the same words.
    CONFIRMED = auto()


@dataclass(frozen=True)
class Tally:
    """How many things of one kind a run has found.

    :ivar fresh: never found by an earlier run.
    :ivar unconfirmed: first found together with many others, by full walks of too few days so far;
        ``confirmed``: of enough days.
    """

    fresh: int = 0
    unconfirmed: int = 0
    confirmed: int = 0


class Unconfirmed:
    """What one run finds, and what earlier runs have found of it."""

    def __init__(
        self, db: sqlite3.Connection, run_id: str, today: date, *, full: bool, enough: int
    ) -> None:
        """Begin.

        :param full: whether the run walks the whole listing.
        :param enough: full walks, on as many days, that make a finding believed.
        """
        self._db = db
        self._full = full
        self._reworded: list[tuple[str, str]] = []
        self._values: dict[str, Any] = {
            "run_id": run_id,
            "today": today.isoformat(),
            "enough": enough,
        }
        before = db.execute(_BEFORE, self._values).fetchone()
        self._values["since"] = min(today.isoformat(), before[0]) if before else today.isoformat()

    def note(self, kind: Kind, key: str, words: str = "", *, counts: bool) -> None:
        """Remember a finding of this run.

        :param counts: whether this day confirms it.
        """
        values = {"kind": kind, "key": key, "words": words, "counts": int(counts)}
        self._db.execute(_NOTE, {**self._values, **values})
        if kind in _OPPOSITE:
            self._db.execute("DELETE FROM doubt WHERE (kind, key) = (?, ?)", (_OPPOSITE[kind], key))

    def reworded(self, key: Key, entry: Entry) -> Rewording:
        """Take an entry that is listed in other words than was published; tell what is known."""
        words = _hash(entry)
        self._reworded.append(("-".join(key), words))
        found = self._db.execute(
            "SELECT at_once, days + (:full AND coalesce(last, '') <> :today), first >= :since"
            " FROM doubt WHERE kind = 'reworded' AND key = :key AND words = :words",
            {**self._values, "full": int(self._full), "key": "-".join(key), "words": words},
        ).fetchone()
        if found is None:
            return Rewording.NEW
        at_once, days, fresh = found
        if at_once:
            enough = days >= self._values["enough"]
            return Rewording.CONFIRMED if enough else Rewording.UNCONFIRMED
        return Rewording.NEW if fresh else Rewording.SINGLE

    def failed_before(self, key: Key) -> Literal["published", "given up"] | None:
        """Return whether a page that fails did so in a published run, or on enough earlier days."""
        found = self._db.execute(
            "SELECT settled, days - (last = :today) >= :enough FROM doubt"
            " WHERE kind = 'failed' AND key = :key",
            {**self._values, "key": "-".join(key)},
        ).fetchone()
        settled, given_up = found or (0, 0)
        if settled:
            return "published"
        return "given up" if given_up else None

    def shorter(self, arguments: Mapping[str, Any], *, less: bool) -> int:
        """Take a whole listing, as runs with these arguments see it.

        :param less: whether it has too few entries; return on how many days it was so.
        """
        key = orjson.dumps(arguments, option=orjson.OPT_SORT_KEYS).decode()
        if not less:
            self._db.execute("DELETE FROM doubt WHERE (kind, key) = ('shorter', ?)", (key,))
            return 0
        self.note("shorter", key, counts=True)
        (days,) = self._db.execute(
            "SELECT days FROM doubt WHERE (kind, key) = ('shorter', ?)", (key,)
        ).fetchone()
        return int(days)

    def close(self, *, whole: bool) -> None:
        """Remember the rewordings, and forget what this run has found to be as it was.

        :param whole: whether the walk has seen all that it was to see.
        """
        self._db.execute("BEGIN")
        for key, words in self._reworded:
            self.note("reworded", key, words, counts=self._full and whole)
        self._db.execute(_FORGET, self._values)
        self._db.execute("COMMIT")

    def tally(self, kind: Kind) -> Tally:
        """Return how many things of a kind this run has found that were not published so."""
        return Tally(*self._db.execute(_TALLY, {**self._values, "kind": kind}).fetchone())

    def await_confirmation(self, kind: Kind) -> None:
        """Remember that what was first found now was too much at once."""
        self._db.execute(
            "UPDATE doubt SET at_once = 1 WHERE kind = :kind AND first >= :since AND NOT settled",
            {**self._values, "kind": kind},
        )


def is_awaited(db: sqlite3.Connection) -> bool:
    """Return whether something waits for full walks to confirm it."""
    found = db.execute(
        "SELECT 1 FROM doubt WHERE at_once AND NOT settled OR kind = 'shorter' LIMIT 1"
    ).fetchone()
    return found is not None


def settle(db: sqlite3.Connection, run_id: str, *, full: bool) -> None:
    """Take the publication of a run: what it has found is known now.

    :param full: whether it saw the whole listing; what it has not found is no more, then.
    """
    db.execute(
        "UPDATE doubt SET settled = 1, at_once = 0"
        " WHERE kind IN ('unlisted', 'failed') AND found_by = ?",
        (run_id,),
    )
    db.execute("DELETE FROM doubt WHERE NOT settled AND (found_by = ? OR ?)", (run_id, full))


def _hash(entry: Entry) -> str:
    words = {name: value for name, value in entry.items() if name not in ADDRESS}
    return blake2b(orjson.dumps(words, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()
