"""Keeps items that break the schema apart from the feeds."""

import logging
from pathlib import Path
from typing import Any, Self

import jsonlines
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from osce_crawl.items import validate
from osce_crawl.options import read_options

logger = logging.getLogger(__name__)


class ValidatePipeline:
    """Checks every item against its definition, but for those that were checked before.

    A row that was published as it is passed this then; the spider says by `unchecked_ids` which did
    not. One that fails is written to ``OSCE_INVALID`` with the reason, counted in
    ``osce/items/invalid`` and dropped from the feeds, which must hold nothing but valid rows.
    """

    def __init__(self, crawler: Crawler, path: Path) -> None:
        self.crawler = crawler
        self.path = path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the setting."""
        return cls(crawler, read_options(crawler.settings).invalid)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return a valid item; raise DropItem for another one."""
        unchecked = getattr(self.crawler.spider, "unchecked_ids", None)
        if unchecked is not None and item.get("id") not in unchecked:
            return item
        try:
            validate(item)
        except ValueError as error:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with jsonlines.open(self.path, mode="a") as apart:
                apart.write({"error": str(error), "item": item})
            self.crawler.stats.inc_value("osce/items/invalid")
            logger.warning("Item %s is kept apart in %s: %s", item.get("id"), self.path, error)
            raise DropItem(f"invalid item {item.get('id')}: {error}", log_level="DEBUG") from error
        return item
