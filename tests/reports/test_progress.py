"""How far a run is, in words."""

from datetime import UTC, datetime

import pytest

from osce_crawl.reports.progress import State, line

WALKING = State(pages=2, entries=100, walked=False, asked=40, answered=8)
WALKED = State(pages=500, entries=25_000, walked=True, asked=24_000, answered=1_200)


def told(state, speed=None, remaining=0.0):
    return line(state, speed, remaining, datetime(2026, 11, 1, 3, tzinfo=UTC))


def test_run_that_has_asked_for_no_item_tells_of_the_listing():
    assert told(State(1, 50, walked=False, asked=0, answered=0)) == (
        "1 listing page with 50 entries"
    )


def test_while_the_listing_goes_on_the_number_of_items_is_not_the_last_word():
    assert told(WALKING, 0.5) == (
        "Items: 8 of 40 so far, 30 a minute; 2 listing pages with 100 entries"
    )


def test_once_the_listing_ended_it_is_told_when_all_will_be_done():
    assert told(WALKED, 0.95, 24_000) == (
        "Items: 1,200 of 24,000, 57 a minute, 6 h 40 min left, until about 1 Nov 09:40 UTC;"
        " 500 listing pages with 25,000 entries"
    )


def test_while_the_listing_goes_on_more_may_come():
    assert "30 a minute, at least 2 min left; 2 listing" in told(WALKING, 0.5, 120)


def test_rows_are_told_apart_from_requests():
    rows = State(2, 100, walked=True, asked=5, answered=5, written=700, rows=25_000)

    assert told(rows, 100.0) == "Writing items: 700 of 25,000"


@pytest.mark.parametrize(
    ("written", "rows", "words"),
    [(0, 25_000, "0 of 25,000"), (700, None, "700"), (0, None, "0")],
)
def test_rows_of_an_export_are_told_from_the_first_on(written, rows, words):
    state = State(0, 0, walked=True, asked=0, answered=0, written=written, rows=rows)

    assert told(state) == f"Writing items: {words}"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(12, "12 s"), (60, "1 min"), (3_570, "1 h 0 min"), (90_000, "1 d 1 h"), (300_000, "3 d 11 h")],
)
def test_time_left_is_as_rough_as_it_is_known(seconds, words):
    assert f", {words} left" in told(WALKED, 1.0, seconds)


def test_unknown_rate_is_not_told():
    assert told(WALKED) == ("Items: 1,200 of 24,000; 500 listing pages with 25,000 entries")
