"""The same listing comes out the same whatever markup it is printed in."""

from dataclasses import replace
from functools import cache

import pytest
from markups.layouts import LISTING_LAYOUTS
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


@cache
def _entries(name):
    return extract_listing(listing_page(ENTRIES, PAGES[name]), URL)["entries"]


def _with_labels(name):
    return PAGES[name].meta not in BARE_METAS


def _dated(name):
    return PAGES[name].meta != "nothing"


def _kind_shown(name):
    return PAGES[name].meta not in {"time only", "nothing"}


@pytest.mark.parametrize("name", PAGES)
class TestTheSameListing:
    def test_entries(self, name):
        found = [entry["url"] for entry in _entries(name)]
        assert found == [f"https://www.osce.org{entry.url}" for entry in ENTRIES]

    def test_titles(self, name):
        assert [entry["title"] for entry in _entries(name)] == [entry.title for entry in ENTRIES]

    def test_dates(self, name):
        dates = [entry.stamp if _dated(name) else None for entry in ENTRIES]
        assert [entry["published"] for entry in _entries(name)] == dates

    def test_kinds(self, name):
        kinds = [entry.kind if _kind_shown(name) else None for entry in ENTRIES]
        assert [entry["content_type_raw"] for entry in _entries(name)] == kinds

    def test_sources(self, name):
        sources = [list(entry.sources) if _with_labels(name) else [] for entry in ENTRIES]
        assert [entry["sources"] for entry in _entries(name)] == sources

    def test_fields_of_work(self, name):
        fields = [list(entry.fields) if _with_labels(name) else [] for entry in ENTRIES]
        assert [entry["fields_of_work"] for entry in _entries(name)] == fields

    def test_teasers(self, name):
        teasers = [entry.teaser if PAGES[name].teaser != "none" else None for entry in ENTRIES]
        assert [entry["summary"] for entry in _entries(name)] == teasers


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
GAP_PAGES = {
    f"{gap}, {container}, {meta}": (GAPS[gap], ListingLayout(container=container, meta=meta))
    for gap in GAPS
    for container in ("div", "article", "ul", "flat", "flat dl", "table", "card")
    for meta in ("p strong", "dl", "span lines", "div rows", "p lines")
}


@pytest.mark.parametrize("name", GAP_PAGES)
def test_entries_with_lines_left_out(name):
    entries, layout = GAP_PAGES[name]
    found = extract_listing(listing_page(entries, layout), URL)["entries"]
    assert [
        (
            e["title"],
            e["published"],
            e["content_type_raw"],
            e["sources"],
            e["fields_of_work"],
            e["summary"],
        )
        for e in found
    ] == [(e.title, e.stamp, e.kind, list(e.sources), list(e.fields), e.teaser) for e in entries]


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
