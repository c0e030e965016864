"""What a header says without labels is read piece by piece; what is unknown of it stays unknown.

A markup is added to `MARKUPS`, a position to `POSITIONS`: each is tried with all of the others.
"""

from itertools import product

import pytest
from grid import check_each

from osce_crawl import NotARelease, extract

URL = "https://www.osce.org/moldova/322492"
TEXT = (
    "The head of the mission opened a workshop for forty judges and clerks who handle appeals in "
    "the courts of the region, and thanked the hosts for their work."
)
ODIHR = "OSCE Office for Democratic Institutions and Human Rights"
OCTOBER_9 = "<time datetime=2023-10-09>9 Oct</time>"
POSITIONS = {
    "above": "{}<h1>Judges meet</h1>",
    "below": "<h1>Judges meet</h1>{}",
    "in a header below": "<header><h1>Judges meet</h1>{}</header>",
    "in a header above": "<header>{}</header><h1>Judges meet</h1>",
    "in boxes": "<div class=t><h1>Judges meet</h1></div><div class=m>{}</div>",
}
PIECES = ["Press release", "9 October 2023", "OSCE Mission to Moldova", "CHISINAU", "Elections"]


def read(header):
    """Return the item of a page with this *header* before a text with a dateline."""
    return extract(
        "<html><body><nav><a href='/a'>Home</a><a href='/b'>News</a></nav>"
        f"<main>{header}<div><p>BELGRADE, 9 October 2023 – {TEXT}</p><p>{TEXT}</p></div>"
        "</main></body></html>",
        URL,
    )


def says(item):
    """Return kind, date, units, places and fields of the header."""
    return (
        item["content_type"],
        item["dates"]["page"],
        [source["id"] for source in item["sources"]],
        [place["header_raw"] for place in item["places"] if place["header_raw"]],
        [field["id"] for field in item["fields_of_work"]],
    )


def joined(mark):
    return f"<p>{mark.join(PIECES)}</p>"


def items(tag, inner):
    return f"<{tag}>{''.join(f'<{inner}>{piece}</{inner}>' for piece in PIECES)}</{tag}>"


MARKUPS = {
    "dots": joined(" · "),
    "bars": joined(" | "),
    "bullets": joined(" • "),
    "tight dots": joined("·"),
    "dashes": joined(" – "),
    "slashes": joined(" / "),
    "commas": joined(", "),
    "breaks": joined("<br>"),
    "list": items("ul", "li"),
    "ordered list": items("ol", "li"),
    "spans": items("div", "span"),
    "divs": items("div", "div"),
    "custom element": items("x-facts", "span"),
    "paragraphs": "".join(f"<p>{piece}</p>" for piece in PIECES),
    "links": "<p>" + " | ".join(f"<a href='/x'>{piece}</a>" for piece in PIECES) + "</p>",
    "heading": "<h2>" + " · ".join(PIECES) + "</h2>",
    "forms": "<p>" + " ".join(f"<strong>{piece}</strong>" for piece in PIECES) + "</p>",
    "one unknown": joined(" · ").replace("CHISINAU", "CHISINAU · Zorblax hall"),
    "unknown item": items("ul", "li").replace("<li>CHIS", "<li>Zorblax hall</li><li>CHIS"),
    "reading time": joined(" · ").replace("CHISINAU", "CHISINAU · 3 min read"),
    "author": joined(" · ").replace("CHISINAU", "By Ada Example · CHISINAU"),
}


@pytest.mark.parametrize("position", POSITIONS)
def test_a_header_says_the_same_in_every_markup(position):
    def said(markup):
        item = read(POSITIONS[position].format(MARKUPS[markup]))
        return says(item), item["dateline"]["raw"]

    header = ("press-release", "2023-10-09", ["mission-to-moldova"], ["CHISINAU"], ["elections"])
    check_each(said, dict.fromkeys(MARKUPS, (header, "BELGRADE, 9 October 2023")))


