"""Lets each item through once."""

from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem


class UniquePipeline:
    """Drops an item whose id has already passed, and counts it in ``osce/items/duplicate``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.ids: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Keep the crawler for its stats."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Return an item that is new in this run; raise DropItem for a repeated one."""
        item_id = ItemAdapter(item)["id"]
        if item_id in self.ids:
            self.crawler.stats.inc_value("osce/items/duplicate")
            raise DropItem(f"item {item_id} went through already", log_level="DEBUG")
        self.ids.add(item_id)
        return item
