"""The exit status that the stats of a run amount to, and which verdicts are published."""

import pytest

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


@pytest.mark.parametrize(
    ("stats", "status"),
    [
        ({}, Status.PUBLISHED),
        ({"osce/verdict": "warnings"}, Status.WARNINGS),
        ({"osce/verdict": "withheld", "osce/published": False}, Status.WITHHELD),
        ({"osce/items/invalid": 1}, Status.PUBLISHED),
        ({"osce/changes/error": "disk full"}, Status.WARNINGS),
        ({"osce/archive/error": "disk full"}, Status.WARNINGS),
        ({"osce/items/error": 1}, Status.BUG),
        ({"osce/store/error": "disk full"}, Status.BUG),
        ({"osce/publish/error": "disk full"}, Status.BUG),
        ({"osce/verdict": None}, Status.BUG),
        ({"spider_exceptions/count": 1}, Status.BUG),
        ({"osce/published": False}, Status.BUG),
        ({"osce/committed": False}, Status.BUG),
        ({"finish_reason": "shutdown"}, Status.STOPPED),
        ({"finish_reason": None}, Status.STOPPED),
        ({"finish_reason": "closespider_timeout"}, Status.STOPPED),
        ({"finish_reason": "shutdown", "spider_exceptions/count": 1}, Status.STOPPED),
        ({"finish_reason": "store-failed", "osce/store/error": "disk full"}, Status.BUG),
    ],
)
def test_stats_amount_to(stats, status):
    assert exit_status({**GOOD, **stats}) is status
