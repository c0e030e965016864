"""What stock templates print around a release: Drupal's, WordPress's, Joomla's, print versions."""

from itertools import product

import pytest
from grid import check_each

from osce_crawl import extract, extract_listing
from osce_crawl.extraction import extract_with_ways

URL = "https://www.osce.org/mission-to-moldova/612340"
TITLE = "Clerks of nine courts compare old case files"
FIRST = "Forty clerks met this week to compare how old case files are kept and found again."
SECOND = "They drew up a list of twelve steps that need no new money."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
BODY = f"{FIRST}\n\n{SECOND}"
DATELINE = "CHISINAU, 9 October 2023 – "
SIGNED = "<p>Press release</p><h1>{title}</h1><p>9 October 2023 | OSCE Mission to Moldova</p>"
HEAD = SIGNED.format(title=TITLE)


def page(main: str, *, title: str = f"{TITLE} | OSCE") -> bytes:
    """Return a page with *main* in its body."""
    return f"<html><head><title>{title}</title></head><body>{main}</body></html>".encode()


def ids(item, key):
    return [one["id"] for one in item[key]]


def test_a_header_may_stand_partly_above_the_text_and_partly_below_it():
    field = "<div><div>{}:</div><div>{}</div></div>".format
    below = field("Source", "OSCE Mission to Moldova") + field("Fields of work", "Rule of law")
    main = f"<h1>{TITLE}</h1><div>{field('Content type', 'News')}<div>{TEXT}</div>{below}</div>"
    item = extract(page(main), URL)
    assert item["content_type"] == "news"
    assert ids(item, "sources") == ["mission-to-moldova"]
    assert ids(item, "fields_of_work") == ["rule-of-law"]
    assert item["body"] == BODY


def test_several_labels_below_the_text_are_a_header_also_with_a_unit_that_is_unknown():
    facts = (("Ort", "WIEN"), ("Quelle", "Büro für Brücken"), ("Tätigkeitsfelder", "Brücken"))
    below = "".join(f"<div><h3>{label}</h3><div>{value}</div></div>" for label, value in facts)
    item = extract(page(f"<article>{HEAD}<div>{TEXT}</div>{below}</article>"), URL)
    assert [one["header_raw"] for one in item["places"]] == ["WIEN"]
    assert item["body"] == BODY


@pytest.mark.parametrize(
    "stamp",
    [
        '<span property="dc:date dc:created" content="2023-10-09T09:12:00+02:00">{}</span>',
        '<span itemprop="datePublished" content="2023-10-09">{}</span>',
        '<meta itemprop="datePublished" content="2023-10-09"><span>{}</span>',
    ],
    ids=["RDFa", "microdata", "microdata that shows nothing"],
)
def test_the_day_that_is_told_to_machines_is_the_date(stamp):
    # 10/09 may be of September or October
    byline = stamp.format("Submitted by webeditor on Mon, 10/09/2023 - 09:12")
    item = extract(page(f"<p>News</p><h1>{TITLE}</h1><div>{byline}</div>{TEXT}"), URL)
    assert item["dates"]["page"] == "2023-10-09"
    assert item["body"] == BODY


def test_without_any_h1_the_headline_is_what_a_part_of_the_title_says():
    def said(tag, title):
        main = f"<p>Press release</p><{tag}>{TITLE}</{tag}><p>CHISINAU 9 October 2023</p>{TEXT}"
        item = extract(page(main, title=title), URL)
        return item["title"], item["body"]

    titles = [f"OSCE Press release: {TITLE}", f"{TITLE} - Print version", f"OSCE | News | {TITLE}"]
    check_each(said, dict.fromkeys(product(["b", "h2"], titles), (TITLE, BODY)))


@pytest.mark.parametrize(
    "line",
    [
        f"Printed from {URL} on 12.03.2024 at 14:20",
        f"<b>Source URL (modified on 12/03/2024 - 14:20):</b> <a href={URL}>{URL}</a>",
    ],
)
def test_a_line_that_prints_the_own_address_of_the_page_is_no_text(line):
    read = extract_with_ways(page(f"{HEAD}{TEXT}<hr><p>{line}</p>"), URL)
    assert read.item["body"] == BODY
    assert read.item["issues"] == []


def test_a_cell_of_a_table_that_lays_out_the_page_is_no_value():
    menu = "<td><a href=/>Home</a><br><a href=/news>News</a></td>"
    cell = (
        f"<td><b>PRESS RELEASE</b><hr><b>{TITLE}</b><br><i>CHISINAU, 9 October 2023</i>"
        f"<p><font>{DATELINE}{FIRST}<br><br>{SECOND}</font></p><hr>"
        "<font><a href=/news/>To all news</a> | <a href=#top>To the top</a></font></td>"
    )
    item = extract(page(f"<table><tr>{menu}{cell}</tr></table>", title=f"OSCE: {TITLE}"), URL)
    assert item["dates"]["page"] == "2023-10-09"
    assert [one["header_raw"] for one in item["places"]] == ["CHISINAU"]
    assert item["body"] == f"{DATELINE}{BODY}"


def test_words_for_screen_readers_are_labels_of_date_and_tags():
    item = (
        "<li><span class=icon><span class=screen-reader-text>{}</span></span><span>{}</span></li>"
    ).format
    top = item("Post author", "By <a href=/a>webeditor</a>")
    top += item("Post date", f"<a href={URL}>9 October 2023</a>")
    tags = item("Tags", "<a href=/t/1 rel=tag>Rule of law</a>, <a href=/t/2 rel=tag>Youth</a>")
    main = f"<a href=/c>News</a><h1>{TITLE}</h1><ul>{top}</ul><div>{TEXT}</div><ul>{tags}</ul>"
    read = extract(page(f"<article>{main}</article>"), URL)
    assert read["dates"]["page"] == "2023-10-09"
    assert ids(read, "fields_of_work") == ["rule-of-law", "youth"]
    assert read["body"] == BODY