#: Line → kind, units and places.
LINES = {
    f"Press release · 9 October 2023 · {ODIHR}": ("press-release", ["odihr"], []),
    "Press release · ASHGABAT · 9 October 2023": ("press-release", [], ["ASHGABAT"]),
    "9 October 2023 · ASHGABAT": (None, [], ["ASHGABAT"]),
    "9 October 2023, VIENNA, Press release": ("press-release", [], ["VIENNA"]),
    "Press release · Vienna, Austria · 9 October 2023": ("press-release", [], ["Vienna"]),
    "Press release · Skopje · 9 October 2023": ("press-release", [], ["Skopje"]),
    "KOSOVO · 9 October 2023 · Press release": ("press-release", [], ["KOSOVO"]),
    "Monday, 9 October 2023 | News": ("news", [], []),
    "October 9, 2023 | News | Warsaw": ("news", [], ["Warsaw"]),
    "News (9 October 2023)": ("news", [], []),
    "Saopštenje · 9. oktobar 2023. · Misija OSCE-a u Bosni i Hercegovini": (
        "press-release",
        ["mission-to-bosnia-and-herzegovina"],
        [],
    ),
    "Пресс-релиз · 9 октября 2023 г. · ВЕНА": ("press-release", [], ["ВЕНА"]),
    "Communiqué de presse · 9 octobre 2023 · Vienne": ("press-release", [], ["Vienne"]),
    "News · 9 October 2023 · OSCE Mission to Moldova · Photo: OSCE/Ada Example": (
        "news",
        ["mission-to-moldova"],
        [],
    ),
    **dict.fromkeys(
        (
            "News · 9 October 2023 · OSCE Mission to Moldova and OSCE Secretariat",
            "News · 9 October 2023 · OSCE Mission to Moldova & OSCE Secretariat",
            "News · 9 October 2023 · OSCE Mission to Moldova (closed) and OSCE Secretariat",
            "OSCE Mission to Moldova and OSCE Secretariat · News · 9 October 2023",
        ),
        ("news", ["mission-to-moldova", "secretariat"], []),
    ),
    "Posted on 9 October 2023": (None, [], []),
    "Published: 9 October 2023": (None, [], []),
    "Veröffentlicht am 9. Oktober 2023": (None, [], []),
    "Опубликовано 9 октября 2023 г.": (None, [], []),
    "Опубліковано 9 жовтня 2023": (None, [], []),
    "Publié le 9 octobre 2023": (None, [], []),
    "Опубликовано: 9 октября 2023 · Миссия ОБСЕ в Молдове": (None, ["mission-to-moldova"], []),
    "Published 9 October 2023 · Updated 10 October 2023": (None, [], []),
    "By OSCE Mission to Moldova, <time datetime=2023-10-09>9 Oct</time>": (
        None,
        ["mission-to-moldova"],
        [],
    ),
    "By <a href='/m'>OSCE Mission to Moldova</a> on <time datetime=2023-10-09>9 Oct</time>": (
        None,
        ["mission-to-moldova"],
        [],
    ),
    f"Posted on {OCTOBER_9} · Updated <time datetime=2023-10-11>11 Oct</time>": (None, [], []),
    "VIENNA 9 October 2023": (None, [], ["VIENNA"]),
    "Vienna, 9 October 2023": (None, [], ["Vienna"]),
    "VIENNA - 9 October 2023": (None, [], ["VIENNA"]),
    "VIENNA | 9 October 2023": (None, [], ["VIENNA"]),
    "9 October 2023 | VIENNA": (None, [], ["VIENNA"]),
    "VIENNA (Austria) 9 October 2023": (None, [], ["VIENNA"]),
    "VIENNA, AUSTRIA, 9 October 2023": (None, [], ["VIENNA"]),
    "VIENNA/WARSAW 9 October 2023": (None, [], ["VIENNA", "WARSAW"]),
    "Vienna – Monday, 9 October 2023": (None, [], ["Vienna"]),
}


def test_a_line_says():
    def said(line, position):
        item = read(POSITIONS[position].format(f"<p>{line}</p>"))
        issues = [issue for issue in item["issues"] if issue["code"] != "dates-disagree"]
        return says(item), item["body"][:8], issues

    check_each(
        said,
        {
            (line, position): ((kind, "2023-10-09", units, places, []), "BELGRADE", [])
            for line, (kind, units, places) in LINES.items()
            for position in POSITIONS
        },
    )


