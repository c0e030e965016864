"""From a saved or fetched page to its item: page, loader, item.

The one call that the spider, the tests and a re-extraction of old captures share. No network, no
clock, no settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from osce_crawl.loaders.identity import Identity, Standing, identify
from osce_crawl.loaders.listing import listing_entry
from osce_crawl.loaders.values import note_ways
from osce_crawl.pages.listing.listing import read_listing
from osce_crawl.pages.release.release import ReleasePage, read_release

#: Raised with every change of what the readers or loaders make of the same page.
EXTRACTOR_VERSION = "1.6.0"


@dataclass
class Extraction:
    """An item and how it was read.

    :ivar ways: field → which way served it.
    :ivar disagreements: fields for which two ways said different things.
    :ivar left_out: why lines of the page are left out → how many
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

    :param body: the page; bytes are taken as UTF-8 if they are that, else in the encoding
        that fits them best (`osce_crawl.normalise.encodings`).
    :param url: the address it came from.
    :param listing: its entry as `extract_listing` returns it.
    :raises NotARelease: with the reason (``.reason``) why the page is none.
    """
    node = str(listing["node"]) if listing and listing.get("node") else None
    return extract_with_ways(body, url, listing, Standing(node)).item


def extract_with_ways(
    body: bytes | str,
    url: str,
    listing: Mapping[str, Any] | None = None,
    standing: Standing | None = None,
) -> Extraction:
    """Return the item of a release page and which way served each field; raises as `extract`.

    :param standing: what is known of the item's node beforehand.
    """
    page = read_release(body, url, listing)
    item = _load(page, listing or {}, identify(page, standing or Standing()), complete=True)
    note_ways(page, item)
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
    :raises NotAListing: with the reason (``.reason``) why the page is none.
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
    # itemloaders loads Scrapy where it is installed: only whoever makes items waits for it
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
