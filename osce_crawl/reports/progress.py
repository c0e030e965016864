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

#: Seconds between two updates: on a terminal, and without one.
_WATCHED, _UNWATCHED = 0.25, 5.0
#: The rate is taken over this many seconds, so that the estimate survives pauses of a minute.
_RATE_OVER = 600.0
_MINUTE = 60
#: With more seconds left than this, the line also shows the time of the end.
_TOLD_BY_DATE = 3_600.0


@dataclass(frozen=True)
class State:
    """The progress of a run.

    :ivar pages: listing pages read; ``entries``: their entries.
    :ivar walked: whether the end of the listings is known.
    :ivar asked: item pages requested plus entries that wait (some need no request): the total once
        it is `walked`; ``answered``: those that were answered or given up.
    :ivar written: rows written; ``rows``: rows to write, 0 before writing starts, None if not
        known.
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
        """Return the progress of a run.

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
    """A spider that reports its progress."""

    clock: Clock

    def progress(self, written: int) -> State:
        """Return its progress, given the number of rows written."""

    def seconds_left(self) -> float:
        """Return the estimated time left in seconds; 0 if unknown."""


class Progress:
    """Reports the progress of the run: on standard error if that is a terminal, and in the log.

    It replaces Scrapy's LogStats, which counts items: here they are rows, written only at the end.
    LOGSTATS_INTERVAL sets the seconds between two log lines; 0 for no lines.
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
        # requests only: rows from the store are fast and would distort the estimate
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
        """Start the regular updates."""
        self._live.start()
        for call, seconds in zip(self._calls, (self._tick, self._interval), strict=True):
            if seconds > 0:
                call.start(seconds, now=False)

    def look(self) -> None:
        """Update the progress."""
        spider: object = self._crawler.spider
        if not isinstance(spider, Watched):
            return  # another spider's crawl
        state = spider.progress(self._crawler.stats.get_value("item_scraped_count", 0))
        self._live.update(
            self._task, completed=state.answered, total=state.asked if state.walked else None
        )
        now = spider.clock.now()
        text = line(state, self._live.tasks[0].speed, spider.seconds_left(), now)
        self._live.update(self._task, description=text)

    def log(self) -> None:
        """Log the progress."""
        self.look()
        logger.info("%s", self._live.tasks[0].description)

    def stop(self) -> None:
        """Remove the live line; the summary follows."""
        for call in self._calls:
            if call.running:
                call.stop()
        self._live.stop()


def line(state: State, speed: float | None, remaining: float, now: datetime) -> str:
    """Return the progress of a run as one line.

    :param speed: item pages per second, None if unknown.
    :param remaining: estimated seconds left; 0 if unknown.
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
    """Return a duration, rounded to the precision of an estimate."""
    minutes = round(seconds / _MINUTE)
    if minutes < 1:
        return f"{seconds:.0f} s"
    hours, rest = divmod(minutes, _MINUTE)
    days, hours_left = divmod(hours, 24)
    if days:
        return f"{days} d {hours_left} h"
    return f"{hours} h {rest} min" if hours else f"{minutes} min"
