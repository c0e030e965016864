"""What a page is filed under, where no label says so: boxes that hold nothing but known names.

Newsroom services and blog engines print kind and fields of work as tags behind the text, stacks of
facts without labels at the headline, and tables of layouts around all of them.
"""

import pytest
from grid import check_each
from markups.small_release import SECOND, TITLE, URL, page

from osce_crawl import NotARelease, extract, extract_listing

FIRST = (
    "VIENNA, 9 June 2017 – Some forty practitioners from eleven States met today to compare how"
    " they register claims."
)
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
HEADER = "<dl><dt>Date</dt><dd>9 June 2017</dd><dt>Source</dt><dd>OSCE Secretariat</dd></dl>"


def read(main):
    return extract(page(main), URL)


def fields(item):
    return [one["id"] for one in item["fields_of_work"]]


@pytest.mark.parametrize(
    "tags",
    [
        "<section><ul><li>Press release</li><li>Elections</li><li>Policing</li></ul></section>",
        "<div><p>Press release</p><div><a href='/t/1'>Elections</a></div><p>Policing</p></div>",
        "<footer><b>Press release</b> | <span>Elections</span> | <span>Policing</span></footer>",
    ],
    ids=["list", "boxes", "footer"],
)
def test_a_box_of_known_names_behind_the_text_says_kind_and_fields(tags):
    item = read(f"<main><article>{TITLE}{HEADER}<div>{TEXT}</div>{tags}</article></main>")
    assert item["content_type"] == "press-release"
    assert fields(item) == ["elections", "policing"]
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


def test_the_line_of_an_articles_footer_says_all_that_a_blog_prints_there():
    byline = (
        "<span><span>Author </span><a href='/a'>OSCE Mission to Serbia</a></span><span><span>Posted"
        " on </span><a href='/p'><time datetime='2021-11-03'>November 3, 2021</time></a></span>"
        "<span><span>Categories </span><a href='/c'>News</a></span><span><span>Tags </span>"
        "<a href='/t/1'>Youth</a>, <a href='/t/2'>Elections</a></span>"
    )
    item = read(
        f"<article>{TITLE}<div><p>{SECOND * 3}</p></div><footer>{byline}</footer></article>"
    )
    assert (item["content_type"], item["dates"]["page"]) == ("news", "2021-11-03")
    assert [one["id"] for one in item["sources"]] == ["mission-to-serbia"]
    assert fields(item) == ["youth", "elections"]


def test_the_footer_of_an_article_may_be_its_header():
    source = "<dt>Source</dt><dd>OSCE Mission to Serbia</dd>"
    labels = f"<footer><dl>{source}<dt>Posted</dt><dd>3 November 2021</dd></dl></footer>"
    item = read(f"<article><header>{TITLE}{labels}</header><p>{SECOND * 3}</p></article>")
    assert [one["id"] for one in item["sources"]] == ["mission-to-serbia"]
    assert item["dates"]["page"] == "2021-11-03"


def test_the_tags_of_an_article_may_be_a_navigation_in_its_footer():
    tags = "<nav><ul><li><a href='/tags/youth'>Youth</a></li></ul></nav>"
    kind = "<ul><li><a href='/categories/news'>News</a></li></ul>"
    item = read(f"<article>{TITLE}{HEADER}{TEXT}<footer>{tags}{kind}</footer></article>")
    assert (item["content_type"], fields(item)) == ("news", ["youth"])


def test_the_kind_in_a_tag_may_be_below_files_and_contacts():
    tag = "<div><ul><li><a href='/categories/1'>Press release</a></li></ul></div>"
    several = tag.replace("</ul>", "<li><a href='/categories/2'>News</a></li></ul>")
    item = "<p><a href='/serbia/511222'>Officers from forty towns meet</a></p>"
    file = "<div><a href='/files/f/documents/1/a/5.pdf'>Form</a></div>"
    contacts = "<p><b>Contacts</b></p><p>Ada Example</p><p><a href='mailto:a@osce.org'>a</a></p>"
    below = {
        "file": (f"{file}</div>{tag}", "press-release"),
        "file in a box": (f"</div>{file}{tag}", "press-release"),
        "contacts": (f"{contacts}</div>{tag}", "press-release"),
        "contacts and file": (f"{contacts}</div>{file}{tag}", "press-release"),
        "several kinds": (f"{file}</div>{several}", None),
        "a card of another": (f"</div>{file}<h3>Related</h3><div>{item}{tag}</div>", None),
    }

    def kind(case):
        return read(f"<main><article>{TITLE}{HEADER}<div>{TEXT}{below[case][0]}</article>")[
            "content_type"
        ]

    check_each(kind, {case: wanted for case, (_, wanted) in below.items()})


