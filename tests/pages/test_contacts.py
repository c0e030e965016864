"""Press contacts are no text, in any language, markup and place; numbers in sentences are."""

import json
import re

import pytest
from pages.contact_oddities import BESIDE_TEXTS, ODD_CONTACTS, TEXTS
from pages.contact_shapes import LANGUAGES, MARKUPS, PERSONAL, PLACES, PROSE, contact, page

from osce_crawl import extract

URL = "https://www.osce.org/secretariat/322492"
TEXT = "\n\n".join(PROSE)
AT_THE_END, WITHIN = "at the end", "within the text"
#: Each language in every markup, each markup in every place, each place in every language.
SHAPES = [
    *((language, markup, AT_THE_END) for language in LANGUAGES for markup in MARKUPS),
    *((one, markup, place) for one in ("en", "ru") for markup in MARKUPS for place in PLACES),
    *((language, "breaks without heading", place) for language in LANGUAGES for place in PLACES),
]
ODD = [(shape, place) for shape in ODD_CONTACTS for place in PLACES]
#: What a text may stand in.
HOLDERS = ("<p>@</p>", "<div>@</div>", "<ul><li>A first point of a list</li><li>@</li></ul>")


def read(place, piece):
    before, after = PLACES[place].split("@")
    return extract(page(before + piece + after), URL)


def leaks(item):
    printed = json.dumps({**item, "contacts": []}, ensure_ascii=False)
    return [secret for secret in PERSONAL if secret in printed]


@pytest.mark.parametrize(("language", "markup", "place"), dict.fromkeys(SHAPES))
def test_contact_is_no_text(language, markup, place):
    item = read(place, contact(markup, language))

    assert (item["body"], leaks(item), item["summary"]) == (TEXT, [], None)


@pytest.mark.parametrize(("shape", "place"), ODD)
def test_odd_contact_is_no_text(shape, place):
    item = read(place, ODD_CONTACTS[shape])

    if place == WITHIN and shape in BESIDE_TEXTS:
        assert re.sub("<.*?>", "", ODD_CONTACTS[shape]) in item["body"]
    else:
        assert (item["body"].replace("\n\n***", ""), leaks(item)) == (TEXT, [])


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("place", [AT_THE_END, WITHIN])
@pytest.mark.parametrize("text", TEXTS)
def test_text_with_numbers_is_text(text, place, holder):
    item = read(place, holder.replace("@", TEXTS[text]))

    assert re.sub("<.*?>", "", TEXTS[text]) in item["body"]


@pytest.mark.parametrize("markup", MARKUPS)
def test_contacts_are_given_apart(markup):
    contacts = read(AT_THE_END, contact(markup, "en"))["contacts"]

    assert "Mira Invented" in ", ".join(contacts)
