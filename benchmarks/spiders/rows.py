"""A spider that yields the rows of a file: what writing the snapshot costs Scrapy alone."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import orjson
import scrapy
from scrapy.http import Response


class Rows(scrapy.Spider):
    """Yields the dicts of ``rows.jsonl`` in the folder it is run in."""

    name = "rows"

    async def start(self) -> AsyncIterator[Any]:
        """Ask for nothing, as a crawl asks for something."""
        yield scrapy.Request("data:,")

    def parse(self, _response: Response) -> Iterator[Any]:
        """Yield the rows."""
        with Path("rows.jsonl").open("rb") as lines:
            yield from map(orjson.loads, lines)
