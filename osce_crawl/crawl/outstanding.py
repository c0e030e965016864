"""The run's own count of requests that are not finished yet.

Each part of Scrapy counts what it holds, but none counts requests between two parts (a retry that
was finally answered, a page between downloader and scraper).
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

#: Seconds without progress, twice in a row with an idle engine, after which a request counts as
#: lost: a spider middleware may drop one silently (DEPTH_LIMIT, URLLENGTH_LIMIT).
PATIENCE = 2.0


class Outstanding:
    """Counts requests from their creation until their answer is handled."""

    def __init__(self) -> None:
        self._count = 0
        self._lost = 0
        self._moves = 0
        self._none = asyncio.Event()
        self._none.set()

    def add(self) -> None:
        """Count a new request."""
        self._change(1)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Keep a request counted until its follow-up requests are created, even on errors."""
        try:
            yield
        finally:
            self._change(-1)

    def _change(self, by: int) -> None:
        self._count += by
        self._moves += 1
        self._lost = min(self._lost, self._count)  # an answer may come after all
        self._check()

    def _check(self) -> None:
        if self._count > self._lost:
            self._none.clear()
        else:
            self._none.set()

    async def drained(self, at_rest: Callable[[], bool]) -> int:
        """Wait until no request is outstanding; return the number of requests lost so far.

        Each lost request is waited for once, and logged as an error.

        :param at_rest: returns whether the engine is idle.
        """
        resting = 0
        while self._count > self._lost:
            before = self._moves
            try:
                await asyncio.wait_for(self._none.wait(), PATIENCE)
            except TimeoutError:
                resting = resting + 1 if at_rest() and self._moves == before else 0
                if resting == 2:  # noqa: PLR2004 - once may be between two steps of a busy loop
                    self._give_up()
            else:
                resting = 0
        return self._lost

    def _give_up(self) -> None:
        logger.error(
            "Requests that were never answered: %d. A Scrapy setting drops them, e.g. DEPTH_LIMIT"
            " or URLLENGTH_LIMIT",
            self._count - self._lost,
        )
        self._lost = self._count
        self._check()


def at_rest(crawler: Crawler) -> bool:
    """Return whether the engine of a crawl is idle."""
    engine = crawler.engine
    if engine is None or engine.scheduler is None or engine.scraper.slot is None:
        return False
    return (
        not (engine.scheduler.has_pending_requests() or engine.downloader.active)
        and engine.scraper.slot.is_idle()
    )
