"""Words of pages in the log: they neither steer a terminal nor hide."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from osce_crawl.text.forms import printable


class PrintableLog:
    """Lets every line of the log, tracebacks too, through `printable`."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wait for the first moment at which Scrapy has its handlers and no page has come."""
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
