"""Answers that were had but not published yet, one an entry, good for a week whatever the run.

So a run that was killed, stopped or withheld costs the next one nothing but the listing.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import orjson

from osce_crawl.clock import stamp

Key = tuple[str, str]
Kind = Literal["item", "unchanged", "removed", "refused"]
#: How long a page that was had need not be asked for again.
GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Answer:
    """What came of asking for an entry's page.

    :ivar item: the item read from it, `fetched_at` set; of the kind ``item`` only.
    :ivar rank: of several answers for one item the highest counts: a page that its own entry led
        to (2), one met by a redirect (1), a stub (0).
    :ivar led_from: the address that was asked for, where it led to another.
    """

    kind: Kind
    item_id: str | None = None
    item: dict[str, Any] | None = None
    rank: int = 0
    refusal: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    led_from: str | None = None


def put(db: sqlite3.Connection, key: Key, answer: Answer, when: datetime) -> None:
    """Keep an answer; it is on the disk when this returns. Raises sqlite3.Error."""
    db.execute(
        "INSERT OR REPLACE INTO staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *key,
            answer.kind,
            answer.item_id,
            answer.rank,
            answer.refusal,
            answer.etag,
            answer.last_modified,
            answer.led_from,
            stamp(when),
            orjson.dumps(answer.item).decode() if answer.item else None,
        ),
    )


def kind_of(db: sqlite3.Connection, key: Key) -> tuple[Kind, str | None] | None:
    """Return kind and item id of the answer that is staged for an entry; stubs do not count."""
    found: tuple[Kind, str | None] | None = db.execute(
        "SELECT kind, item_id FROM staged WHERE (node, language) = (?, ?)"
        " AND NOT (kind = 'item' AND rank = 0)",
        key,
    ).fetchone()
    return found


def forget_old(db: sqlite3.Connection, now: datetime) -> int:
    """Drop answers older than `GOOD_FOR`; return how many."""
    limit = stamp(now - GOOD_FOR)
    return db.execute("DELETE FROM staged WHERE staged_at < ?", (limit,)).rowcount


def forget_doubtful(db: sqlite3.Connection) -> None:
    """Drop what a withheld run took for gone or for no release; pages that were read stay.

    Such answers may be the very reason why it was withheld.
    """
    db.execute(
        "DELETE FROM staged WHERE kind IN ('removed', 'refused')"
        " AND (node, language) IN (SELECT node, language FROM held)"
    )
