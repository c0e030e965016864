"""Reads, counts and stores the responses for the requested pages.

An error in one page affects only that page.
"""

import logging
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector
from twisted.python.failure import Failure

from osce_crawl.clock import Clock
from osce_crawl.crawl.answer import NoAnswer, read_answer, read_stub
from osce_crawl.crawl.run import Run
from osce_crawl.crawl.visit import Visit
from osce_crawl.downloader.failures import in_words, is_gone, kind_of, reason_of
from osce_crawl.downloader.flags import saved_at
from osce_crawl.downloader.hosts import NotVisitedError
from osce_crawl.pipelines.validate import keep_apart
from osce_crawl.store.fetched import Answer
from osce_crawl.verdict.checks import NO_PAGE

logger = logging.getLogger(__name__)

#: Kinds of answers, as the stats name them.
_NAMES = {"item": "read", "unchanged": "unchanged", "removed": "removed", "refused": "left_out"}


class Intake:
    """Takes the responses to a run's visits."""

    def __init__(self, run: Run, crawler: Crawler) -> None:
        self._run = run
        self._crawler = crawler

    @property
    def _stats(self) -> StatsCollector:
        return self._crawler.stats  # exists from the start of the crawl

    def take(self, visit: Visit, response: Response) -> None:
        """Read the response to a visit; store and count what it says about the item."""

        def read() -> Answer:
            moment = moment_of(response, self._run.clock)
            return read_answer(visit, response, moment, self._run.store.published_at)

        self.take_reading(visit, response.url, read)

    def take_reading(self, visit: Visit, url: str, read: Callable[[], Answer]) -> None:
        """Store and count what a page says about the item.

        :param url: the page's address; ``read``: returns the answer, or raises.
        """
        stats, run = self._stats, self._run
        try:
            answer = read()
            run.take(visit, answer)
        except NoAnswer as none:
            if none.invalid is not None:
                self._keep_apart(none.invalid, str(none))
            if none.refusal is not None:
                stats.inc_value(f"osce/items/refused/{none.refusal}")
            kind = none.refusal or "answer"
            self._failed(visit, str(none), kind, in_words(kind))
        except Exception as error:  # noqa: BLE001 - one page never stops a night
            kind = "error"
            stats.inc_value(f"osce/items/refused/{kind}")
            why = self.note_unexpected(url, error)
            self._failed(visit, why, kind, in_words(kind))
        else:
            if answer.kind == "refused":
                stats.inc_value(f"osce/items/refused/{answer.refusal}")
            if answer.moved:
                stats.inc_value("osce/items/moved")
            self._count_reading(answer)
            self._keep(visit, answer)

    def take_failure(self, visit: Visit, failure: Failure) -> None:
        """Handle a visit whose page could not be fetched."""
        if visit.absent and is_gone(failure) and visit.known is not None:
            logger.info("%s is gone from the site", visit.entry["url"])
            gone = Answer("removed", visit.known.item_id, rank=-1)
            self._run.take(visit, gone)
            self._keep(visit, gone)
        elif (refusal := _no_release(visit, failure)) is not None:
            logger.debug("Skipped: %s (%s)", visit.entry["url"], refusal)
            self._stats.inc_value(f"osce/items/refused/{refusal}")
            missing = Answer("refused", refusal=refusal)
            self._run.take(visit, missing)
            self._keep(visit, missing)
        else:
            self._stats.inc_value("osce/items/failed")
            why = reason_of(failure)
            self._failed(visit, why, kind_of(failure), why)

    def take_loss(self, visit: Visit, why: str) -> None:
        """Handle a visit that has no page for a reason other than the site."""
        self._stats.inc_value("osce/items/failed")
        self._failed(visit, why, NO_PAGE, why)

    def note_unexpected(self, url: str, error: Exception) -> str:
        """Log and keep the traceback of a page that crashed the extractor; return a summary."""
        logger.error("%s could not be read", url, exc_info=error)
        self._run.note_error(url, error)
        return f"an unexpected error while reading it ({type(error).__name__}: {error})"

    def _failed(self, visit: Visit, why: str, kind: str, cause: str) -> None:
        logger.warning("%s could not be fetched: %s", visit.entry["url"], why)
        self._run.fail(visit, kind, cause)
        if "title" not in visit.entry or visit.known is not None:
            return
        try:
            answer = read_stub(visit)
        except ValueError as error:
            logger.warning("Its listing entry is not a valid item either: %s", error)
        else:
            self._keep(visit, answer)

    def _keep_apart(self, item: Mapping[str, Any], why: str) -> None:
        self._stats.inc_value("osce/items/invalid")
        path = self._run.options.invalid
        try:
            keep_apart(path, item, why)
        except OSError as error:
            logger.error("%s cannot be written: %s", path, error)  # noqa: TRY400

    def _count_reading(self, answer: Answer) -> None:
        stats = self._stats
        for name, way in answer.ways.items():
            stats.inc_value(f"osce/field/{name}/from/{way}")
        for name in answer.disagreements:
            stats.inc_value(f"osce/field/{name}/disagree")
        for reason, lines in answer.left_out.items():
            stats.inc_value(f"osce/lines/left_out/{reason}", lines)

    def _keep(self, visit: Visit, answer: Answer) -> None:
        stats = self._stats
        try:
            self._run.keep(visit, answer)
        except sqlite3.Error as error:
            stats.set_value("osce/store/error", str(error))
            logger.critical(
                "The store cannot be written (%s): check the free space of its folder.", error
            )
            raise CloseSpider("store-failed") from error
        stats.inc_value(f"osce/items/{_NAMES[answer.kind]}")
        if answer.item is not None:
            if answer.item["complete"]:
                stats.inc_value("osce/items/complete")
            else:
                stats.inc_value("osce/items/incomplete")


def _no_release(visit: Visit, failure: Failure) -> str | None:
    """Return why an address that is only named is not a release, if its failure shows that."""
    if not visit.named or (visit.known is not None and visit.known.item_id is not None):
        return None
    if is_gone(failure):
        return "not-found"
    return "foreign-host" if isinstance(failure.value, NotVisitedError) else None


def moment_of(response: Response, clock: Clock) -> datetime:
    """Return when a response was received: from its flags if recorded or replayed, else now."""
    return saved_at(response) or clock.now()
