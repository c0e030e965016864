"""The same listing comes out the same whatever markup it is printed in.

A markup is added to the tables of `render.py`, a combination to an axis of `layouts.py`; entries
that leave something out are added to `GAPS`.
"""

from dataclasses import replace
from itertools import product

import pytest
from grid import check_each
from markups.layouts import LISTING_AXES, LISTING_LAYOUTS
from markups.render import BARE_METAS, PAGERS, Entry, ListingLayout, listing_page

from osce_crawl import extract_listing

URL = "https://www.osce.org/press-releases?page=2"
ENTRIES = (
    Entry(
        "/mission-to-serbia/700301",
        "Judges and prosecutors of southern Serbia discuss plea bargains",
        "9 October 2023",
        "2023-10-09",
        "News",
        ("OSCE Mission to Serbia",),
        ("Rule of law", "Human rights"),
        "Plea bargains and what courts make of them were the subject of a round table that forty "
        "judges and prosecutors from the south of the country attended.",
    ),
    Entry(
        "/secretariat/700288",
        "Border officers learn to read forged papers",
        "6 October 2023",
        "2023-10-06",
        "Press release",
        ("Transnational Threats Department", "OSCE Secretariat"),
        ("Border management",),
        "VIENNA, 6 October 2023 – Officers of seven border services spent a week with forged "
        "papers and the machines that find them, at a course that ended today.",
    ),
    Entry(
        "/odihr/700279",
        "Election calendar for winter published",
        "6 October 2023",
        "2023-10-06",
        "News",
        (),
        ("Elections",),
        "Observers will look at four elections between December and March, two of which take place "
        "on the same weekend.",
    ),
    Entry(
        "/presence-in-albania/700255",
        "Do schools need mock trials?",
        "2 October 2023",
        "2023-10-02",
        "News",
        ("OSCE Presence in Albania",),
        (),
        "Three schools in Tirana let their pupils try a case of their own, with robes, a jury and "
        "a verdict that nobody had expected.",
    ),
    Entry(
        "/mission-to-moldova/700240",
        "Shelters, police and social workers practise together",
        "28 September 2023",
        "2023-09-28",
        "News",
        ("OSCE Mission to Moldova",),
        ("Combating trafficking in human beings", "Gender equality", "Policing"),
        "What happens between a call and a bed for the night was played through by shelters, "
        "police officers and social workers over five days.",
    ),
)
PAGES = LISTING_LAYOUTS


def read(entries, layout):
    """Return what the listing of *entries* in a markup says, by the keys of an entry."""
    found = extract_listing(listing_page(entries, layout), URL)["entries"]
    keys = list(said(ENTRIES[0], layout))
    return [{key: entry[key] for key in keys} for entry in found]


def said(entry, layout):
    """Return what an entry must say: no more than is printed of it."""
    labelled = layout.meta not in BARE_METAS
    return {
        "url": f"https://www.osce.org{entry.url}",
        "title": entry.title,
        "published": entry.stamp if layout.meta != "nothing" else None,
        "content_type_raw": entry.kind if layout.meta not in {"time only", "nothing"} else None,
        "sources": list(entry.sources) if labelled else [],
        "fields_of_work": list(entry.fields) if labelled else [],
        "summary": entry.teaser if layout.teaser != "none" else None,
    }


def check(pages):
    """Check the listings of these entries in these markups."""
    expected = {
        name: [said(one, layout) for one in entries] for name, (entries, layout) in pages.items()
    }
    check_each(lambda name: read(*pages[name]), expected)


@pytest.mark.parametrize("axis", LISTING_AXES)
def test_a_listing_says_the_same_in_every_markup(axis):
    check({name: (ENTRIES, layout) for name, layout in LISTING_AXES[axis].items()})


#: Real listings leave out lines, whole label blocks and teasers, here and there.
GAPS = {
    "no labels but the date": [replace(e, kind=None, sources=(), fields=()) for e in ENTRIES],
    "every other entry without kind, units, fields": [
        replace(entry, kind=None, sources=(), fields=()) if position % 2 else entry
        for position, entry in enumerate(ENTRIES)
    ],
    "no teaser in the second": [
        replace(entry, teaser=None) if position == 1 else entry
        for position, entry in enumerate(ENTRIES)
    ],
    "one entry": [ENTRIES[0]],
    "one entry, date only": [replace(ENTRIES[0], kind=None, sources=(), fields=())],
    "third without any label": [
        replace(entry, date=None, stamp=None, kind=None, sources=(), fields=())
        if position == 2
        else entry
        for position, entry in enumerate(ENTRIES)
    ],
}
#: Every second pair of a container and a metadata markup for each gap, the others for the next one.
GAP_PAGES = {
    f"{gap}, {container}, {meta}": (GAPS[gap], ListingLayout(container=container, meta=meta))
    for number, gap in enumerate(GAPS)
    for container, meta in [
        *product(
            ("div", "article", "ul", "flat", "flat dl", "table", "card"),
            ("p strong", "dl", "span lines", "div rows", "p lines"),
        )
    ][number % 2 :: 2]
}


@pytest.mark.parametrize("gap", GAPS)
def test_what_an_entry_leaves_out_is_null_in_every_markup(gap):
    check({name: page for name, page in GAP_PAGES.items() if page[0] is GAPS[gap]})


@pytest.mark.parametrize("pager", PAGERS)
def test_the_next_page(pager):
    page = extract_listing(listing_page(ENTRIES, ListingLayout(pager=pager)), URL)
    following = None if pager == "none" else "https://www.osce.org/press-releases?page=3"
    assert page["next"] == following


@pytest.mark.parametrize(
    ("words", "total"),
    [
        ("Showing 101 - 150 of 24513 results", 24513),
        ("24,513 results", 24513),
        ("Results: 24 513", 24513),
        ("Displaying 1 - 5 of 5", 5),
        ("News and press releases (newest first)", None),
    ],
)
def test_the_total(words, total):
    page = extract_listing(listing_page(ENTRIES, ListingLayout(total=words)), URL)
    assert page["total"] == total
