"""What a run has asked for and not dealt with yet, counted by the run itself.

Scrapy's own parts each count what lies in them; what is on its way from one to the next (a retry
that was answered at last, a page between downloader and scraper) is counted by none.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

#: Seconds without any movement, twice in a row and with the engine at rest, after which a request
#: is taken for lost: a spider middleware may drop one (DEPTH_LIMIT, URLLENGTH_LIMIT) and tell
#: nobody.
PATIENCE = 2.0


class Outstanding:
    """Counts requests from the moment they are made until their answer has been dealt with.

    :ivar count: how many there are.
    """

    def __init__(self) -> None:
        self.count = 0
        self._moves = 0
        self._none = asyncio.Event()
        self._none.set()

    def add(self) -> None:
        """Count a request that was made."""
        self._change(1)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Hold a request until what its answer leads to has been made, whatever is raised."""
        try:
            yield
        finally:
            self._change(-1)

    def _change(self, by: int) -> None:
        self.count += by
        self._moves += 1
        if self.count:
            self._none.clear()
        else:
            self._none.set()

    async def drained(self, at_rest: Callable[[], bool]) -> int:
        """Wait until nothing is outstanding; return how many requests were lost instead.

        :param at_rest: tells whether the engine has nothing to do.
        """
        resting = 0
        while self.count:
            before = self._moves
            try:
                await asyncio.wait_for(self._none.wait(), PATIENCE)
            except TimeoutError:
                resting = resting + 1 if at_rest() and self._moves == before else 0
                if resting == 2:  # noqa: PLR2004 - once may be between two steps of a busy loop
                    logger.error(  # noqa: TRY400 - a timeout is how it is told, not what is wrong
                        "%d requests were never answered: a setting of Scrapy's drops them, e.g."
                        " DEPTH_LIMIT or URLLENGTH_LIMIT",
                        self.count,
                    )
                    return self.count
            else:
                resting = 0
        return 0


def at_rest(crawler: Crawler) -> bool:
    """Tell whether the engine of a crawl has nothing to do."""
    engine = crawler.engine
    if engine is None or engine.scheduler is None or engine.scraper.slot is None:
        return False
    return (
        not (engine.scheduler.has_pending_requests() or engine.downloader.active)
        and engine.scraper.slot.is_idle()
    )
