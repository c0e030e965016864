"""The one transaction that stores a published run."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import orjson

from osce_crawl.clock import stamp
from osce_crawl.items import SCHEMA_VERSION
from osce_crawl.store import outbox, unconfirmed, works
from osce_crawl.store.aliases import keep_aliases
from osce_crawl.store.coverage import Coverage, Span
from osce_crawl.store.transaction import transaction
from osce_crawl.versions import EXTRACTOR_VERSION

_OLD_ROWS = """
INSERT INTO revision
SELECT item.id,
    (SELECT count(*) + 1 FROM revision WHERE revision.item_id = item.id),
    pending.kind, ?, ?, item.row, item.checksum
FROM pending JOIN item ON item.id = pending.id
"""
_NEW_ROWS = """
INSERT OR REPLACE INTO item
SELECT id, node, number, language, published, content_type,
    json_extract(row, '$.complete'), json_extract(row, '$.removed_at'), row, checksum
FROM pending
"""
# What an answer says about its entry. An answer without a page of its own keeps the validators.
_LISTING = """
INSERT INTO listing
SELECT seen.node, seen.language, json_extract(seen.entry, '$.published'), seen.entry,
    CASE WHEN staged.kind = 'refused' THEN NULL ELSE coalesce(staged.item_id, seen.item_id) END,
    staged.refusal,
    ?,
    iif(staged.kind IN ('item', 'refused'), staged.etag, coalesce(staged.etag, before.etag)),
    iif(staged.kind IN ('item', 'refused'),
        staged.last_modified, coalesce(staged.last_modified, before.last_modified)),
    seen.source
FROM seen LEFT JOIN staged USING (node, language)
LEFT JOIN listing AS before USING (node, language)
WHERE seen.part AND seen.listed AND NOT seen.failed
    AND (staged.item_id IS NOT NULL OR staged.refusal IS NOT NULL OR seen.item_id IS NOT NULL)
ON CONFLICT (node, language) DO UPDATE SET
    published = excluded.published,
    entry = excluded.entry,
    item_id = coalesce(excluded.item_id, CASE WHEN excluded.refusal IS NULL THEN item_id END),
    refusal = CASE WHEN excluded.item_id IS NULL THEN coalesce(excluded.refusal, refusal) END,
    extractor = excluded.extractor,
    etag = excluded.etag,
    last_modified = excluded.last_modified,
    source = excluded.source
"""


def commit(
    db: sqlite3.Connection,
    run_id: str,
    when: datetime,
    proven: Mapping[str, Iterable[Span]],
    *,
    full: bool,
    sources: Sequence[str] = (),
) -> None:
    """Store the pending changes, their lines in the change feed, the listing and the coverage.

    Stores everything or nothing; raises sqlite3.Error.

    :param proven: source → spans of listing dates that its walk has seen in full.
    :param full: whether the whole listing was seen.
    :param sources: the run's sources; empty for a sample.
    """
    at = stamp(when)
    with transaction(db):
        db.execute(_OLD_ROWS, (run_id, at))
        outbox.add(db, run_id, at)
        db.execute(_NEW_ROWS)
        keep_aliases(db)
        works.keep_translations(db)
        db.execute(_LISTING, (EXTRACTOR_VERSION,))
        db.execute(
            "DELETE FROM staged WHERE EXISTS (SELECT 1 FROM seen WHERE seen.part AND"
            " (seen.node, seen.language) = (staged.node, staged.language))"
        )
        _grow(db, proven)
        unconfirmed.settle(db, run_id, full=full)
        db.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (SCHEMA_VERSION,))
        if sources:
            listed = orjson.dumps(sorted(sources)).decode()
            db.execute("INSERT OR REPLACE INTO meta VALUES ('sources', ?)", (listed,))
        if full:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('full_walk', ?)", (at[:10],))
        db.execute("UPDATE run SET committed = 1 WHERE id = ?", (run_id,))


def coverage(db: sqlite3.Connection, source: str) -> Coverage:
    """Return the proven spans of a source."""
    spans = db.execute("SELECT first, last FROM coverage WHERE source = ?", (source,))
    return Coverage.of(
        (date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans
    )


def last_sources(db: sqlite3.Connection) -> list[str] | None:
    """Return the sources of the last published run that was not a sample, or None."""
    found = db.execute("SELECT value FROM meta WHERE name = 'sources'").fetchone()
    return list(orjson.loads(found[0])) if found else None


def last_full_walk(db: sqlite3.Connection) -> date | None:
    """Return the day of the last published walk over the whole listing, or None."""
    found = db.execute("SELECT value FROM meta WHERE name = 'full_walk'").fetchone()
    return date.fromisoformat(found[0]) if found else None


def _grow(db: sqlite3.Connection, proven: Mapping[str, Iterable[Span]]) -> None:
    for source, spans in proven.items():
        grown = coverage(db, source)
        for first, last in spans:
            grown = grown.with_span(first, last)
        db.execute("DELETE FROM coverage WHERE source = ?", (source,))
        db.executemany(
            "INSERT INTO coverage VALUES (?, ?, ?)",
            [(source, first.isoformat(), last.isoformat()) for first, last in grown.spans],
        )
