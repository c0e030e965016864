"""What the stock templates of listings print: links beside titles, facts of one line, next links.

Each test is one property of such a template that once hid or changed a fact in silence.
"""

import pytest
from grid import check_each

from osce_crawl import extract, extract_listing

URL = "https://www.osce.org/press-releases?page=2"
ENTRIES = [
    (600001, "Clerks compare old case files", 5),
    (600002, "Mayors share budget advice", 4),
    (600003, "Editors learn to check facts", 3),
]
TEASER = "<p>Forty clerks from nine courts met to compare how files are kept.</p>"
WANTED = [(title, f"2021-05-0{day}") for _, title, day in ENTRIES]


def listing(entries, *, language="en"):
    page = f'<html lang="{language}"><body><main><h1>News</h1>{entries}</main></body></html>'
    return extract_listing(page, URL)


def read(shape, before=""):
    """Return the entries of a listing of entries in this shape, filled in."""
    rows = [
        shape.format(link=f"/odihr/{node}", title=title, date=f"{day} May 2021", teaser=TEASER)
        for node, title, day in ENTRIES
    ]
    return listing(f"<div>{before}{''.join(rows)}</div>")["entries"]


def titles_and_days(entries):
    return [(entry["title"], entry["published"]) for entry in entries]


def test_a_flat_listing_has_all_of_its_dates_on_one_side_of_the_titles():
    shapes = [
        "<p>{date}</p><p><a href='{link}'>{title}</a></p>{teaser}",
        "<span>{date}</span><br><a href='{link}'>{title}</a><br>Forty clerks met.<br><br>",
        "<p>{date}</p><p>News</p><p><a href='{link}'>{title}</a></p>",
        "<div><p>{date}</p></div><div><a href='{link}'>{title}</a>{teaser}</div>",
        "<p>{date}</p><p><a href='{link}'>{title}</a></p><p>Type: News</p>{teaser}",
        "<p><a href='{link}'>{title}</a></p><p>{date}</p>{teaser}",
        "<p>News</p><p><a href='{link}'>{title}</a></p><p>{date}</p>",
        "<p><a href='{link}'>{title}</a></p><p>{date}</p><p>Type: News</p>{teaser}",
    ]
    check_each(lambda shape: titles_and_days(read(shape)), dict.fromkeys(shapes, WANTED))


def test_the_date_of_a_page_is_not_that_of_its_first_entry():
    shape = "<p><a href='{link}'>{title}</a></p><p>{date}</p>{teaser}"
    assert titles_and_days(read(shape, before="<p>9 May 2021</p>")) == WANTED


def test_another_link_to_the_item_is_not_its_title():
    links = [
        "<div><a href='{link}'>{title}</a></div>{teaser}<a href='{link}'>Read more</a>",
        "<div><a href='{link}'>{title}</a></div>{teaser}<a href='{link}'>Подробнее</a>",
        "<div><a href='{link}'>{title}</a></div>{teaser}<a href='{link}'>The story</a>",
        "<div><a href='{link}'>View</a></div><div><a href='{link}'>{title}</a></div>",
        "<a href='{link}'>{title}</a> <a href='/ru{link}'>RU</a>",
        "<a href='{link}' aria-label='Read more about {title}'></a><p><a href='{link}'>{title}</a>",
    ]
    check_each(
        lambda both: titles_and_days(read(f"<li><div>{{date}}</div>{both}</li>")),
        dict.fromkeys(links, WANTED),
    )


@pytest.mark.parametrize("words", ["Read more", "Подробнее", "To the full text"])
def test_a_title_that_is_no_link_is_above_the_link(words):
    link = f"<a href='{{link}}'>{words}</a>"
    shape = f"<li><p>{{date}}</p><h3>{{title}}</h3>{{teaser}}<p>{link}</p></li>"
    assert titles_and_days(read(shape)) == WANTED


def test_reports_of_one_title_keep_it():
    link = "<li><p>{date}</p><h4>Region {title}</h4><a href='{link}'>Daily report</a></li>"
    assert {entry["title"] for entry in read(link)} == {"Daily report"}


def test_a_flat_entry_may_end_in_a_link_to_its_item():
    more = "<p><a href='{link}'>Read more</a></p>"
    shape = f"<p>{{date}}</p><p><a href='{{link}}'>{{title}}</a></p>{{teaser}}{more}"
    assert titles_and_days(read(shape)) == WANTED


def test_an_item_in_a_box_above_the_listing_is_an_entry_of_the_listing():
    box = "<div><p><a href='/odihr/600001'>Clerks compare old case files</a></p></div>"
    assert titles_and_days(read("<li>{date} <a href='{link}'>{title}</a></li>", box)) == WANTED


