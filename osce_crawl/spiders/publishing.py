"""What every spider that publishes does once its work is done: judge, emit the rows, publish.

Nothing is yielded before the run is judged. Only then the rows leave the store for the pipelines
and feeds, in the feed's order. What was published is committed last
(`osce_crawl.publication.publish`).
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request

from osce_crawl.crawl.run import Run
from osce_crawl.feeds.row import Row
from osce_crawl.options import Arguments, Options
from osce_crawl.publication.publish import Publication, publish
from osce_crawl.reports import build, lines, write
from osce_crawl.spiders.emitting import EmittingSpider
from osce_crawl.store import outbox
from osce_crawl.verdict import Status, exit_status

logger = logging.getLogger(__name__)

#: What the stats of a run will say once it is published.
PUBLISHED = {"osce/published": True, "osce/committed": True, "finish_reason": "finished"}


class PublishingSpider(EmittingSpider):
    """A run over a store that ends in its publication, or is withheld.

    A subclass brings into the store what it has, and yields from `judged` when that is done.

    :ivar wanted: which rows leave the store.
    """

    def __init__(self, options: Options, run: Run) -> None:
        super().__init__(options, run.clock)
        self.run = run
        self.arguments = run.arguments
        self.wanted: Arguments = run.arguments

    def measure(self) -> None:
        """Count in the stats what the run alone knows, before it is judged."""

    async def judged(self) -> AsyncIterator[Request]:
        """Judge the run; yield the request whose callback emits the rows, if they are to leave."""
        for _ in self.run.store.working_out_changes():
            await asyncio.sleep(0)  # a signal is heard meanwhile
        self._judge()
        if self.publishable or not self._writes_to_stdout():
            yield self.emission()

    def _judge(self) -> None:
        stats, run = self.crawler.stats, self.run
        stats.set_value("osce/sample", self.arguments.sample)
        self.measure()
        verdict = run.judge(int(stats.get_value("spider_exceptions/count", 0)))
        self.publishable = verdict.publishable
        for reason in verdict.reasons:
            logger.warning("%s: %s", verdict.status.name.capitalize(), reason)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that were asked for, in the feed's order."""
        for row, complete in self.run.store.rows(self.wanted):
            if not complete:
                self.crawler.stats.inc_value("osce/rows/incomplete")
            yield row

    def _writes_to_stdout(self) -> bool:
        return any(str(uri).startswith("stdout:") for uri in self.settings.getdict("FEEDS"))

    def closed(self, reason: str) -> None:
        """Withhold what a stopped run has."""
        super().closed(reason)
        verdict = self.run.verdict
        if verdict is not None:
            self.crawler.stats.set_value("osce/verdict", verdict.status.name.lower())
            self.crawler.stats.set_value("osce/verdict/reasons", list(verdict.reasons))

    def publish(self, feeds: list[dict[str, Any]]) -> None:
        """Put the feeds in place and remember what they hold."""
        run = self.run
        stats = {**self.crawler.stats.get_stats(), **PUBLISHED, "osce/feeds": feeds}
        report = self.built(exit_status(stats), stats)
        now, measures = run.clock.now(), run.measures.to_dict()
        publish(run.store, Publication.prepare(now, report, run.proof(), measures))

    def built(self, status: Status, stats: dict[str, Any]) -> dict[str, Any]:
        """Return the report of the run."""
        return build(self.run, status, stats)

    def deliver(self) -> None:
        """Tell the change feed what was published."""
        changes = self.options.changes
        if changes is not None and self.options.store is not None:
            outbox.deliver(self.run.store.db, changes)

    def engine_stopped(self) -> None:
        """Note how the run ended and report it; nothing comes after this."""
        stats = self.crawler.stats.get_stats()
        status = exit_status(stats)
        self.report = self.built(status, stats)
        write(self.report, self.options.reports)
        try:
            self.run.end(status, self.report)
        except sqlite3.Error as error:
            logger.critical("The store could not record how the run ended: %s", error)

    def told(self) -> list[str]:
        """Return the summary of the run."""
        return lines(self.report) if self.report is not None else []