def test_what_is_no_header_says_nothing():
    lines = [
        "The programme | 9 May 2021 | Vienna | starts at nine and ends at noon, said the head.",
        "Next meeting · 9 May 2021 · Vienna",
        "Deadline | 9 May 2021",
        "Deadline: 9 May 2021 · Vienna",
        "9 May 2021 – 12 May 2021 · Vienna",
        "Photo: Ada Example, 9 May 2021",
        "OSCE/Ada Example · 9 May 2021",
        "Updated <time datetime=2021-05-09>9 May</time>",
        "Last updated: 9 May 2021",
        "News · Elections · 9 May 2021 is the day on which the judges meet",
        "On 9 May 2021, the OSCE Mission to Moldova",
        "On 9 May 2021 · the judges met · in Vienna",
        "Vienna | Warsaw | Prague – the judges went to all of them",
        "The prize went to: OSCE Secretariat · ODIHR · OSCE Mission to Serbia",
        "Marko Example, 9 May 2021",
        "ODIHR",
        "Vienna",
    ]
    check_each(
        lambda line: says(read(f"<h1>Judges meet</h1><p>{line}</p>")),
        dict.fromkeys(lines, (None, None, [], [], [])),
    )


@pytest.mark.parametrize(
    "byline",
    [
        f"By OSCE Mission to Moldova, {OCTOBER_9}",
        "9 October 2023 | OSCE Mission to Moldova",
    ],
)
def test_a_byline_of_unit_and_day_tells_a_release(byline):
    page = f"<html><body><h1>Judges meet</h1><p>{byline}</p><p>{TEXT}</p></body></html>"

    item = extract(page, URL)

    assert (item["dates"]["page"], item["sources"][0]["id"]) == ("2023-10-09", "mission-to-moldova")


def test_a_unit_without_a_day_tells_none():
    byline = "<p>By OSCE Mission to Moldova</p>"
    page = f"<html><body><h1>Judges meet</h1>{byline}<p>{TEXT}</p></body></html>"

    with pytest.raises(NotARelease):
        extract(page, URL)


def test_an_unknown_piece_is_no_unit_and_no_place():
    pieces = [
        *("ZORBLAX", "UNIVERSITY", "UNION", "REFORM", "HOPE", "ELECTION DAY", "SOFIA MARTINEZ"),
        *("Sofia Martinez", "Hofburg", "Main hall", "Kovač"),
    ]
    check_each(
        lambda piece: says(read(f"<h1>Judges meet</h1><p>News · {piece} · 9 October 2023</p>")),
        dict.fromkeys(pieces, ("news", "2023-10-09", [], [], [])),
    )


def test_a_text_with_bars_in_it_stays_text():
    text = "The offices · in Vienna, Warsaw and The Hague · open on 9 October 2023 | at nine."
    assert read(f"<h1>Judges meet</h1><p>{text}</p>")["body"].startswith(text)


def test_labels_go_before_the_line():
    item = read(
        "<h1>Judges meet</h1><dl><dt>Date:</dt><dd>8 October 2023</dd><dt>Source:</dt>"
        "<dd>OSCE Secretariat</dd></dl><p>News · 9 October 2023 · ODIHR</p>"
    )
    assert says(item) == ("news", "2023-10-08", ["secretariat"], [], [])


def test_a_lead_may_stand_above_the_line():
    lead = "The lead tells in one sentence what the judges did when they met in the old town."
    item = read(f"<h1>Judges meet</h1><p>{lead}</p><p>News · 9 October 2023 · ODIHR</p>")
    assert says(item) == ("news", "2023-10-09", ["odihr"], [], [])
    assert (item["summary"], item["body"][:8]) == (lead, "BELGRADE")


def test_languages_of_the_line_are_translations():
    item = read(
        "<h1>Judges meet</h1><p>News · 9 October 2023 · <a href='/ro/moldova/322492'>Română</a> · "
        "<a href='/ru/moldova/322493'>Русский</a></p>"
    )
    assert [one["language"] for one in item["translations"]] == ["ro", "ru"]


