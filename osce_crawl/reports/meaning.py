"""What a report means: its verdict in words, whether it was published, which fill rates fell.

A report is the dict that a run saves as JSON. Only `run_id`, `started_at`, `status` and `verdict`
are always in it: a run that died early has no more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from osce_crawl.reports.outcomes import OUTCOMES
from osce_crawl.text.forms import printable
from osce_crawl.verdict.field_checks import at_most

#: A drop of this many percentage points below the usual rate is worth checking, a smaller one is
#: not.
NOTABLE_POINTS = 5
#: A drop more probable than this by chance is not: with one page, every rate is 0 or 100 %.
NOTABLE_CHANCE = 0.01


def meaning(report: Mapping[str, Any]) -> str:
    """Return the result of the run in words."""
    words = OUTCOMES[standing(report)].words
    if standing(report) != "withheld":
        return words
    parts = ", ".join(kept(report))
    return (
        f"{words}, the new file is kept as {parts}"
        if parts
        else f"{words}, and no new file was kept"
    )


def kept(report: Mapping[str, Any]) -> list[str]:
    """Return the files that a withheld run kept beside the published ones."""
    return [
        f"{feed['path']}.part"
        for feed in report.get("feeds", ())
        if feed["rows"] and not feed["published"]
    ]


def standing(report: Mapping[str, Any]) -> str:
    """Return the current state of a run: its verdict, or `accepted`."""
    return "accepted" if report.get("accepted_at") else str(report["verdict"])


def published(report: Mapping[str, Any]) -> bool:
    """Return whether the run's results are published."""
    return standing(report) in {"published", "warnings", "accepted"}


def problems(report: Mapping[str, Any], level: str) -> list[str]:
    """Return the reasons of a level, `withhold` or `warn`, in words."""
    return [
        printable(reason["text"])
        for reason in report.get("reasons", ())
        if reason["level"] == level
    ]


@dataclass(frozen=True)
class Fill:
    """How often a field was found on the pages of a generation, now and in earlier good runs.

    :ivar filled: pages of this run that have the field, out of `read`.
    :ivar filled_before: the same for earlier good runs; `read_before` is 0 if there were none.
    """

    generation: str
    field: str
    filled: int
    read: int
    filled_before: int
    read_before: int

    @property
    def rate(self) -> float | None:
        """The share of pages that have the field; None if none was read."""
        return self.filled / self.read if self.read else None

    @property
    def rate_before(self) -> float | None:
        """The share in earlier good runs; None if there were none."""
        return self.filled_before / self.read_before if self.read_before else None

    @property
    def points(self) -> float | None:
        """The difference from earlier runs in percentage points; None if it is not known."""
        if self.rate is None or self.rate_before is None:
            return None
        return 100 * (self.rate - self.rate_before)

    @property
    def fell(self) -> bool:
        """Whether the rate is notably lower than before and the drop is unlikely to be chance."""
        if self.points is None or self.points > -NOTABLE_POINTS:
            return False
        # one more page of each kind, so that a rate of 100 % does not count as certain
        rate = (self.filled_before + 1) / (self.read_before + 2)
        return at_most(self.filled, self.read, rate) < NOTABLE_CHANCE


def fills(report: Mapping[str, Any]) -> Iterator[Fill]:
    """Yield the fill rates of a run by generation and field, in the report's order."""
    now, before = report.get("fill", {}), report.get("baseline", {})
    for generation in dict.fromkeys((*now, *before)):
        fields, earlier = now.get(generation, {}), before.get(generation, {})
        for field in dict.fromkeys((*fields, *earlier)):
            filled, read = fields.get(field, (0, 0))
            filled_before, read_before = earlier.get(field, (0, 0))
            yield Fill(generation, field, filled, read, filled_before, read_before)
