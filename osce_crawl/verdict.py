"""Whether a run may be published: a pure judgement over what it listed, fetched and failed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

#: A run in which more pages than this share failed is withheld: too much is missing to call it the
#: newsroom. A page or two fail on any night.
MAX_FAILED_SHARE = 0.1
#: Below this number of failures the share says nothing.
FEW_FAILURES = 2
#: The newsroom lists an event or a report now and then. Where more of its pages than this are taken
#: for something else, it is the reading that is wrong.
MAX_LEFT_OUT_SHARE = 0.2
FEW_LEFT_OUT = 5
#: Items are withdrawn one at a time. Where more than this share of all seem to be gone in one run,
#: it is the site that is not whole.
MAX_REMOVED_SHARE = 0.02
FEW_REMOVED = 10


class Status(IntEnum):
    """The exit status of a run."""

    PUBLISHED = 0
    BUG = 1
    REFUSED = 2
    WARNINGS = 3
    WITHHELD = 4
    STOPPED = 5


@dataclass
class Outcome:
    """What a run did, as far as the judgement needs it.

    :ivar listed: entries that the listings showed; ``asked``: item pages asked for; ``rows``:
        items that belong to what was asked for.
    :ivar failed: item pages that could not be had or read.
    :ivar left_out: listed pages that turned out to be no releases.
    :ivar incomplete: why the walk of a listing was not complete, one sentence each.
    :ivar empty_by_word: a listing said itself that it has no results.
    :ivar window: only a span of time was asked for, in which there may be nothing.
    :ivar removed: items found to be gone from the site.
    """

    listed: int = 0
    asked: int = 0
    rows: int = 0
    failed: int = 0
    left_out: int = 0
    invalid: int = 0
    errors: int = 0
    incomplete: list[str] = field(default_factory=list)
    empty_by_word: bool = False
    window: bool = False
    removed: int = 0


@dataclass(frozen=True)
class Verdict:
    """The judgement and its reasons, in words for the operator."""

    status: Status
    reasons: tuple[str, ...] = ()

    @property
    def publishable(self) -> bool:
        """Whether the feeds may be put in place."""
        return self.status in {Status.PUBLISHED, Status.WARNINGS}


def judge(outcome: Outcome) -> Verdict:
    """Return the verdict on a run that came to its end."""
    if outcome.errors:
        return Verdict(
            Status.BUG, (f"{outcome.errors} unexpected errors, see the tracebacks in the log",)
        )
    minimums = [*outcome.incomplete, *_emptiness(outcome), *_excesses(outcome)]
    if minimums:
        return Verdict(Status.WITHHELD, tuple(minimums))
    warnings: list[str] = []
    if outcome.failed:
        warnings.append(
            f"{outcome.failed} of {outcome.asked} item pages failed;"
            " their items are incomplete or missing"
        )
    if outcome.invalid:
        warnings.append(f"{outcome.invalid} items failed the schema and were kept apart")
    return Verdict(Status.WARNINGS if warnings else Status.PUBLISHED, tuple(warnings))


def _emptiness(outcome: Outcome) -> Iterator[str]:
    """Yield why there is too little."""
    if outcome.empty_by_word:
        # the listing is asked for whole, so this says that there is no newsroom at all
        yield "the listing says that it has no results"
    elif outcome.incomplete:
        return
    elif not outcome.listed:
        yield "no listing showed any entry"
    elif not outcome.rows and not outcome.window:
        yield "no item belongs to what was asked for"


def _excesses(outcome: Outcome) -> Iterator[str]:
    """Yield of what there is too much."""
    few = outcome.failed <= FEW_FAILURES and outcome.failed < outcome.asked
    if outcome.failed and not few and outcome.failed > MAX_FAILED_SHARE * outcome.asked:
        yield f"{outcome.failed} of {outcome.asked} item pages failed"
    if outcome.left_out > FEW_LEFT_OUT and outcome.left_out > MAX_LEFT_OUT_SHARE * outcome.asked:
        yield f"{outcome.left_out} of {outcome.asked} listed pages are no releases"
    if outcome.removed > FEW_REMOVED and outcome.removed > MAX_REMOVED_SHARE * outcome.rows:
        yield f"{outcome.removed} known items seem to be gone from the site at once"


def exit_status(stats: Mapping[str, Any]) -> Status:
    """Return the exit status that a run's stats amount to.

    A run counts as published only where its publication and its commit were recorded: an error
    inside of a signal never ends as status 0.
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
    if good and not (stats.get("osce/published", True) and stats.get("osce/committed")):
        return Status.BUG
    if status is Status.PUBLISHED and (
        stats.get("osce/items/invalid") or stats.get("osce/changes/error")
    ):
        return Status.WARNINGS
    return status
