"""The end of the feeds: all files of a run stay part files until the spider publishes them."""

import logging
from pathlib import Path
from typing import Any, Protocol, Self, cast

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter, FeedSlot

from osce_crawl.feeds.formats import stated_format
from osce_crawl.feeds.storage import PartFileStorage
from osce_crawl.feeds.swap import digest

logger = logging.getLogger(__name__)


class Publishable(Protocol):
    """What the publisher needs from a spider; one without these is never published."""

    publishable: bool

    def publish(self, feeds: list[dict[str, Any]]) -> None:
        """Put the feeds in place and commit their content; or do neither, and raise."""

    def deliver(self) -> None:
        """Write the changes to the change feed."""


class Publisher:
    """Let the spider publish the feeds of a successful run; keep the part files of any other.

    A run is published if the spider's `publishable` is true when the feed exporter has closed
    and every feed of FEEDS was written whole. Otherwise the published files stay untouched, and
    the new ones stay beside them as `.part`. A run without feeds is published, too.

    Stats: `osce/published` and `osce/committed` (bool); `osce/publish/error` (text) if publication
    was intended but failed; `osce/changes/error` (text) if only the change feed could not be
    written.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._feeds: dict[str, dict[str, Any]] = {
            str(uri.absolute() if isinstance(uri, Path) else uri): options
            for uri, options in crawler.settings.getdict("FEEDS").items()
        }
        self._slots: dict[str, FeedSlot] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension and connect it to the signals of the feed exporter."""
        publisher = cls(crawler)
        if not publisher._feeds:  # without feeds there is no feed exporter
            crawler.signals.connect(publisher._feeds_closed, signals.spider_closed)
            return publisher
        crawler.signals.connect(publisher._slot_closed, signals.feed_slot_closed)
        crawler.signals.connect(publisher._feeds_closed, signals.feed_exporter_closed)
        return publisher

    @property
    def _items(self) -> int:
        # Scrapy's own count: another receiver of item_scraped would cost a task per item
        return int(self._crawler.stats.get_value("item_scraped_count", 0))

    def _slot_closed(self, slot: FeedSlot) -> None:
        self._slots[slot.uri_template] = slot

    def _feeds_closed(self) -> None:
        stats, spider = self._crawler.stats, self._crawler.spider
        stats.set_value("osce/published", False)
        stats.set_value("osce/committed", False)
        # Scrapy only logs exceptions of signal receivers, and continues.
        try:
            feeds = [self._described(file) for file in self._files()]
            stats.set_value("osce/feeds", feeds)
            if spider is None or not getattr(spider, "publishable", False):
                logger.info("Not published: %s", self._kept())
                return
            for uri, options in self._feeds.items():
                self._check(uri, options)
            published = [{**feed, "published": True} for feed in feeds]
            cast("Publishable", spider).publish(published)
            stats.set_value("osce/feeds", published)
            stats.set_value("osce/published", True)
            stats.set_value("osce/committed", True)
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            stats.set_value("osce/publish/error", text)
            logger.exception(
                "Not published: %s. Fix the cause (disk space, permissions, the errors above) and"
                " run again; %s.",
                text,
                self._kept(),
            )
            return
        for feed in published:
            logger.info("Published %s", feed["path"])
        try:
            cast("Publishable", spider).deliver()
        except Exception as error:
            text = f"the change feed could not be written ({type(error).__name__}: {error})"
            stats.set_value("osce/changes/error", text)
            logger.exception("%s. The next run writes what is missing.", text)

    def _check(self, uri: str, options: dict[str, Any]) -> None:
        """Raise OSError if the feed was not written whole."""
        slot = self._slots.get(uri)
        if slot is None:
            store_empty = options.get(
                "store_empty", self._crawler.settings.getbool("FEED_STORE_EMPTY")
            )
            if self._items or store_empty:
                raise OSError(f"feed {uri} was not written completely{self._cause(uri)}")
            return
        storage = type(slot.storage).__name__
        gone = isinstance(slot.storage, PartFileStorage) and slot.storage not in self._files()
        if gone or self._crawler.stats.get_value(f"feedexport/failed_count/{storage}"):
            raise OSError(f"feed {uri} could not be stored")
        # Only this comparison shows an item that the exporter could not write.
        filtered = "item_filter" in options or "item_classes" in options
        if not filtered and slot.itemcount != self._items:
            missing = self._items - slot.itemcount
            raise OSError(f"feed {uri} lacks {missing} of {self._items} items")

    def _cause(self, uri: str) -> str:
        """Return why a feed is incomplete, in brackets, if its exporter knows."""
        exporter = self._crawler.get_extension(FeedExporter)
        slots = exporter.slots if exporter is not None else []
        causes = (getattr(slot.exporter, "broken", None) for slot in slots if slot.uri == uri)
        return next((f" ({cause})" for cause in causes if cause is not None), "")

    def _described(self, file: PartFileStorage) -> dict[str, Any]:
        """Return the description of a file in the report: its path, rows, bytes and hash.

        Includes its `format` if the name states none, and its `fields` if it has only some.
        """
        slot = next(slot for slot in self._slots.values() if slot.storage is file)
        fields = getattr(slot.exporter, "fields_to_export", None)
        return {
            "path": str(file.path),
            **({} if stated_format(file.path.name) else {"format": slot.format}),
            **({"fields": fields} if fields else {}),
            "rows": _rows(slot),
            "bytes": file.part.stat().st_size,
            "sha256": digest(file.part),
            "published": False,
        }

    def _files(self) -> list[PartFileStorage]:
        """Return the feeds that are part files."""
        storages = (slot.storage for slot in self._slots.values())
        return [
            storage
            for storage in storages
            if isinstance(storage, PartFileStorage) and storage.part.is_file()
        ]

    def _kept(self) -> str:
        files = self._files()
        if not files:
            return "no file was written"
        names = ", ".join(str(file.part) for file in files)
        return f"the published files are unchanged; the new ones are kept as {names}"


def _rows(slot: FeedSlot) -> int:
    """Return the number of rows in a file: all, unless its format writes only some."""
    return int(getattr(slot.exporter, "rows", slot.itemcount))
