"""Twice as large a page costs twice as much to read, whatever it is made of.

What is counted is what the interpreter does, calls and lines of code, not the time it takes: the
same on any machine. The bounds on pages are lifted, so that it is the reading that is measured.
"""

import sys
import time
from contextlib import suppress

import pytest
from pages.test_large_pages import ENTRY, LIST, LISTING, PROSE, URL, many, page

from osce_crawl import NotAListing, NotARelease, extract, extract_listing
from osce_crawl.pages.reading import bounds

RELEASES = {
    "language links": (lambda n: many(n, "<li><a href='/ru/@'>Русский</a></li>", LIST), 6000),
    "download links": (lambda n: many(n, "<li><a href='/@.pdf'>Report @</a></li>", LIST), 1200),
    "contacts": (lambda n: many(n, "<h2>Contacts</h2>"), 3000),
    "contact boxes": (lambda n: many(n, "<div><h2>Contacts</h2><p>Jane Doe</p></div>"), 3000),
    "people": (lambda n: many(n, "<p>Jane Doe</p><p>Press Officer</p><p>j@example.org</p>"), 3000),
    "hotlines": (lambda n: many(n, "<li>Hotline: 0800 123 456</li>", LIST), 3000),
    "addresses in sentences": (lambda n: many(n, "<p>Please write to a@example.org.</p>"), 3000),
    "short paragraphs": (lambda n: many(n, "<p>a short paragraph</p>"), 30_000),
    "prose": (lambda n: many(n, PROSE), 3000),
    "wrapped prose": (lambda n: many(n, PROSE, "<span>{}</span>"), 3000),
    "terms": (lambda n: many(n, "<dt>Date:</dt><dd>9 June 2017</dd>", "<dl>{}</dl>"), 3000),
}
LISTINGS = {
    "entries": (lambda n: many(n, ENTRY.replace("{0}", "@")), 3000),
    "rows": (
        lambda n: many(n, "<tr><td>9 June 2017</td><td><a href='/odihr/@'>T</a></td></tr>"),
        3000,
    ),
    "links in a paragraph": (lambda n: many(n, "<a href='/odihr/@'>Title</a> ", "<p>{}</p>"), 3000),
}
CASES = [
    pytest.param(read, make, most, id=name)
    for read, pages in ((extract, RELEASES), (extract_listing, LISTINGS))
    for name, (make, most) in pages.items()
]
#: How many of the thing the smallest page holds: as many as there may be panes, for further ones
#: are read as text, which takes longer.
SOME = 200


def whole(read, text):
    return (page(text), URL) if read is extract else (f"<body>{text}</body>", LISTING)


def steps(read, text):
    """Return how many calls and lines of code a reading takes."""
    body, url = whole(read, text)
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
        with suppress(NotARelease, NotAListing):
            read(body, url)
    finally:
        sys.setprofile(None)
        sys.settrace(None)
    return count


@pytest.fixture(autouse=True)
def _no_bounds(monkeypatch):
    for name in ("MOST_ELEMENTS", "MOST_PICTURES", "MOST_LINES", "LONGEST"):
        monkeypatch.setattr(bounds, name, 10**9)


@pytest.mark.parametrize(("read", "make", "_most"), CASES)
def test_twice_as_much_more_takes_at_most_twice_as_many_more_steps(read, make, _most):
    steps(read, make(4 * SOME))  # what is remembered of addresses and words makes no difference
    once, twice, four_times = (steps(read, make(times * SOME)) for times in (1, 2, 4))
    assert four_times - twice <= 2.05 * (twice - once)


@pytest.mark.parametrize(("read", "make", "most"), CASES)
def test_as_much_as_was_ever_tried_is_read_in_three_seconds(read, make, most):
    started = time.process_time()
    body, url = whole(read, make(most))
    with suppress(NotARelease, NotAListing):
        read(body, url)
    assert time.process_time() - started < 3
