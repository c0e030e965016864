"""Points of a publication at which a run, or an export, kills itself.

An extension, enabled by `SETTINGS`. Its setting `KILL_AT` names the point; `KILL_BY` is the number
of a signal to use instead of SIGKILL.
"""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from osce_crawl.publication import publish
from osce_crawl.store import Store, intent, outbox

#: The points, in the order in which a run passes them.
POINTS = (
    ROWS := "rows are written",
    RENAMING := "before the intent is kept",
    INTENDED := "before the files are renamed",
    RENAMED := "after the first rename",
    PACKED := "between renames and commit",
    COMMITTED := "between commit and change feed",
    TORN := "in a line of the change feed",
    TOLD := "before the change feed counts as told",
    ENDING := "before the end is noted",
)
#: Only in an export.
PLACED = "before the intent is dropped"
SETTINGS = {
    "EXTENSIONS": json.dumps(
        {"osce_crawl.feeds.publisher.Publisher": 500, "tests.crawl.points.Killer": 1}
    )
}
#: Bytes missing from a torn line.
_TORN = 9


class Killer:
    """Sends the process the signal at the point that the setting names."""

    def __init__(self, crawler: Crawler) -> None:
        self._point = crawler.settings["KILL_AT"]
        self._signal = crawler.settings.getint("KILL_BY", signal.SIGKILL)
        crawler.signals.connect(self._row_written, signals.item_scraped)
        for of, name, before, after in (
            (intent, "put", RENAMING, INTENDED),
            (intent, "put_files", RENAMING, INTENDED),
            (intent, "drop", PLACED, None),
            (Path, "replace", None, RENAMED),
            (publish, "commit", PACKED, COMMITTED),
            (Store, "end", ENDING, None),
        ):
            setattr(of, name, self._between(before, getattr(of, name), after))
        outbox.deliver = self._deliver(outbox.deliver)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Killer":
        """Build the extension."""
        return cls(crawler)

    def _row_written(self) -> None:
        self._at(ROWS)

    def _between(
        self, before: str | None, does: Callable[..., Any], after: str | None
    ) -> Callable[..., Any]:
        def done(*args: Any, **options: Any) -> Any:
            self._at(before)
            result = does(*args, **options)
            self._at(after)
            return result

        return done

    def _deliver(self, does: Callable[..., Any]) -> Callable[..., Any]:
        """Die while the change feed is written; its lines are in the file when it is synced."""

        def deliver(*args: Any) -> Any:
            sync = os.fsync

            def fsync(fd: Any) -> None:
                if self._point == TORN:
                    os.ftruncate(fd, os.fstat(fd).st_size - _TORN)
                    self._at(TORN)
                sync(fd)
                self._at(TOLD)

            os.fsync = fsync
            return does(*args)

        return deliver

    def _at(self, point: str | None) -> None:
        if point is not None and self._point == point:
            os.kill(os.getpid(), self._signal)
