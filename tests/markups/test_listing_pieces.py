"""Entries of inline elements, listings of two parts, and what ends an entry.

Each test is one property of a stock template that once hid or changed a fact in silence.
"""

import pytest

from osce_crawl import extract_listing

ENTRIES = [
    (600001, "Clerks compare old case files", 5, "Forty clerks from nine courts met."),
    (600002, "Mayors share budget advice", 4, "Eleven mayors compared how they ask citizens."),
    (600003, "Editors learn to check facts", 3, "A rumour went round the room three times."),
    (600004, "Border officers search for avalanches", 2, "The course lasted for three weeks."),
]
WANTED = [(title, f"2021-05-0{day}", teaser) for _, title, day, teaser in ENTRIES]


def listing(entries, url="https://www.osce.org/news"):
    page = f"<html><body><main><h1>News</h1>{entries}</main></body></html>"
    return extract_listing(page, url)["entries"]


def filled(shape, entries=ENTRIES):
    return "".join(
        shape.format(link=f"/odihr/{node}", title=title, date=f"{day} May 2021", teaser=teaser)
        for node, title, day, teaser in entries
    )


def told(entries):
    return [(entry["title"], entry["published"], entry["summary"]) for entry in entries]


#: As Plone prints it; no such tag is known.
BYLINE = (
    "<span>by <a href='/u/1'>OSCE Parliamentary Assembly</a> — <span>published <i>{date}</i></span>"
    " — <span>filed under:</span> <a href='/t/1'>Snowdrops</a></span>"
)


@pytest.mark.parametrize(
    "shape",
    [
        "<li><a href='{link}'><i>{title}</i><span>{date}</span></a><span>{teaser}</span></li>",
        "<li><a href='{link}'><span>{date}</span> <span>{title}</span></a><em>{teaser}</em></li>",
        f"<article><header><a href='{{link}}'>{{title}}</a> {BYLINE}</header>{{teaser}}</article>",
        "<li><span><a href='{link}'>{title}</a></span> <b>{date}</b> <span>{teaser}</span></li>",
    ],
    ids=["in the link", "date first", "byline", "beside the link"],
)
def test_elements_that_a_style_sheet_parts_are_lines(shape):
    assert told(listing(f"<ul>{filled(shape)}</ul>")) == WANTED


def test_a_link_in_a_sentence_of_elements_is_no_title():
    text = (
        "<p><span>The clerks, as the Office said before in its longer report of</span> "
        "<b>9 May 2021</b>, <a href='/odihr/599000'>met again</a> <span>for two days.</span></p>"
    )
    shape = f"<li><h3><a href='{{link}}'>{{title}}</a></h3><p>{{date}}</p>{text}</li>"
    assert [entry["node"] for entry in listing(f"<ul>{filled(shape)}</ul>")] == [
        str(node) for node, *_ in ENTRIES
    ]


def test_a_byline_with_an_unknown_tag_says_who_and_when():
    shape = f"<li><h3><a href='{{link}}'>{{title}}</a></h3>{BYLINE}<p>{{teaser}}</p></li>"
    found = listing(f"<ul>{filled(shape)}</ul>")
    assert told(found) == WANTED
    assert {tuple(entry["sources"]) for entry in found} == {("OSCE Parliamentary Assembly",)}


CARD = "<div><h3><a href='{link}'>{title}</a></h3><p>{date}</p><p>{teaser}</p></div>"
LABELLED = "<div><h3><a href='{link}'>{title}</a></h3><p>Published: {date}</p><p>{teaser}</p></div>"
LINE = "<li><a href='{link}'>{title}</a> <span>{date}</span></li>"


@pytest.mark.parametrize("card", [CARD, LABELLED], ids=["cards", "labelled"])
def test_the_first_entries_may_be_cards_and_the_others_lines(card):
    head, rest = filled(card, ENTRIES[:1]), filled(LINE, ENTRIES[1:])
    found = listing(f"{head}<div><h2>Earlier</h2><ol>{rest}</ol></div>")
    assert told(found) == [WANTED[0], *((title, day, None) for title, day, _ in WANTED[1:])]


@pytest.mark.parametrize("card", [CARD, LABELLED], ids=["cards", "labelled"])
def test_dated_lines_in_a_box_of_their_own_are_no_entries(card):
    head, rest = filled(card, ENTRIES[:1]), filled(LINE, ENTRIES[1:])
    found = listing(f"{head}<div><h2>Most read</h2><ol>{rest}</ol></div>")
    assert told(found) == WANTED[:1]


def test_fewer_dated_lines_than_cards_are_no_entries():
    head, rest = filled(CARD, ENTRIES[:3]), filled(LINE, ENTRIES[3:])
    assert told(listing(f"{head}<div><h2>Of interest</h2><ol>{rest}</ol></div>")) == WANTED[:3]


@pytest.mark.parametrize("line", [LINE, LINE.replace("li>", "p>")], ids=["list", "paragraphs"])
def test_the_heading_of_the_next_year_and_its_text_are_not_in_the_entry_above(line):
    first, second = filled(line, ENTRIES[:2]), filled(line, ENTRIES[2:])
    year = "<h2>2021</h2><p>These are the news of a year in which courts met again.</p>"
    found = listing(f"<h2>2022</h2><div>{first}</div>{year}<div>{second}</div>")
    assert told(found) == [(title, day, None) for title, day, _ in WANTED]


def test_the_last_entry_of_a_list_ends_with_the_list():
    head, rest = filled(CARD, ENTRIES[:1]), filled(LINE, ENTRIES[1:])
    found = listing(f"<div>{head}<ol>{rest}</ol><p>Page 1 of the 54 pages in all</p></div>")
    assert [entry["summary"] for entry in found] == [WANTED[0][2], None, None, None]


@pytest.mark.parametrize("line", ["Vienna", "Chișinău", "5 May 2021"])
def test_a_place_or_a_second_date_is_no_teaser(line):
    shape = f"<div><p>{{date}}</p><h3><a href='{{link}}'>{{title}}</a></h3><p>{line}</p></div>"
    assert {entry["summary"] for entry in listing(filled(shape))} == {None}


def test_a_sentence_is_the_teaser_and_a_longer_name_is_not():
    texts = "<p>{teaser}</p><p>Bureau for Everything That Nobody Else Has Heard Of</p>"
    shape = f"<div><p>{{date}}</p><h3><a href='{{link}}'>{{title}}</a></h3>{texts}</div>"
    assert told(listing(filled(shape))) == WANTED


def test_an_entry_in_a_box_above_the_list_and_in_it_is_one():
    node, title, _, teaser = ENTRIES[0]
    link = f"<a href='/odihr/{node}'>{title}</a>"
    box = f"<section><h2>{link}</h2><p>{teaser}</p></section>"
    found = listing(f"{box}<div>{filled(CARD.replace('<p>{teaser}</p>', ''))}</div>")
    assert told(found) == [WANTED[0], *((title, day, None) for title, day, _ in WANTED[1:])]
