"""Whether a run may be published: a pure judgement over what it listed, fetched and failed."""

from dataclasses import dataclass, field
from enum import IntEnum

#: A run in which more pages than this share failed is withheld: too much is missing to call it the
#: newsroom. A page or two fail on any night.
MAX_FAILED_SHARE = 0.1
#: Below this number of failures the share says nothing.
FEW_FAILURES = 2
#: The newsroom lists an event or a report now and then. Where more of its pages than this are taken
#: for something else, it is the reading that is wrong.
MAX_LEFT_OUT_SHARE = 0.2
FEW_LEFT_OUT = 5


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
    minimums = list(outcome.incomplete)
    if outcome.empty_by_word:
        # the listing is asked for whole, so this says that there is no newsroom at all
        minimums.append("the listing says that it has no results")
    elif not outcome.listed and not outcome.incomplete:
        minimums.append("no listing showed any entry")
    elif not outcome.rows and not outcome.incomplete:
        minimums.append("no item belongs to what was asked for")
    few = outcome.failed <= FEW_FAILURES and outcome.failed < outcome.asked
    if outcome.failed and not few and outcome.failed > MAX_FAILED_SHARE * outcome.asked:
        minimums.append(f"{outcome.failed} of {outcome.asked} item pages failed")
    if outcome.left_out > FEW_LEFT_OUT and outcome.left_out > MAX_LEFT_OUT_SHARE * outcome.asked:
        minimums.append(f"{outcome.left_out} of {outcome.asked} listed pages are no releases")
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
