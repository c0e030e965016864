"""A spider that follows the same links and reads nothing: what Scrapy alone costs."""

from collections.abc import Iterator
from typing import Any

from scrapy.http import TextResponse

from benchmarks.spiders.naive import Naive


class Bare(Naive):
    """Yields an address for each release."""

    name = "bare"

    def parse_release(self, response: TextResponse) -> Iterator[Any]:
        """Yield the address and the size of a page."""
        yield {"url": response.url, "bytes": len(response.body)}


del Naive  # `scrapy runspider` runs the only spider of a file
