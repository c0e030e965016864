"""One page of a source, as its walk needs it."""

from dataclasses import dataclass, field
from typing import Any

from osce_crawl.loaders.listing import listing_entry
from osce_crawl.normalise.urls import clean_address, node_of, read_address
from osce_crawl.pages.listing.listing import Listing, read_listing


@dataclass
class ListingPage:
    """One page of a listing, or one file.

    :ivar entries: as returned by `extract_listing` or `named`.
    :ivar next: address of the next page, or None.
    :ivar number: its zero-based number; ``last``: the highest number in its pager, if the source
        counts pages.
    :ivar probe: the expected address of the next page if no link names it.
    :ivar lost_next: what shows that there are more pages although the next link is missing, or
        None.
    :ivar ordered: newest first was requested, so that the order need not be checked.
    :ivar unproven: the page is full and has no pager, so that only the next page can show whether
        this is the last.
    :ivar alone: the page has no pager, so that it may show only the latest entries.
    :ivar unfit: addresses whose form rules out a release.
    :ivar more: further files that it names.
    :ivar fault: why some of its entries may be missing, in words; None if it is whole.
    """

    url: str
    entries: list[dict[str, Any]]
    next: str | None = None
    number: int = 0
    last: int = 0
    probe: str | None = None
    lost_next: str | None = None
    ordered: bool = True
    unproven: bool = False
    alone: bool = False
    empty_by_word: bool = False
    ways: dict[str, str] = field(default_factory=dict)
    disagreements: list[str] = field(default_factory=list)
    traps: int = 0
    unfit: int = 0
    more: list[str] = field(default_factory=list)
    fault: str | None = None


def read_page(body: bytes, url: str) -> tuple[Listing, ListingPage]:
    """Read a listing page; the source interprets the pager."""
    listing = read_listing(body, url)
    page = ListingPage(
        url,
        [listing_entry(entry, listing) for entry in listing.entries],
        next=listing.pager.next,
        empty_by_word=not listing.entries,
        ways=listing.ways,
        disagreements=listing.disagreements,
        traps=listing.traps,
    )
    return listing, page


def named(
    url: str,
    *,
    node: str | None = None,
    lastmod: str | None = None,
    published: str | None = None,
) -> dict[str, Any]:
    """Return the entry for an address about which a source says little else.

    Its page may be anything. Unlike an entry of a listing it has no title, and it does not change
    what a listing showed before.

    :param node: the node, if the source knows it better than the address does.
    :param lastmod: when the page last changed, as printed; if this differs from before, the page is
        requested again.
    :param published: the day of publication according to the source, ISO 8601.
    """
    cleaned = clean_address(url)
    entry: dict[str, Any] = {
        "url": cleaned,
        "node": node or node_of(cleaned),
        "language": read_address(cleaned).language or "en",
    }
    said = {"lastmod": lastmod, "published": published}
    return entry | {name: value for name, value in said.items() if value is not None}
