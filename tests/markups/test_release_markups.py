"""The same release comes out the same whatever markup it is printed in.

A markup is added to the tables of `render.py`, a combination to an axis of `layouts.py`.
"""

from dataclasses import replace

import pytest
from grid import check_each
from markups.layouts import RELEASE_AXES, RELEASE_LAYOUTS
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


def read(facts, layout):
    """Return what the page of *facts* in a markup says, by the keys of an item."""
    item = extract(release_page(facts, layout), facts.url)
    return {
        "title": item["title"],
        "content_type_raw": item["content_type_raw"],
        "dates.page": item["dates"]["page"],
        "places": [place["header_raw"] for place in item["places"]],
        "sources": [source["raw"] for source in item["sources"]],
        "fields_of_work": [field["raw"] for field in item["fields_of_work"]],
        "body": item["body"],
        "definitions": item["definitions"],
        "contacts": item["contacts"],
        "documents": [(document["url"], document["title"]) for document in item["documents"]],
        "links": [link["url"] for link in item["links"] if "glossary" not in link["url"]],
        "translations": [(other["url"], other["language"]) for other in item["translations"]],
        "images": [(image["caption"], image["credit"]) for image in item["images"]],
    }


def said(facts, layout):
    """Return what the page of *facts* in a markup must say: the same in all of them."""
    terms = [piece for words in facts.paragraphs for piece in words if isinstance(piece, Term)]
    panes = facts if layout.panes_at != "none" else NEWS
    return {
        "title": facts.title,
        "content_type_raw": facts.kind,
        "dates.page": None if layout.date in NO_DATES else facts.stamp[:10],
        "places": list(facts.places),
        "sources": list(facts.sources),
        "fields_of_work": list(facts.fields),
        "body": facts.body,
        "definitions": [{"term": one.term, "definition": one.definition} for one in terms],
        "contacts": list(panes.contacts),
        "documents": [(absolute(url), title) for url, title in panes.documents],
        "links": [absolute(url) for url, _ in panes.related],
        "translations": [(absolute(url), "cnr") for url, _ in panes.languages],
        "images": [("Boats in the harbour of Budva.", "OSCE/A. Name")] if facts.caption else [],
    }


def absolute(path):
    return f"https://www.osce.org{path}"


@pytest.mark.parametrize("axis", RELEASE_AXES)
def test_a_release_says_the_same_in_every_markup(axis):
    names = [name for name in PAGES if name.removesuffix(", news") in RELEASE_AXES[axis]]
    check_each(lambda name: read(*PAGES[name]), {name: said(*PAGES[name]) for name in names})


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
SOME_HEADERS = {"dl", "dl, bare", "dl, many dd", "Drupal 6 CCK", "Drupal 8"}
SOME_LAYOUTS = {
    name: layout
    for name, layout in RELEASE_LAYOUTS.items()
    if name.startswith("title h1, kind")
    or (name.startswith("among") and layout.header != "Drupal 8")
    or name.endswith("panes after")
    or (name.startswith("header ") and layout.header in SOME_HEADERS)
    if not name.endswith((", empty date", ", much around"))
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_release_of_another_shape_says_the_same_in_every_markup(other):
    facts = OTHERS[other]
    check_each(
        lambda name: read(facts, SOME_LAYOUTS[name]),
        {name: said(facts, layout) for name, layout in SOME_LAYOUTS.items()},
    )
