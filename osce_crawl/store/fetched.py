"""Pages fetched but not published yet: one answer an entry, good for a month whatever the run.

So a run that was killed, stopped or withheld costs the next one nothing but the listing. The table
is called `staged`, and keeps its name for the stores that there are.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import orjson

from osce_crawl.clock import stamp
from osce_crawl.extract import EXTRACTOR_VERSION

Key = tuple[str, str]
Kind = Literal["item", "unchanged", "removed", "refused"]
#: How long a fetched page need not be requested again: a first run over a long sitemap, at ten
#: seconds a request, takes ten days, and may be stopped and started again.
GOOD_FOR = timedelta(days=30)


#: What of an entry may differ without the page being another one: where it is linked.
ADDRESS = frozenset({"url", "node", "language"})


def same_words(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Return whether a listing shows an entry as it did before; a bare address says nothing new."""
    if "title" not in now:
        return True
    return all(before.get(key) == now[key] for key in now if key not in ADDRESS)


def same_time(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Return whether a page last changed when it did before, as far as both entries say so."""
    times = before.get("lastmod"), now.get("lastmod")
    return None in times or times[0] == times[1]


@dataclass(frozen=True)
class Answer:
    """What came of asking for an entry's page.

    :ivar item: the item read from it, `fetched_at` set; of the kind ``item`` only.
    :ivar rank: of several answers for one item the highest counts: a page that its own entry led
        to (2), one seen by a redirect or under another language's address (1), a stub (0).
    :ivar led_from: addresses that lead to its own for good, by permanent redirects, as it was asked
        for.
    :ivar refusal: why the page is no release; of the kind ``refused``, and of one ``unchanged``
        since it was.
    :ivar ways: field → which way of reading served it; ``disagreements``: fields on which two ways
        differed. Whoever publishes the answer judges by them, whichever run had it.
    :ivar left_out: why lines of the page are left out → how many; counted by the run that reads
        it, and not kept.
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
        """Whether the address that was asked for led to another item."""
        return self.rank == 1


def put(
    db: sqlite3.Connection,
    key: Key,
    answer: Answer,
    when: datetime,
    entry: Mapping[str, Any] | None = None,
) -> None:
    """Keep an answer; it is on the disk when this returns. Raises sqlite3.Error.

    :param entry: as the listing showed it when its page was asked for.
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
    """Return the answer that is kept for an entry; a stub is none.

    :param entry: as it is listed now; where it was listed in other words when its page was asked
        for, the page may have changed since, and the answer is forgotten.
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
        # nor may it be published when the entry needs no request
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
    """Keep the answers from now on where they end with the process, until `bring_in`.

    They are those of old captures: a run that does not come to its end must leave none of them to
    the next one, which would take them for what the site says now.
    """
    (schema,) = db.execute("SELECT sql FROM main.sqlite_master WHERE name = 'staged'").fetchone()
    db.execute(schema.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))


def bring_in(db: sqlite3.Connection) -> None:
    """Take the answers that were set apart, as old as the captures that they were read from.

    All of them or none; raises sqlite3.Error.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(
            "UPDATE temp.staged SET staged_at = coalesce(json_extract(row, '$.fetched_at'),"
            " staged_at)"
        )
        db.execute("INSERT OR REPLACE INTO main.staged SELECT * FROM temp.staged")
        db.execute("DROP TABLE temp.staged")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def forget_old(db: sqlite3.Connection, now: datetime) -> None:
    """Drop answers older than `GOOD_FOR`; that an item is gone is to be found anew each day."""
    db.execute(
        "DELETE FROM staged"
        " WHERE staged_at < ? OR kind = 'removed' AND substr(staged_at, 1, 10) < ?",
        (stamp(now - GOOD_FOR), stamp(now)[:10]),
    )


def forget_unread(db: sqlite3.Connection) -> None:
    """Drop what an earlier version of ours could not make out: this one may read it."""
    before = db.execute("SELECT value FROM meta WHERE name = 'reader'").fetchone()
    if before == (EXTRACTOR_VERSION,):
        return
    db.execute("DELETE FROM staged WHERE refusal = 'unknown'")
    db.execute("INSERT OR REPLACE INTO meta VALUES ('reader', ?)", (EXTRACTOR_VERSION,))


def forget_suspect(db: sqlite3.Connection) -> None:
    """Drop what may be the very reason why the last run was withheld.

    That is, answers that it took for gone pages or for no releases. Pages that it read stay,
    unless the extraction was distrusted. Answers that are certainly not releases also stay if
    their address was only named, as by a sitemap: no check judges by them, and they may be two
    thirds of the site.
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
