"""The newsroom's listing with Drupal's numbered pager: ``/press-releases?page=N``."""

from typing import Any
from urllib.parse import urlencode, urlunsplit

from osce_crawl.normalise.web import split_address
from osce_crawl.sources.base import ListingPage, read_page

#: The largest page the site serves; without the parameter it serves 7.
ROWS = 50
_NEWEST_FIRST = "ds_date desc"
#: Sizes the site is known to serve: a page of just so many entries may have been cut there.
_FULL = frozenset({7, 10, 50})


class PagerSource:
    """Walks a listing by its pager, newest first, with the largest page size."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = f"pager {address}"

    def first(self) -> str | None:
        """Return the address of page 0."""
        return self._numbered(0)

    def known(self) -> list[dict[str, Any]]:
        """Return nothing: all entries come from pages."""
        return []

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read a listing page and what its pager proves; raises NotAListing."""
        listing, page = read_page(body, url)
        pager = listing.pager
        page.number, page.last = pager.current, pager.last
        page.probe = pager.pages.get(pager.current + 1) or self._numbered(pager.current + 1)
        if page.next is None:
            if pager.last > pager.current:
                page.lost_next = f"its pager links page {pager.last} but no next page"
            elif (
                listing.total is not None
                and not pager.current
                and listing.total > len(page.entries)
            ):
                page.lost_next = f"it claims {listing.total} items but links no next page"
            else:
                page.unproven = len(page.entries) in _FULL and not pager.present
        return page

    def _numbered(self, number: int) -> str:
        parts = split_address(self.address)
        own = f"{parts.query}&" if parts.query else ""
        query = urlencode({"page": number, "rows": ROWS, "solrsort": _NEWEST_FIRST})
        return urlunsplit((parts.scheme, parts.netloc, parts.path, f"{own}{query}", ""))
