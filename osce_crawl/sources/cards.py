"""The news page of a unit's own host (since 2025): cards in the site's own page size and order."""

from osce_crawl.sources.base import ORDER, SIZE, ListingSource
from osce_crawl.sources.chain import ChainWalk
from osce_crawl.sources.page import ListingPage, read_page
from osce_crawl.sources.query import parameters, without
from osce_crawl.sources.registry import listing_source
from osce_crawl.sources.walk import Terms


@listing_source("cards")
class CardsSource(ListingSource):
    """Walks a unit host's cards, following its next links."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = f"cards {address}"

    def first(self) -> list[str]:
        """Return the address of the first page."""
        return [self.address]

    def instead(self, url: str) -> str | None:
        """Return the address without size and order; the site then uses its own."""
        stated = {SIZE, ORDER}.intersection(parameters(url))
        self.left_out |= stated
        return without(url, stated) if stated else None

    def walk(self, terms: Terms) -> ChainWalk:
        """Return a walk from page to page."""
        return ChainWalk(self.name, terms)

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read a page of cards; raises NotAListing."""
        listing, page = read_page(body, url)
        pager = listing.pager
        page.number, page.last = pager.current, pager.last
        page.ordered = False
        page.next = self._fitted(page.next)
        page.probe = self._fitted(pager.after)
        if page.next is None and pager.beside is not None:
            page.lost_next = f"its next link {pager.beside} does not number its pages with page=N"
        elif page.next is None and pager.last > pager.current:
            page.lost_next = f"its pager links to page {pager.last} but to no next page"
        else:
            page.alone = page.next is None and not pager.present
        return page

    def _fitted(self, link: str | None) -> str | None:
        return without(link, self.left_out) if link and self.left_out else link
