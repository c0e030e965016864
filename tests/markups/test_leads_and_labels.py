"""Leads, labels and facts as other publishers' templates print them.

A first paragraph in the box of the headline, labels in two languages, icons made of words, facts in
a column before the headline or in the footer of the article.
"""

import pytest
from markups.small_release import SECOND, TITLE, URL, page

from osce_crawl import extract, extract_listing

DATELINE = "VIENNA, 9 June 2017 – Some forty practitioners met today to compare how they register."
FIRST = "Some forty practitioners from eleven States met in Vienna to compare how they register."
THIRD = "The forms of all offices will be compared again when a year has passed."
LABELS = (
    "<div class='f'><b>Date</b><i>9 June 2017</i></div>"
    "<div class='f'><b>Source</b><i>OSCE Secretariat</i></div>"
)


def read(main, head="<title>T</title>"):
    return extract(page(main, head=head), URL)


def units(item):
    return [one["id"] for one in item["sources"]]


def test_a_lead_above_the_labels_is_a_summary():
    item = read(
        f"<main>{TITLE}<p>{FIRST}</p>{LABELS}<div><p>{DATELINE}</p><p>{THIRD}</p></div></main>"
    )
    assert (item["summary"], item["body"]) == (FIRST, f"{DATELINE}\n\n{THIRD}")


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("Datum", "9. juna 2017."),
        ("Датум", "9. јун 2017."),
        ("Дата", "9 июня 2017 г."),
        ("Datum:", "9. juna 2017."),
        ("Datum", "9. juna 2017"),
    ],
)
@pytest.mark.parametrize("dateline", ["VIENNA, 9 June 2017", "VIENNA, 8 June 2017"])
def test_a_stop_after_the_labelled_day_ends_no_sentence(label, day, dateline):
    labels = f"<div><span>{label}</span> <span>{day}</span></div>"
    labels += "<div><span>Izvor</span> <span>OSCE Secretariat</span></div>"
    text = f"{dateline} – Some forty practitioners met today to compare how they register."
    item = read(f"<main><p>News</p>{TITLE}<p>{FIRST}</p>{labels}<p>{text}</p></main>")
    assert (item["summary"], item["body"]) == (FIRST, text)
    assert (item["dates"]["page"], units(item)) == ("2017-06-09", ["secretariat"])


@pytest.mark.parametrize("tag", ["p", "h2", "h3"])
def test_a_lead_opens_the_box_of_the_labels(tag):
    lead = f"<{tag}>The offices will compare them in a year.</{tag}>"
    item = read(f"<main><div>{TITLE}{lead}<div>{LABELS}</div></div><p>{DATELINE}</p></main>")
    assert item["summary"] == "The offices will compare them in a year."


def test_a_note_above_the_labels_is_of_the_text_that_opens_below_them():
    note = "This report is for the media and the general public."
    item = read(
        f"<main>{TITLE}<p>{note}</p>{LABELS}<div><p>{DATELINE}</p><p>{THIRD}</p></div></main>"
    )
    assert item["body"].startswith(note)
    assert item["dateline"]["date"] == "2017-06-09"


def test_a_lead_with_a_dateline_opens_the_text_also_where_that_names_no_year():
    lead = "BERN, 2 March – The Chair-in-Office condemned the attack on a patrol boat yesterday."
    item = read(
        f"<main>{TITLE}<p>{lead}</p>{LABELS}<div><p>{SECOND}</p><p>{THIRD}</p></div></main>"
    )
    assert item["dateline"]["raw"] == "BERN, 2 March"


def test_the_text_goes_on_in_another_box_like_that_of_the_headline():
    main = f"<article><div class='part'>{TITLE}<p>{DATELINE}</p></div>{LABELS}"
    item = read(f"{main}<div class='part'><p>{SECOND}</p><p>{THIRD}</p></div></article>")
    assert item["body"] == f"{DATELINE}\n\n{SECOND}\n\n{THIRD}"


def test_another_box_with_a_headline_of_its_own_is_no_part_of_the_text():
    box = f"<div class='part'>{TITLE}{LABELS}<p>{DATELINE}</p><p>{THIRD}</p></div>"
    assert read(f"<main>{box}{box}</main>")["body"] == f"{DATELINE}\n\n{THIRD}"