@pytest.mark.parametrize(
    "words",
    [
        ["About us", "Where we are", "What we do", "Newsroom", "Resources", "Participation"],
        ["News", "Events", "Publications", "Vacancies"],
        ["Home", "News"],
        ["Secretariat", "ODIHR", "Permanent Council"],
    ],
)
@pytest.mark.parametrize(
    ("menu", "item"),
    [
        ("<ul>{}</ul>", "<li><a href=/>{}</a></li>"),
        ("<div>{}</div>", "<p><a href=/>{}</a></p>"),
        ("<div>{}</div>", "<a href=/>{}</a><br>"),
        ("<table><tr>{}</tr></table>", "<td><a href=/>{}</a></td>"),
        ("<p>{}</p>", "<a href=/>{}</a> | "),
    ],
    ids=["list", "paragraphs", "breaks", "cells", "bar"],
)
def test_a_menu_beside_the_column_of_the_text_gives_no_facts(words, menu, item):
    menu = menu.format("".join(map(item.format, words)))
    found = read(f"<div>{menu}</div><div>{TITLE}<p>Press release, 9 June 2017</p>{TEXT}</div>")
    assert (found["content_type"], found["sources"]) == ("press-release", [])
    assert found["body"] == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "around",
    [
        "<dl><dt>Related</dt><dd>{link}</dd></dl><div>filed under: <a>Youth</a></div>",
        (
            "<div><section><h2>Related</h2><p>{link}</p></section>"
            "<section><h2>Fields of work</h2><p><a href='/f'>Youth</a></p></section></div>"
        ),
    ],
    ids=["below links", "in a column of boxes"],
)
def test_a_link_to_another_item_nearby_takes_no_tags_from_the_page(around):
    boxes = around.format(link="<a href='/serbia/511222'>Officers from forty towns meet</a>")
    item = read(f"<div><div>{TITLE}{HEADER}<div>{TEXT}</div>{boxes}</div></div>")
    assert fields(item) == ["youth"]


def test_a_list_of_the_text_stays_text_although_all_its_items_are_fields_of_work():
    text = f"{TEXT}<p>Three offices take part, of</p><ul><li>Elections</li><li>Policing</li></ul>"
    item = read(f"<main>{TITLE}{HEADER}<div>{text}</div></main>")
    assert item["body"].endswith("Elections\n\nPolicing")


def test_who_issued_a_text_may_close_it_and_is_no_part_of_it():
    item = read(f"<main>{TITLE}{HEADER}<div>{TEXT}<p>SOURCE OSCE Secretariat</p></div></main>")
    assert item["body"].endswith(SECOND)


def test_one_field_of_work_is_a_tag_where_its_element_is_called_a_category():
    tag = '<div class="categories"><span class="cat">Policing</span></div>'
    item = read(f"<main>{TITLE}{HEADER}<div>{TEXT}</div>{tag}</main>")
    assert fields(item) == ["policing"]


def test_unknown_words_among_facts_that_look_like_them_are_no_text():
    facts = ("9 June 2017", "Nowhereville", "OSCE Secretariat")
    row = "".join(f'<div class="fact">{one}</div>' for one in facts)
    item = read(f"<main>{TITLE}<div>{row}</div><div>{TEXT}</div></main>")
    assert [one["id"] for one in item["sources"]] == ["secretariat"]
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


def test_a_button_beside_the_unit_says_nothing():
    byline = "<a href='/u'>OSCE Secretariat</a> · <a href='#'>Follow</a><div>9 June 2017</div>"
    item = read(f"<main>{TITLE}{byline}{TEXT}</main>")
    assert [one["id"] for one in item["sources"]] == ["secretariat"]


def test_tables_that_only_lay_out_the_page_keep_no_facts_away_from_the_headline():
    def row(cell):
        for _ in range(3):
            cell = f"<table><tbody><tr><td>{cell}</td></tr></tbody></table>"
        return cell

    item = read(row("<b>Press release</b> | 9 June 2017") + row(TITLE) + row(TEXT))
    assert item["content_type"] == "press-release"
    assert item["dates"]["page"] == "2017-06-09"


@pytest.mark.parametrize("tag", ["span", "a href='/u'"])
def test_a_slash_parts_names(tag):
    both = [f"<{tag}>{one}</{tag[0]}>" for one in ("Elections", "Policing")]
    both = " / ".join(both).replace("</s>", "</span>")
    item = read(f"<main>{TITLE}{HEADER}<p><b>Fields of work:</b> {both}</p>{TEXT}</main>")
    assert fields(item) == ["elections", "policing"]


def test_a_lead_and_the_rest_are_one_text_also_where_no_element_says_article():
    lead, rest = f'<div class="short"><p>{FIRST}</p></div>', f"<p>{SECOND}</p><p>It is short.</p>"
    item = read(f'<div id="c">{TITLE}<p>9 June 2017</p>{lead}<div class="long">{rest}</div></div>')
    assert item["body"] == f"{FIRST}\n\n{SECOND}\n\nIt is short."
    assert item["issues"] == []


