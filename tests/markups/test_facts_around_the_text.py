"""Facts where current templates print them: below the text, in bylines, in lists above the title.

Drupal prints fields in the order of their weights, design systems print facts as a list above the
headline, block themes print every word of a byline in a block of its own.
"""

import pytest

from osce_crawl import extract

URL = "https://www.osce.org/secretariat/322492"
TEXT = (
    "<p>VIENNA, 9 June 2017 – Some forty practitioners from eleven States met today to compare how"
    " they register claims.</p><p>They agreed on a form that every office will use from July.</p>"
)
ELECTIONS, POLICING = "<a href='/t/1'>Elections</a>", "<a href='/t/2'>Policing</a>"
UNIT = "<a href='/u'>OSCE Secretariat</a>"
MENU = "".join(
    f"<li>OSCE Mission to {one}</li>"
    for one in ("Bosnia and Herzegovina", "Moldova", "Montenegro", "Serbia", "Skopje")
)
SECOND = "They agreed on a form that every office will use from July."


def read(before="", below="", *, title="Practitioners agree on form", text=TEXT):
    """Return the item of a page with markup *before* and *below* its text."""
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>'
        f'<main><div class="top">{before.replace("TITLE", f"<h1>{title}</h1>")}</div>'
        f'<div class="text">{text}</div>{below}</main></body></html>'
    )
    return extract(page, URL)


HEADER = "<p>Press release</p>TITLE<dl><dt>Date</dt><dd>9 June 2017</dd><dt>Source</dt>"
HEADER += "<dd>OSCE Secretariat</dd></dl>"


@pytest.mark.parametrize(
    "below",
    [
        f"<h2>Fields of work</h2><ul><li>{ELECTIONS}</li><li>{POLICING}</li></ul>",
        f"<div><b>Our work</b><div><div>{ELECTIONS}</div><div>{POLICING}</div></div></div>",
        "<p><strong>Fields of work:</strong> Elections, Policing</p>",
        f"<section><h3>Our work</h3><p>{ELECTIONS}, {POLICING}</p></section>",
    ],
    ids=["heading and list", "label and items", "one line", "section"],
)
def test_fields_of_work_may_stand_alone_below_the_text(below):
    item = read(HEADER, below)
    assert [one["id"] for one in item["fields_of_work"]] == ["elections", "policing"]
    assert item["body"].endswith(SECOND)


@pytest.mark.parametrize(
    "below",
    [
        "<div><h3><a href='/odihr/1'>Clerks meet</a></h3><p>Fields of work: Elections</p></div>",
        "<h2>What we do</h2><p>The Mission trains clerks and visits their offices.</p>",
        "<div><p>Fields of work: Elections</p></div><div><p>Fields of work: Policing</p></div>",
    ],
    ids=["card of another item", "chapter", "two that differ"],
)
def test_such_a_label_below_may_be_of_something_else(below):
    assert read(HEADER, below)["fields_of_work"] == []


def test_a_box_about_the_document_may_print_another_day_than_the_dateline():
    box = (
        "<table><caption>About this document</caption>"
        "<tr><th>Publishing date</th><td>12 June 2017</td></tr>"
        "<tr><th>Source</th><td>OSCE Secretariat</td></tr></table>"
    )
    item = read("TITLE", box)
    assert item["dates"]["page"] == "2017-06-12"
    assert item["sources"][0]["id"] == "secretariat"
    assert item["body"].endswith(SECOND)


def test_block_themes_print_each_word_of_a_byline_in_a_block():
    byline = (
        "TITLE<div><time datetime='2017-06-09T10:00:00Z'>9 June 2017</time></div><p>—</p><p>by</p>"
        "<div>OSCE Secretariat</div><div><span>in </span><a href='/c/1'>Press release</a></div>"
    )
    item = read(byline)
    assert item["content_type"] == "press-release"
    assert item["dates"]["page"] == "2017-06-09"
    assert [one["id"] for one in item["sources"]] == ["secretariat"]
    assert item["body"].startswith("VIENNA, 9 June 2017")


def test_a_byline_may_be_as_long_as_a_paragraph():
    unit = "OSCE Office for Democratic Institutions and Human Rights"
    item = read(f"TITLE<p>Press release, <span>9 June 2017</span> – <span>{unit}</span></p>")
    assert item["content_type"] == "press-release"
    assert [one["id"] for one in item["sources"]] == ["odihr"]
    assert item["body"].startswith("VIENNA, 9 June 2017")


