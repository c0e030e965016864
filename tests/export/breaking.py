"""An extension that ends the process at a moment of an export; settings `BREAK_AT`, `BREAK_BY`."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from osce_crawl.store import intent

#: In the order in which they are passed.
POINTS = (
    ROWS := "rows are written",
    PACKED := "before the intent is kept",
    INTENDED := "before the files are renamed",
    RENAMED := "after the first rename",
    PLACED := "before the intent is dropped",
)
SETTINGS = {
    "EXTENSIONS": json.dumps(
        {"osce_crawl.feeds.publisher.Publisher": 500, "tests.export.breaking.Breaker": 1}
    )
}


class Breaker:
    """Sends the process a signal at the point that the setting names."""

    def __init__(self, crawler: Crawler) -> None:
        self._point, self._signal = crawler.settings["BREAK_AT"], crawler.settings["BREAK_BY"]
        crawler.signals.connect(self._row_written, signals.item_scraped)
        for of, name, before, after in (
            (intent, "put_files", PACKED, INTENDED),
            (Path, "replace", None, RENAMED),
            (intent, "drop", PLACED, None),
        ):
            setattr(of, name, self._between(before, getattr(of, name), after))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Breaker":
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

    def _at(self, point: str | None) -> None:
        if point is not None and self._point == point:
            os.kill(os.getpid(), int(self._signal))