def test_an_entry_of_a_listing_is_filed_under_kind_and_fields_together():
    entries = "".join(
        f"<div><h2>{day} June 2017</h2><h3><a href='/secretariat/32249{day}'>Title {day}</a></h3>"
        "<p>Some forty practitioners met today.</p>"
        "<p>Labels: <a href='/l/1'>News</a>, <a href='/l/2'>Elections</a></p>"
        f"<p><small>Source: OSCE Secretariat / ODIHR</small></p></div>"
        for day in (9, 8, 7)
    )
    page = (
        f'<html lang="en"><head><title>T</title></head><body><main>{entries}</main></body></html>'
    )
    entry = extract_listing(page, "https://www.osce.org/press-releases")["entries"][0]
    assert (entry["content_type"], entry["fields_of_work"]) == ("news", ["Elections"])
    assert entry["sources"] == ["OSCE Secretariat", "ODIHR"]


def test_a_page_that_shows_nothing_of_a_release_is_refused_as_what_it_is_filed_under():
    def reason(filed, text):
        facts = f"<dl><dd>Written by: OSCE Chairpersonship</dd><dd>Category: {filed}</dd></dl>"
        try:
            return read(f"<main>{TITLE}{facts}<div>{text}</div></main>")["content_type"]
        except NotARelease as refused:
            return refused.reason

    check_each(
        reason,
        {
            ("<a href='/c'>Ministerial council</a>", f"<p>{SECOND}</p>"): "event",
            ("Study / report", f"<p>{SECOND}</p>"): "report",
            ("Training", f"<p>{SECOND}</p>"): "report",
            ("Project", f"<p>{SECOND}</p>"): "project",
            ("Проекты", f"<p>{SECOND}</p>"): "project",
            ("Training", TEXT): None,
            ("News", f"<p>{SECOND}</p>"): "news",
            ("Nosuchkind", f"<p>{SECOND}</p>"): "unit-page",
        },
    )


def test_a_heading_among_the_paragraphs_is_no_kind_of_the_page():
    filed = "<footer>Categories: <a href='/c' rel='category tag'>Press release</a></footer>"
    third = "The forms are open to all until July. Using them is free."
    byline = "<p>Posted on 9 June 2017 by OSCE Secretariat</p>"

    def read_parts(*parts):
        item = read(f"<article>{TITLE}{byline}<div>{''.join(parts)}</div>{filed}</article>")
        return item["content_type"], item["body"].count("\n\n")

    def file(words):
        return f"<p><a href='/files/f/documents/1/a/5.pdf'>{words}</a></p>"

    files = ("Final report", "Abschlussbericht", "Report", "Statement", "Interview")
    headings = ("Note to editors", "Interview", "Feature", "Press advisory", "Report", "Event")
    first, text, more = f"<p>{FIRST}</p>", TEXT, f"<p>{third}</p>"
    check_each(
        read_parts,
        {
            **{(text, f"<h2>{one}</h2>", more): ("press-release", 3) for one in headings},
            **{(first, f"<h3>{one}</h3>", more): ("press-release", 2) for one in headings},
            **{(text, file(one)): ("press-release", 1) for one in files},
            (first, file("Final report")): ("press-release", 0),
            (text, "<p><b>Interview</b></p>", more): ("press-release", 3),
            (text, "<p>Statement</p>", more): ("press-release", 3),
            (first, "<p>Statement</p>", more): ("statement", 2),
            (first, "<h2>Interview</h2><ul><li>Ada Example</li></ul>", more): ("press-release", 3),
            ("<h2>Interview</h2>", text): ("interview", 1),
            ("<p>Interview</p>", text): ("interview", 1),
        },
    )


def test_the_heading_of_a_box_of_other_items_is_no_kind_of_the_page():
    filed = "<div><span>Filed under:</span> <span><a href='/s?Subject=1'>{}</a></span></div>"
    link = "<ul><li><a href='/serbia/511222'>Officers from forty towns meet</a></li></ul>"

    def kind(names, head, box):
        around = f"<{box}><section>{head}<section>{link}</section></section></{box}>"
        article = f"<article>{TITLE}{HEADER}<div>{TEXT}</div>{filed.format(names)}</article>"
        return read(f"<main>{article}<div>{around}</div></main>")["content_type"]

    heads = (
        "<header><a href='/news'>News</a></header>",
        "<header>Press releases</header>",
        "<p>News</p>",
        "<div><b>News</b></div>",
        "<h2>News</h2>",
    )
    boxes = ("aside", "div")
    none = {("Youth", head, box): None for head in heads for box in boxes}
    both = "Youth</a>, <a href='/s?Subject=2'>Statement"
    own = {(both, head, box): "statement" for head in heads for box in boxes}
    check_each(kind, none | own)
