"""The news page of a unit's own host (2025 on): cards, page size and order as the site has them."""

from typing import Any

from osce_crawl.sources.base import ListingPage, read_page


class CardsSource:
    """Walks a unit host's cards, following its next links."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = f"cards {address}"

    def first(self) -> str | None:
        """Return the address of the first page."""
        return self.address

    def known(self) -> list[dict[str, Any]]:
        """Return nothing: all entries come from pages."""
        return []

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read a page of cards; raises NotAListing."""
        listing, page = read_page(body, url)
        pager = listing.pager
        page.number, page.last = pager.current, pager.last
        page.probe = pager.pages.get(pager.current + 1)
        if page.next is None and pager.last > pager.current:
            page.lost_next = f"its pager links page {pager.last} but no next page"
        return page
