"""Makes text from pages printable in the log, so that it cannot control a terminal."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from osce_crawl.text.forms import printable


class PrintableLog:
    """Passes every line of the log, including tracebacks, through `printable`."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the first signal at which Scrapy has its handlers but no page yet."""
        log = cls()
        crawler.signals.connect(log.wrap, signals.engine_started)
        return log

    def wrap(self) -> None:
        """Wrap the formatters of the log's handlers."""
        for handler in logging.root.handlers:
            handler.setFormatter(PrintableFormatter(handler.formatter or logging.Formatter()))


class PrintableFormatter(logging.Formatter):
    """Formats as another formatter does, then makes each line printable."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text; line ends stay."""
        return "\n".join(map(printable, self._inner.format(record).split("\n")))
