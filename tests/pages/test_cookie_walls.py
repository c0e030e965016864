"""Pages that ask for cookies instead of showing the page, and pages that only mention them."""

import pytest
from grid import check_each

from osce_crawl import extract, extract_listing
from osce_crawl.pages.recognise import stand_in
from osce_crawl.pages.refusals import NotAListing, NotARelease

ITEM = "https://www.osce.org/secretariat/322492"
LISTING = "https://www.osce.org/press-releases?page=0"
BANNER = "<div>By going on you accept cookies. <button>Accept all cookies</button></div>"
LONG = "We use cookies and data to deliver and maintain services. " * 60


def page(title: str, heading: str, text: str) -> bytes:
    shown = f"<h1>{heading}</h1>" if heading else ""
    return (
        f"<html><head><title>{title}</title></head><body>{shown}<p>{text}</p></body></html>"
    ).encode()


WALLS = {
    "a title": page("Cookies required", "", ""),
    "a heading": page("OSCE", "Please enable cookies", "To go on, change the settings."),
    "a text without heading": page("OSCE | Home", "", "This site requires cookies. Allow them."),
    "a text below the site's name": page("OSCE", "OSCE", "Your browser does not accept cookies."),
    "cookies that are disabled": page("OSCE", "Cookies are disabled in your browser", ""),
    "a consent with much to say": page("Before you continue", "", f"{LONG} © 2026 OSCE"),
    "a question of privacy": page("We value your privacy", "", "Accept all. Reject all."),
    "a check": page("Cookie check", "", "One moment."),
    "German": page("OSZE", "Bitte Cookies aktivieren", ""),
    "Russian": page("ОБСЕ", "Включите файлы cookie", ""),
}
OTHERS = {
    "a release below a banner": page(
        "Cookies and privacy: a course in Vienna | OSCE",
        "Cookies and privacy: a course in Vienna",
        f"VIENNA, 9 June 2017 – Some sixty participants met today. {BANNER}",
    ),
    "an empty listing with a banner": page(
        "News | OSCE", "News", f"Your search yielded no results. {BANNER}"
    ),
    "a headline": page(
        "OSCE", "We use cookies too often, says Representative", "VIENNA, 9 June 2017 – He said."
    ),
}


def test_wall_names_the_setting_in_an_items_place() -> None:
    def why(name: str) -> str:
        with pytest.raises(NotARelease, match="COOKIES_ENABLED=1") as refusal:
            extract(WALLS[name], ITEM)
        return refusal.value.reason

    check_each(why, dict.fromkeys(WALLS, "cookie-wall"))


def test_wall_names_the_setting_in_a_listings_place() -> None:
    def why(name: str) -> str:
        with pytest.raises(NotAListing, match="COOKIES_ENABLED=1") as refusal:
            extract_listing(WALLS[name], LISTING)
        return refusal.value.reason

    check_each(why, dict.fromkeys(WALLS, "cookie-wall"))


@pytest.mark.parametrize("name", OTHERS)
def test_page_that_mentions_cookies_is_no_wall(name: str) -> None:
    assert stand_in(OTHERS[name], ITEM) != "cookie-wall"


def test_what_asks_for_scripts_as_well_is_a_check_for_browsers() -> None:
    both = page("osce.org", "", "Please enable JavaScript and cookies to continue.")

    assert stand_in(both, ITEM) == "challenge"
