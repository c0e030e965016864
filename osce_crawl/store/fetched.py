"""Pages fetched but not published yet: one answer per entry, valid for 30 days in any run.

After a run that was killed, stopped or withheld, the next run requests only the listing again. The
table keeps its name, `staged`, for existing stores.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import orjson

from osce_crawl.clock import stamp
from osce_crawl.store.transaction import transaction
from osce_crawl.versions import EXTRACTOR_VERSION

#: What a listing says of a release, or only its address; and its key: node and language.
Entry = Mapping[str, Any]
Key = tuple[str, str]
Kind = Literal["item", "unchanged", "removed", "refused"]
#: How long a fetched page is not requested again. A first run over a long sitemap, at ten seconds
#: per request, takes ten days and may be stopped and restarted.
GOOD_FOR = timedelta(days=30)


#: Fields of an entry that may differ while the page stays the same: where it is linked.
ADDRESS = frozenset({"url", "node", "language"})


def same_words(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Return whether a listing shows an entry as before; a bare address counts as the same."""
    if "title" not in now:
        return True
    return all(before.get(key) == now[key] for key in now if key not in ADDRESS)


def same_time(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Return whether both entries state the same time of last change, if both state one."""
    times = before.get("lastmod"), now.get("lastmod")
    return None in times or times[0] == times[1]


@dataclass(frozen=True)
class Answer:
    """The result of a request for an entry's page.

    :ivar item: the item read from it, with `fetched_at` set; only for the kind ``item``.
    :ivar rank: of several answers for one item, the highest counts: a page that its own entry led
        to (2), one reached by a redirect or under another language's address (1), a stub (0).
    :ivar led_from: addresses of the item that now lead permanently to its own.
    :ivar refusal: why the page is not a release; for the kind ``refused``, and for ``unchanged``
        if the page was refused before.
    :ivar ways: field → the method that read it; ``disagreements``: fields on which two methods
        differed. The run that publishes the answer judges them, whichever run fetched it.
    :ivar left_out: reason → number of lines of the page left out for it. The run that reads the
        page counts them; they are not stored.
    """

    kind: Kind
    item_id: str | None = None
    item: dict[str, Any] | None = None
    rank: int = 0
    refusal: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    led_from: Sequence[str] = ()
    ways: Mapping[str, str] = field(default_factory=dict)
    disagreements: Sequence[str] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def moved(self) -> bool:
        """Whether the requested address led to another item."""
        return self.rank == 1


def put(
    db: sqlite3.Connection,
    key: Key,
    answer: Answer,
    when: datetime,
    entry: Mapping[str, Any] | None = None,
) -> None:
    """Keep an answer; it is on disk when this returns. Raises sqlite3.Error.

    :param entry: the listing entry at the time of the request.
    """
    db.execute(
        "INSERT OR REPLACE INTO staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *key,
            answer.kind,
            answer.item_id,
            answer.rank,
            answer.refusal,
            answer.etag,
            answer.last_modified,
            orjson.dumps(answer.led_from).decode() if answer.led_from else None,
            stamp(when),
            orjson.dumps(answer.item).decode() if answer.item else None,
            orjson.dumps([answer.ways, answer.disagreements]).decode(),
            orjson.dumps(entry).decode() if entry else None,
        ),
    )


def get(db: sqlite3.Connection, key: Key, entry: Mapping[str, Any] | None = None) -> Answer | None:
    """Return the answer kept for an entry, or None; a stub does not count.

    :param entry: the listing entry now. If the listing showed it differently when its page was
        requested, the page may have changed since, and the answer is deleted.
    """
    found = db.execute(
        "SELECT kind, item_id, row, rank, refusal, etag, last_modified, led_from, reading, entry"
        " FROM staged WHERE (node, language) = (?, ?) AND NOT (kind = 'item' AND rank = 0)",
        key,
    ).fetchone()
    if found is None:
        return None
    kind, item_id, row, rank, refusal, etag, last_modified, led_from, reading, before = found
    shown = orjson.loads(before) if entry and before else None
    if entry and shown and not (same_words(shown, entry) and same_time(shown, entry)):
        # otherwise it could be published if the entry needs no request
        db.execute("DELETE FROM staged WHERE (node, language) = (?, ?)", key)
        return None
    ways, disagreements = orjson.loads(reading)
    return Answer(
        kind,
        item_id,
        orjson.loads(row) if row else None,
        rank=rank,
        refusal=refusal,
        etag=etag,
        last_modified=last_modified,
        led_from=orjson.loads(led_from) if led_from else (),
        ways=ways,
        disagreements=disagreements,
    )


def set_apart(db: sqlite3.Connection) -> None:
    """Keep further answers in a temporary table until `bring_in`.

    They come from old captures. A run that does not finish must not leave them to the next one,
    which would treat them as the current state of the site.
    """
    (schema,) = db.execute("SELECT sql FROM main.sqlite_master WHERE name = 'staged'").fetchone()
    db.execute(schema.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))


def bring_in(db: sqlite3.Connection) -> None:
    """Store the answers that were set apart, with the dates of their captures.

    Stores all of them or none; raises sqlite3.Error.
    """
    with transaction(db):
        db.execute(
            "UPDATE temp.staged SET staged_at = coalesce(json_extract(row, '$.fetched_at'),"
            " staged_at)"
        )
        db.execute("INSERT OR REPLACE INTO main.staged SELECT * FROM temp.staged")
        db.execute("DROP TABLE temp.staged")


def forget_old(db: sqlite3.Connection, now: datetime) -> None:
    """Drop answers older than `GOOD_FOR`; a gone page must be confirmed every day."""
    db.execute(
        "DELETE FROM staged"
        " WHERE staged_at < ? OR kind = 'removed' AND substr(staged_at, 1, 10) < ?",
        (stamp(now - GOOD_FOR), stamp(now)[:10]),
    )


def forget_unread(db: sqlite3.Connection) -> None:
    """Drop pages that an earlier version of the crawler could not read; this one may."""
    before = db.execute("SELECT value FROM meta WHERE name = 'reader'").fetchone()
    if before == (EXTRACTOR_VERSION,):
        return
    db.execute("DELETE FROM staged WHERE refusal = 'unknown'")
    db.execute("INSERT OR REPLACE INTO meta VALUES ('reader', ?)", (EXTRACTOR_VERSION,))


def forget_suspect(db: sqlite3.Connection) -> None:
    """Drop the answers that may be the reason why the last run was withheld.

    These are pages that it took for gone or for no release. Pages that it read stay, unless the
    extraction was distrusted. Pages that are certainly not releases also stay if a source, such as
    a sitemap, gave only their address: no check uses them, and they may be two thirds of the site.
    """
    last = db.execute("SELECT proof FROM run ORDER BY rowid DESC LIMIT 1").fetchone()
    if last is None or last[0] is None:
        return  # it was not withheld
    suspect = bool(orjson.loads(last[0]).get("suspect"))
    db.execute(
        "DELETE FROM staged WHERE (? OR kind = 'removed' OR kind = 'refused' AND"
        " (refusal = 'unknown' OR entry IS NULL OR json_extract(entry, '$.title') IS NOT NULL))"
        " AND (node, language) IN (SELECT node, language FROM held)",
        (suspect,),
    )
