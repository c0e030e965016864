"""The texts that the project was born from, as pages in any markup, give all that they say.

The texts share the markups: each is met by a release or by a listing. `tests/markups` has a page
in all of them; a markup is added to `tests/markups/layouts.py`.
"""

from dataclasses import replace

import pytest
from born_from.texts import read_texts
from grid import check_each
from markups.layouts import LISTING_LAYOUTS, RELEASE_LAYOUTS
from markups.render import BARE_METAS, NO_DATES, Entry, Term, listing_page, release_page

from osce_crawl import extract, extract_listing

BORN = {born.name: born for born in read_texts()}
LISTINGS = [name for name, born in BORN.items() if born.entries]
RELEASES = [name for name, born in BORN.items() if born.release]
#: What the texts do not say: what stands around the releases.
PANES = {
    "contacts": ("Ada Example, Press Officer, +43 1 000 000",),
    "documents": (("/files/f/documents/9/9/322492.pdf", "Fact sheet"),),
    "related": (("/odihr/300001", "An earlier course"),),
    "languages": (("/ru/secretariat/322491", "Русский"),),
}
#: What the datelines of the releases from these places say.
DATELINES = {("VICENZA",): "2017-06-09", ("ASTANA",): "2018-09-24"}
#: The header date of both releases is empty.
UNDATED = {
    name: layout if layout.date in NO_DATES else replace(layout, date="none")
    for name, layout in RELEASE_LAYOUTS.items()
    if not name.startswith(("date ", "values ", "labels ")) and ", empty " not in name
}
LABELLED = {
    name: layout
    for name, layout in LISTING_LAYOUTS.items()
    if layout.meta not in BARE_METAS
    and layout.teaser != "none"
    and layout.container not in {"two divs", "section", "ol", "flat with hr"}
}


def _read(facts, layout, menu):
    """Return what the page of *facts* in a markup says, by the keys of an item."""
    item = extract(release_page(facts, layout, menu), facts.url)
    return {
        "title": item["title"],
        "content_type_raw": item["content_type_raw"],
        "dates.page": item["dates"]["page"],
        "published": item["published"],
        "places": [(place["header_raw"], place["dateline_raw"]) for place in item["places"]],
        "sources": [source["raw"] for source in item["sources"]],
        "fields_of_work": [field["raw"] for field in item["fields_of_work"]],
        "definitions": [(one["term"], one["definition"]) for one in item["definitions"]],
        "body": item["body"].split("\n\n"),
    }


def _said(facts):
    """Return what a page of *facts* must say in every markup."""
    pieces = [piece for paragraph in facts.paragraphs for piece in paragraph]
    return {
        "title": facts.title,
        "content_type_raw": facts.kind,
        "dates.page": None,
        "published": DATELINES[facts.places],
        "places": [(place, place) for place in facts.places],
        "sources": list(facts.sources),
        "fields_of_work": list(facts.fields),
        "definitions": [(one.term, one.definition) for one in pieces if isinstance(one, Term)],
        "body": facts.body.split("\n\n"),
    }


def _entries(born, layout):
    page = listing_page(born.entries, layout)
    return [
        Entry(
            entry["url"].removeprefix("https://www.osce.org"),
            entry["title"],
            entry["published_raw"],
            entry["published"],
            entry["content_type_raw"],
            tuple(entry["sources"]),
            tuple(entry["fields_of_work"]),
            entry["summary"],
        )
        for entry in extract_listing(page, "https://www.osce.org/press-releases?page=2")["entries"]
    ]


def _share(markups, name, names):
    """Return the markups of one of the texts: every second of two texts, every third of three."""
    return [*markups][names.index(name) :: len(names)]


@pytest.mark.parametrize("name", RELEASES)
def test_a_release_gives_all_that_its_text_says_in_its_share_of_the_markups(name):
    born = BORN[name]
    facts = replace(born.release, **PANES)
    check_each(
        lambda markup: _read(facts, UNDATED[markup], born.menu),
        dict.fromkeys(_share(UNDATED, name, RELEASES), _said(born.release)),
    )


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_gives_all_that_its_text_says_in_its_share_of_the_markups(name):
    check_each(
        lambda markup: _entries(BORN[name], LABELLED[markup]),
        {markup: list(BORN[name].entries) for markup in _share(LABELLED, name, LISTINGS)},
    )


def test_every_text_was_read():
    assert (len(LISTINGS), len(RELEASES)) == (3, 2)
    assert {len(BORN[name].entries) for name in LISTINGS} == {7}


def test_the_tooltip_of_the_texts_was_told_from_the_sentence():
    terms = [
        piece.term
        for name in RELEASES
        for paragraph in BORN[name].release.paragraphs
        for piece in paragraph
        if isinstance(piece, Term)
    ]
    assert terms == ["anti-trafficking practitioners"]
