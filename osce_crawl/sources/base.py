"""The interface of a source: where addresses of releases come from."""

from collections.abc import Mapping
from typing import Any

from osce_crawl.options import Options
from osce_crawl.sources.page import ListingPage
from osce_crawl.sources.walk import Proves, Terms, Walk

#: Parameters of a listing's address: how many entries a page holds, and in which order.
SIZE, ORDER = "rows", "solrsort"


class ListingSource:
    """Where addresses of releases come from; each source overrides what differs."""

    #: The name under which it is reported and remembered: its kind and its address.
    name: str
    #: What it can prove: ``whole`` (all releases) or ``recent`` (only new ones).
    proves: Proves = "whole"
    #: Whether the entries that it knows without a request are certainly releases.
    vouched: bool = True
    #: Parameters left out of its addresses because robots.txt forbids them.
    left_out: frozenset[str] = frozenset()
    #: Headers of its requests. Their values are never logged, reported or stored, and redirects
    #: that would take them elsewhere are not followed.
    headers: Mapping[str, str] = {}
    #: Statuses other than 200 whose answers it reads.
    statuses: tuple[int, ...] = ()
    #: The longest answer that it accepts, in bytes; None: `DOWNLOAD_MAXSIZE`.
    longest: int | None = None

    def configure(self, options: Options) -> None:
        """Read the settings that it needs; raises OptionError when one is missing."""

    def first(self) -> list[str]:
        """Return the first addresses; none if it already knows its entries."""
        raise NotImplementedError

    def known(self) -> list[dict[str, Any]]:
        """Return the entries that it knows without a request."""
        return []

    def instead(self, _url: str) -> str | None:
        """Return the address to request instead of one that robots.txt forbids, or None.

        Parameters left out here stay left out for the rest of the walk.
        """
        return None

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read a page or a file of this source.

        :raises NotAListing: when it is not one.
        """
        raise NotImplementedError

    def walk(self, terms: Terms) -> Walk:
        """Return the walk of this source."""
        raise NotImplementedError
