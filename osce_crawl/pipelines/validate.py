"""Keeps items that break the schema apart from the feeds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import jsonlines
from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from osce_crawl.items import validate
from osce_crawl.options import read_options


class ValidatePipeline:
    """Checks every row against the definition once more, but for those that were checked before.

    A row that was published as it is passed this then; the spider says by `unchecked_ids` which did
    not. What is read is checked before it is kept, so a row that fails here is a bug of ours: it
    is kept apart in ``OSCE_INVALID``, and nothing is published (``osce/items/error``).
    """

    def __init__(self, crawler: Crawler, path: Path) -> None:
        self.crawler = crawler
        self.path = path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the setting."""
        return cls(crawler, read_options(crawler.settings).invalid)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return a valid item; raise ValueError for another one."""
        unchecked = getattr(self.crawler.spider, "unchecked_ids", None)
        if unchecked is None or ItemAdapter(item).get("id") in unchecked:
            self.check(item)
        return item

    def check(self, item: dict[str, Any]) -> None:
        """Check an item; raise ValueError, and keep it apart, where it is not valid."""
        row = {key: value for key, value in item.items() if key != "change"}  # of an export
        try:
            validate(row)
        except ValueError as error:
            keep_apart(self.path, item, str(error))
            raise ValueError(
                f"item {item.get('id')} is not valid and is kept apart in {self.path}: {error}"
            ) from error


def keep_apart(path: Path, item: Mapping[str, Any], why: str) -> None:
    """Append an invalid item to a file, one JSON object a line: `error`, `item`. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with jsonlines.open(path, mode="a") as apart:
        apart.write({"error": why, "item": item})