def test_a_column_of_the_same_make_that_only_links_is_no_text():
    box = "<div><h3>Subscribe</h3><p>Our news come by e-mail every Friday morning.</p></div>"
    side = f"<div class='col side'>{box}<div class=link><a href=/s>Subscribe</a></div></div>"
    item = extract(page(f"{HEAD}<div><div class='col wide'>{TEXT}</div>{side}</div>"), URL)
    assert item["body"] == BODY


def test_crumbs_that_end_in_the_headline_repeat_it():
    crumbs = f"<div><a href=/>Home</a> » <a href=/news>News</a> » {TITLE}</div>"
    item = extract(page(f"<div>{crumbs}{HEAD}<div>{TEXT}</div></div>"), URL)
    assert item["issues"] == []


ENTRY = (
    "<div class=card><h5><a href=/mission-to-moldova/61234{0}>Clerks compare files {0}</a></h5>"
    "{1}<p>Forty clerks met for two days.</p><small>{0} October 2023</small></div>"
)


def test_a_count_that_ends_in_nought_is_not_the_word_that_nothing_was_found():
    main = "<p>Showing 1 - 2 of 240 results.</p>" + ENTRY.format(2, "") + ENTRY.format(1, "")
    assert len(extract_listing(page(main), "https://www.osce.org/news")["entries"]) == 2


def test_a_heading_below_that_of_the_title_names_the_unit_of_the_entry():
    units = ("OSCE Mission to Moldova", "OSCE Presence in Albania")
    main = "".join(ENTRY.format(2 - n, f"<h6>{unit}</h6>") for n, unit in enumerate(units))
    entries = extract_listing(page(main), "https://www.osce.org/news")["entries"]
    assert [entry["sources"] for entry in entries] == [[unit] for unit in units]


def test_what_a_server_prints_into_shadow_roots_stands_where_a_browser_shows_it():
    def component(name, shadow, light=""):
        return f"<{name}><template shadowrootmode=open>{shadow}</template>{light}</{name}>"

    label = "<span><slot name=label></slot></span><span>{}</span>"
    date = component("x-fact", label.format("9 October 2023"), "<b slot=label>Date</b>")
    unit = component("x-fact", "<span>Source</span><span>OSCE Mission to Moldova</span>")
    shadow = f"<p>News</p><h1>{TITLE}</h1>{date}{unit}<slot></slot><p>© OSCE</p>"
    item = extract(page(component("x-article", shadow, TEXT)), URL)
    assert item["dates"]["page"] == "2023-10-09"
    assert ids(item, "sources") == ["mission-to-moldova"]
    assert item["body"] == BODY


def test_crumbs_say_less_of_the_kind_than_its_label_does():
    crumbs = "<div><a href=/>Home</a> » <a href=/news>News</a></div>"
    main = f"{crumbs}<h1>{TITLE}</h1><div><b>Content type:</b> Press release</div>{TEXT}"
    assert extract(page(main), URL)["content_type"] == "press-release"


def test_the_heading_of_a_portlet_is_the_kind_of_the_item_in_it():
    main = f"<section><header><h1>Press releases</h1></header><h3>{TITLE}</h3>{TEXT}</section>"
    item = extract(page(f"{main}<p>Source: OSCE Secretariat</p><p>Date: 9 October 2023</p>"), URL)
    assert item["content_type"] == "press-release"


@pytest.mark.parametrize("day", ["29.10.2023 10:30 Age: 3 yrs", "29 October 2023 (3 years ago)"])
def test_a_day_may_be_followed_by_how_long_ago_it_was(day):
    below = (
        "<dl><dt>Fields of work:</dt><dd>Rule of law</dd></dl><a href=/n>&lt;- Back to: News</a>"
    )
    item = extract(page(f"<div>{day}</div><h1>{TITLE}</h1>{TEXT}{below}"), URL)
    assert item["dates"]["page"] == "2023-10-29"
    assert ids(item, "fields_of_work") == ["rule-of-law"]
    assert item["body"] == BODY


def test_a_table_says_who_wrote_the_text_and_when_it_was_changed():
    rows = (
        f"<tr><td>Written by OSCE Mission to Moldova, OSCE Secretariat</td></tr>"
        f"<tr><td>Monday, 9 October 2023</td></tr><tr><td>{TEXT}</td></tr>"
        "<tr><td>Last Updated ( Thursday, 12 October 2023 )</td></tr>"
    )
    main = f"<table><tr><td>{TITLE}</td></tr></table><table>{rows}</table><div>[ Back ]</div>"
    item = extract(page(main), URL)
    assert ids(item, "sources") == ["mission-to-moldova", "secretariat"]
    assert item["dates"]["page"] == "2023-10-09"
    assert item["body"] == BODY


def test_the_name_of_a_unit_may_be_as_long_as_prose():
    unit = (
        "Office of the Special Representative and Co-ordinator for Combating Trafficking in Human"
        " Beings"
    )
    facts = "".join(f"<li>{one}</li>" for one in ("News", "9 October 2023", unit))
    item = extract(page(f"<h1>{TITLE}</h1><ul>{facts}</ul><hr>{TEXT}"), URL)
    assert [one["raw"] for one in item["sources"]] == [unit]
    assert item["body"] == BODY
