"""Progress of a run: a live line on a terminal, and the same in the log every minute."""

import logging
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, Self, runtime_checkable

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as LiveLine
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from osce_crawl.clock import Clock
from osce_crawl.crawl.run import Run

logger = logging.getLogger(__name__)

#: Seconds between two looks at the run: where a person watches, and where none does.
_WATCHED, _UNWATCHED = 0.25, 5.0
#: The rate is that of this many last seconds: pauses of a minute must not end the estimate.
_RATE_OVER = 600.0
_MINUTE = 60
#: With more seconds left than this, the time of the end is shown as well.
_TOLD_BY_DATE = 3_600.0


@dataclass(frozen=True)
class State:
    """How far a run is.

    :ivar pages: listing pages that were met; ``entries``: what they list.
    :ivar walked: whether the end of the listings is known.
    :ivar asked: item pages requested and entries that wait, some without a request: all
        there are once it is `walked`; ``answered``: those of them that were answered or given up.
    :ivar written: rows written; ``rows``: rows that are to be written, 0
        until it is time; None: how many is not known.
    """

    pages: int
    entries: int
    walked: bool
    asked: int
    answered: int
    written: int = 0
    rows: int | None = 0

    @classmethod
    def of(cls, run: Run, written: int) -> Self:
        """Return how far a run is.

        :param written: rows written so far.
        """
        answered = run.measures.asked - run.frontier.in_flight
        return cls(
            pages=sum(len(walk.pages) for walk in run.walks),
            entries=sum(walk.listed for walk in run.walks),
            walked=bool(run.walks) and all(walk.stop is not None for walk in run.walks),
            asked=answered + run.frontier.open.total(),
            answered=answered,
            written=written,
            rows=run.measures.rows,
        )


@runtime_checkable
class Watched(Protocol):
    """A spider that can say how far it is."""

    clock: Clock

    def progress(self, written: int) -> State:
        """Return how far it is, this many rows having been written."""

    def seconds_left(self) -> float:
        """Return how long what is left will take, as far as it is known; 0: unknown."""


class Progress:
    """Tells how far the run is: on standard error if that is a terminal, and in the log.

    Takes the place of Scrapy's LogStats, whose items are rows: there are none before the end.
    LOGSTATS_INTERVAL sets the seconds between two log lines; 0: none.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        watched = sys.stderr.isatty()
        self._tick = _WATCHED if watched else _UNWATCHED
        self._interval = crawler.settings.getfloat("LOGSTATS_INTERVAL")
        self._live = LiveLine(
            SpinnerColumn(),
            BarColumn(bar_width=20),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            transient=True,
            disable=not watched,
            speed_estimate_period=_RATE_OVER,
        )
        # requests only: rows from the store come at once, and would spoil the estimate
        self._task = self._live.add_task("Starting …", total=None)
        self._calls = [create_looping_call(self.look), create_looping_call(self.log)]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the run."""
        progress = cls(crawler)
        crawler.signals.connect(progress.start, signals.spider_opened)
        crawler.signals.connect(progress.stop, signals.spider_closed)
        return progress

    def start(self) -> None:
        """Begin to look."""
        self._live.start()
        for call, seconds in zip(self._calls, (self._tick, self._interval), strict=True):
            if seconds > 0:
                call.start(seconds, now=False)

    def look(self) -> None:
        """Look how far the run is."""
        spider: object = self._crawler.spider
        if not isinstance(spider, Watched):
            return  # the crawl of another spider
        state = spider.progress(self._crawler.stats.get_value("item_scraped_count", 0))
        self._live.update(
            self._task, completed=state.answered, total=state.asked if state.walked else None
        )
        now = spider.clock.now()
        told = line(state, self._live.tasks[0].speed, spider.seconds_left(), now)
        self._live.update(self._task, description=told)

    def log(self) -> None:
        """Say so in the log."""
        self.look()
        logger.info("%s", self._live.tasks[0].description)

    def stop(self) -> None:
        """Take the live line away; the summary follows."""
        for call in self._calls:
            if call.running:
                call.stop()
        self._live.stop()


def line(state: State, speed: float | None, remaining: float, now: datetime) -> str:
    """Return how far a run is, on one line.

    :param speed: item pages a second, None if unknown.
    :param remaining: seconds that the rest will take, as far as it is known; 0 if unknown.
    """
    if state.written or state.rows != 0:
        return f"Writing items: {state.written:,}" + (f" of {state.rows:,}" if state.rows else "")
    plural = "" if state.pages == 1 else "s"
    listing = f"{state.pages:,} listing page{plural} with {state.entries:,} entries"
    if not state.asked:
        return listing
    parts = [f"Items: {state.answered:,} of {state.asked:,}{'' if state.walked else ' so far'}"]
    if speed:
        parts.append(f"{speed * _MINUTE:,.0f} a minute")
    if remaining >= 1:
        parts.append(f"{'' if state.walked else 'at least '}{_duration(remaining)} left")
        if remaining >= _TOLD_BY_DATE:
            parts.append(f"until about {now + timedelta(seconds=remaining):%-d %b %H:%M} UTC")
    return f"{', '.join(parts)}; {listing}"


def _duration(seconds: float) -> str:
    """Return a time to wait, as roughly as it is known."""
    minutes = round(seconds / _MINUTE)
    if minutes < 1:
        return f"{seconds:.0f} s"
    hours, rest = divmod(minutes, _MINUTE)
    days, hours_left = divmod(hours, 24)
    if days:
        return f"{days} d {hours_left} h"
    return f"{hours} h {rest} min" if hours else f"{minutes} min"
