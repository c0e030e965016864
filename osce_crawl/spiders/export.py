"""The spider that exports the store: it requests, judges and commits nothing."""

import errno
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler

from osce_crawl.clock import Clock, stamp
from osce_crawl.feeds.check import local_feeds
from osce_crawl.feeds.row import Row
from osce_crawl.feeds.swap import part_of
from osce_crawl.options import Options
from osce_crawl.options.selection import Selection
from osce_crawl.publication.placing import place
from osce_crawl.reports.progress import State
from osce_crawl.spiders.emitting import EmittingSpider
from osce_crawl.store import Store, past
from osce_crawl.verdict import Status
from osce_crawl.versions import EXTRACTOR_VERSION
from osce_crawl.vocabulary import vocabulary_version


@dataclass(frozen=True)
class Export:
    """What is exported.

    :ivar given: the arguments of the selection, as given.
    :ivar at: export the rows as of the end of this day; None: as of now.
    :ivar since: export the changes since the end of this day; None: export rows.
    :ivar origin: where the items of the store come from.
    """

    options: Options
    store: Store
    selection: Selection
    given: Mapping[str, str]
    at: date | None
    since: date | None
    origin: str

    @property
    def moment(self) -> str:
        """The moment of the exported rows."""
        return past.NOW if self.at is None else past.end_of(self.at)


class ExportSpider(EmittingSpider):
    """Writes the selected rows, and puts the files in place."""

    name = "export"

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, *_args: Any, _export: Export, **_arguments: Any
    ) -> Self:
        """Build the spider.

        :param _export: checked and opened by the command.
        """
        spider = cls(_export)
        spider.connect(crawler)
        return spider

    def __init__(self, export: Export) -> None:
        super().__init__(export.options, Clock(export.options))
        self._export = export
        self._there = past.count(export.store.db, export.moment)
        self._written = 0
        self._kept_parts = False

    async def start(self) -> AsyncIterator[Request]:
        """Emit the rows."""
        self.publishable = True
        yield self.emission()

    def rows(self) -> Iterator[Row]:
        """Yield the selected rows, in the feed's order."""
        wants = self._export.selection.wants
        db = self._export.store.db
        if self._export.since is None:
            found = past.rows(db, self._export.moment)
            chosen = (row for row in found if self._export.selection.whole or wants(row.item))
        else:
            differences = past.differences(db, past.end_of(self._export.since))
            chosen = (
                Row.of({"change": one.change, **one.row})
                for one in differences
                if wants(one.row) or (one.before is not None and wants(one.before))
            )
        for row in chosen:
            self._written += 1
            yield row

    def publish(self, feeds: list[dict[str, Any]]) -> None:
        """Put the files in place, with their data packages."""
        try:
            place(self._export.store, {**self._described(), "feeds": feeds})
        except Exception:
            # the next process deals with files that could not be taken back
            self._kept_parts = self._export.store.has_unfinished_publication()
            raise

    def deliver(self) -> None:
        """Do nothing: an export has no changes to report."""

    def _described(self) -> dict[str, Any]:
        """Return the description of the files for the data package."""
        export = self._export
        return {
            "run_id": past.last_run(export.store.db, export.moment),
            "ended_at": stamp(self.clock.now()),
            "verdict": "published",
            "arguments": dict(export.given),
            "versions": {
                "extractor": EXTRACTOR_VERSION,
                "vocabulary": vocabulary_version(),
            },
            "origin": export.origin,
            "sample": not export.selection.whole or export.since is not None,
            "at": export.at and export.at.isoformat(),
            "changes_since": export.since and export.since.isoformat(),
        }

    def closed(self, reason: str) -> None:
        """Withhold an export that was stopped."""
        super().closed(reason)
        self.crawler.stats.set_value("osce/verdict", "published")

    def progress(self, written: int) -> State:
        """Return the progress."""
        known = self._export.selection.whole and self._export.since is None
        rows = self._there if known else None
        return State(0, 0, walked=True, asked=0, answered=0, written=written, rows=rows)

    def seconds_left(self) -> float:
        """Return 0: unknown."""
        return 0.0

    def engine_stopped(self) -> None:
        """Remove unpublished part files, and close the store."""
        stats = self.crawler.stats.get_stats()
        status = super().status()
        self.report = {"status": status, "feeds": stats.get("osce/feeds", [])}
        if "osce/publish/error" in stats:
            self.report["error"] = stats["osce/publish/error"]
        if status is not Status.PUBLISHED and not self._kept_parts:
            for path in local_feeds(self.settings).values():
                part_of(path).unlink(missing_ok=True)
        self._export.store.close()

    @property
    def reader_left(self) -> bool:
        """Whether the output was a pipe whose reader closed it early, which is no error."""
        gone = os.strerror(errno.EPIPE) in str((self.report or {}).get("error"))
        return gone and not local_feeds(self.settings)

    def status(self) -> Status:
        """Return the exit status."""
        return Status.PUBLISHED if self.reader_left else super().status()

    def summary(self) -> list[str]:
        """Return the line that says what was written."""
        report = self.report or {}
        if report.get("status") is Status.PUBLISHED:
            return [f"osce_crawl: {self._what()} written to {self._where(report['feeds'])}"]
        if report.get("status") is Status.STOPPED:
            return ["osce_crawl: stopped before the end; nothing was written"]
        if self.reader_left:
            return []
        if "error" in report:
            why = f"{report['error']}; fix the cause (disk space, permissions), then try again"
            return [f"osce_crawl: nothing was written: {why}"]
        return ["osce_crawl: nothing was written: an unexpected error, which -L ERROR shows"]

    def _what(self) -> str:
        export, count = self._export, self._written
        one = "change" if export.since is not None else "item"
        text = f"{count:,} {one}{'' if count == 1 else 's'}"
        if export.since is not None:
            return f"{text} since the end of {export.since}"
        return f"{text} as of the end of {export.at}" if export.at is not None else text

    def _where(self, feeds: list[Mapping[str, Any]]) -> str:
        if not feeds and local_feeds(self.settings):
            return "no file: FEED_STORE_EMPTY is off"
        return ", ".join(str(Path(feed["path"])) for feed in feeds) or "standard output"
