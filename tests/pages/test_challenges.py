"""Browser checks and logins are distinguished from the pages of a newsroom."""

import pytest
from grid import check_each
from newsroom import kinds, pages
from newsroom.site import Site

from osce_crawl import extract, extract_listing
from osce_crawl.pages.recognise import stand_in
from osce_crawl.pages.refusals import NotAListing, NotARelease

BASE = "https://www.osce.org"
ITEM = f"{BASE}/secretariat/322492"
LISTING = f"{BASE}/press-releases?page=0"
#: Each page and its reason.
BLOCKED = {
    **{vendor: ("challenge", kinds.challenge(vendor)(None).body) for vendor in kinds.VENDORS},
    "a login": ("login", kinds.LOGIN_PAGE),
}
TITLES = [
    "Are you a human rights defender? A course in Vienna",
    "OSCE workshop on DDoS protection",
    "Border police learn security checks",
    "500 police officers complete course",
    "404 observers deployed for election day",
    "Not found guilty: trial monitors report",
    "Access denied: journalists and courts",
    "Just a moment of silence for the victims is not enough, says Representative",
]


def test_it_is_refused_in_an_items_place():
    def why(name):
        with pytest.raises(NotARelease) as refusal:
            extract(BLOCKED[name][1], ITEM)
        return refusal.value.reason

    check_each(why, {name: reason for name, (reason, _) in BLOCKED.items()})


def test_it_is_refused_in_a_listings_place():
    def why(name):
        with pytest.raises(NotAListing) as refusal:
            extract_listing(BLOCKED[name][1], LISTING)
        return refusal.value.reason

    check_each(why, {name: reason for name, (reason, _) in BLOCKED.items()})


def test_no_release_is_taken_for_one():
    site = Site(BASE, 150, seed=3)
    taken = [stand_in(pages.release(fact, BASE).encode(), ITEM) for fact in site.facts.items]

    assert {reason for reason in taken if reason} == set()


def test_page_of_an_error_is_known_by_its_words():
    def reason(words):
        page = f"<html><head><title>{words}</title></head><body><h1>{words}</h1></body></html>"
        return stand_in(page.encode(), ITEM)

    check_each(
        reason,
        {
            "404": "not-found",
            "404 Not Found": "not-found",
            "Error 404": "not-found",
            "403 Forbidden": "not-found",
            "404 – Page not found": "not-found",
            "Access denied": "not-found",
            "500": "unavailable",
            "502 Bad Gateway": "unavailable",
            "503 Service Unavailable": "unavailable",
        },
    )


def test_release_of_few_words_is_not_taken_for_one():
    def read(title):
        page = (
            f"<html><head><title>{title} | OSCE</title></head><body><h1>{title}</h1>"
            "<dl><dt>Date:</dt><dd>9 June 2017</dd><dt>Source:</dt><dd>OSCE Secretariat</dd></dl>"
            "<p>VIENNA, 9 June 2017 – Some sixty participants met today.</p></body></html>"
        )
        return extract(page, ITEM)["title"]

    check_each(read, {title: title for title in TITLES})


def test_page_behind_a_guard_is_no_challenge():
    script = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    page = pages.release(Site(BASE, 5, 3).facts.items[0], BASE).replace(
        "</head>", f"{script}</head>"
    )

    assert stand_in(page.encode(), ITEM) is None


def test_what_is_no_page_stands_in_for_nothing():
    assert stand_in(b"{}", ITEM) is None