def test_a_list_of_facts_above_the_title_is_read_in_its_order():
    facts = ("Press release", "12 June 2017", "OSCE Secretariat", "OSCE Chairpersonship")
    item = read(f"<ul>{''.join(f'<li>{one}</li>' for one in facts)}</ul>TITLE")
    assert [one["id"] for one in item["sources"]] == ["secretariat", "chairpersonship"]
    # a date between kind and unit is no clock, although the dateline has another one
    assert item["dates"]["page"] == "2017-06-12"


def test_print_versions_end_with_their_own_address():
    item = read(HEADER, text=f"{TEXT}<p>Source URL: {URL}</p>")
    assert item["body"].endswith(SECOND)


def test_the_label_from_names_who_published():
    labels = "<p>Press release</p>TITLE<dl><dt>From:</dt><dd>OSCE Secretariat</dd>"
    item = read(f"{labels}<dt>Published</dt><dd>9 June 2017</dd></dl>")
    assert [one["id"] for one in item["sources"]] == ["secretariat"]


def test_a_caption_within_the_headline_is_the_kind_of_page():
    caption = "<span class='caption'>Press release</span>"
    item = read(HEADER.replace("TITLE", "").replace("</p>", f"</p><h1>{caption}Form agreed</h1>"))
    assert (item["title"], item["content_type"]) == ("Form agreed", "press-release")


def test_values_below_one_label_may_be_parted_by_line_breaks():
    box = (
        "<div><div>Source</div>OSCE Secretariat<br>OSCE Chairpersonship</div>"
        "<div><div>Published on</div>9 June 2017</div>"
    )
    item = read("<p>Press release</p>TITLE", box)
    assert [one["id"] for one in item["sources"]] == ["secretariat", "chairpersonship"]
    assert item["body"].endswith(SECOND)


def test_the_words_of_the_tab_that_holds_the_text_are_no_text():
    tab = f"<details open><summary>Text</summary><div>{TEXT}</div></details>"
    assert read(HEADER, text=tab)["body"].startswith("VIENNA, 9 June 2017")


def test_what_an_article_is_filed_under_is_its_kind_and_fields():
    page = (
        '<html lang="en"><body><main><article><header><h1>Form agreed</h1><p><time'
        ' datetime="2017-06-09">9 June 2017</time> by <span>OSCE Secretariat</span></p></header>'
        f"<div>{TEXT}</div><footer><p><span>Filed Under: <a href='/c/1'>Press release</a></span>"
        f" <span>Fields of work: {ELECTIONS}, {POLICING}</span></p></footer></article></main>"
    )
    item = extract(page, URL)
    assert item["content_type"] == "press-release"
    assert [one["id"] for one in item["fields_of_work"]] == ["elections", "policing"]


def test_several_units_side_by_side_are_the_sources():
    units = (
        "OSCE Secretariat, Office of the Co-ordinator of OSCE Economic and Environmental Activities"
    )
    item = read(f"<p>Press release | 9 June 2017 | Vienna</p>TITLE<p>{units}</p>")
    assert [one["id"] for one in item["sources"]] == ["secretariat", "oceea"]
    assert item["body"].startswith("VIENNA, 9 June 2017")


def test_a_day_in_numbers_that_is_uncertain_hides_nothing_else_of_its_line():
    item = read("<p>Press release | 09.06.2017 | Vienna</p>TITLE")
    assert item["content_type"] == "press-release"
    assert item["dates"]["page"] is None
    assert {"code": "date-unparsed", "value": "09.06.2017"} in item["issues"]


def test_an_unknown_town_between_date_and_unit_hides_neither():
    item = read("<p>Press release</p>TITLE<p>9 June 2017 – Mitrovo Polje – OSCE Secretariat</p>")
    assert item["dates"]["page"] == "2017-06-09"
    assert [one["id"] for one in item["sources"]] == ["secretariat"]


def test_a_complete_header_below_the_text_may_print_another_day_than_the_dateline():
    labels = "<p><b>Issued on:</b> 12 June 2017</p><p><b>Place:</b> Vienna</p>"
    item = read("<p>Press release</p>TITLE", f"{labels}<p><b>Issued by:</b> OSCE Secretariat</p>")
    assert (item["dates"]["page"], item["dates"]["dateline"]) == ("2017-06-12", "2017-06-09")
    assert item["body"].endswith(SECOND)


def test_a_byline_may_say_where_after_who():
    item = read(
        "<p>Press release</p>TITLE<p>Published on 12 June 2017 by <a href='/u'>OSCE Mission in"
        " Kosovo</a> in Vienna</p>"
    )
    assert item["dates"]["page"] == "2017-06-12"
    assert [one["id"] for one in item["sources"]] == ["mission-in-kosovo"]
    assert item["body"].startswith("VIENNA, 9 June 2017")


