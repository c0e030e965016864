"""The verdict and its exit status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal, NamedTuple


class Status(IntEnum):
    """The exit status of a run."""

    PUBLISHED = 0
    BUG = 1
    REFUSED = 2
    WARNINGS = 3
    WITHHELD = 4
    STOPPED = 5


Level = Literal["withhold", "warn"]


class Problem(NamedTuple):
    """What a check yields: the code of the finding and one sentence for the operator."""

    code: str
    text: str


@dataclass(frozen=True)
class Finding:
    """A finding of a check.

    :ivar level: ``withhold`` (a minimum is not reached) or ``warn`` (a maximum is exceeded).
    :ivar code: the check's name, under which it is documented.
    :ivar text: one sentence for the operator.
    """

    level: Level
    code: str
    text: str


@dataclass(frozen=True)
class Verdict:
    """The judgement and the findings that led to it, those that withhold first."""

    status: Status
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Verdict":
        """Return the verdict on a run that reached its end with these findings."""
        ordered = sorted(findings, key=lambda one: one.level != "withhold")
        if not ordered:
            return cls(Status.PUBLISHED)
        worst = ordered[0].level
        return cls(Status.WITHHELD if worst == "withhold" else Status.WARNINGS, tuple(ordered))

    @property
    def publishable(self) -> bool:
        """Whether the feeds may be published."""
        return self.status in {Status.PUBLISHED, Status.WARNINGS}

    @property
    def reasons(self) -> tuple[str, ...]:
        """The findings in words."""
        return tuple(one.text for one in self.findings)


#: Errors outside the publication itself.
_PASSED_OVER = frozenset({"osce/changes/error", "osce/archive/error"})


def exit_status(stats: Mapping[str, Any]) -> Status:
    """Return the exit status for a run's stats.

    A run counts as published only if its publication and its commit were recorded: an error in a
    signal handler never ends as status 0.
    """
    reason = str(stats.get("finish_reason"))
    stopped = reason != "finished"
    on_purpose = reason in {"shutdown", "None"} or reason.startswith("closespider_")
    if stats.get("osce/items/error") or stats.get("osce/store/error"):
        return Status.BUG
    if stats.get("spider_exceptions/count") and not (stopped and on_purpose):
        return Status.BUG
    if stopped:
        return Status.STOPPED
    verdict = stats.get("osce/verdict")
    if verdict is None or stats.get("osce/publish/error"):
        return Status.BUG
    status = Status[str(verdict).upper()]
    good = status in {Status.PUBLISHED, Status.WARNINGS}
    if good and not (stats.get("osce/published") and stats.get("osce/committed")):
        return Status.BUG
    if status is Status.PUBLISHED and _PASSED_OVER & stats.keys():
        return Status.WARNINGS
    return status
