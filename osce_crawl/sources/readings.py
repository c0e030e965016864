"""The last readings of a listing: a walk requests each page twice, mostly with the same answer."""

from dataclasses import replace

from osce_crawl.sources.base import ListingSource
from osce_crawl.sources.page import ListingPage

#: The walk requests a page again after the page that follows it, and both at the end.
_KEPT = 3


class Readings:
    """Reads the pages of one source; reuses the result if the bytes are the same as before.

    Keeps only the last few pages, each with its bytes.
    """

    def __init__(self, source: ListingSource) -> None:
        self.source = source
        self._kept: dict[str, tuple[bytes, frozenset[str], ListingPage]] = {}

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read a listing page; raises NotAListing."""
        known = self._kept.pop(url, None)
        if known is None or known[:2] != (body, self.source.left_out):
            page = self.source.read(body, url)
            known = body, self.source.left_out, page
        self._kept[url] = known
        if len(self._kept) > _KEPT:
            self._kept.pop(next(iter(self._kept)))
        return replace(known[2], entries=[*known[2].entries])  # the caller's to change
