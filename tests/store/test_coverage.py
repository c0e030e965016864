"""Proven spans of days: joined where they touch, kept apart where a day is missing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osce_crawl.store.coverage import Coverage

START = date(2026, 1, 1)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)


def day(number):
    return START + timedelta(days=number)


def spans(*numbers):
    return tuple((day(first), day(last)) for first, last in numbers)


def days(coverage):
    return {
        first + timedelta(days=number)
        for first, last in coverage.spans
        for number in range((last - first).days + 1)
    }


@pytest.mark.parametrize(
    ("given_spans", "joined"),
    [
        pytest.param([(1, 3), (2, 5)], [(1, 5)], id="spans that overlap"),
        pytest.param([(1, 3), (4, 5)], [(1, 5)], id="spans that touch"),
        pytest.param([(1, 3), (5, 6)], [(1, 3), (5, 6)], id="a day between them"),
        pytest.param([(5, 6), (1, 3)], [(1, 3), (5, 6)], id="out of order"),
        pytest.param([(1, 9), (3, 4)], [(1, 9)], id="one inside of the other"),
        pytest.param([(4, 3)], [], id="a span that ends before it begins"),
    ],
)
def test_spans_become_the_fewest_that_say_the_same(given_spans, joined):
    assert Coverage.of(spans(*given_spans)).spans == spans(*joined)


def test_spans_reach_to_both_ends_of_time():
    whole = Coverage().with_span(date.min, START).with_span(day(1), date.max)

    assert whole.with_span(day(5), day(6)).spans == ((date.min, date.max),)


@given(SPANS)
def test_every_day_of_a_span_is_covered_and_no_other(numbers):
    wanted = {
        day(number) for first, last in numbers for number in range(first, max(first, last + 1))
    }

    assert days(Coverage.of(spans(*numbers))) == wanted


@given(SPANS)
def test_order_of_the_spans_does_not_matter(numbers):
    one_by_one = Coverage()
    for first, last in spans(*reversed(numbers)):
        one_by_one = one_by_one.with_span(first, last)

    assert one_by_one == Coverage.of(spans(*numbers))


@given(SPANS, st.integers(0, 40), st.integers(0, 40))
def test_proven_down_to_is_the_latest_day_with_no_gap_down_to_the_first(numbers, first, latest):
    coverage = Coverage.of(spans(*numbers))
    covered = days(coverage)
    run = []
    for number in range(first, latest + 1):
        if day(number) not in covered:
            break
        run.append(day(number))

    assert coverage.proven_down_to(day(first), day(latest)) == (run[-1] if run else None)
