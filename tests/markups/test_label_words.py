"""The labels of a release in every language of the site, and labels that no vocabulary knows.

A language is added to `label_words.json`, a markup of label and value to `MARKUPS`.
"""

import json
from pathlib import Path

import pytest
from grid import check_each

from osce_crawl import extract, extract_listing
from osce_crawl.pages.refusals import NotARelease

URL = "https://www.osce.org/mission-to-montenegro/485000"
TITLE = "Chief monitor welcomes agreement on new crossing point"
OPENING = (
    "PODGORICA, 5 May 2021 – The chief monitor welcomed the agreement on a new crossing point and"
    " asked both sides to keep to it."
)
CLOSING = (
    "Speaking after talks that took all day, she said that residents of both towns would now be"
    " able to reach the market."
)
UNIT, FIELD = "OSCE Mission to Montenegro", "Rule of law"
WORDS = json.loads(Path(__file__).with_name("label_words.json").read_text("utf-8"))

MARKUPS = {
    "dl": ("<dl>{}</dl>", "<dt>{}</dt><dd>{}</dd>"),
    "dl in boxes": ("<dl>{}</dl>", "<div><dt>{}:</dt><dd>{}</dd></div>"),
    "table": ("<table>{}</table>", "<tr><th>{}</th><td>{}</td></tr>"),
    "cells": ("<table>{}</table>", "<tr><td>{}:</td><td>{}</td></tr>"),
    "plain cells": ("<table>{}</table>", "<tr><td>{}</td><td>{}</td></tr>"),
    "strong": ("{}", "<p><strong>{}:</strong> {}</p>"),
    "colon outside": ("{}", "<p><b>{}</b>: {}</p>"),
    "one line": ("<p>{}</p>", "<strong>{}:</strong> {} "),
    "plain": ("<div>{}</div>", "<p>{}: {}</p>"),
    "breaks": ("<p>{}</p>", "{}: {}<br>"),
    "spans": ("<div>{}</div>", "<div><span>{}:</span> <span>{}</span></div>"),
    "boxes side by side": ("<div>{}</div>", '<div class="x">{}:</div><div class="x">{}</div>'),
    "boxes of two classes": ("<div>{}</div>", '<div class="x">{}</div><div class="y">{}</div>'),
    "list": ("<ul>{}</ul>", "<li><b>{}:</b> {}</li>"),
    "items side by side": ("<ul>{}</ul>", "<li><b>{}:</b></li><li>{}</li>"),
    "custom elements": ("<x-facts>{}</x-facts>", "<x-fact><span>{}</span><span>{}</span></x-fact>"),
    "custom parts": ("<x-facts>{}</x-facts>", "<x-fact><x-l>{}:</x-l><x-v>{}</x-v></x-fact>"),
}


def page(facts, markup="dl", *, kind="Press release", text=(OPENING, CLOSING)):
    around, each = MARKUPS[markup]
    header = around.format("".join(each.format(label, value) for label, value in facts))
    paragraphs = "".join(f"<p>{words}</p>" for words in text)
    return (
        f'<html lang="en"><body><main><p>{kind}</p><h1>{TITLE}</h1>{header}'
        f'<div class="text">{paragraphs}</div></main></body></html>'
    )


def said(item):
    return {
        "dates.page": item["dates"]["page"],
        "places": [place["header_raw"] for place in item["places"]],
        "sources": [unit["raw"] for unit in item["sources"]],
        "fields_of_work": [field["raw"] for field in item["fields_of_work"]],
        "body": item["body"],
        "unknown labels": unknown(item),
    }


def unknown(item):
    return [issue["value"] for issue in item["issues"] if issue["code"] == "label-unknown"]


#: What a page with all four labels says.
ALL = {
    "dates.page": "2021-05-05",
    "places": ["PODGORICA"],
    "sources": [UNIT],
    "fields_of_work": [FIELD],
    "body": f"{OPENING}\n\n{CLOSING}",
    "unknown labels": [],
}


