"""One page of a source, as its walk needs it."""

from dataclasses import dataclass, field
from typing import Any

from osce_crawl.loaders.listing import listing_entry
from osce_crawl.normalise.urls import clean_address, node_of, read_address
from osce_crawl.pages.listing.listing import Listing, read_listing


@dataclass
class ListingPage:
    """One page of a listing, or one file.

    :ivar entries: as `extract_listing` gives them, or as `named` does.
    :ivar next: address of the page after this one, or None.
    :ivar number: its zero-based number, and ``last`` the highest number its pager names, where the
        source counts pages.
    :ivar probe: the address that should come next where no next link says so.
    :ivar lost_next: what shows that there are more pages although the next link is missing, or
        None.
    :ivar ordered: newest first was asked for, so that the order can be relied on without a look.
    :ivar unproven: the page is full and shows no pager, so that only the page after it can tell
        whether this is the last.
    :ivar alone: it shows no pager, so that it may show the latest only.
    :ivar unfit: addresses that cannot be releases, by their form.
    :ivar more: further files that it names.
    :ivar fault: why some of its entries may be missing, in words; None where it is whole.
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
    """Read a listing page; what a pager proves is up to the source."""
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
    """Return the entry of an address of which a source says hardly more than that it is there.

    Anything may stand behind it. It has no title, which tells it from an entry of a listing, and it
    says nothing new of an item that a listing showed in words.

    :param node: where the source knows it better than the address.
    :param lastmod: when the page last changed, as printed: where it is another one than before, the
        page is asked for again.
    :param published: the day on which the source says that it was published, ISO.
    """
    cleaned = clean_address(url)
    entry: dict[str, Any] = {
        "url": cleaned,
        "node": node or node_of(cleaned),
        "language": read_address(cleaned).language or "en",
    }
    said = {"lastmod": lastmod, "published": published}
    return entry | {name: value for name, value in said.items() if value is not None}
