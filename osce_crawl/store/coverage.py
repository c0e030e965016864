"""Which spans of listing dates are proven: pure arithmetic over days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

Span = tuple[date, date]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Coverage:
    """Spans of days, both ends included, sorted, apart from each other.

    A day is covered when an unfiltered walk has seen every entry that the listing dates so.
    """

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Coverage":
        """Return the coverage of any spans; those that touch or overlap become one."""
        merged: list[Span] = []
        for first, last in sorted(spans):
            if last < first:
                continue
            if merged and (merged[-1][1] == date.max or first <= merged[-1][1] + _DAY):
                merged[-1] = (merged[-1][0], max(merged[-1][1], last))
            else:
                merged.append((first, last))
        return cls(tuple(merged))

    def with_span(self, first: date, last: date) -> "Coverage":
        """Return the coverage that has this span as well."""
        return Coverage.of([*self.spans, (first, last)])

    def proven_down_to(self, first: date, latest: date) -> date | None:
        """Return the latest day, *latest* at most, down from which all is covered to *first*.

        A walk that goes from the newest entry backwards may stop once it has passed that day;
        None: it may not stop before *first*.
        """
        for start, end in self.spans:
            if start <= first <= end:
                day = min(end, latest)
                return day if day >= first else None
        return None
