"""Finds the listings of an archive that a crawl walks."""

from collections.abc import Iterable

from osce_crawl.normalise.web import split_address
from osce_crawl.sources import ListingSource


def walked_listings(sources: Iterable[ListingSource]) -> dict[str, str]:
    """Return place of a listing → name of its source."""
    return {place_of(url): source.name for source in sources for url in source.first()[:1]}


def place_of(url: str) -> str:
    """Return host and path of an address: the pages of a listing differ only in their queries."""
    parts = split_address(url)
    return f"{parts.netloc}{parts.path.rstrip('/')}"
