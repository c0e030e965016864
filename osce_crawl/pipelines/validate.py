"""Keeps invalid items out of the feeds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import jsonlines
from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from osce_crawl.items import validate
from osce_crawl.options import read_options


class ValidatePipeline:
    """Checks every row against the definition once more, unless it was checked before.

    A row that was already published in the same form has passed; the spider's `unchecked_ids` are
    the others. Items are also checked before they are stored, so a row that fails here is a bug:
    it is written to ``OSCE_INVALID``, and nothing is published (``osce/items/error``).
    """

    def __init__(self, crawler: Crawler, path: Path) -> None:
        self.crawler = crawler
        self.path = path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the setting."""
        return cls(crawler, read_options(crawler.settings).invalid)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return a valid item; raise ValueError for an invalid one."""
        unchecked = getattr(self.crawler.spider, "unchecked_ids", None)
        if unchecked is None or ItemAdapter(item).get("id") in unchecked:
            self.check(item)
        return item

    def check(self, item: dict[str, Any]) -> None:
        """Check an item; if it is invalid, write it to ``OSCE_INVALID`` and raise ValueError."""
        row = {key: value for key, value in item.items() if key != "change"}  # added by an export
        try:
            validate(row)
        except ValueError as error:
            keep_apart(self.path, item, str(error))
            raise ValueError(
                f"item {item.get('id')} is invalid and was written to {self.path}: {error}"
            ) from error


def keep_apart(path: Path, item: Mapping[str, Any], why: str) -> None:
    """Append an invalid item to a JSON Lines file: `error` and `item`. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with jsonlines.open(path, mode="a") as apart:
        apart.write({"error": why, "item": item})
