"""The site's own time for changes and faults: it advances with every answered request.

This way a schedule hits the same request on every machine, whatever the speed of the crawl.
"""

from datetime import UTC, datetime, timedelta


class Clock:
    """Time that advances by `step` with each tick and by any span between runs.

    :ivar start: when the site was opened; ``now``: the current time; both in UTC.
    """

    def __init__(
        self,
        start: datetime = datetime(2026, 10, 31, 23, tzinfo=UTC),
        step: timedelta = timedelta(seconds=1),
    ) -> None:
        self.start = self.now = start
        self._step = step

    def tick(self) -> None:
        """Advance by one step: a request was answered."""
        self.now += self._step

    def advance(self, span: timedelta) -> None:
        """Advance without requests, as between two nights."""
        self.now += span
