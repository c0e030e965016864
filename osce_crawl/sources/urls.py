"""Addresses instead of a listing: named by the operator (``-a urls=FILE``), or from an archive."""

from collections.abc import Sequence
from typing import Any

from osce_crawl.normalise.urls import node_of, read_address
from osce_crawl.sources.base import ListingSource
from osce_crawl.sources.walk import Terms, Walk


class UrlsSource(ListingSource):
    """Knows its entries from the start: addresses, and nothing else about them."""

    name = "urls"

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = urls

    def first(self) -> list[str]:
        """Return no address: there is no listing."""
        return []

    def known(self) -> list[dict[str, Any]]:
        """Return one bare entry per address."""
        return [
            {"url": url, "node": node_of(url), "language": read_address(url).language or "en"}
            for url in self.urls
        ]

    def walk(self, terms: Terms) -> Walk:
        """Return a walk without requests."""
        return Walk(self.name, terms, stop="last-page")


class CapturedSource(UrlsSource):
    """The addresses of captured pages; any of them may not be a release."""

    name = "captured"
    vouched = False
