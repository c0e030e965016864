"""Browser checks and logins are distinguished from the pages of a newsroom."""

import pytest
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


@pytest.mark.parametrize("name", BLOCKED)
def test_it_is_refused_in_an_items_place(name):
    reason, body = BLOCKED[name]
    with pytest.raises(NotARelease) as refusal:
        extract(body, ITEM)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("name", BLOCKED)
def test_it_is_refused_in_a_listings_place(name):
    reason, body = BLOCKED[name]
    with pytest.raises(NotAListing) as refusal:
        extract_listing(body, LISTING)
    assert refusal.value.reason == reason


def test_no_release_is_taken_for_one():
    site = Site(BASE, 150, seed=3)
    taken = [stand_in(pages.release(fact, BASE).encode(), ITEM) for fact in site.facts.items]

    assert {reason for reason in taken if reason} == set()


@pytest.mark.parametrize(
    "words",
    ["404", "404 Not Found", "Error 404", "403 Forbidden", "404 – Page not found", "Access denied"],
)
def test_page_of_an_error_is(words):
    page = f"<html><head><title>{words}</title></head><body><h1>{words}</h1></body></html>"

    assert stand_in(page.encode(), ITEM) == "not-found"


@pytest.mark.parametrize("words", ["500", "502 Bad Gateway", "503 Service Unavailable"])
def test_page_of_a_site_that_is_down_is(words):
    page = f"<html><head><title>{words}</title></head><body><h1>{words}</h1></body></html>"

    assert stand_in(page.encode(), ITEM) == "unavailable"


@pytest.mark.parametrize("title", TITLES)
def test_release_of_few_words_is_not_taken_for_one(title):
    page = (
        f"<html><head><title>{title} | OSCE</title></head><body><h1>{title}</h1>"
        "<dl><dt>Date:</dt><dd>9 June 2017</dd><dt>Source:</dt><dd>OSCE Secretariat</dd></dl>"
        "<p>VIENNA, 9 June 2017 – Some sixty participants met today.</p></body></html>"
    )
    assert extract(page, ITEM)["title"] == title


def test_page_behind_a_guard_is_no_challenge():
    script = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    page = pages.release(Site(BASE, 5, 3).facts.items[0], BASE).replace(
        "</head>", f"{script}</head>"
    )

    assert stand_in(page.encode(), ITEM) is None


def test_what_is_no_page_stands_in_for_nothing():
    assert stand_in(b"{}", ITEM) is None
