"""Proven spans of days: joined where they touch, kept apart where a day is missing."""

from datetime import date, timedelta

from grid import check_each
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


def test_spans_become_the_fewest_that_say_the_same():
    check_each(
        lambda *numbers: Coverage.of(spans(*numbers)).spans,
        {
            ((1, 3), (2, 5)): spans((1, 5)),  # they overlap
            ((1, 3), (4, 5)): spans((1, 5)),  # they touch
            ((1, 3), (5, 6)): spans((1, 3), (5, 6)),  # a day is between them
            ((5, 6), (1, 3)): spans((1, 3), (5, 6)),  # they are out of order
            ((1, 9), (3, 4)): spans((1, 9)),  # one is inside of the other
            ((4, 3),): (),  # it ends before it begins
        },
    )


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
