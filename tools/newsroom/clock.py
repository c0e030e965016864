"""The site's own time, by which it moves and fails: it goes on with every request answered.

So a schedule hits the same request on every machine, however fast the crawl is.
"""

from datetime import UTC, datetime, timedelta


class Clock:
    """Time that passes by `step` with each tick and by any span between runs.

    :ivar start: when the site was opened; `now` the present, both in UTC.
    """

    def __init__(
        self,
        start: datetime = datetime(2026, 10, 31, 23, tzinfo=UTC),
        step: timedelta = timedelta(seconds=1),
    ) -> None:
        self.start = self.now = start
        self._step = step

    def tick(self) -> None:
        """Go on by one step: a request was answered."""
        self.now += self._step

    def advance(self, span: timedelta) -> None:
        """Let time pass without requests, as between two nights."""
        self.now += span
