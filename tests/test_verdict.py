"""The verdict: which runs are published, with what words."""

import pytest

from osce_crawl.verdict import Outcome, Status, judge

GOOD = {"listed": 100, "asked": 100, "rows": 100}


def verdict(**found):
    return judge(Outcome(**{**GOOD, **found}))


def test_whole_run_is_published():
    assert verdict().status is Status.PUBLISHED


WARNED = {
    "one failed page": {"failed": 1},
    "a tenth of the pages": {"failed": 10},
    "two of a few pages": {"asked": 3, "listed": 3, "failed": 2},
    "an invalid item": {"invalid": 1},
}
WITHHELD = {
    "nothing listed": {"listed": 0, "asked": 0, "rows": 0},
    "a listing that says it is empty": {
        "listed": 0,
        "asked": 0,
        "rows": 0,
        "empty_by_word": True,
    },
    "nothing that was asked for": {"rows": 0},
    "a walk that broke": {"incomplete": ["page 3: status 500"]},
    "more than a tenth of the pages": {"failed": 11},
    "all of a few pages": {"asked": 2, "listed": 2, "failed": 2},
    "the only page": {"asked": 1, "listed": 1, "failed": 1},
    "many listed pages that are no releases": {"left_out": 21},
}


@pytest.mark.parametrize("found", WARNED.values(), ids=WARNED)
def test_run_is_published_with_warnings_after(found):
    assert verdict(**found).status is Status.WARNINGS


@pytest.mark.parametrize("found", WITHHELD.values(), ids=WITHHELD)
def test_run_is_withheld_after(found):
    assert verdict(**found).status is Status.WITHHELD


@pytest.mark.parametrize("found", [*WARNED.values(), *WITHHELD.values()], ids=[*WARNED, *WITHHELD])
def test_reasons_are_given_for(found):
    assert verdict(**found).reasons


def test_unexpected_error_is_a_bug_whatever_else_happened():
    assert verdict(errors=1, incomplete=["page 3"]).status is Status.BUG


def test_some_listed_pages_that_are_no_releases_are_normal():
    assert verdict(left_out=5).status is Status.PUBLISHED


@pytest.mark.parametrize(
    ("found", "publishable"),
    [({}, True), ({"failed": 1}, True), ({"failed": 50}, False), ({"errors": 1}, False)],
)
def test_only_good_runs_are_publishable(found, publishable):
    assert verdict(**found).publishable is publishable


def test_numbers_of_the_statuses_are_those_of_the_contract():
    assert {status.name: int(status) for status in Status} == {
        "PUBLISHED": 0,
        "BUG": 1,
        "REFUSED": 2,
        "WARNINGS": 3,
        "WITHHELD": 4,
        "STOPPED": 5,
    }


def test_listing_that_says_it_is_empty_is_named_as_such():
    verdict = judge(Outcome(empty_by_word=True))

    assert verdict.reasons == ("the listing says that it has no results",)
