"""Press contacts are no text, in any language, markup and place; numbers in sentences are."""

import json
import re

import pytest
from pages.contact_oddities import (
    BESIDE_TEXTS,
    ENDING_FOR_ALL,
    ENDING_PARAGRAPHS,
    HEADINGS_OF_TEXTS,
    ODD_CONTACTS,
    TEXTS,
)
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
#: Those that are text above a contact too: it would be its heading, or its name.
LINES = {
    text: words
    for text, words in TEXTS.items()
    if text not in {"heading of a chapter", "names without numbers"}
} | {"bold end": "<b>The next course of the Mission begins in Skopje on 5 May.</b>"}
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
        assert re.sub("(<.*?>)+", "\n\n", ODD_CONTACTS[shape]).strip() in item["body"]
    elif place == WITHIN and shape in HEADINGS_OF_TEXTS:
        assert leaks(item) == []
    else:
        assert (item["body"], leaks(item)) == (TEXT, [])


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


@pytest.mark.parametrize("text", LINES)
def test_text_above_a_contact_is_text(text):
    item = read(AT_THE_END, f"<p>{LINES[text]}</p><p>Contact: Mira Invented, +43 1 5550123</p>")

    assert re.sub("<.*?>", "", LINES[text]) in item["body"]
    assert "5550" not in item["body"]


@pytest.mark.parametrize("hidden", ["hidden", "style='display: none'"])
def test_what_the_page_hides_is_not_in_the_html(hidden):
    item = read(
        AT_THE_END, f"<p>A last line.<span {hidden}>Mira Invented, 5550123</span> It ends.</p>"
    )

    assert item["body"].endswith("A last line. It ends.")
    assert leaks(item) == []


def test_tooltip_with_a_number_is_no_definition():
    tooltip = (
        "<span class='tooltip'>Mira Invented<span>Mira Invented<br>+43 1 5550123</span></span>"
    )

    assert read(AT_THE_END, f"<p>Contact: {tooltip}</p>")["definitions"] == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", ENDING_PARAGRAPHS)
def test_contact_that_ends_a_paragraph_is_no_text_and_the_paragraph_is(shape, place):
    news, _, _ = ENDING_PARAGRAPHS[shape].partition("@")
    item = read(place, ENDING_PARAGRAPHS[shape].replace("@", "", 1))

    assert leaks(item) == []
    if place in {"at the end", "at the end, flat", "within the text"}:
        assert "Mira Invented" in item["contacts"][0]
        assert re.sub("<.*?>", "", news).strip() in item["body"].split("\n\n")


@pytest.mark.parametrize("text", ENDING_FOR_ALL)
def test_sentence_for_all_readers_stays_in_its_paragraph(text):
    item = read(AT_THE_END, f"<p>{text}</p>")
    assert (text in item["body"].split("\n\n"), item["contacts"]) == (True, [])
