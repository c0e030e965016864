"""The checks of a run that reads an archive."""

from collections.abc import Iterator

from osce_crawl.verdict.baseline import Baseline
from osce_crawl.verdict.measures import Measures
from osce_crawl.verdict.status import Problem
from osce_crawl.verdict.thresholds import Thresholds


def records_lost(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """Records of the archive cannot be read."""
    if run.lost:
        reasons = ", ".join(f"{reason} {count}" for reason, count in run.lost.most_common())
        yield Problem(
            "records-lost",
            f"{run.lost.total()} records of the archive cannot be read ({reasons}): the files are"
            " damaged, or lack what their records refer to",
        )


def without_entry(run: Measures, _past: Baseline, _limits: Thresholds) -> Iterator[Problem]:
    """Pages of the archive are in no listing, neither there nor in the store.

    Their items lack `summary` and `dates.listing`.
    """
    if run.without_entry:
        yield Problem(
            "without-entry",
            f"{run.without_entry} of {run.read} pages are in no listing, neither in the archive nor"
            " in OSCE_STORE: their items lack summary and dates.listing",
        )
