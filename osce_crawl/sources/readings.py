"""The last readings of a listing: the walk looks at each page twice, mostly to see the same."""

from dataclasses import replace

from osce_crawl.sources.base import ListingSource
from osce_crawl.sources.page import ListingPage

#: The walk looks at a page again when it has read the page behind it, and both at the end.
_KEPT = 3


class Readings:
    """Reads the pages of one source; an answer with the same bytes as before is read as before.

    What it keeps is bounded: the last pages that were read, each with its bytes.
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
