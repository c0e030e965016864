"""The newsroom's listing with Drupal's numbered pager: ``/press-releases?page=N``."""

from urllib.parse import urlencode

from osce_crawl.normalise.web import split_address
from osce_crawl.sources.base import ORDER, SIZE, ListingSource
from osce_crawl.sources.chain import ChainWalk
from osce_crawl.sources.page import ListingPage, read_page
from osce_crawl.sources.query import parameters, without
from osce_crawl.sources.registry import listing_source
from osce_crawl.sources.walk import Terms

#: The largest page the site serves; without the parameter it serves 7.
ROWS = 50
_NEWEST_FIRST = "ds_date desc"
#: Known page sizes of the site: a page with exactly this many entries may have been cut there.
_FULL = frozenset({7, 10, 50})


@listing_source("pager")
class PagerSource(ListingSource):
    """Walks a listing by its pager, newest first, with the largest page size.

    If it redirects to another page, that page is walked as it is; the requested size and order may
    be lost.

    A size or order stated in the address itself is kept. A parameter that robots.txt forbids is
    left out on all pages of the walk; the site then uses its own size or order.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = f"pager {address}"
        own = parameters(address)
        self._bare = without(address, {"page", SIZE, ORDER})
        self._wanted = {SIZE: own.get(SIZE) or str(ROWS), ORDER: own.get(ORDER) or _NEWEST_FIRST}
        # drop the size first: the order is worth more, because it lets a walk end early
        self._ways = [frozenset({SIZE}), frozenset({ORDER}), frozenset({SIZE, ORDER})]
        self._begun = False

    def first(self) -> list[str]:
        """Return the address of page 0."""
        return [self._numbered(0)]

    def instead(self, _url: str) -> str | None:
        """Return page 0 with fewer parameters; None once a page was read."""
        if self._begun or not self._ways:
            return None
        self.left_out = self._ways.pop(0)
        return self._numbered(0)

    def walk(self, terms: Terms) -> ChainWalk:
        """Return a walk from page to page."""
        return ChainWalk(self.name, terms)

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read a listing page and what its pager proves; raises NotAListing."""
        listing, page = read_page(body, url)
        self._begun = True
        pager = listing.pager
        page.number, page.last = pager.current, pager.last
        page.probe = pager.after
        moved = _path(url) != _path(self.address)
        page.ordered = not moved and self._asked.get(ORDER, "").lower() == _NEWEST_FIRST
        if not moved:
            page.next = self._fitted(page.next) if page.next else None
            page.probe = (
                self._fitted(page.probe) if page.probe else self._numbered(pager.current + 1)
            )
        if page.next is None:
            if pager.beside is not None:
                page.lost_next = (
                    f"its next link {pager.beside} does not number its pages with page=N"
                )
            elif pager.last > pager.current:
                page.lost_next = f"its pager links to page {pager.last} but to no next page"
            elif (
                listing.total is not None
                and not pager.current
                and listing.total > len(page.entries)
            ):
                page.lost_next = f"it claims {listing.total} items but has no link to a next page"
            else:
                page.unproven = not moved and len(page.entries) in _FULL and not pager.present
        return page

    @property
    def _asked(self) -> dict[str, str]:
        return {name: value for name, value in self._wanted.items() if name not in self.left_out}

    def _fitted(self, link: str) -> str:
        """Return a link of the pager with the size and order that all pages of the walk use."""
        stated = parameters(link)
        if {name: stated[name] for name in (SIZE, ORDER) if name in stated} == self._asked:
            return link
        return _with(without(link, {SIZE, ORDER}), self._asked)

    def _numbered(self, number: int) -> str:
        return _with(self._bare, {"page": str(number), **self._asked})


def _path(url: str) -> str:
    return split_address(url).path.rstrip("/").lower()


def _with(url: str, more: dict[str, str]) -> str:
    """Return an address, which has no fragment, with parameters appended."""
    if not more:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(more)}"
