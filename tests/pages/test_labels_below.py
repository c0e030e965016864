"""Labels of a header behind the text or beside it, and boxes about other things there."""

from itertools import product

import pytest
from grid import check_each

from osce_crawl import extract

URL = "https://www.osce.org/mission-to-moldova/612340"
TEXT = (
    "<p>Forty clerks from nine courts met this week to compare how old case files are kept and"
    " found again.</p><p>They drew up a list of twelve steps that need no new money.</p>"
)
DATELINE = "CHISINAU, 9 October 2023 – "
HEADER = (("Date", "9 October 2023"), ("Place", "CHISINAU"), ("Source", "OSCE Mission to Moldova"))
SHAPES = {
    "headings": "<h4>{}</h4><p>{}</p>",
    "paragraphs": "<p><strong>{}:</strong> {}</p>",
    "divs": "<div class=r><div>{}</div><div>{}</div></div>",
    "custom elements": "<x-fact><x-name>{}</x-name><x-value>{}</x-value></x-fact>",
    "list": "<ul><li><span>{}</span> {}</li></ul>",
    "tables within a table": (
        "<table><tr><td><table><tr><td>{}:</td></tr></table></td><td>{}</td></tr></table>"
    ),
}
WANTED = {
    "day": "2023-10-09",
    "units": ["mission-to-moldova"],
    "places": ["CHISINAU"],
    "paragraphs": 2,
}
PLACES = {
    "behind": "<div>{text}</div><div>{box}</div>",
    "column": "<div class=row><div class=col-8>{text}</div><div class=col-4>{box}</div></div>",
    "aside": "<div>{text}</div><aside>{box}</aside>",
}


def page(below: str, *, text: str = TEXT, facts: str = "") -> bytes:
    """Return a release whose headline is followed by *facts*, and the text by *below*."""
    main = f"<p>Press release</p><h1>Clerks compare old case files</h1>{facts}"
    body = below.format(text=text) if "{text}" in below else f"<div>{text}</div>{below}"
    return f"<html><body><main>{main}{body}</main></body></html>".encode()


def read(html: bytes) -> dict[str, object]:
    """Return what a page says in its labels, and how long its text is."""
    item = extract(html, URL)
    return {
        "day": item["dates"]["page"],
        "units": [one["id"] for one in item["sources"]],
        "places": [one["header_raw"] for one in item["places"]],
        "paragraphs": item["body"].count("\n\n") + 1,
    }


def test_labels_behind_the_text_are_read_whatever_their_markup():
    def said(shape, place):
        box = "".join(SHAPES[shape].format(*fact) for fact in HEADER)
        return read(page(PLACES[place].replace("{box}", box)))

    check_each(said, dict.fromkeys(product(SHAPES, PLACES), WANTED))


OTHERS = {
    "event": (
        "<aside><h3>Upcoming event</h3><p>Date: 5 December 2026</p><p>Place: VIENNA</p>"
        "<p>Source: OSCE Secretariat</p></aside>"
    ),
    "event without a kind": (
        "<div><h3>Winter seminar on borders</h3><dl><dt>Date:</dt><dd>5 December 2026</dd>"
        "<dt>Place:</dt><dd>VIENNA</dd><dt>Source:</dt><dd>OSCE Secretariat</dd></dl></div>"
    ),
    "card": (
        "<div><h3><a href='/secretariat/700001'>Ports</a></h3><p>A teaser of it.</p><dl>"
        "<dt>Date:</dt><dd>3 March 2026</dd><dt>Source:</dt><dd>OSCE Secretariat</dd></dl></div>"
    ),
    "card with its headline below": (
        "<div><dl><dt>Date:</dt><dd>3 March 2026</dd><dt>Source:</dt><dd>OSCE Secretariat</dd>"
        "</dl><h3><a href='/secretariat/700001'>Ports</a></h3></div>"
    ),
    "publication": (
        "<div><p>Publisher: OSCE Secretariat</p><p>Date: 3 March 2015</p><p>Pages: 55</p></div>"
    ),
    "two of them": "".join(
        f"<div><p>Date: {day} March 2026</p><p>Source: OSCE Secretariat</p><p>·</p></div>"
        for day in (1, 2)
    ),
    "calendar": "<aside><h4>Date</h4><p>5 December 2026</p><h4>Venue</h4><p>Hofburg</p></aside>",
}