def test_a_heading_for_screen_readers_that_names_the_text_is_no_text():
    text = f"<h2 class='visually-hidden'>Content</h2>{TEXT}"
    assert read(HEADER, text=text)["body"].startswith("VIENNA, 9 June 2017")


def test_tags_may_stand_in_a_footer_of_the_main_part():
    tags = f"<footer><ul class='tags'><li>{ELECTIONS}</li><li>{POLICING}</li></ul></footer>"
    assert [one["id"] for one in read(HEADER, tags)["fields_of_work"]] == ["elections", "policing"]


@pytest.mark.parametrize(
    "below",
    [
        "<h3>Issued by</h3><div>OSCE Secretariat</div>",
        "<div><h2>Details</h2><ul><li><b>Publisher</b> <i>OSCE Secretariat</i></li></ul></div>",
        f"<h2>Explore</h2><div><b>Place</b> <a href='/p'>Vienna</a></div><b>Source(s)</b> {UNIT}",
    ],
    ids=["heading", "box of details", "beside another label"],
)
def test_the_unit_may_stand_alone_below_the_text(below):
    item = read("<p>Press release</p>TITLE<p>9 June 2017</p>", below)
    assert [one["id"] for one in item["sources"]] == ["secretariat"]
    assert item["body"].endswith(SECOND)


@pytest.mark.parametrize(
    "below",
    [
        "<h3>From</h3><ul><li>OSCE Secretariat</li><li>Visitors of the exhibition</li></ul>",
        f"<h3>Where we are</h3><ul>{MENU}</ul>",
        "<div><p>Source: OSCE Secretariat</p><p>Date: 4 May 2015</p></div>",
    ],
    ids=["an unknown one among them", "a menu", "with another day"],
)
def test_what_is_called_so_below_the_text_may_be_something_else(below):
    assert read("<p>Press release</p>TITLE<p>9 June 2017</p>", below)["sources"] == []


def test_a_caption_names_the_table_of_labels_it_stands_in():
    rows = "<tr><th>Date</th><td>9 June 2017</td></tr><tr><th>Source</th><td>OSCE Secretariat</td>"
    table = f"<table><caption>Facts about this item</caption>{rows}</tr></table>"
    item = read("<p>News</p>TITLE", table, text=TEXT.replace("VIENNA, 9 June 2017 – ", ""))
    assert item["dates"]["page"] == "2017-06-09"
    assert [one["id"] for one in item["sources"]] == ["secretariat"]


def test_marks_between_the_facts_of_a_list_may_be_items_of_their_own():
    facts = ("9 June 2017 -", "|", "Press release", "|", "OSCE Secretariat", "|")
    facts = "".join(f"<li>{one}</li>" for one in (*facts, "Last updated: 2 March 2021 11:45"))
    item = read(f"TITLE<ul>{facts}</ul>")
    assert (item["content_type"], item["dates"]["page"]) == ("press-release", "2017-06-09")
    assert [one["id"] for one in item["sources"]] == ["secretariat"]
    assert item["body"].startswith("VIENNA, 9 June 2017")


@pytest.mark.parametrize("minutes", ["Reading time: 2 min (599 words)", "2 min read"])
def test_the_time_that_reading_takes_is_a_fact_too(minutes):
    facts = ("9 June 2017", "Press release", "Mitrovo Polje", minutes)
    item = read(f"TITLE<div>{''.join(f'<span>{one}</span>' for one in facts)}</div>")
    assert (item["content_type"], item["dates"]["page"]) == ("press-release", "2017-06-09")
    assert item["body"].startswith("VIENNA, 9 June 2017")


def test_a_byline_may_say_where_although_nobody_knows_the_town():
    item = read("<p>News</p>TITLE<p>Published on 9 June 2017 by OSCE Secretariat in Old Mill</p>")
    assert item["dates"]["page"] == "2017-06-09"
    assert [one["id"] for one in item["sources"]] == ["secretariat"]
    assert {"code": "place-unresolved", "value": "Old Mill"} in item["issues"]


def test_fields_below_the_text_count_although_one_of_them_is_unknown():
    item = read(HEADER, "<h3>Topics</h3><ul><li>Elections</li><li>Sword dancing</li></ul>")
    assert [one["raw"] for one in item["fields_of_work"]] == ["Elections", "Sword dancing"]
    assert {"code": "field-unknown", "value": "Sword dancing"} in item["issues"]