def test_facts_of_one_line_may_stand_before_and_after_a_label_or_byline():
    def said(facts):
        title = "<h3><a href='{link}'>{title}</a></h3>"
        return [
            (entry["published"] is not None, entry["content_type"], entry["sources"])
            for entry in read(f"<article>{title}<p>{facts}</p></article>")
        ]

    lines = [
        "{date} | News | Source: OSCE Secretariat; ODIHR",
        "<span>{date}</span> <span>News</span> <span>Source: OSCE Secretariat; ODIHR</span>",
        "Source: OSCE Secretariat; ODIHR | {date} | News",
        "Date: {date} | Type: News | Source: OSCE Secretariat; ODIHR",
        "{date} | News | by <a href='/u/1'>OSCE Secretariat</a> and <a href='/u/2'>ODIHR</a>",
        "{date} | News | by <a href='/u/1'>OSCE Secretariat</a> &amp; <a href='/u/2'>ODIHR</a>",
    ]
    wanted = (True, "news", ["OSCE Secretariat", "ODIHR"])
    check_each(said, dict.fromkeys(lines, [wanted] * len(ENTRIES)))


@pytest.mark.parametrize(
    "tags",
    [
        "#Elections #Human rights",
        "<a href='/t/1'>#Elections</a> <a href='/t/2'>#Human rights</a>",
        "Tagged <a href='/t/1'>Elections</a>, <a href='/t/2'>Human rights</a>",
        "Categorized as <a href='/c/1'>News</a> Tagged <a>Elections</a>, <a>Human rights</a>",
    ],
)
def test_tags_may_have_a_mark_or_words_before_them(tags):
    shape = "<article><h3><a href='{link}'>{title}</a></h3><p>{date}</p>{teaser}"
    for entry in read(f"{shape}<p>{tags}</p></article>"):
        assert entry["fields_of_work"] == ["Elections", "Human rights"]


def test_a_word_that_a_search_sets_off_in_a_sentence_is_no_label():
    text = "Files can be searched <strong>from</strong> any telephone."
    shape = "<li><h3><a href='{link}'>{title}</a></h3><p>{date}</p>"
    labels = "<div><b>Source</b> ODIHR</div><div><b>Fields of work</b> Elections</div>"
    for entry in read(f"{shape}<p>{text}</p>{labels}</li>"):
        assert entry["summary"] == "Files can be searched from any telephone."
        assert entry["sources"] == ["ODIHR"]


def test_words_or_a_name_say_which_link_leads_on():
    def leads_to(language, link):
        pager = f"<p><a href='?page=1'>Previous</a> {link}</p>"
        row = "<li><a href='/odihr/600001'>Clerks compare old case files</a> 5.5.2021</li>"
        return listing(f"<ul>{row}</ul>{pager}", language=language)["next"]

    links = [
        ("ru", "<a href='?page=3'>Следующая страница →</a>"),
        ("ru", "<a href='?page=3'>Загрузить ещё</a>"),
        ("sr", "<a href='?page=3'>Наредна страница</a>"),
        ("fr", "<a href='?page=3'>Page suivante</a>"),
        ("en", "<a href='?page=3'>Older news</a>"),
        ("en", "<a href='?page=3' class='pager__next'><i></i></a>"),
    ]
    check_each(leads_to, dict.fromkeys(links, URL.replace("=2", "=3")))


def test_a_release_may_print_its_day_and_kind_after_its_source():
    text = "Some forty practitioners from eleven States met on 9 June to compare their registers."
    facts = "<p>Source: OSCE Secretariat | 9 June 2017 | News</p>"
    page = f"<html><body><main><h1>Practitioners meet</h1>{facts}<p>{text}</p></main></body></html>"
    item = extract(page, "https://www.osce.org/secretariat/322492")
    assert (item["published"], item["content_type"]) == ("2017-06-09", "news")
    assert [one["id"] for one in item["sources"]] == ["secretariat"]


def test_language_and_size_of_a_file_are_not_its_title():
    file = (
        "<div><div>Form of July</div><div><div>English</div><div>(1.3 MB - PDF)</div>"
        "<a href='/form.pdf'>Download</a></div></div>"
    )
    page = (
        "<html><body><main><p>News</p><h1>Practitioners meet</h1><p>Date: 9 June 2017</p>"
        f"<p>Some forty practitioners met.</p><h2>Documents</h2>{file}</main></body></html>"
    )
    item = extract(page, "https://www.osce.org/secretariat/322492")
    assert [one["title"] for one in item["documents"]] == ["Form of July"]
