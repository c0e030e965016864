"""What the store knows about an entry before any request."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from osce_crawl.normalise.urls import read_address
from osce_crawl.store.fetched import Key, same_time, same_words
from osce_crawl.versions import EXTRACTOR_VERSION

_KNOWN = """
SELECT item.id, item.complete, item.removed_at, item.published, item.content_type, item.language,
    json_extract(item.row, '$.provenance.extractor'), json_extract(item.row, '$.url'),
    json_extract(item.row, '$.fetched_at')
FROM item WHERE item.id = ?
"""


@dataclass(frozen=True)
class Known:
    """An entry's item or refusal as of the last published run.

    :ivar entry: the listing entry as last seen, None if it was never listed; ``source``: the source
        that showed it.
    :ivar url: the item's address.
    :ivar removed_at: since when it is known to be gone; ``fetched_at``: when the response with its
        content was received.
    :ivar listed_by: the extractor version that read the listing entry; ``extractor``: the one that
        read the page.
    """

    item_id: str | None
    entry: Mapping[str, Any] | None
    complete: bool = False
    removed_at: str | None = None
    fetched_at: str | None = None
    url: str | None = None
    refusal: str | None = None
    published: str | None = None
    content_type: str | None = None
    language: str = "und"
    listed_by: str | None = None
    extractor: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    source: str | None = None

    @property
    def removed(self) -> bool:
        """Whether it is known to be gone."""
        return self.removed_at is not None

    def lists_the_same(self, entry: Mapping[str, Any]) -> bool:
        """Return whether the listing shows the entry as it did when its page was last read.

        An entry that is only an address counts as unchanged.
        """
        if self.entry is None:
            return "title" not in entry
        # another extractor version may have read it differently from the same site
        return self.listed_by != EXTRACTOR_VERSION or same_words(self.entry, entry)

    def changed_since(self, entry: Mapping[str, Any]) -> bool:
        """Return whether a source says that the page has changed since it was last read."""
        return self.entry is not None and not same_time(self.entry, entry)


def look_up(db: sqlite3.Connection, entry: Mapping[str, Any], *, stated: bool) -> Known | None:
    """Return what is known about an entry, or None.

    :param stated: whether its address states the language. If not, the language is a guess, and
        the entry matches the only item of the same node if that item's address states none either.
    """
    key = (entry["node"], entry["language"])
    listed = db.execute(
        "SELECT item_id, refusal, entry, extractor, etag, last_modified, source FROM listing"
        " WHERE (node, language) = (?, ?)",
        key,
    ).fetchone()
    item_id, refusal, before, extractor, etag, last_modified, source = listed or (None,) * 7
    if item_id is None and refusal is None:
        item_id = _item_of(db, key, stated=stated)
    if item_id is None and refusal is None and not entry["node"].isdigit():
        item_id = published_at(db, entry["url"])
    if item_id is None and refusal is None:
        return None
    shown = orjson.loads(before) if before else None
    if item_id is None:
        return Known(
            None,
            shown,
            refusal=refusal,
            listed_by=extractor,
            extractor=extractor,
            etag=etag,
            last_modified=last_modified,
            source=source,
        )
    row = db.execute(_KNOWN, (item_id,)).fetchone()
    if row is None:
        return None
    _, complete, removed_at, published, content_type, language, read_by, url, fetched_at = row
    return Known(
        item_id,
        shown,
        complete=bool(complete),
        removed_at=removed_at,
        fetched_at=fetched_at,
        url=url,
        published=published,
        content_type=content_type,
        language=language,
        listed_by=extractor,
        extractor=read_by,
        etag=etag,
        last_modified=last_modified,
        source=source,
    )


def published_at(db: sqlite3.Connection, url: str) -> str | None:
    """Return the id of the item published under an address or reached through it, or None."""
    found = db.execute(
        "SELECT id FROM item WHERE json_extract(row, '$.url') = ? ORDER BY id", (url,)
    ).fetchone()
    if found is None:
        found = db.execute("SELECT item_id FROM alias WHERE url = ?", (url,)).fetchone()
    return str(found[0]) if found else None


def _item_of(db: sqlite3.Connection, key: Key, *, stated: bool) -> str | None:
    node, language = key
    found: dict[str, str] = dict(
        db.execute("SELECT id, json_extract(row, '$.url') FROM item WHERE node = ?", (node,))
    )
    exact = f"{node}-{language}"
    if exact in found:
        return exact
    if stated or len(found) != 1:
        return None
    ((item_id, url),) = found.items()
    # if its own address states the language, an address without one is another version's
    return item_id if read_address(url).language is None else None


def unseen(
    db: sqlite3.Connection,
    first: date | None,
    last: date | None,
    *,
    sources: Sequence[str] | None,
    incomplete: bool,
) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the known items that this run has not seen: the entry as last seen, and the id.

    Skips items known to be gone, and items with any entry that was seen.

    :param first: yield only items listed from this day to *last*, both included; undated items only
        if both are None.
    :param sources: yield only items last shown by one of these sources, or never shown by any;
        None: all.
    :param incomplete: yield only items whose page could not be fetched yet.
    """
    query = """
        SELECT item.id, item.node, item.language, json_extract(item.row, '$.url'), listing.entry
        FROM item LEFT JOIN listing ON listing.item_id = item.id
        WHERE item.removed_at IS NULL
            AND (? = 0 OR NOT item.complete)
            AND (? IS NULL
                OR NOT EXISTS (SELECT 1 FROM listing AS shown WHERE shown.item_id = item.id)
                OR EXISTS (
                    SELECT 1 FROM listing AS shown JOIN json_each(?) ON shown.source = value
                    WHERE shown.item_id = item.id))
            AND (? IS NULL OR coalesce(listing.published, item.published) >= ?)
            AND (? IS NULL OR coalesce(listing.published, item.published) <= ?)
            AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.item_id = item.id)
            AND NOT EXISTS (
                SELECT 1 FROM seen JOIN listing AS other USING (node, language)
                WHERE other.item_id = item.id)
        GROUP BY item.id
        ORDER BY item.published DESC, item.number DESC, item.node, item.language
    """
    start = first.isoformat() if first else None
    end = last.isoformat() if last else None
    of = orjson.dumps(sources).decode() if sources is not None else None
    for item_id, node, language, url, shown in db.execute(
        query, (int(incomplete), of, of, start, start, end, end)
    ).fetchall():
        entry = orjson.loads(shown) if shown else None
        yield entry or {"url": url, "node": node, "language": language}, item_id


def latest(db: sqlite3.Connection, item_id: str) -> dict[str, Any] | None:
    """Return an item as fetched, else as last published, or None."""
    row = (
        db.execute(
            "SELECT row FROM staged WHERE item_id = ? AND row IS NOT NULL ORDER BY rank DESC",
            (item_id,),
        ).fetchone()
        or db.execute("SELECT row FROM item WHERE id = ?", (item_id,)).fetchone()
    )
    return orjson.loads(row[0]) if row else None