@pytest.mark.parametrize(
    "day", ["<time datetime=2023-10-09>9 October 2023</time>", "9 October 2023, Jane Doe"]
)
def test_labels_in_the_text_do_not_name_another_day_than_the_header(day):
    meeting = (
        "<h3>The next meeting</h3><ul><li>Date: 12 October 2023</li><li>Place: Tirana</li></ul>"
    )
    item = extract(
        f"<p>News</p><h1>Judges meet</h1><p>{day}</p><p>{TEXT}</p>{meeting}<p>{TEXT}</p>", URL
    )
    assert item["dates"]["page"] in {"2023-10-09", None}
    assert "Date: 12 October 2023" in item["body"]


def test_printed_day_counts_where_the_stamp_in_the_head_is_of_another_time_zone():
    stamp = '<meta property="article:published_time" content="2023-10-08T22:30:00+00:00">'
    time = "<time datetime='2023-10-09 00:30'>9 October 2023</time>"
    item = extract(
        f"<head>{stamp}</head><p>News</p><h1>Judges meet</h1><p>{TEXT}</p>"
        f"<p>Posted in the old town, half past midnight: {time}</p><p>{TEXT}</p>",
        URL,
    )
    assert item["dates"]["page"] == "2023-10-09"


def test_units_in_lines_of_their_own_are_all_read():
    item = read(
        "<p>News</p><h1>Judges meet</h1><div>9 October 2023</div><div>OSCE Mission to Serbia</div>"
        "<div>ODIHR</div>"
    )
    assert says(item) == ("news", "2023-10-09", ["mission-to-serbia", "odihr"], [], [])


@pytest.mark.parametrize(
    ("header", "reason"), [("", "unit-page"), ("<p>5 May 2001</p>", "unknown")]
)
def test_page_that_prints_a_day_alone_is_not_known_to_be_something_else(header, reason):
    body = (
        f"<h1>Ministers meet to discuss schools</h1>{header}"
        "<p>The Mission met representatives of the authorities today to speak of schools.</p>"
        "<p>They also spoke about the roads of the district before the winter comes.</p>"
    )
    with pytest.raises(NotARelease) as refusal:
        extract(body, "https://www.osce.org/node/12345")
    assert refusal.value.reason == reason


def test_a_place_and_a_day_that_end_in_a_dash_are_the_dateline_in_a_line_of_its_own():
    def said(header, line):
        text = f"<div>{line}<p>They will meet again.</p></div>"
        item = extract(f"<main><h1>Judges meet</h1>{header}{text}</main>", URL)
        raw = None if item["dateline"] is None else item["dateline"]["raw"]
        return raw, item["body"].startswith("BELGRADE"), item["places"][0]["header_raw"]

    byline = "<p>9 October 2023 · OSCE Mission to Serbia</p>"
    opening, day = ("BELGRADE, 9 October 2023", True, None), "BELGRADE, 9 October 2023"
    check_each(
        said,
        {
            ("<p>News</p>", f"<p>{day} –<br>{TEXT}</p>"): opening,
            (byline, f"<p>{day} –<br>{TEXT}</p>"): opening,
            (byline, f"<p><b>{day} -</b></p><p>{TEXT}</p>"): opening,
            (byline, f"<p>{day}</p><p>{TEXT}</p>"): (None, False, "BELGRADE"),
        },
    )


def test_tags_between_headline_and_text_are_fields_of_work_below_a_label_without_a_colon():
    tags = [f"<a href=/{one}>{one}</a>" for one in ("Policing", "Education")]
    items = "".join(f"<li>{tag}</li>" for tag in tags)
    label = "<span class=sr-only>Fields of work</span>"

    def said(facts, markup):
        item = read(f"<h1>Judges meet</h1><p>{facts}</p>{markup}")
        return [one["id"] for one in item["fields_of_work"]], item["body"].startswith("BELGRADE")

    lines = ("News · 9 October 2023", "News · 9 October 2023 · OSCE Secretariat")
    shapes = (
        f"<div>{label} {' '.join(tags)}</div>",
        f"<div>{label}{''.join(tags)}</div>",
        f"<div><p>Topics</p><ul>{items}</ul></div>",
        f"<div><p class=sr-only>Fields of work</p><ul>{items}</ul></div>",
        f"<ul><li>Fields of work</li>{items}</ul>",
    )
    check_each(said, dict.fromkeys(product(lines, shapes), (["policing", "education"], True)))
