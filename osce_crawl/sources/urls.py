"""Addresses instead of a listing: named by the operator (``-a urls=FILE``), or captured."""

from collections.abc import Sequence
from typing import Any

from osce_crawl.normalise.urls import node_of, read_address
from osce_crawl.sources.base import ListingSource
from osce_crawl.sources.walk import Terms, Walk


class UrlsSource(ListingSource):
    """Knows its entries by itself: addresses, and nothing printed about them."""

    name = "urls"

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = urls

    def first(self) -> list[str]:
        """Return nothing: there is no listing."""
        return []

    def known(self) -> list[dict[str, Any]]:
        """Return one bare entry an address."""
        return [
            {"url": url, "node": node_of(url), "language": read_address(url).language or "en"}
            for url in self.urls
        ]

    def walk(self, terms: Terms) -> Walk:
        """Return a walk that has nothing to ask for."""
        return Walk(self.name, terms, stop="last-page")


class CapturedSource(UrlsSource):
    """The addresses of captured pages, behind any of which something else than a release may be."""

    name = "captured"
    vouched = False
