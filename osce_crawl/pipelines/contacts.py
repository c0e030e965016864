"""Leaves press contacts out unless they were requested."""

from copy import copy
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from osce_crawl.options import read_options


class ContactsPipeline:
    """Empties ``contacts`` unless ``OSCE_CONTACTS`` is 1: names and numbers are personal data."""

    def __init__(self, keep: bool) -> None:
        self.keep = keep

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the setting."""
        return cls(read_options(crawler.settings).contacts)

    def process_item(self, item: Any) -> Any:
        """Return the item, or a copy without its contacts."""
        if self.keep or not ItemAdapter(item)["contacts"]:
            return item
        item = copy(item)
        ItemAdapter(item)["contacts"] = []
        return item