def test_what_asks_whether_the_page_was_useful_is_no_text():
    asked = "<div><p>Was this page useful?</p><a href='/feedback'>Give feedback</a></div>"
    assert read(HEADER, asked)["body"].endswith(SECOND)


@pytest.mark.parametrize(
    "behind",
    [
        "<h3>Newsletter</h3><p>Every week, free of charge.</p><a href='/n'>Sign up</a>",
        "<button>Downloads</button><ul><li><a href='/f/agenda.pdf'>Agenda</a></li></ul>",
    ],
    ids=["another box", "files"],
)
def test_a_box_behind_the_labels_is_no_headline_of_another_item(behind):
    labels = f"<h3>Fields of work</h3><p>Elections<br>Policing</p><h3>Source</h3><p>{UNIT}</p>"
    item = read("<p>Press release</p>TITLE<p>9 June 2017</p>", f"<div>{labels}{behind}</div>")
    assert [one["id"] for one in item["sources"]] == ["secretariat"]
    assert [one["id"] for one in item["fields_of_work"]] == ["elections", "policing"]
    assert item["body"].endswith(SECOND)


def test_an_unknown_label_below_the_text_is_no_headline_of_another_item():
    labels = "<dt>Date</dt><dd>9 June 2017</dd><dt>Source</dt><dd>OSCE Secretariat</dd>"
    item = read("<p>News</p>TITLE", f"<dl>{labels}<dt>Document number</dt><dd>SEC.PR/1</dd></dl>")
    assert item["dates"]["page"] == "2017-06-09"
    assert item["body"].endswith(SECOND)


def test_a_unit_with_a_long_name_above_the_text_is_not_where_the_text_begins():
    unit = "OSCE Observer Mission at the Russian Checkpoints Gukovo and Donetsk (discontinued)"
    above = f"<p>9 June 2017</p>TITLE<ul><li>Weekly report</li><li>{unit}</li></ul>"
    item = read(above, f"<h3>Fields of work</h3><p>{ELECTIONS}</p>")
    assert [one["id"] for one in item["sources"]] == ["observer-mission-gukovo-donetsk"]
    assert [one["id"] for one in item["fields_of_work"]] == ["elections"]


def test_several_units_below_the_headline_are_the_sources():
    units = "<li>Press release</li><li>OSCE Secretariat</li><li>OSCE Chairpersonship</li>"
    item = read(f"<p>9 June 2017</p>TITLE<ul>{units}</ul>")
    assert [one["id"] for one in item["sources"]] == ["secretariat", "chairpersonship"]


def test_a_table_of_facts_may_be_made_of_heads_alone():
    rows = "<tr><th>Date</th><th>9 June 2017</th></tr><tr><th>Source</th><th>ODIHR</th></tr>"
    item = read(f"<p>News</p>TITLE<table>{rows}</table>")
    assert item["dates"]["page"] == "2017-06-09"
    assert [one["id"] for one in item["sources"]] == ["odihr"]


def test_names_go_on_behind_a_line_break():
    cell = "<div><small>Source</small><span>OSCE Secretariat</span><br><span>{}</span></div>"
    labels = f"<div><small>Date</small><span>9 June 2017</span></div>{cell}"
    both = read(f"<p>News</p>TITLE{labels.format('OSCE Chairpersonship')}")
    assert [one["id"] for one in both["sources"]] == ["secretariat", "chairpersonship"]
    one = read(f"<p>News</p>TITLE{labels.format('Wallnerstrasse 6')}")
    assert [unit["raw"] for unit in one["sources"]] == ["OSCE Secretariat"]


def test_one_tag_in_a_list_of_tags_is_a_field_of_work():
    tags = f"<div class='tag-list'><div><ul><li>{ELECTIONS}</li></ul></div></div>"
    assert [one["id"] for one in read(HEADER, tags)["fields_of_work"]] == ["elections"]


def test_links_that_share_the_page_are_no_text():
    links = ("https://www.facebook.com/sharer.php?u=x", "https://x.com/share?u=x", "mailto:?body=x")
    links = " ".join(f"<a href='{one}'>{name}</a>" for one, name in zip(links, "FXM", strict=True))
    assert read(HEADER, f"<div>{links}</div>")["body"].endswith(SECOND)


def test_labels_in_the_footer_of_the_article_are_its_own():
    page = (
        '<html lang="en"><body><main><article><div><h1>Form agreed</h1><p><time'
        f' datetime="2017-06-09">9 June 2017</time></p><div>{TEXT}</div><footer><p><b>Topics:</b>'
        f" {ELECTIONS}</p><p><b>Source:</b> {UNIT}</p><p><b>Type:</b> <a href='/c'>News</a></p>"
        "</footer></div></article></main>"
    )
    item = extract(page, URL)
    assert item["content_type"] == "news"
    assert [one["id"] for one in item["sources"]] == ["secretariat"]
    assert [one["id"] for one in item["fields_of_work"]] == ["elections"]


