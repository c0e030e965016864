"""A list of item addresses instead of a listing (``-a urls=FILE``)."""

from collections.abc import Sequence
from typing import Any

from osce_crawl.normalise.urls import node_of, read_address
from osce_crawl.sources.base import ListingPage


class UrlsSource:
    """Knows its entries by itself: addresses, and nothing printed about them."""

    name = "urls"
    left_out: frozenset[str] = frozenset()

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = urls

    def first(self) -> str | None:
        """Return None: there is no listing."""
        return None

    def known(self) -> list[dict[str, Any]]:
        """Return one bare entry an address."""
        return [
            {"url": url, "node": node_of(url), "language": read_address(url).language or "en"}
            for url in self.urls
        ]

    def instead(self, _url: str) -> str | None:
        """Return None: there is no listing."""
        return None

    def read(self, body: bytes, url: str) -> ListingPage:
        """Never called: there is no listing page; raises NotImplementedError."""
        raise NotImplementedError(url, len(body))
