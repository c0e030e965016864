"""Differences that runs find, kept until they are published or have disappeared.

The checks look for many differences at once. But single changes add up over runs that were
withheld, killed or stopped, so a plain count of differences would grow and withhold every run. This
module records when each difference was first found. That separates those found together from those
that trickled in. Differences found together are accepted once full walks on several days have found
them. The table keeps its name, `doubt`, for existing stores.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from hashlib import blake2b
from typing import Any, Literal

import orjson

from osce_crawl.store.fetched import ADDRESS, Entry, Key
from osce_crawl.store.transaction import transaction

Kind = Literal["gone", "unlisted", "reworded", "failed", "shorter"]
_OPPOSITE: Mapping[Kind, Kind] = {"gone": "unlisted", "unlisted": "gone"}

# Each day counts once, and only with a full walk. Different words are a new finding.
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
# A run without a verdict may have seen only a part; the next one finds the rest.
_BEFORE = """
SELECT substr(started_at, 1, 10) FROM run
WHERE rowid = (SELECT max(rowid) FROM run WHERE id <> :run_id) AND verdict IS NULL
"""


class Rewording(Enum):
    """The status of an entry that the listing words differently from what was published."""

    NEW = auto()
    #: An earlier run found it, not together with many others: an edit.
    SINGLE = auto()
    #: An earlier run found it together with so many others that the listing is distrusted.
    UNCONFIRMED = auto()
    #: As `UNCONFIRMED`, but full walks on enough days have found the same words.
    CONFIRMED = auto()


@dataclass(frozen=True)
class Tally:
    """How many differences of one kind a run has found.

    :ivar fresh: never found by an earlier run.
    :ivar unconfirmed: first found together with many others, by full walks on too few days so far;
        ``confirmed``: on enough days.
    """

    fresh: int = 0
    unconfirmed: int = 0
    confirmed: int = 0


class Unconfirmed:
    """The differences that a run finds, compared with those of earlier runs."""

    def __init__(
        self, db: sqlite3.Connection, run_id: str, today: date, *, full: bool, enough: int
    ) -> None:
        """Start a run.

        :param full: whether the run walks the whole listing.
        :param enough: the number of days with full walks that confirm a finding.
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
        """Record a finding of this run.

        :param counts: whether this day counts towards its confirmation.
        """
        values = {"kind": kind, "key": key, "words": words, "counts": int(counts)}
        self._db.execute(_NOTE, {**self._values, **values})
        if kind in _OPPOSITE:
            self._db.execute("DELETE FROM doubt WHERE (kind, key) = (?, ?)", (_OPPOSITE[kind], key))

    def reworded(self, key: Key, entry: Entry) -> Rewording:
        """Record an entry listed in other words than published; return its status."""
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
        """Return whether a failing page failed in a published run or on enough earlier days."""
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
        """Record the size of a whole listing; return on how many days it had too few entries.

        :param arguments: those of the run; runs with other arguments are counted separately.
        :param less: whether it has too few entries now.
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
        """Record the rewordings, and drop differences that this run no longer finds.

        :param whole: whether the walk has seen everything that it had to.
        """
        with transaction(self._db):
            for key, words in self._reworded:
                self.note("reworded", key, words, counts=self._full and whole)
            self._db.execute(_FORGET, self._values)

    def tally(self, kind: Kind) -> Tally:
        """Count the differences of a kind that this run has found and no run has published."""
        return Tally(*self._db.execute(_TALLY, {**self._values, "kind": kind}).fetchone())

    def await_confirmation(self, kind: Kind) -> None:
        """Record that the newly found differences of a kind are too many at once."""
        self._db.execute(
            "UPDATE doubt SET at_once = 1 WHERE kind = :kind AND first >= :since AND NOT settled",
            {**self._values, "kind": kind},
        )


def is_awaited(db: sqlite3.Connection) -> bool:
    """Return whether any difference waits for full walks to confirm it."""
    found = db.execute(
        "SELECT 1 FROM doubt WHERE at_once AND NOT settled OR kind = 'shorter' LIMIT 1"
    ).fetchone()
    return found is not None


def settle(db: sqlite3.Connection, run_id: str, *, full: bool) -> None:
    """Settle the differences of a published run.

    :param full: whether it saw the whole listing; then the differences that it did not find are
        dropped.
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
