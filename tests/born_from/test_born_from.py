"""The texts that the project was born from, as pages in every markup, give all that they say."""

from dataclasses import replace
from functools import cache

import pytest

from born_from.texts import read_texts
from markups.layouts import LISTING_LAYOUTS, RELEASE_LAYOUTS
from markups.render import BARE_METAS, NO_DATES, Term, listing_page, release_page
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
#: The header date of both releases is empty.
UNDATED = {
    name: layout if layout.date in NO_DATES else replace(layout, date="none")
    for name, layout in RELEASE_LAYOUTS.items()
    if ", empty " not in name
}
LABELLED = {
    name: layout
    for name, layout in LISTING_LAYOUTS.items()
    if layout.meta not in BARE_METAS and layout.teaser != "none"
}


@cache
def _item(born, markup):
    facts = replace(BORN[born].release, **PANES)
    return extract(release_page(facts, UNDATED[markup], BORN[born].menu), facts.url)


@cache
def _entries(born, markup):
    page = listing_page(BORN[born].entries, LABELLED[markup])
    return extract_listing(page, "https://www.osce.org/press-releases?page=2")["entries"]


@pytest.mark.parametrize("markup", UNDATED)
@pytest.mark.parametrize("born", RELEASES)
class TestTheReleases:
    def test_title_and_kind(self, born, markup):
        item, facts = _item(born, markup), BORN[born].release
        assert (item["title"], item["content_type_raw"]) == (facts.title, facts.kind)

    def test_the_date_is_the_datelines(self, born, markup):
        item = _item(born, markup)
        assert item["dates"]["page"] is None
        assert item["published"] == item["dates"]["dateline"]
        assert item["published"] in {"2017-06-09", "2018-09-24"}

    def test_place(self, born, markup):
        (place,) = _item(born, markup)["places"]
        (printed,) = BORN[born].release.places
        assert (place["header_raw"], place["dateline_raw"]) == (printed, printed)

    def test_units_and_fields(self, born, markup):
        item, facts = _item(born, markup), BORN[born].release
        found = [[value["raw"] for value in item[key]] for key in ("sources", "fields_of_work")]
        assert found == [list(facts.sources), list(facts.fields)]

    def test_body(self, born, markup):
        assert _item(born, markup)["body"] == BORN[born].release.body

    def test_definitions(self, born, markup):
        terms = [
            {"term": piece.term, "definition": piece.definition}
            for paragraph in BORN[born].release.paragraphs
            for piece in paragraph
            if isinstance(piece, Term)
        ]
        assert _item(born, markup)["definitions"] == terms


@pytest.mark.parametrize("markup", LABELLED)
@pytest.mark.parametrize("born", LISTINGS)
class TestTheListings:
    def test_titles_and_dates(self, born, markup):
        found = [(entry["title"], entry["published"]) for entry in _entries(born, markup)]
        assert found == [(entry.title, entry.stamp) for entry in BORN[born].entries]

    def test_kinds(self, born, markup):
        found = [entry["content_type_raw"] for entry in _entries(born, markup)]
        assert found == [entry.kind for entry in BORN[born].entries]

    def test_units_and_fields(self, born, markup):
        found = [(entry["sources"], entry["fields_of_work"]) for entry in _entries(born, markup)]
        expected = [(list(entry.sources), list(entry.fields)) for entry in BORN[born].entries]
        assert found == expected

    def test_teasers(self, born, markup):
        found = [entry["summary"] for entry in _entries(born, markup)]
        assert found == [entry.teaser for entry in BORN[born].entries]