def test_a_sentence_that_goes_on_in_the_next_box_begins_in_the_one_before():
    opening, rest = "On 9 June 2017, the OSCE Secretariat opened a seminar", "for staff of offices."
    main = f"<main><p>News</p>{TITLE}<p>9 June 2017</p><div>{opening}</div>"
    item = read(f"{main}<section><p>{rest}</p><p>{SECOND}</p><p>{THIRD}</p></section></main>")
    assert item["body"] == f"{opening}\n\n{rest}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    ("date", "source"),
    [("Datum / Date", "Izvor / Source"), ("Дата/Date", "Источник/Source")],
)
def test_a_label_may_be_printed_in_two_languages(date, source):
    rows = f"<tr><td>{date}:</td><td>9 June 2017</td></tr>"
    rows += f"<tr><td>{source}:</td><td>OSCE Secretariat</td></tr>"
    item = read(f"<main>{TITLE}<table>{rows}</table><p>{FIRST}</p><p>{SECOND}</p></main>")
    assert (item["dates"]["page"], units(item)) == ("2017-06-09", ["secretariat"])


def test_words_that_a_font_draws_as_icons_are_not_read():
    facts = "".join(
        f'<li><span class="material-icons" aria-hidden="true">{icon}</span><span>{fact}</span></li>'
        for icon, fact in (("event", "9 June 2017"), ("business", "OSCE Secretariat"))
    )
    item = read(f"<main>{TITLE}<ul>{facts}</ul><p>{FIRST}</p><p>{SECOND}</p></main>")
    assert (item["dates"]["page"], units(item)) == ("2017-06-09", ["secretariat"])
    assert item["body"].startswith(FIRST)


def test_a_value_may_stand_within_the_element_of_its_label():
    facts = "".join(
        f'<div class="label">{label}<div class="detail">{value}</div></div>'
        for label, value in (("Date", "9 June 2017"), ("Source", "OSCE Secretariat"))
    )
    item = read(f"<main>{TITLE}<div>{facts}</div><p>{FIRST}</p><p>{SECOND}</p></main>")
    assert (item["dates"]["page"], units(item)) == ("2017-06-09", ["secretariat"])


@pytest.mark.parametrize(
    "title",
    [
        "<h1>Practitioners agree on form<div>Press release</div></h1>",
        "<h1><span>Press release</span>Practitioners agree on form</h1>",
        f"<p>Press release No. 23/2017</p>{TITLE}",
        f'<div class="breadcrumb"><a href="/">Home</a> &gt; Press release</div>{TITLE}',
    ],
    ids=["closes the headline", "opens it", "numbered", "crumb without a link"],
)
def test_the_kind_stands_in_the_headline_or_with_a_number_or_as_the_last_crumb(title):
    item = read(f"<main>{title}{LABELS}<p>{FIRST}</p><p>{SECOND}</p></main>")
    assert (item["content_type"], item["title"]) == ("press-release", "Practitioners agree on form")


def test_facts_may_stand_in_a_column_before_that_of_the_headline():
    facts = "<ul><li>9 June 2017</li><li>Press release</li><li>OSCE Secretariat</li></ul>"
    column = f"<div class='side'><nav><a href='/'>Back</a></nav>{facts}</div>"
    item = read(
        f"<main><div>{column}<div><article>{TITLE}<p>{FIRST}</p></article></div></div></main>"
    )
    assert (item["content_type"], item["dates"]["page"]) == ("press-release", "2017-06-09")
    assert units(item) == ["secretariat"]


def test_the_footer_of_an_article_may_print_its_day():
    footer = "<footer><p><time datetime='2017-06-09T10:00:00Z'>9 June 2017</time></p></footer>"
    head = f"<p>Press release</p>{TITLE}<p>OSCE Secretariat</p>"
    item = read(f"<main><article>{head}<p>{FIRST}</p><p>{SECOND}</p>{footer}</article></main>")
    assert item["dates"]["page"] == "2017-06-09"


def test_an_hour_parts_no_place_from_the_day_beside_it():
    facts = "<div>9 June 2017</div><div>12:30</div><div>Vienna</div>"
    item = read(f"<main><p>News</p>{TITLE}<div>{facts}</div><div><p>{FIRST}</p></div></main>")
    assert [one["name"] for one in item["places"]] == ["Vienna"]


