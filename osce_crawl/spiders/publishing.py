"""The last steps of every spider that publishes: judge the run, emit the rows, publish.

No item is emitted before the run is judged. Then the rows go from the store to the pipelines and
feeds, in the feed's order. The publication is committed last (`osce_crawl.publication.publish`).
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
from osce_crawl.reports.build import build
from osce_crawl.reports.summary import lines
from osce_crawl.reports.write import write
from osce_crawl.spiders.emitting import EmittingSpider
from osce_crawl.store import outbox
from osce_crawl.verdict import Status, exit_status

logger = logging.getLogger(__name__)

#: The stats of a run once it is published.
PUBLISHED = {"osce/published": True, "osce/committed": True, "finish_reason": "finished"}


class PublishingSpider(EmittingSpider):
    """A run over a store that is published or withheld at its end.

    A subclass fills the store, and then yields from `judged`.

    :ivar wanted: which rows are written.
    """

    def __init__(self, options: Options, run: Run) -> None:
        super().__init__(options, run.clock)
        self.run = run
        self.arguments = run.arguments
        self.wanted: Arguments = run.arguments

    def measure(self) -> None:
        """Add what only the run knows to the stats, before it is judged."""

    async def judged(self) -> AsyncIterator[Request]:
        """Judge the run; yield the request whose callback emits the rows, if they may go out."""
        for _ in self.run.store.working_out_changes():
            await asyncio.sleep(0)  # lets signals be handled
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
        """Yield the selected rows, in the feed's order."""
        for row, complete in self.run.store.rows(self.wanted):
            if not complete:
                self.crawler.stats.inc_value("osce/rows/incomplete")
            yield row

    def _writes_to_stdout(self) -> bool:
        return any(str(uri).startswith("stdout:") for uri in self.settings.getdict("FEEDS"))

    def closed(self, reason: str) -> None:
        """Withhold a run that was stopped."""
        super().closed(reason)
        verdict = self.run.verdict
        if verdict is not None:
            self.crawler.stats.set_value("osce/verdict", verdict.status.name.lower())
            self.crawler.stats.set_value("osce/verdict/reasons", list(verdict.reasons))

    def publish(self, feeds: list[dict[str, Any]]) -> None:
        """Put the feeds in place and commit their content."""
        run = self.run
        stats = {**self.crawler.stats.get_stats(), **PUBLISHED, "osce/feeds": feeds}
        report = self.built(exit_status(stats), stats)
        now, measures = run.clock.now(), run.measures.to_dict()
        publish(run.store, Publication.prepare(now, report, run.proof(), measures))

    def built(self, status: Status, stats: dict[str, Any]) -> dict[str, Any]:
        """Return the report of the run."""
        return build(self.run, status, stats)

    def deliver(self) -> None:
        """Write the published changes to the change feed."""
        changes = self.options.changes
        if changes is not None and self.options.store is not None:
            outbox.deliver(self.run.store.db, changes)

    def engine_stopped(self) -> None:
        """Record and report how the run ended; called last."""
        status = self.status()
        self.report = self.built(status, self.stats_at_end())
        write(self.report, self.options.reports)
        try:
            self.run.end(status, self.report)
        except sqlite3.Error as error:
            logger.critical("The store could not record how the run ended: %s", error)

    def summary(self) -> list[str]:
        """Return the summary of the run."""
        return lines(self.report) if self.report is not None else []