def test_labels_of_another_item_are_none_of_this_one():
    def said(other):
        item = extract(page(OTHERS[other]), URL)
        return item["published"], item["sources"], item["places"]

    check_each(said, dict.fromkeys(OTHERS, (None, [], [])))


@pytest.mark.parametrize("where", ["dateline", "line", "time"])
def test_labels_of_another_day_than_the_pages_own_are_none_of_it(where):
    box = "<aside><p>Date: 5 December 2026</p><p>Source: OSCE Secretariat</p></aside>"
    text = TEXT.replace("<p>", f"<p>{DATELINE}", 1) if where == "dateline" else TEXT
    facts = {
        "line": "<p>CHISINAU 9 October 2023</p>",
        "time": "<p><time datetime='2023-10-09'>9 October 2023</time></p>",
    }
    item = extract(page(box, text=text, facts=facts.get(where, "")), URL)
    assert (item["published"], item["sources"]) == ("2023-10-09", [])


def test_units_in_elements_side_by_side_are_read_however_long_the_line():
    facts = (
        "<div><span>Press release</span><span>9 October 2023</span><span>OSCE Office for"
        " Democratic Institutions and Human Rights</span><span>WARSAW</span></div>"
    )
    item = extract(page("", facts=facts), URL)
    assert item["dates"]["page"] == "2023-10-09"
    assert [one["id"] for one in item["sources"]] == ["odihr"]
    assert [one["header_raw"] for one in item["places"]] == ["WARSAW"]


def test_the_venue_of_an_event_is_no_place_of_issue():
    facts = "<dl><dt>Event date</dt><dd>5 December 2026</dd><dt>Venue</dt><dd>Vienna</dd></dl>"
    assert extract(page("", facts=facts), URL)["places"] == []


def test_the_name_of_the_site_above_the_headline_is_no_unit():
    html = page("").replace(b"<p>Press release</p>", b"<p>OSCE</p><p>9 October 2023 | News</p>")
    item = extract(html, URL)
    assert (item["published"], item["sources"]) == ("2023-10-09", [])


FACTS = "".join(f"<p>{label}: {value}</p>" for label, value in HEADER)
SIDES = {
    "contents": "<aside><nav><ul><li><a href=#a>Steps</a><li><a href=#b>Costs</a></ul></nav>{}",
    "links of the page": "<aside><ul><li><a href=#a>Steps</a></li></ul>{}</aside>",
    "categories": "<aside><h3>Categories</h3><ul><li><a href=/c/1>News</a></li></ul>{}</aside>",
    "related": "<aside>{}<nav><h3>Related</h3><a href=/baku/700001>Ports</a></nav></aside>",
}


def test_what_else_is_in_a_side_column_does_not_hide_the_labels():
    def outside(side):
        return read(page("").replace(b"</main>", b"</main>" + SIDES[side].format(FACTS).encode()))

    check_each(outside, dict.fromkeys(SIDES, WANTED))
    check_each(lambda side: read(page(SIDES[side].format(FACTS))), dict.fromkeys(SIDES, WANTED))


def test_a_pane_of_files_below_unit_and_field_does_not_hide_them():
    def said(pane):
        facts = "<div>Source</div><p>OSCE Mission to Moldova</p>"
        facts += "<div>Fields of work</div><p>Elections</p>"
        html = page(PLACES["column"].format(text="{text}", box=facts + pane), facts=day)
        item = extract(html, URL)
        fields = [one["raw"] for one in item["fields_of_work"]]
        return len(item["documents"]), fields, item["body"].count("\n\n") + 1

    day = "<p><time datetime=2023-10-09>9 October 2023</time></p>"
    pane = "<div><div>{}</div><div><a href=/files/1.pdf>Steps for clerks</a></div></div>"
    labelled = "<div><div>Documents</div><div><div>Document</div><a href=/files/1.pdf>Steps</a>"
    panes = [*map(pane.format, ("Documents", "Dokumente", "Downloads")), f"{labelled}</div></div>"]
    check_each(said, dict.fromkeys(panes, (1, ["Elections"], 2)))


