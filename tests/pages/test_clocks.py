"""The site's clock prints today; the day of a release is at its headline or in its dateline."""

from itertools import product

import pytest
from grid import check_each

from osce_crawl import extract

URL = "https://www.osce.org/moldova/322492"
UNIT = "OSCE Mission to Moldova"
TEXT = (
    "The head of the mission opened a workshop for forty judges and clerks who handle appeals in "
    "the courts of the region, and thanked the hosts for their work."
)
DATELINE = "CHISINAU, 9 October 2023 – "
CLOCKS = [
    "VIENNA 26 November 2026",
    "Vienna | 26 November 2026",
    "Thursday, 26 November 2026",
    "26 November 2026, 14:35",
]
NAV = "<nav><a href=/a>Home</a><a href=/b>News</a></nav>"
HEADLINE = "<p>Press release</p><h1>Judges meet</h1>"


def read(body):
    """Return the day and the places of the header of a page with this *body*."""
    item = extract(f"<html><body>{body}</body></html>", URL)
    assert item["content_type"] == "press-release"
    places = [place["header_raw"] for place in item["places"] if place["header_raw"]]
    return item["dates"]["page"], places


def test_day_at_the_headline_is_the_release_s():
    def printed(clock, frame, day):
        body = f"{HEADLINE}<p>{day}</p><p>{TEXT}</p><p>{TEXT}</p>"
        clock = NAV + frame.format(clock)
        return [read(f"{clock}{body}"), read(f"{clock}<main>{body}</main>")]

    frames = ["<div>{}</div>", "<header>{}</header>", "<ul><li>{}</li></ul>"]
    days = ["9 October 2023", f"9 October 2023 | {UNIT}"]
    check_each(printed, dict.fromkeys(product(CLOCKS, frames, days), [("2023-10-09", [])] * 2))


@pytest.mark.parametrize("clock", CLOCKS)
def test_day_of_the_dateline_tells_a_clock(clock):
    body = f"{HEADLINE}<p>{UNIT}</p><p>{DATELINE}{TEXT}</p><p>{TEXT}</p>"
    assert read(f"{NAV}<div>{clock}</div>{body}") == (None, [])


@pytest.mark.parametrize("clock", CLOCKS)
def test_day_outside_the_main_part_is_a_clock(clock):
    body = f"<main>{HEADLINE}<p>{UNIT}</p><p>{TEXT}</p><p>{TEXT}</p></main>"
    assert read(f"{NAV}<div>{clock}</div>{body}") == (None, [])


@pytest.mark.parametrize("printed", ["CHISINAU 9 October 2023", "9 October 2023"])
@pytest.mark.parametrize("opening", ["", DATELINE])
def test_day_above_the_headline_is_read_where_none_speaks_against_it(printed, opening):
    body = f"<p>{printed}</p>{HEADLINE}<p>{opening}{TEXT}</p><p>{TEXT}</p>"
    assert read(f"{NAV}<main>{body}</main>")[0] == "2023-10-09"


def test_a_date_in_one_box_with_the_headline_is_no_clock():
    badge = "<div><span>12</span> <span>October</span> <span>2023</span></div>"
    body = f"<header>{badge}{HEADLINE}</header><p>{DATELINE}{TEXT}</p><p>{TEXT}</p>"
    assert read(f"{NAV}<main>{body}</main>")[0] == "2023-10-12"
