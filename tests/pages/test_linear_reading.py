"""Twice as large a page costs twice as much to read, whatever it is made of.

What is counted is the calls that the reading makes, also of built-in functions, not the time it
takes: the same on any machine. The bounds on pages are lifted, so that it is the reading that is
measured.
"""

import cProfile
from contextlib import suppress

import pytest
from pages.large import ADDRESS, ENTRY, LIST, LISTING, PERSON, PROSE, URL, many, page

from osce_crawl import NotAListing, NotARelease, extract, extract_listing
from osce_crawl.pages.reading import bounds

#: What a page is made of, so many times. A page that was slow once is added here.
RELEASES = {
    "language links": ("<li><a href='/ru/@'>Русский</a></li>", LIST),
    "download links": ("<li><a href='/@.pdf'>Report @</a></li>", LIST),
    "contacts": ("<h2>Contacts</h2>", "{}"),
    "contact boxes": ("<div><h2>Contacts</h2><p>Jane Doe</p></div>", "{}"),
    "people": (PERSON, "{}"),
    "hotlines": ("<li>Hotline: 0800 123 456</li>", LIST),
    "addresses in sentences": (ADDRESS, "{}"),
    "short paragraphs": ("<p>a short paragraph</p>", "{}"),
    "prose": (PROSE, "{}"),
    "wrapped prose": (PROSE, "<span>{}</span>"),
    "terms": ("<dt>Date:</dt><dd>9 June 2017</dd>", "<dl>{}</dl>"),
}
LISTINGS = {
    "entries": (ENTRY, "{}"),
    "rows": ("<tr><td>9 June 2017</td><td><a href='/odihr/@'>T</a></td></tr>", "{}"),
    "links in a paragraph": ("<a href='/odihr/@'>Title</a> ", "<p>{}</p>"),
}
CASES = [
    pytest.param(read, *pieces, id=name)
    for read, pages in ((extract, RELEASES), (extract_listing, LISTINGS))
    for name, pieces in pages.items()
]
#: How many of the thing the pages hold: from as many as there may be panes, for further ones are
#: read as text, which takes longer.
COUNTS = (200, 300, 400)


def steps(read, text):
    """Return how many calls a reading takes."""
    with cProfile.Profile() as profile:
        attempt(read, text)
    return sum(entry.callcount for entry in profile.getstats())


def attempt(read, text):
    with suppress(NotARelease, NotAListing):
        if read is extract:
            extract(page(text), URL)
        else:
            extract_listing(f"<body>{text}</body>", LISTING)


@pytest.fixture(autouse=True)
def _no_bounds(monkeypatch):
    for name in ("MOST_ELEMENTS", "MOST_PICTURES", "MOST_LINES", "LONGEST"):
        monkeypatch.setattr(bounds, name, 10**9)


@pytest.mark.parametrize(("read", "piece", "around"), CASES)
def test_as_much_more_again_takes_as_many_more_steps_again(read, piece, around):
    some, more, most = (many(count, piece, around) for count in COUNTS)
    attempt(read, most)  # what is remembered of addresses and words makes no difference
    first, second, third = (steps(read, text) for text in (some, more, most))
    assert third - second <= 1.03 * (second - first)