def test_what_an_advisory_says_of_the_event_is_text_behind_its_header():
    advice = "<p>What: Press conference</p><p>When: 15:00 on Monday</p><p>Where: Town hall</p>"
    item = read(f"<main>{TITLE}<p>{DATELINE}</p>{LABELS}{advice}<p>{SECOND}</p></main>")
    assert units(item) == ["secretariat"]
    assert "What: Press conference" in item["body"]


def test_the_notes_of_a_print_version_are_no_text():
    link = '<a href="https://example.org/report">the report</a> <span>[1]</span>'
    notes = "<hr><p><strong>Links</strong></p><p>[1] https://example.org/report</p>"
    item = read(f"<main>{TITLE}{LABELS}<p>{FIRST}</p><p>See {link}, in English.</p>{notes}</main>")
    assert item["body"] == f"{FIRST}\n\nSee the report, in English."


def test_the_next_page_may_be_named_in_two_languages():
    entry = "<h2><a href='/secretariat/322492'>Practitioners agree</a></h2><p>9 June 2017</p>"
    pager = "<p><a href='?page=1'>« Back / Nazad</a> <a href='?page=3'>Next / Sljedeća »</a></p>"
    page = f"<html><head><title>T</title></head><body><main>{entry}{pager}</main></body></html>"
    listing = extract_listing(page, "https://www.osce.org/press-releases?page=2")
    assert listing["next"] == "https://www.osce.org/press-releases?page=3"


def test_a_byline_of_elements_is_no_sentence_although_a_full_stop_ends_it():
    byline = (
        "<p><span>Published by <a href='/u'>OSCE Mission to Bosnia and Herzegovina</a></span>"
        "<span>Published on 9 June 2017, at 10:15</span><span>Reading time 2 min.</span></p>"
    )
    item = read(f"<main><p>News</p>{TITLE}{byline}<p>{FIRST}</p><p>{SECOND}</p></main>")
    assert (item["dates"]["page"], len(units(item))) == ("2017-06-09", 1)
    assert item["body"].startswith(FIRST)


def test_cells_side_by_side_print_day_and_unit():
    row = "<table><tr><td>9 June 2017</td><td>OSCE Secretariat</td></tr></table>"
    back = "<p>[<a href='/'>Home</a>] [<a href='/news'>News</a>]</p>"
    item = read(f"<main><b>News</b>{TITLE}{row}<p>{FIRST}</p><p>{SECOND}</p>{back}</main>")
    assert (item["dates"]["page"], units(item)) == ("2017-06-09", ["secretariat"])
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


def test_what_leads_to_the_headlines_before_and_behind_is_no_text():
    links = "<li>Previous: <a href='/odihr/1234'>Clerks meet</a></li>"
    links += "<li>Next: <a href='/odihr/1236'>Ports meet</a></li>"
    item = read(f"<main>{TITLE}{LABELS}<p>{FIRST}</p><p>{SECOND}</p><ul>{links}</ul></main>")
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "words", ["Press release issued on 9 June 2017", "News, 9 June 2017, 10:15"]
)
def test_a_kind_and_its_day_are_one_piece(words):
    item = read(f"<main>{TITLE}<p>{words}</p><p>OSCE Secretariat</p><p>{DATELINE}</p></main>")
    assert item["dates"]["page"] == "2017-06-09"
    assert item["content_type"] in {"press-release", "news"}


def test_an_hour_with_many_words_behind_it_is_read_at_once():
    item = read(f"<main>{TITLE}{LABELS}<p>12:30 {'abcd' * 30}!</p><p>{FIRST}</p></main>")
    assert FIRST in item["body"]


def test_a_row_of_one_cell_goes_on_with_the_row_above():
    rows = "".join(
        f"<tr><td>{day} June 2017</td><td><a href='/secretariat/32249{day}'>T {day}</a></td></tr>"
        f"<tr><td colspan='2'>Some practitioners met on day {day}.</td></tr>"
        for day in (9, 8)
    )
    page = f"<html><head><title>T</title></head><body><table>{rows}</table></body></html>"
    entry = extract_listing(page, "https://www.osce.org/press-releases")["entries"][0]
    assert entry["summary"] == "Some practitioners met on day 9."