@pytest.mark.parametrize("counted", ["12 views", "Hits: 1,204", "3 comments"])
def test_how_often_a_page_was_seen_is_no_text(counted):
    assert read(HEADER, text=f"{TEXT}<p>{counted}</p>")["body"].endswith(SECOND)


def test_a_byline_may_open_with_who_and_end_with_the_last_change():
    words = "<span>published</span> 9 June 2017, <span>last modified</span> 2 March 2021 10:12"
    text = f"{TEXT}<p>Where: Hofburg</p>"
    item = read(f"<p>News</p>TITLE<div>by <b>OSCE Secretariat</b> — {words}</div>", text=text)
    assert item["dates"]["page"] == "2017-06-09"
    assert [one["id"] for one in item["sources"]] == ["secretariat"]


def test_one_term_alone_is_a_field_of_work():
    term = (
        "<ul><li><span><a class='post-info__terms-list' href='/t/1'>Elections</a></span></li></ul>"
    )
    assert [one["id"] for one in read(HEADER, term)["fields_of_work"]] == ["elections"]


@pytest.mark.parametrize("words", ["Written by {}", "<span>Source</span> <span>{}</span>"])
def test_who_wrote_it_may_stand_alone_in_the_box_of_the_headline(words):
    unit = "OSCE Office for Democratic Institutions and Human Rights"
    byline = f"<p>{words.format(unit)}</p>"
    item = read(f"<p>News</p><p>9 June 2017</p><div>TITLE{byline}</div>")
    assert [one["id"] for one in item["sources"]] == ["odihr"]
    assert item["body"].startswith("VIENNA, 9 June 2017")


def test_fields_of_work_may_be_parted_by_slashes():
    item = read(HEADER, "<p>Topics: Elections / Policing</p>")
    assert [one["id"] for one in item["fields_of_work"]] == ["elections", "policing"]


def test_a_block_of_labels_below_the_text_may_say_when_it_was_posted():
    item = read("<p>News</p>TITLE", "<p>Posted: 9 June 2017<br>Source: OSCE Secretariat</p>")
    assert item["dates"]["page"] == "2017-06-09"


def test_the_number_of_a_release_hides_nothing_beside_it():
    column = "<div>9 June 2017</div><div>14/2017</div><div>News</div><div>OSCE Secretariat</div>"
    item = read(f"TITLE<div>{column}</div>")
    assert (item["content_type"], item["dates"]["page"]) == ("news", "2017-06-09")
    assert [one["id"] for one in item["sources"]] == ["secretariat"]
    assert item["body"].startswith("VIENNA, 9 June 2017")


def test_units_above_the_headline_are_read_in_their_order():
    units = "<p>OSCE Chairpersonship</p><p>OSCE Secretariat</p>"
    item = read(f"<p>News</p><p>9 June 2017</p><p>Old Mill</p>{units}TITLE")
    assert [one["id"] for one in item["sources"]] == ["chairpersonship", "secretariat"]


def test_links_to_units_above_the_headline_are_a_menu():
    links = "<p><a href='/cio'>OSCE Chairpersonship</a></p><p><a href='/s'>OSCE Secretariat</a></p>"
    item = read(f"{links}<p>News</p>TITLE<p>9 June 2017</p>")
    assert [one["id"] for one in item["sources"]] == ["secretariat"]


def test_a_field_of_work_above_the_headline_is_no_kind_and_no_unit():
    labels = f"<h2>Tags and regions</h2><h3>Topics</h3><ul><li>{ELECTIONS}</li></ul>"
    labels += f"<h3>Issued by</h3><ul><li>{UNIT}</li></ul><h3>Content type</h3><p>News</p>"
    for theme in ("Elections", "Partnerships"):
        item = read(f"<p>{theme}</p>TITLE<p>9 June 2017</p>", labels)
        assert item["content_type"] == "news"
        assert [one["id"] for one in item["sources"]] == ["secretariat"]


def test_a_box_called_more_information_may_hold_the_labels():
    box = f"<h5>More information</h5><div><div>Source</div><div>{UNIT}</div></div>"
    item = read("<p>News</p>TITLE<p>9 June 2017</p>", f"<div>{box}</div>")
    assert [one["id"] for one in item["sources"]] == ["secretariat"]
