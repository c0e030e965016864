"""The exit status that the stats of a run amount to, and which verdicts are published."""

import pytest
from grid import check_each

from osce_crawl.verdict import Finding, Status, Verdict, exit_status

GOOD = {
    "finish_reason": "finished",
    "osce/verdict": "published",
    "osce/published": True,
    "osce/committed": True,
}


def test_numbers_are_those_of_the_contract():
    assert {status.name: int(status) for status in Status} == {
        "PUBLISHED": 0,
        "BUG": 1,
        "REFUSED": 2,
        "WARNINGS": 3,
        "WITHHELD": 4,
        "STOPPED": 5,
    }


@pytest.mark.parametrize(
    ("levels", "status", "publishable"),
    [
        ((), Status.PUBLISHED, True),
        (("warn",), Status.WARNINGS, True),
        (("warn", "withhold"), Status.WITHHELD, False),
    ],
)
def test_worst_finding_makes_the_verdict(levels, status, publishable):
    verdict = Verdict.of(Finding(level, "code", "text") for level in levels)

    assert (verdict.status, verdict.publishable) == (status, publishable)


def test_bug_is_not_publishable():
    assert not Verdict(Status.BUG).publishable


STATS = {
    Status.PUBLISHED: [{}, {"osce/items/invalid": 1}],
    Status.WARNINGS: [
        {"osce/verdict": "warnings"},
        {"osce/changes/error": "disk full"},
        {"osce/archive/error": "disk full"},
    ],
    Status.WITHHELD: [{"osce/verdict": "withheld", "osce/published": False}],
    Status.BUG: [
        {"osce/items/error": 1},
        {"osce/store/error": "disk full"},
        {"osce/publish/error": "disk full"},
        {"osce/verdict": None},
        {"spider_exceptions/count": 1},
        {"osce/published": False},
        {"osce/committed": False},
        {"finish_reason": "store-failed", "osce/store/error": "disk full"},
    ],
    Status.STOPPED: [
        {"finish_reason": "shutdown"},
        {"finish_reason": None},
        {"finish_reason": "closespider_timeout"},
        {"finish_reason": "shutdown", "spider_exceptions/count": 1},
    ],
}


def test_stats_amount_to():
    check_each(
        lambda *stats: exit_status(GOOD | dict(stats)),
        {tuple(stats.items()): status for status, each in STATS.items() for stats in each},
    )