@pytest.mark.parametrize("markup", ["dl", "strong", "breaks", "custom elements"])
def test_labels_of_a_release(markup):
    def read(language):
        date, place, source, fields, _ = WORDS[language]
        facts = [(date, "2021-05-05"), (place, "PODGORICA"), (source, UNIT), (fields, FIELD)]
        return said(extract(page(facts, markup), URL))

    check_each(read, dict.fromkeys(WORDS, ALL))


def test_labels_of_a_listing():
    def read(language):
        date, _, source, fields, kind = WORDS[language]
        facts = [(date, "2021-05-05"), (kind, "Press release"), (source, UNIT), (fields, FIELD)]
        lines = "".join(f"<p><b>{label}:</b> {value}</p>" for label, value in facts)
        cards = "".join(
            f'<li><h3><a href="/mission-to-montenegro/{node}">Talks, day {node}</a></h3>{lines}'
            for node in (485001, 485002)
        )
        entries = extract_listing(f"<body><ul>{cards}</ul></body>", "https://www.osce.org/news")
        return [{key: entry[key] for key in entry_says} for entry in entries["entries"]]

    entry_says = {
        "published": "2021-05-05",
        "content_type": "press-release",
        "sources": [UNIT],
        "fields_of_work": [FIELD],
    }
    check_each(read, {language: [entry_says] * 2 for language in WORDS})


MONTENEGRIN = [("Datum", "5. maj 2021."), ("Izvor", UNIT), ("Naš rad", FIELD)]


@pytest.mark.parametrize("publisher", ["Izdavač", "Издавач", "Publisher", "Herausgeber"])
def test_publisher_is_the_source_only_where_none_is_printed(publisher):
    other = (publisher, "OSCE Secretariat")
    first, last = (
        extract(page([other, *MONTENEGRIN]), URL),
        extract(page([*MONTENEGRIN, other]), URL),
    )
    alone = extract(page([MONTENEGRIN[0], other]), URL)
    assert [one["raw"] for one in first["sources"]] == [UNIT]
    assert [one["raw"] for one in last["sources"]] == [UNIT]
    assert [one["raw"] for one in alone["sources"]] == ["OSCE Secretariat"]


@pytest.mark.parametrize("text", [(OPENING, CLOSING), (OPENING, CLOSING, CLOSING)])
def test_a_label_word_behind_the_text_is_text(text):
    def read(last):
        facts = [("Date", "5 May 2021"), ("Source", UNIT)]
        item = extract(page(facts, text=(*text, last)), URL)
        return [one["raw"] for one in item["sources"]], item["body"]

    lines = [f"{source}: interviews" for _, _, source, _, _ in WORDS.values()]
    check_each(read, {last: ([UNIT], "\n\n".join((*text, last))) for last in lines})


def test_a_label_word_behind_the_text_of_a_page_without_header_is_text():
    for text in ((OPENING, CLOSING), (OPENING,)):
        item = extract(page([], text=(*text, "Source: interviews")), URL)
        assert item["sources"] == []
        assert item["body"].endswith("Source: interviews")


STRANGE = [
    ("Date", "5 May 2021"),
    ("Handled by", "the night desk"),
    ("Source", UNIT),
    ("Desk", "Press and public"),
    ("Fields of work", FIELD),
    ("Revised", "twice"),
]


#: What a page with the labels of `STRANGE` says: its place is that of the dateline.
NAMED = {**ALL, "places": [None], "unknown labels": ["Handled by", "Desk", "Revised"]}


def test_labels_between_known_ones_are_named_and_end_values():
    check_each(
        lambda markup: said(extract(page(STRANGE, markup), URL)), dict.fromkeys(MARKUPS, NAMED)
    )


def test_an_unknown_label_of_a_day_above_the_known_ones_is_named():
    facts = [("Effective date", "6 May 2021"), ("Source", UNIT), ("Fields of work", FIELD)]
    named = {**ALL, "dates.page": None, "places": [None], "unknown labels": ["Effective date"]}
    check_each(
        lambda markup: said(extract(page(facts, markup), URL)), dict.fromkeys(MARKUPS, named)
    )


