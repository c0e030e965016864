"""Which listings of an archive are those that a crawl walks."""

from collections.abc import Iterable

from osce_crawl.normalise.web import split_address
from osce_crawl.sources import ListingSource


def walked_listings(sources: Iterable[ListingSource]) -> dict[str, str]:
    """Return the names of sources by the places of their listings."""
    return {place_of(url): source.name for source in sources for url in source.first()[:1]}


def place_of(url: str) -> str:
    """Return host and path of an address: a listing's pages differ in their queries alone."""
    parts = split_address(url)
    return f"{parts.netloc}{parts.path.rstrip('/')}"
