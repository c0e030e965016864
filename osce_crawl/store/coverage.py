"""Which spans of listing dates are proven complete: pure arithmetic with days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

Span = tuple[date, date]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Coverage:
    """Sorted spans of days, both ends included, that neither touch nor overlap.

    A day is covered when an unfiltered walk has seen every entry with that date.
    """

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Coverage":
        """Return the coverage of any spans; spans that touch or overlap are merged."""
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
        """Return the coverage with this span added."""
        return Coverage.of([*self.spans, (first, last)])

    def proven_down_to(self, first: date, latest: date) -> date | None:
        """Return the latest day up to *latest* from which coverage reaches back to *first*.

        A walk from the newest entry backwards may stop once it has passed that day. None: it must
        go on to *first*.
        """
        for start, end in self.spans:
            if start <= first <= end:
                day = min(end, latest)
                return day if day >= first else None
        return None