def test_labels_above_the_headline_are_named_too():
    html = page(STRANGE, "one line")
    start, stop = html.index("<h1>"), html.index("</h1>") + len("</h1>")
    header_end = html.index('<div class="text">')
    html = f"{html[:start]}{html[stop:header_end]}{html[start:stop]}{html[header_end:]}"
    assert said(extract(html, URL)) == NAMED


def test_words_that_a_vocabulary_knows_are_no_unknown_label():
    def unknown_of(label):
        facts = [("Date", "5 May 2021"), (label, "x"), ("Source", UNIT)]
        return unknown(extract(page(facts, "strong"), URL))

    known = ["OSCE Secretariat", "Elections", "5 May", "Contact", "Share", "Read more", "Русский"]
    check_each(unknown_of, {label: [] for label in known})


def test_a_chapter_between_labels_is_text_not_a_label():
    chapter = ("Background", f"{CLOSING} {CLOSING}")
    facts = [("Date", "5 May 2021"), ("Source", UNIT), chapter]
    item = extract(page(facts, "strong"), URL)
    assert unknown(item) == []
    assert "Background" in item["body"]


ADVISORY = [("What", "A press briefing"), ("When", "6 May, 10:00"), ("Где", "Пресс-центр")]


def test_an_advisory_below_the_header_is_text():
    lines = [f"{label}: {value}" for label, value in ADVISORY]

    def read(markup):
        facts = [("Date", "5 May 2021"), ("Source", UNIT)]
        text = f'<div class="text">{"".join(f"<p>{line}</p>" for line in lines)}'
        item = extract(page(facts, markup).replace('<div class="text">', text), URL)
        return item["body"].split("\n\n"), unknown(item)

    markups = ["dl", "strong", "plain", "breaks", "spans", "list"]
    check_each(read, dict.fromkeys(markups, ([*lines, OPENING, CLOSING], [])))


@pytest.mark.parametrize("last", ["Source: interviews", "Date: to be confirmed", "Issues: two"])
def test_a_label_word_behind_a_single_paragraph_is_text(last):
    item = extract(page([], kind="News", text=(CLOSING, last)), URL)
    assert (item["sources"], item["body"]) == ([], f"{CLOSING}\n\n{last}")


KINDS = """\
Study / report; Report / study; Guide / manual / handbook; Handbook / guide; Annual report
Factsheet; General event; High-level event; Regional conference; Toolkit; Policy paper
Исследование / доклад; Руководство; Общее мероприятие; Посібник; Захід; Річний звіт
Studija / izvještaj; Студија / извештај; Vodič / priručnik; Opšti događaj; Godišnji izvještaj
Прирачник; Настан; Udhëzues; Ngjarje; Studiu / raport; Ghid / manual; Eveniment; Handbuch; Studie
Étude / rapport; Événement; Manuale; Evento; Guía / manual; Podręcznik; Wydarzenie; Etkinlik
Ձեռնարկ; Միջոցառում; Tədbir; Hesabat; ღონისძიება; სახელმძღვანელო; Іс-шара; Нұсқаулық; Иш-чара
Чорабинӣ; Роҳнамо; Tadbir; Qoʻllanma; Тадбир; Çäre; Gollanma; Мерапрыемства"""
KINDS = [kind.strip() for line in KINDS.splitlines() for kind in line.split(";")]


def test_kinds_that_are_no_releases():
    facts = [("Date", "5 May 2021"), ("Source", UNIT)]
    text = (CLOSING, CLOSING)

    def is_refused(kind, place):
        labels = [("Content type", kind)] if place == "label" else []
        with pytest.raises(NotARelease) as refusal:
            extract(page([*facts, *labels], kind="" if labels else kind, text=text), URL)
        return refusal.value.reason in {"event", "project", "report"}

    check_each(
        is_refused, {(kind, place): True for kind in KINDS for place in ("kind line", "label")}
    )


@pytest.mark.parametrize("kind", ["Youth conference", "Side event in Vienna on training"])
def test_an_unknown_kind_that_names_another_leaves_what_opens_as_releases_do(kind):
    item = extract(page([("Date", "5 May 2021"), ("Source", UNIT)], kind=kind), URL)
    assert item["content_type_raw"] == kind
    assert [issue["code"] for issue in item["issues"]] == ["content-type-unknown"]
