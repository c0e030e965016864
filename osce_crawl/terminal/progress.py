"""A live line while a run goes on, if a person is watching."""

import sys
from typing import Self

from rich.console import Console
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured


class Progress:
    """Shows how far the run is, on standard error, if that is a terminal.

    :raises NotConfigured: where it is none: then the log's plain lines tell.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not sys.stderr.isatty():
            raise NotConfigured
        self.crawler = crawler
        self.status = Console(stderr=True).status("Starting …")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect the line to the run."""
        progress = cls(crawler)
        crawler.signals.connect(progress.start, signals.spider_opened)
        crawler.signals.connect(progress.update, signals.response_received)
        crawler.signals.connect(progress.update, signals.item_scraped)
        crawler.signals.connect(progress.stop, signals.spider_closed)
        return progress

    def start(self) -> None:
        """Show the line."""
        self.status.start()

    def update(self) -> None:
        """Tell what the run has so far."""
        self.status.update(progress_line(self.crawler.stats.get_stats()))

    def stop(self) -> None:
        """Take the line away; the summary follows."""
        self.status.stop()


def progress_line(stats: dict[str, object]) -> str:
    """Return one line that says how far a run with these stats is."""
    written = stats.get("item_scraped_count", 0)
    line = (
        f"{stats.get('osce/listing/pages', 0)} listing pages,"
        f" {stats.get('osce/listing/entries', 0)} entries;"
        f" {stats.get('osce/items/complete', 0)} releases read,"
        f" {stats.get('osce/items/incomplete', 0)} incomplete"
    )
    return f"{line}; {written} written" if written else line
