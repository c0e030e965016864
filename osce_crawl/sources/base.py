"""The interface of a listing source."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from osce_crawl.loaders.listing import listing_entry
from osce_crawl.pages.listing.listing import Listing, read_listing

#: Parameters of a listing's address that change what a page holds: so many entries, in this order.
SIZE, ORDER = "rows", "solrsort"


@dataclass
class ListingPage:
    """One page of a listing as the walk needs it.

    :ivar entries: as `extract_listing` gives them.
    :ivar next: address of the page after this one, or None.
    :ivar number: its zero-based number, and ``last`` the highest number its pager names, where the
        source counts pages.
    :ivar probe: the address that should come next where no next link says so.
    :ivar lost_next: what shows that there are more pages although the next link is missing, or
        None.
    :ivar ordered: newest first was asked for, so that the order can be relied on without a look.
    :ivar unproven: the page is full and shows no pager, so that only the page after it can tell
        whether this is the last.
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
    empty_by_word: bool = False
    ways: dict[str, str] = field(default_factory=dict)
    disagreements: list[str] = field(default_factory=list)
    traps: int = 0


class ListingSource(Protocol):
    """Where addresses of releases come from."""

    #: The name under which it is reported.
    name: str
    #: Parameters that its addresses go without, because robots.txt forbids them.
    left_out: frozenset[str]

    def first(self) -> str | None:
        """Return the address of the first listing page; None: it knows its entries by itself."""
        ...

    def known(self) -> list[dict[str, Any]]:
        """Return the entries it knows without any listing page."""
        ...

    def instead(self, url: str) -> str | None:
        """Return the address to ask for in the place of one that robots.txt forbids, or None.

        What it leaves out is left out for the rest of the walk.
        """
        ...

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read a listing page.

        :raises NotAListing: when it is none.
        """
        ...


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
