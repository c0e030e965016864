"""Points of a publication at which a run kills itself: an extension in the publisher's place.

It is put in by `SETTINGS`; the run's setting `KILL_AT` names the point.
"""

import json
import os
import signal
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from osce_crawl.feeds.publisher import Publishable, Publisher

#: In the order in which a run passes them. Before `RENAMED` the published file is the old one, and
#: from `COMMITTED` on the store has what was published.
ROWS, RENAMING, RENAMED, COMMITTED, TORN, TOLD = POINTS = (
    "rows are written",
    "before the files are renamed",
    "between rename and commit",
    "between commit and change feed",
    "in a line of the change feed",
    "before the change feed counts as told",
)
SETTINGS = {
    "EXTENSIONS": json.dumps(
        {
            "osce_crawl.feeds.publisher.Publisher": None,
            "tests.crawl.points.KilledPublisher": 500,
        }
    )
}
#: Bytes by which a line is torn.
_TORN = 9


class KilledPublisher(Publisher):
    """The publisher, which dies at a point."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension as the publisher does."""
        publisher = super().from_crawler(crawler)
        crawler.signals.connect(publisher.row_written, signals.item_scraped)
        return publisher

    def row_written(self) -> None:
        """Take the news of a row."""
        self._at(ROWS)

    def rename(self) -> None:
        """Put the files in place."""
        self._at(RENAMING)
        super().rename()
        self._at(RENAMED)

    def commit(self, spider: Publishable) -> None:
        """Let the store remember them."""
        super().commit(spider)
        self._at(COMMITTED)

    def deliver(self, spider: Publishable) -> None:
        """Let the change feed have its lines; they are in the file when it is synced."""
        sync = os.fsync

        def fsync(fd: Any) -> None:
            if self._crawler.settings["KILL_AT"] == TORN:
                os.ftruncate(fd, os.fstat(fd).st_size - _TORN)
                self._at(TORN)
            sync(fd)
            self._at(TOLD)

        os.fsync = fsync
        super().deliver(spider)

    def _at(self, point: str) -> None:
        if self._crawler.settings["KILL_AT"] == point:
            os.kill(os.getpid(), signal.SIGKILL)
