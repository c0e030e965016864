"""Press contacts are not text, in any language, markup and place; numbers in sentences are.

A language, a markup or a place is added to `contact_shapes.py`; a contact of an odd shape, or a
text that looks like one, to `contact_oddities.py`.
"""

import json
import re

import pytest
from grid import check_each
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
OTHER_PLACES = [place for place in PLACES if place not in {AT_THE_END, WITHIN}]
#: Each language in every second markup, which is with all its words; each markup in every place,
#: each place in every second language.
SHAPES = [
    *(
        (language, markup, AT_THE_END)
        for number, language in enumerate(LANGUAGES)
        for markup in [*MARKUPS][number % 2 :: 2]
    ),
    *(("ru", markup, place) for markup in MARKUPS for place in PLACES),
    *(
        (language, "breaks without heading", place)
        for number, language in enumerate(LANGUAGES)
        for place in [*PLACES][number % 2 :: 2]
    ),
]
#: Each odd contact at the end, within the text, but for those that may be of the text there, and in
#: one of the other places.
ODD = [
    (shape, place)
    for number, shape in enumerate(ODD_CONTACTS)
    for place in (AT_THE_END, WITHIN, *OTHER_PLACES[number % 6 :: 6])
    if place != WITHIN or shape not in BESIDE_TEXTS | HEADINGS_OF_TEXTS
]
#: Those that are text above a contact too: it would be its heading, or its name.
LINES = {
    text: words
    for text, words in TEXTS.items()
    if text not in {"heading of a chapter", "names without numbers"}
} | {"bold end": "<b>The next course of the Mission begins in Skopje on 5 May.</b>"}
#: Elements that a text may be in.
HOLDERS = ("<p>@</p>", "<div>@</div>", "<ul><li>A first point of a list</li><li>@</li></ul>")


def read(place, piece):
    before, after = PLACES[place].split("@")
    return extract(page(before + piece + after), URL)


def leaks(item):
    printed = json.dumps({**item, "contacts": []}, ensure_ascii=False)
    return [secret for secret in PERSONAL if secret in printed]


def shown(html):
    """Return the words of a piece of markup."""
    return re.sub("<.*?>", "", html)


def said(item):
    """Return what a contact must not have added to."""
    return {"body": item["body"], "leaks": leaks(item), "summary": item["summary"]}


#: What a page says whose contact is no text.
NOTHING = {"body": TEXT, "leaks": [], "summary": None}


def test_contact_is_no_text():
    check_each(
        lambda language, markup, place: said(read(place, contact(markup, language))),
        dict.fromkeys(SHAPES, NOTHING),
    )


def test_odd_contact_is_no_text():
    check_each(
        lambda shape, place: said(read(place, ODD_CONTACTS[shape])),
        dict.fromkeys(ODD, NOTHING),
    )


def test_odd_contact_that_may_head_a_text_leaks_nothing_within_it():
    check_each(
        lambda shape: leaks(read(WITHIN, ODD_CONTACTS[shape])),
        {shape: [] for shape in HEADINGS_OF_TEXTS},
    )


def test_odd_contact_that_reads_like_a_text_is_text_within_it():
    def is_text(shape):
        words = re.sub("(<.*?>)+", "\n\n", ODD_CONTACTS[shape]).strip()
        return words in read(WITHIN, ODD_CONTACTS[shape])["body"]

    check_each(is_text, dict.fromkeys(BESIDE_TEXTS, True))


@pytest.mark.parametrize("holder", HOLDERS)
def test_text_with_numbers_is_text(holder):
    check_each(
        lambda text, place: (
            shown(TEXTS[text]) in read(place, holder.replace("@", TEXTS[text]))["body"]
        ),
        {(text, place): True for text in TEXTS for place in (AT_THE_END, WITHIN)},
    )


def test_contacts_are_given_apart():
    check_each(
        lambda markup: (
            "Mira Invented" in ", ".join(read(AT_THE_END, contact(markup, "en"))["contacts"])
        ),
        dict.fromkeys(MARKUPS, True),
    )


def test_text_above_a_contact_is_text():
    def body(text):
        line = f"<p>{LINES[text]}</p><p>Contact: Mira Invented, +43 1 5550123</p>"
        return read(AT_THE_END, line)["body"].removeprefix(f"{TEXT}\n\n")

    check_each(body, {text: shown(line) for text, line in LINES.items()})


