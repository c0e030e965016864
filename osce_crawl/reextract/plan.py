"""Which pages of an archive to read, and for which item: the newest page of each entry.

The plan is in a temporary SQLite file, so that memory does not grow with the archive.
"""

import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import orjson

from osce_crawl.archive.table import key_of
from osce_crawl.clock import stamp
from osce_crawl.crawl.visit import Visit
from osce_crawl.normalise.urls import is_visited
from osce_crawl.reextract.captured import Page
from osce_crawl.sources.page import named
from osce_crawl.sources.urls import CapturedSource
from osce_crawl.store.fetched import Key
from osce_crawl.store.known import Known

Entry = Mapping[str, Any]
# `walked`: whether a crawl walks the listing; `source` is its name.
_TABLES = """
CREATE TABLE entry (
    node TEXT, language TEXT, address TEXT, walked INTEGER, moment TEXT, source TEXT, entry TEXT,
    PRIMARY KEY (node, language)
) WITHOUT ROWID;
CREATE INDEX entry_address ON entry (address);
CREATE TABLE page (
    node TEXT, language TEXT, day TEXT, own INTEGER, moment TEXT, url TEXT, bare INTEGER,
    planned BLOB,
    PRIMARY KEY (node, language)
);
CREATE TABLE led (url TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_KEEP_ENTRY = """
INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (node, language) DO UPDATE SET
    address = excluded.address, walked = excluded.walked, moment = excluded.moment,
    source = excluded.source, entry = excluded.entry
WHERE (excluded.walked, excluded.moment) > (walked, moment)
"""
# If an item has several addresses, the one captured last wins; on the same day, the listed one.
_KEEP_PAGE = """
INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (node, language) DO UPDATE SET
    day = excluded.day, own = excluded.own, moment = excluded.moment, url = excluded.url,
    bare = excluded.bare, planned = excluded.planned
WHERE (excluded.day, excluded.own, excluded.moment) > (day, own, moment)
"""
_PLANNED = " FROM page WHERE NOT (bare AND url IN (SELECT url FROM led))"


class Plan:
    """The pages to read; add all entries first, then the pages.

    :param known: returns what the store knows about an entry, or None.
    """

    def __init__(self, base_url: str, known: Callable[[Entry], Known | None]) -> None:
        self._base_url = base_url
        self._known = known
        self._db = sqlite3.connect("")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        """Delete the plan."""
        self._db.close()

    def __len__(self) -> int:
        (count,) = self._db.execute("SELECT count(*)" + _PLANNED).fetchone()
        return int(count)

    def lacks_entry(self, page: Page) -> bool:
        """Return whether the store has no listing entry for a page."""
        known = self._known(named(page.url))
        return known is None or "title" not in (known.entry or {})

    def take_entries(self, page: Page, entries: Iterable[Entry], source: str | None) -> None:
        """Add the entries of a listing.

        :param source: the name of the source if a crawl walks that listing.
        """
        moment = page.found.moment.isoformat()
        for entry in entries:
            if not is_visited(entry["url"], self._base_url):
                continue
            with suppress(ValueError):
                address = key_of(entry["url"])
                line = orjson.dumps(entry).decode()
                key = entry["node"], entry["language"]
                values = (*key, address, int(source is not None), moment, source, line)
                self._db.execute(_KEEP_ENTRY, values)

    def take_page(self, page: Page) -> None:
        """Add a page if it may be a release's."""
        if not page.may_be_release:
            return
        visit, own = self._visit(page)
        bare = "title" not in visit.entry
        if page.hops:
            if bare and (visit.known is None or visit.known.item_id is None):
                return  # the target page is added too
            self._db.execute("INSERT OR IGNORE INTO led VALUES (?)", (page.found.url,))
        day, moment = page.found.moment.date().isoformat(), page.found.moment.isoformat()
        planned = pickle.dumps((visit, page))
        values = (*visit.key, day, own, moment, page.found.url, int(bare), planned)
        self._db.execute(_KEEP_PAGE, values)

    def leave_out(self, keys: Iterable[Key]) -> None:
        """Remove the pages of entries."""
        self._db.executemany("DELETE FROM page WHERE (node, language) = (?, ?)", keys)

    def visits(self) -> Iterator[tuple[Visit, Page]]:
        """Yield the pages to read, newest first, each with its visit.

        Pages that no listing shows come last: if such a page turns out to be an item that a listing
        shows under another address, the page at that address counts.
        """
        for (planned,) in self._db.execute(
            "SELECT planned" + _PLANNED + " ORDER BY bare, moment DESC, url"
        ):
            yield pickle.loads(planned)  # noqa: S301 - written by this process

    def _visit(self, page: Page) -> tuple[Visit, int]:
        """Return the visit of a page, and how close its address is to the listed one: 0 to 2."""
        bare = named(page.url)
        known = self._known(bare)
        entry, source = self._listed(bare)
        if known is None and entry is not None:
            known = self._known(entry)
        shown = known.entry if known else None
        if shown is not None and "title" in shown:
            entry, source = shown, None  # as published; only a crawl changes it
        elif entry is None:
            entry, source = bare, CapturedSource.name
        own = sum(_is_address(entry, url) for url in (page.url, bare["url"]))
        return Visit(entry, page.found.moment, source, known=known), own

    def _listed(self, bare: Entry) -> tuple[Entry | None, str | None]:
        """Return an address's entry in the archive's listings, and the crawl's source, if any."""
        address, key = key_of(bare["url"]), (bare["node"], bare["language"])
        found = self._db.execute(
            "SELECT entry, source FROM entry WHERE address = ? OR (node, language) = (?, ?)"
            " ORDER BY address = ? DESC, walked DESC LIMIT 1",
            (address, *key, address),
        ).fetchone()
        return (orjson.loads(found[0]), found[1]) if found else (None, None)


def _is_address(entry: Entry, url: str) -> bool:
    try:
        return key_of(entry["url"]) == key_of(url)
    except ValueError:
        return False


def is_older(page: Page, known: Known | None) -> bool:
    """Return whether the store has a later response than that of a page."""
    if known is None or not known.complete or known.fetched_at is None:
        return False
    return stamp(page.found.moment) < known.fetched_at