@pytest.mark.parametrize("head", ["", "<h3>About this release</h3>"])
@pytest.mark.parametrize("fact", ["Place: CHISINAU", "Fields of work: Elections"])
def test_a_day_with_a_known_name_is_the_pages_if_nothing_else_is_in_their_box(fact, head):
    box = f"<aside>{head}<p>Date: 9 October 2023</p><p>{fact}</p></aside>"
    item = extract(page(box), URL)
    printed = [one["header_raw"] for one in item["places"]]
    printed += [one["raw"] for one in item["fields_of_work"]]
    assert (item["dates"]["page"], printed) == ("2023-10-09", [fact.partition(": ")[2]])


@pytest.mark.parametrize("title", ["<p>Winter seminar</p>", "<h3>Event</h3>", "<b>Seminar</b>"])
def test_a_day_and_a_place_below_a_title_are_those_of_something_else(title):
    box = f"<aside>{title}<p>Date: 5 December 2026</p><p>Place: VIENNA</p></aside>"
    item = extract(page(box), URL)
    assert (item["published"], item["places"]) == (None, [])


@pytest.mark.parametrize(
    "header",
    [
        "<table><tr><td>De : BIDDH</td><td>18 novembre 2014, Bâle</td></tr></table>",
        (
            "<table><tr><td>De :</td><td>BIDDH</td></tr><tr><td>Date :</td>"
            "<td>18 novembre 2014, Bâle</td></tr></table>"
        ),
        "<p>De\u00a0: BIDDH</p><p>Bâle, 18 novembre 2014</p>",
    ],
)
def test_a_cell_may_hold_day_and_town_in_french(header):
    item = extract(page("", facts=header).replace(b"<html>", b"<html lang=fr>"), URL)
    assert (item["dates"]["page"], item["sources"][0]["id"]) == ("2014-11-18", "odihr")
    assert [one["header_raw"] for one in item["places"]] == ["Bâle"]


def test_a_village_that_opens_the_text_is_its_place_wherever_the_page_prints_it():
    town = "LEINSWEILER"
    day = "<time datetime='2023-10-09'>9 October 2023</time>"
    facts = f"<p>{day} · OSCE Mission to Moldova</p>"
    text = TEXT.replace("<p>", f"<p>{town}, 9 October 2023 – ", 1)

    def said(below, line):
        found = read(page(below, text=text, facts=line))
        return found["places"], found["paragraphs"], found["units"]

    wanted = ([town], 2, ["mission-to-moldova"])
    check_each(
        said,
        {
            (f"<div><p><strong>Place:</strong> {town}</p></div>", facts): wanted,
            (f"<dl><dt>Place</dt><dd>{town}</dd></dl>", facts): wanted,
            (f"<article>{{text}}<footer><p>Place: {town}</p></footer></article>", facts): wanted,
            ("", facts.replace("</p>", f" · {town}</p>")): wanted,
            ("", facts.replace("</p>", " · Leinsweiler</p>")): (["Leinsweiler"], *wanted[1:]),
            # only the dateline shows that it is a place
            ("", facts.replace("</p>", " · Nosuchtown</p>")): ([None], *wanted[1:]),
        },
    )


def test_a_name_linked_apart_from_the_text_is_a_value_although_no_vocabulary_knows_it():
    name, text = "OSCE Office in Atlantis", "the case files of nine courts"

    def said(below):
        item = extract(page(below, facts="<p>9 October 2023 | News</p>"), URL)
        units, fields = ([one["raw"] for one in item[key]] for key in ("sources", "fields_of_work"))
        return units, fields, item["body"].count("\n\n") + 1

    check_each(
        said,
        {
            f"<div><div>Source:</div><div><a href=/u/9>{name}</a></div></div>": ([name], [], 2),
            f"<p><span>Source: </span><a href=/u/9>{name}</a></p>": ([name], [], 2),
            "<p><b>Fields of work:</b> <a href=/f/1>Ports</a>, <a href=/f/2>Sand</a></p>": (
                [],
                ["Ports", "Sand"],
                2,
            ),
            f"<div>{{text}}<p>Source: <a href=/u/9>{text}</a></p></div>": ([], [], 3),
            "<p>Author: <a href=/u/9>Ada Example</a></p>": ([], [], 2),
        },
    )
