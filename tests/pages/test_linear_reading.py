"""Twice as large a page costs twice as much to read, whatever it is made of.

What is counted is what the interpreter does, calls and lines of code, not the time it takes: the
same on any machine. The bounds on pages are lifted, so that it is the reading that is measured.
"""

import sys
from contextlib import suppress

import pytest
from pages.test_large_pages import ADDRESS, ENTRY, LIST, LISTING, PERSON, PROSE, URL, many, page

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
#: How many of the thing the smallest page holds: as many as there may be panes, for further ones
#: are read as text, which takes longer.
SOME = 200


def steps(read, text):
    """Return how many calls and lines of code a reading takes."""
    count = 0

    def line(_frame, _event, _argument):
        nonlocal count
        count += 1
        return line

    def call(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.settrace(line)
    sys.setprofile(call)
    try:
        attempt(read, text)
    finally:
        sys.setprofile(None)
        sys.settrace(None)
    return count


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
def test_twice_as_much_more_takes_at_most_twice_as_many_more_steps(read, piece, around):
    some, more, most = (many(times * SOME, piece, around) for times in (1, 2, 4))
    attempt(read, most)  # what is remembered of addresses and words makes no difference
    once, twice, four_times = (steps(read, text) for text in (some, more, most))
    assert four_times - twice <= 2.05 * (twice - once)
