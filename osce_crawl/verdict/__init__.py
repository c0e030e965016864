"""Decides whether a run may be published, by comparing its counts with those of earlier good runs.

`measures` are the counts of a run, `baseline` those of earlier good runs. `checks` and
`field_checks` compare them by the `thresholds`. `status` turns the findings into a verdict and an
exit status.
"""

from osce_crawl.verdict.baseline import Baseline
from osce_crawl.verdict.checks import judge
from osce_crawl.verdict.measures import Measures
from osce_crawl.verdict.status import Finding, Status, Verdict, exit_status
from osce_crawl.verdict.thresholds import Thresholds

__all__ = [
    "Baseline",
    "Finding",
    "Measures",
    "Status",
    "Thresholds",
    "Verdict",
    "exit_status",
    "judge",
]
