"""From a saved or fetched page to its item: page, loader, item.

The spider, the tests and the re-extraction of old captures share this call. No network, no clock,
no settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from osce_crawl.loaders.identity import Identity, Standing, identify, states_another
from osce_crawl.loaders.listing import listing_entry
from osce_crawl.loaders.values import has_another_title, note_ways
from osce_crawl.pages.listing.listing import read_listing
from osce_crawl.pages.refusals import NotARelease
from osce_crawl.pages.release.release import ReleasePage, read_release
from osce_crawl.versions import EXTRACTOR_VERSION


@dataclass
class Extraction:
    """An item and how it was read.

    :ivar ways: field → the method that read it.
    :ivar disagreements: fields on which two methods differed.
    :ivar left_out: reason → number of lines of the page left out for it
        (`osce_crawl.pages.release.ledger`).
    """

    item: dict[str, Any]
    ways: dict[str, str]
    disagreements: list[str]
    left_out: Mapping[str, int]


def extract(
    body: bytes | str, url: str, *, listing: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the item of a release page, run-time keys null.

    :param body: the page; bytes are decoded as UTF-8 if valid, else in the encoding that fits
        best (`osce_crawl.normalise.encodings`).
    :param url: the address of the page.
    :param listing: its listing entry as returned by `extract_listing`.
    :raises NotARelease: with the reason (``.reason``) why the page is not a release.
    """
    node = str(listing["node"]) if listing and listing.get("node") else None
    return extract_with_ways(body, url, listing, Standing(node)).item


def extract_with_ways(
    body: bytes | str,
    url: str,
    listing: Mapping[str, Any] | None = None,
    standing: Standing | None = None,
) -> Extraction:
    """Return the item of a release page and the method that read each field; raises as `extract`.

    :param standing: what is known about the item's node beforehand.
    """
    page, entry = read_release(body, url, listing), listing or {}
    item = _load(page, entry, identify(page, standing or Standing()), complete=True)
    note_ways(page, entry, item)
    another_day = item["dates"]["page"] != item["dates"]["listing"]
    if another_day and has_another_title(page, entry) and states_another(page):
        raise NotARelease("another", url, f"it states {page.canonical or page.shortlink}")
    return Extraction(item, page.ways, page.disagreements, page.left_out)


def stub(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the item of a listing entry whose page could not be fetched (``complete`` false)."""
    page = ReleasePage("", "", title=entry.get("title"), kind=entry.get("content_type_raw"))
    identity = Identity(entry["url"], str(entry["node"]), str(entry["language"]))
    return _load(page, entry, identity, complete=False)


def extract_listing(body: bytes | str, url: str) -> dict[str, Any]:
    """Return the entries of a listing page.

    :returns: ``{"entries": [...], "next": url or None, "total": int or None}``; an entry has
        ``url``, ``node``, ``language``, ``title``, ``published`` (ISO or None), ``published_raw``,
        ``content_type``, ``content_type_raw``, ``sources``, ``fields_of_work``, ``locations``,
        ``collections`` (lists of printed names) and ``summary``.
    :raises NotAListing: with the reason (``.reason``) why the page is not a listing.
    """
    listing = read_listing(body, url)
    return {
        "entries": [listing_entry(entry, listing) for entry in listing.entries],
        "next": listing.pager.next,
        "total": listing.total,
    }


def _load(
    page: ReleasePage, entry: Mapping[str, Any], identity: Identity, *, complete: bool
) -> dict[str, Any]:
    # itemloaders imports Scrapy if installed, so it is imported only when an item is made
    from osce_crawl.loaders.release import ReleaseLoader  # noqa: PLC0415

    loader = ReleaseLoader(
        page=page,
        entry=entry,
        identity=identity,
        complete=complete,
        extractor=EXTRACTOR_VERSION,
    )
    loader.add_page()
    item: dict[str, Any] = loader.load_item()
    return item
