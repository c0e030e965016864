"""How far a run is, in words."""

import pytest

from osce_crawl.reports.progress import State, line

WALKING = State(pages=2, entries=100, walked=False, asked=40, answered=8)
WALKED = State(pages=500, entries=25_000, walked=True, asked=24_000, answered=1_200)


def test_run_that_has_asked_for_no_item_tells_of_the_listing():
    assert line(State(1, 50, walked=False, asked=0, answered=0), None, None) == (
        "1 listing page with 50 entries"
    )


def test_while_the_listing_goes_on_the_number_of_items_is_not_the_last_word():
    assert line(WALKING, 0.5, None) == (
        "Items: 8 of 40 so far, 30 a minute; 2 listing pages with 100 entries"
    )


def test_once_the_listing_ended_the_time_left_is_told():
    assert line(WALKED, 0.95, 24_000) == (
        "Items: 1,200 of 24,000, 57 a minute, 6 h 40 min left;"
        " 500 listing pages with 25,000 entries"
    )


def test_rows_are_told_apart_from_requests():
    rows = State(2, 100, walked=True, asked=5, answered=5, written=700, rows=25_000)

    assert line(rows, 100.0, 0) == "Writing items: 700 of 25,000"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(12, "12 s"), (60, "1 min"), (3_570, "1 h 0 min"), (90_000, "1 d 1 h"), (300_000, "3 d 11 h")],
)
def test_time_left_is_as_rough_as_it_is_known(seconds, words):
    assert f", {words} left;" in line(WALKED, 1.0, seconds)


def test_unknown_rate_is_not_told():
    assert line(WALKED, None, None) == (
        "Items: 1,200 of 24,000; 500 listing pages with 25,000 entries"
    )
