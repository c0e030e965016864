"""What a report means, before anyone shows it."""

from grid import check_each
from reports.examples import ACCEPTED, ALL, NIGHT, QUIET, REDESIGN, STOPPED

from osce_crawl.reports.meaning import Fill, fills, problems, published, standing


def fill(now, before):
    return Fill("g2", "date", *now, *before)


PUBLISHED = {
    "night": True,
    "warned": True,
    "accepted": True,
    "redesign": False,
    "stopped": False,
    "failed": False,
}


def test_published_is_what_was_good_or_accepted():
    check_each(lambda name: published(ALL[name]), PUBLISHED)


def test_accepted_run_is_no_longer_withheld():
    assert standing(ACCEPTED) == "accepted"


def test_reasons_are_told_by_level():
    assert problems(REDESIGN, "warn") == ["1 of 13 item pages failed; its item is incomplete"]


def test_run_that_read_nothing_still_knows_the_earlier_rates():
    dates = [one for one in fills(QUIET) if one.field == "date"]

    assert [(one.rate, one.rate_before) for one in dates] == [(None, 0.97), (None, 1.0)]


def test_run_that_died_early_has_no_rates():
    assert list(fills(STOPPED)) == []


def test_field_without_earlier_runs_has_no_difference():
    sources = next(one for one in fills(NIGHT) if one.field == "sources")

    assert (sources.rate, sources.rate_before, sources.points) == (1.0, None, None)


def test_difference_is_in_percentage_points():
    assert fill((1, 2), (3, 4)).points == -25


FALLS = {
    "the one page lacks what every page had": fill((0, 1), (1000, 1000)),
    "most pages lack it": fill((2, 11), (970, 1000)),
    "a tenth of many pages lacks it": fill((180, 200), (990, 1000)),
    "more pages than powers can be taken of": fill((0, 25_000), (25_000, 25_000)),
}


def test_fall_that_is_hardly_chance_is_marked():
    check_each(lambda name: FALLS[name].fell, dict.fromkeys(FALLS, True))


OTHER_DIFFERENCES = {
    "two pages lack what a third of the pages had": fill((0, 2), (300, 1000)),
    "few earlier pages prove little": fill((9, 10), (4, 4)),
    "less than five points": fill((960, 1000), (1000, 1000)),
    "a rise": fill((11, 11), (970, 1000)),
    "no page was read": fill((0, 0), (970, 1000)),
    "there is nothing to compare with": fill((0, 11), (0, 0)),
}


def test_other_differences_are_not_marked():
    check_each(lambda name: OTHER_DIFFERENCES[name].fell, dict.fromkeys(OTHER_DIFFERENCES, False))
