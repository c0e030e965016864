"""The same release comes out the same whatever markup it is printed in."""

from dataclasses import replace
from functools import cache

import pytest
from markups.layouts import RELEASE_LAYOUTS, TEXT_LAYOUTS
from markups.render import HEADERS, NO_DATES, Facts, Term, release_page

from osce_crawl import extract

OPENING = (
    "BUDVA, Montenegro, 9 June 2017 – Harbour masters and border police from four states compared "
    "how they watch over marinas and small quays at a workshop that ended today."
)
DEFINITION = (
    "Officials who meet a person or a load before anybody else does; among them are harbour "
    "masters, customs officers and medical staff."
)
CLOSING = (
    "The next workshop takes place in spring, when results of the first season, with its 120 "
    "patrols, will be at hand for everybody who took part."
)
NEWS_OPENING = (
    "Forty reporters and spokespersons spent three days on the question of what may be said about "
    "an ongoing investigation, and when."
)
NEWS_CLOSING = (
    "The training took place in two towns in the south, with exercises in which each side took the "
    "other's role."
)
RELEASE = Facts(
    url="https://www.osce.org/secretariat/700123",
    title="OSCE workshop in Budva looks at how small harbours are guarded",
    kind="Press release",
    date="9 June 2017",
    stamp="2017-06-09T12:00:00+02:00",
    places=("BUDVA",),
    sources=("OSCE Secretariat", "OSCE Mission to Montenegro"),
    fields=("Border management", "Policing"),
    paragraphs=(
        (OPENING,),
        (
            "The course gave 31 ",
            Term(
                "first responders",
                "first responders",
                DEFINITION,
            ),
            " from both sides of the sea a common list of signs to look out for at night.",
        ),
        ("“Nobody has ever counted the boats,” said one of them.",),
        (CLOSING,),
    ),
    lead="Harbour masters of four countries agree on common signs to look out for when small boats "
    "come in at night.",
    contacts=("Mia Harbour, Press Officer, +43 1 000 000, press@example.org",),
    documents=(("/files/f/documents/1/2/700124.pdf", "Programme of the workshop"),),
    related=(("/mission-to-montenegro/700001", "Earlier workshop on customs data"),),
    languages=(("/me/secretariat/700123", "Crnogorski"),),
    caption="Boats in the harbour of Budva. (OSCE/A. Name)",
)
#: The other shape: news without a place or a dateline, one unit, one field, no panes.
NEWS = Facts(
    url="https://www.osce.org/mission-to-serbia/700200",
    title="Journalists and police spokespersons train together in Serbia",
    kind="News",
    date="24 September 2018",
    stamp="2018-09-24T12:00:00+02:00",
    places=(),
    sources=("OSCE Mission to Serbia",),
    fields=("Media freedom and development",),
    paragraphs=(
        (NEWS_OPENING,),
        (NEWS_CLOSING,),
    ),
    lead="Reporters and spokespersons of the police agree that the first hour after an accident is "
    "the one that counts.",
)
#: Each markup with the full release, each header with the news too.
PAGES = {name: (RELEASE, layout) for name, layout in RELEASE_LAYOUTS.items()} | {
    f"{name}, news": (NEWS, layout)
    for name, layout in RELEASE_LAYOUTS.items()
    if name.startswith("among") or name.removeprefix("header ") in HEADERS
}
#: Pages that print panes and pictures.
FULL = [name for name, layout in TEXT_LAYOUTS.items() if layout.panes_at != "none"]


@cache
def _item(name):
    facts, layout = PAGES[name]
    return extract(release_page(facts, layout), facts.url)


def _printed_date(name):
    facts, layout = PAGES[name]
    return None if layout.date in NO_DATES else facts.stamp[:10]


def _absolute(links):
    return [f"https://www.osce.org{url}" for url, _ in links]