def test_who_is_cited_above_a_pane_of_contacts_is_text():
    names = (
        "Ada Example, Head of Mission",
        "Ada Example, Kreu i Pranisë",
        "Ада Пример, глава Бюро",
    )
    panes = (
        "<div><h2>Media contacts</h2><ul><li>Mira Invented</li><li>+43 1 5550123</li></ul></div>",
        "<div class=contact><h2>Contacts</h2><ul><li>Mira Invented<li>+43 1 5550123</ul></div>",
        "<div class=contact><b>Contacts:</b><div><p>Mira Invented<br>+43 1 5550123</p></div></div>",
        "<h2>Media contacts</h2><table><tr><td>Mira Invented<td>+43 1 5550123</tr></table>",
    )

    def said(name, pane):
        quote = f"<blockquote><p>We are glad to be here.</p><p>{name}</p></blockquote>"
        item = read(AT_THE_END, quote + pane)
        return item["body"].endswith(name), ", ".join(item["contacts"])

    check_each(
        said,
        {(name, pane): (True, "Mira Invented, +43 1 5550123") for name in names for pane in panes},
    )


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


@pytest.mark.parametrize("shape", ENDING_PARAGRAPHS)
def test_contact_that_ends_a_paragraph_is_no_text(shape):
    paragraph = ENDING_PARAGRAPHS[shape].replace("@", "", 1)
    check_each(lambda place: leaks(read(place, paragraph)), {place: [] for place in PLACES})


@pytest.mark.parametrize("shape", ENDING_PARAGRAPHS)
def test_paragraph_that_a_contact_ends_is_text(shape):
    news, _, _ = ENDING_PARAGRAPHS[shape].partition("@")

    def said(place):
        item = read(place, ENDING_PARAGRAPHS[shape].replace("@", "", 1))
        paragraphs = item["body"].split("\n\n")
        return "Mira Invented" in item["contacts"][0], shown(news).strip() in paragraphs

    check_each(said, dict.fromkeys((AT_THE_END, "at the end, flat", WITHIN), (True, True)))


@pytest.mark.parametrize("text", ENDING_FOR_ALL)
def test_sentence_for_all_readers_stays_in_its_paragraph(text):
    item = read(AT_THE_END, f"<p>{text}</p>")
    assert (text in item["body"].split("\n\n"), item["contacts"]) == (True, [])


def test_a_pane_of_languages_behind_a_contact_is_no_contact():
    card = (
        "<div><h2>Media contact</h2></div><div><p>Spokesperson</p><h3>Mira Invented</h3><div>"
        "<p>OSCE Secretariat</p><p>+43 1 5550123</p></div></div>"
    )
    link = "<ul><li><a href='/ru/odihr/1' hreflang=ru>Русский</a></li></ul>"
    panes = (
        f"<div><div><p>Available in:</p></div><nav>{link}</nav></div>",
        f"<div><p>Available in:</p>{link}</div>",
        f"<p>Other languages:</p>{link}",
    )

    wanted = "Spokesperson, Mira Invented, OSCE Secretariat, +43 1 5550123"
    check_each(
        lambda pane: "; ".join(read(AT_THE_END, card + pane)["contacts"]),
        dict.fromkeys(panes, wanted),
    )


def test_a_word_that_heads_contacts_above_a_list_is_no_text():
    members = "<ul><li>Mira Invented</li><li>+43 1 5550123</li></ul>"
    check_each(
        lambda word: read(AT_THE_END, f"<p>{word}</p>{members}")["body"],
        dict.fromkeys(("Contact", "Тамос", "Əlaqə", "Կոնտակտներ", "Կապ"), TEXT),
    )


def test_numbers_of_contacts_in_the_column_of_the_labels_are_those_of_contacts():
    numbers = [f"{channel}: +43 1 5550123" for channel in ("Office", "Mobile", "Моб.", "Tél")]
    facts = "".join(
        f"<div><h4>{label}</h4><div>{value}</div></div>"
        for label, value in (("Date", "22 May 2013"), ("Source", "OSCE Secretariat"))
    )

    def said(number):
        pane = f"<h4>Contacts</h4><p>Mira Invented</p><ul><li>{number}</li><li>a@osce.example</ul>"
        text = "".join(f"<p>{one}</p>" for one in PROSE)
        html = f"<p>Press release</p><h1>T</h1><div>{facts}{pane}</div><div>{text}</div>"
        item = extract(f"<main>{html}</main>", URL)
        return number in item["contacts"], item["body"] == TEXT, item["issues"]

    check_each(said, dict.fromkeys(numbers, (True, True, [])))
