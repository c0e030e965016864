"""The interface of a source: where addresses of releases come from."""

from collections.abc import Mapping
from typing import Any

from osce_crawl.options import Options
from osce_crawl.sources.page import ListingPage
from osce_crawl.sources.walk import Proves, Terms, Walk

#: Parameters of a listing's address: how many entries a page holds, and in which order.
SIZE, ORDER = "rows", "solrsort"


class ListingSource:
    """Where addresses of releases come from; a source overrides what it has another answer for."""

    #: The name under which it is reported and remembered: its kind and its address.
    name: str
    #: What it can prove: ``whole``, all that there is, or ``recent``, only what is new.
    proves: Proves = "whole"
    #: Whether what it knows without asking is known to be releases.
    vouched: bool = True
    #: Parameters that its addresses go without, because robots.txt forbids them.
    left_out: frozenset[str] = frozenset()
    #: Headers of its requests; no value of them is ever logged, reported or stored, and no redirect
    #: is followed that would take them elsewhere.
    headers: Mapping[str, str] = {}
    #: Statuses beside 200 whose answers it reads.
    statuses: tuple[int, ...] = ()
    #: The longest answer that it takes, in bytes; None: `DOWNLOAD_MAXSIZE`.
    longest: int | None = None

    def configure(self, options: Options) -> None:
        """Take what it needs of the settings; raises OptionError where something is missing."""

    def first(self) -> list[str]:
        """Return the addresses to begin with; none: it knows its entries by itself."""
        raise NotImplementedError

    def known(self) -> list[dict[str, Any]]:
        """Return the entries it knows without asking for anything."""
        return []

    def instead(self, _url: str) -> str | None:
        """Return the address to ask for in the place of one that robots.txt forbids, or None.

        What it leaves out is left out for the rest of the walk.
        """
        return None

    def read(self, body: bytes, url: str) -> ListingPage:
        """Read a page or a file of it.

        :raises NotAListing: when it is none.
        """
        raise NotImplementedError

    def walk(self, terms: Terms) -> Walk:
        """Return the walk of this source."""
        raise NotImplementedError