@pytest.mark.parametrize("name", PAGES)
class TestTheRelease:
    def test_title(self, name):
        assert _item(name)["title"] == PAGES[name][0].title

    def test_kind(self, name):
        assert _item(name)["content_type_raw"] == PAGES[name][0].kind

    def test_date(self, name):
        assert _item(name)["dates"]["page"] == _printed_date(name)

    def test_places(self, name):
        places = [place["header_raw"] for place in _item(name)["places"]]
        assert places == list(PAGES[name][0].places)

    def test_sources(self, name):
        assert [source["raw"] for source in _item(name)["sources"]] == list(PAGES[name][0].sources)

    def test_fields_of_work(self, name):
        fields = [field["raw"] for field in _item(name)["fields_of_work"]]
        assert fields == list(PAGES[name][0].fields)

    def test_body(self, name):
        assert _item(name)["body"] == PAGES[name][0].body


@pytest.mark.parametrize("name", FULL)
class TestTheRest:
    def test_definitions(self, name):
        assert _item(name)["definitions"] == [
            {"term": "first responders", "definition": DEFINITION}
        ]

    def test_contacts(self, name):
        assert _item(name)["contacts"] == list(RELEASE.contacts)

    def test_documents(self, name):
        found = [(document["url"], document["title"]) for document in _item(name)["documents"]]
        assert found == [(*_absolute(RELEASE.documents), RELEASE.documents[0][1])]

    def test_links(self, name):
        found = [link["url"] for link in _item(name)["links"] if "glossary" not in link["url"]]
        assert found == _absolute(RELEASE.related)

    def test_translations(self, name):
        found = [(other["url"], other["language"]) for other in _item(name)["translations"]]
        assert found == [(*_absolute(RELEASE.languages), "cnr")]

    def test_captions(self, name):
        found = [(image["caption"], image["credit"]) for image in _item(name)["images"]]
        assert found == [("Boats in the harbour of Budva.", "OSCE/A. Name")]


#: Releases that say more, or less, than most.
OTHERS = {
    "short": replace(
        RELEASE,
        paragraphs=(("BUDVA, 9 June 2017 – The workshop is over.",), ("More follows.",)),
    ),
    "one short sentence": replace(NEWS, paragraphs=(("The workshop is over.",),)),
    "short first": replace(
        NEWS, paragraphs=(("“We are done,” she said.",), (NEWS_OPENING,), (NEWS_CLOSING,))
    ),
    "short last": replace(RELEASE, paragraphs=((OPENING,), (CLOSING,), ("Places are limited.",))),
    "opening with a date": replace(
        NEWS, paragraphs=(("On 24 September 2018, reporters met in Vranje.",), (NEWS_CLOSING,))
    ),
    "labels in the text": replace(
        RELEASE,
        paragraphs=((OPENING,), ("Date: 12 June 2017",), ("Place: Hotel Avala",), (CLOSING,)),
    ),
    "many fields": replace(
        RELEASE,
        fields=("Arms control", "Border management", "Policing", "Human rights", "Elections"),
        sources=("OSCE Secretariat",),
    ),
    "three units, no field": replace(
        NEWS,
        sources=("OSCE Mission to Serbia", "OSCE Secretariat", "OSCE Presence in Albania"),
        fields=(),
    ),
}
SOME_LAYOUTS = {
    name: layout
    for name, layout in RELEASE_LAYOUTS.items()
    if name.startswith(("among", "title h1, kind", "header dl", "header Drupal"))
    or name.endswith("panes after")
}


@pytest.mark.parametrize("markup", SOME_LAYOUTS)
@pytest.mark.parametrize("other", OTHERS)
def test_other_facts(other, markup):
    facts = OTHERS[other]
    item = extract(release_page(facts, SOME_LAYOUTS[markup]), facts.url)
    assert {
        "kind": item["content_type_raw"],
        "places": [place["header_raw"] for place in item["places"]],
        "units": [source["raw"] for source in item["sources"]],
        "fields": [field["raw"] for field in item["fields_of_work"]],
        "body": item["body"],
    } == {
        "kind": facts.kind,
        "places": list(facts.places),
        "units": list(facts.sources),
        "fields": list(facts.fields),
        "body": facts.body,
    }
