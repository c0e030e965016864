"""The only source of the current time."""

from datetime import UTC, datetime

from osce_crawl.options import Options


class Clock:
    """Returns the system's time, or the fixed one of ``OSCE_NOW``."""

    def __init__(self, options: Options) -> None:
        self._fixed = options.now

    def now(self) -> datetime:
        """Return the time in UTC."""
        return self._fixed or datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Return ``YYYY-MM-DDThh:mm:ssZ``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
