"""Write rows of the store straight to the feeds unless another component needs them as items.

Scrapy's processing of an item (a task, the pipelines, the signal `item_scraped`) costs several
times as much as writing a known line. It is used only if a component outside the project needs it:
a pipeline, spider middleware, exporter, filter or receiver of the signal.
"""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self, cast

from pydispatch.dispatcher import (  # type: ignore[import-untyped]
    getAllReceivers,
    liveReceivers,
)
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.corestats import CoreStats
from scrapy.extensions.feedexport import FeedExporter, FeedSlot, ItemFilter
from scrapy.settings import BaseSettings, default_settings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from osce_crawl.feeds.formats import exporters
from osce_crawl.feeds.row import Row
from osce_crawl.pipelines.contacts import ContactsPipeline
from osce_crawl.pipelines.unique import UniquePipeline
from osce_crawl.pipelines.validate import ValidatePipeline

if TYPE_CHECKING:
    from osce_crawl.feeds.row_exporter import RowExporter

logger = logging.getLogger(__name__)

#: Pipelines whose work is done here; rows of a store have unique ids anyway.
_PIPELINES = frozenset({ContactsPipeline, ValidatePipeline, UniquePipeline})
#: Receivers whose work on an item is done here.
_RECEIVERS = (CoreStats, FeedExporter)


class DirectFeeds:
    """The feeds of a crawl, for rows of a store.

    Does what Scrapy does with an item that reaches its feeds, and counts it in the same way:
    `itemcount` of the slots, `item_scraped_count` of the stats.
    """

    def __init__(self, crawler: Crawler, slots: list[FeedSlot]) -> None:
        self._stats = crawler.stats
        self._slots = slots
        self._contacts = ContactsPipeline.from_crawler(crawler)
        self._validate = ValidatePipeline.from_crawler(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> Self | None:
        """Return the feeds of a crawl with an open spider; None if a component needs items."""
        seen_by = next(_others(crawler), None)
        if seen_by is not None:
            logger.info("Items go through Scrapy one by one: %s", seen_by)
            return None
        return cls(crawler, _slots(crawler))

    def write(self, row: Row) -> None:
        """Write a row to all feeds; the count of a feed that cannot take it shows the loss.

        :raises ValueError: for an invalid item, which is written to ``OSCE_INVALID``.
        """
        if not self._contacts.keep and row.has_contacts:
            row = Row.of(self._contacts.process_item(row.item), checked=row.checked)
        if not row.checked:
            self._validate.check(row.item)
        for slot in self._slots:
            try:
                slot.start_exporting()
                cast("RowExporter", slot.exporter).export_row(row)
            except Exception:
                logger.exception("Feed %s could not take a row", slot.uri)
            else:
                slot.itemcount += 1
        self._stats.inc_value("item_scraped_count")


def _others(crawler: Crawler) -> Iterator[str]:
    """Yield the components outside the project that need the items of a crawl."""
    if crawler.get_extension(CoreStats) is None:
        yield "CoreStats, which counts them, is off"
    yield from _components_that_see(crawler.settings)
    yield from _receivers(crawler)
    yield from _foreign_feeds(_slots(crawler))


def _components_that_see(settings: BaseSettings) -> Iterator[str]:
    for name in ("ITEM_PROCESSOR", "LOG_FORMATTER"):
        if settings[name] != getattr(default_settings, name):
            yield f"{name} is {settings[name]}"
    level = settings["LOG_LEVEL"]  # a name or a number
    if int(logging.getLevelNamesMapping().get(level, level)) <= logging.DEBUG:
        yield f"LOG_LEVEL is {level}, which shows each of them"
    if (found := _components(settings, "ITEM_PIPELINES")) != _PIPELINES:
        yield f"ITEM_PIPELINES has or lacks {_names(found ^ _PIPELINES)}"
    stock = set(map(load_object, default_settings.SPIDER_MIDDLEWARES_BASE))
    if others := _components(settings, "SPIDER_MIDDLEWARES") - stock:
        yield f"SPIDER_MIDDLEWARES has {_names(others)}"


def _receivers(crawler: Crawler) -> Iterator[str]:
    for signal in (signals.item_scraped, signals.item_error):
        for receiver in liveReceivers(getAllReceivers(crawler.signals.sender, signal)):
            owner = getattr(receiver, "__self__", None)
            counts = signal is signals.item_error and owner is crawler.spider
            if type(owner) not in _RECEIVERS and not counts:
                yield f"{receiver} receives a signal for each"


def _foreign_feeds(slots: list[FeedSlot]) -> Iterator[str]:
    ours = {load_object(one) for one in exporters().values()}
    for slot in slots:
        if slot.exporters[slot.format] not in ours:
            yield f"feed {slot.uri} is written by {slot.exporters[slot.format].__name__}"
        if type(slot.filter) is not ItemFilter or slot.filter.item_classes:
            yield f"feed {slot.uri} has a filter"
        if slot.feed_options["batch_item_count"]:
            yield f"feed {slot.uri} comes in batches"


def _slots(crawler: Crawler) -> list[FeedSlot]:
    exporter = crawler.get_extension(FeedExporter)
    return exporter.slots if exporter is not None else []


def _components(settings: BaseSettings, name: str) -> frozenset[Any]:
    return frozenset(map(load_object, build_component_list(settings.getwithbase(name))))


def _names(components: frozenset[Any]) -> str:
    return ", ".join(sorted(one.__name__ for one in components))
