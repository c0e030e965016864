"""The checks of the sources that were walked."""

from collections.abc import Iterator

from osce_crawl.verdict.baseline import Baseline
from osce_crawl.verdict.measures import Measures
from osce_crawl.verdict.status import Problem
from osce_crawl.verdict.thresholds import Thresholds

#: How many sources are named in a sentence.
_NAMED = 3
#: How many of the new pages that are only named are judged together, and how many unclassified
#: ones among them are ignored.
_JUDGED, _FEW_UNSURE = 20, 3


def other_sources(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """The run walked other sources than the last published run.

    Such a run treats no item as gone or missing.
    """
    if run.sources_before:
        yield Problem(
            "other-sources",
            f"walked {_joined(run.sources)}; the last published run walked"
            f" {_joined(run.sources_before)}. This run treats no item as gone or missing",
        )


def recent_only(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """No source proves more than recent releases.

    This is the case with a feed alone, or with a news page without a pager.
    """
    if run.unproven:
        yield Problem(
            "recent-only",
            f"{_joined(run.sources)} shows only recent releases: nothing proves that the file is"
            " complete, and withdrawals go unnoticed; scrapy survey looks for better sources",
        )


def unsure(run: Measures, past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """Most of the newest pages that sources only name could not be classified.

    A sitemap names pages without saying what they are; the last 20 new ones count. A page is
    unclassified if it does not exist, or is neither a release nor anything else that is known.
    """
    pages = count = 0
    for one in (run, *reversed(past.recent_runs)):
        pages += one.named
        count += one.unsure
        if pages >= _JUDGED:
            break
    if run.unsure and count > _FEW_UNSURE and count > pages / 2:
        yield Problem(
            "unsure",
            f"{count} of the last {pages} new pages that sources only name could not be classified,"
            " or do not exist: the pages may have changed; see Skipped, and docs/extending.md",
        )


def _joined(names: list[str]) -> str:
    """Return names as words; of many, only the first few."""
    named, more = names[:_NAMED], len(names) - _NAMED
    return " and ".join([*named, f"{more} more"] if more > 0 else named)
