"""What the stock templates of WordPress, Umbraco, Europa's components and others print.

Each test is one property of such a template that once hid a text or a fact.
"""

import pytest

from osce_crawl import extract, extract_listing
from osce_crawl.pages.refusals import NotARelease

FIRST = (
    "Some forty practitioners from eleven States met on 9 June to compare how they register"
    " claims, at a meeting of two days."
)
SECOND = "They agreed on a form that every office will use from July."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
TITLE = "<h1>Practitioners agree on form</h1>"
KIND = "<p>News</p>"
HEADER = "<dl><dt>Date</dt><dd>9 June 2017</dd><dt>Source</dt><dd>OSCE Secretariat</dd></dl>"


def read(main, *, language="en"):
    page = f'<html lang="{language}"><head><title>T</title></head><body>{main}</body></html>'
    return extract(page, "https://www.osce.org/secretariat/322492")


def fields(item):
    return [one["id"] for one in item["fields_of_work"]]


def wordpress_post(author, category):
    """A post whose byline names an author and whose footer alone says what kind it is."""
    footer = f'<footer><a href="/c/1" rel="category tag">{category}</a></footer>' * bool(category)
    return (
        f"<main><article><header>{TITLE}<div><time datetime='2017-06-09'>9. Juni 2017</time>"
        f" <span>Autor: <a href='/author/1'>{author}</a></span> <span>0 comments</span></div>"
        f"</header><div>{TEXT}</div>{footer}</article></main>"
    )


def test_the_author_of_a_post_is_its_source_where_its_footer_files_it_as_a_release():
    item = read(wordpress_post("OSZE-Sekretariat", "Pressemitteilung"), language="de")
    assert item["content_type"] == "press-release"
    assert [one["id"] for one in item["sources"]] == ["secretariat"]


def test_without_such_a_footer_a_page_with_an_author_is_a_publication():
    with pytest.raises(NotARelease) as refusal:
        read(wordpress_post("OSZE-Sekretariat", ""), language="de")
    assert refusal.value.reason == "report"


@pytest.mark.parametrize("mark", [" · ", " • ", " | ", ", "])
def test_kind_and_fields_of_work_may_be_tags_of_one_line(mark):
    names = ("News", "Elections", "Policing")
    tags = mark.join(f'<a href="/t/{one}">{one}</a>' for one in names)
    item = read(f"<main>{TITLE}{HEADER}<div>{TEXT}</div><p>Tags: {tags}</p></main>")
    assert item["content_type"] == "news"
    assert fields(item) == ["elections", "policing"]


def test_a_label_with_long_names_is_not_where_the_text_begins():
    units = "OSCE Secretariat, Office of the Special Representative and Co-ordinator for Combating"
    facts = f"<ul><li>Published: 9 June 2017</li><li>Source: {units} Trafficking in Human Beings"
    item = read(
        f"<main>{KIND}<section>{TITLE}{facts}</li></ul></section><section><div>{TEXT}</div><p>"
        '<strong>Fields of work</strong> <a href="/t/1">Elections</a> <a href="/t/2">Policing</a>'
        "</p></section></main>"
    )
    assert fields(item) == ["elections", "policing"]


@pytest.mark.parametrize(
    "header", ["page-header", "ecl-page-header", "article__header", "hero__inner"]
)
def test_a_lead_in_the_box_of_the_headline_is_not_all_of_the_text(header):
    lead = "<div><p>Four questions that every office asks now have one answer.</p></div>"
    item = read(
        f'<div class="{header}"><div class="container">{KIND}{TITLE}{lead}</div></div>'
        f'<main><div class="container">{TEXT}{HEADER}</div></main>'
    )
    assert item["body"].endswith(f"{FIRST}\n\n{SECOND}")
    assert not item["issues"]


def test_a_complete_sentence_that_links_a_page_leads_to_no_contact():
    more = 'For more information on these forms, visit <a href="/forms">its page on forms</a>.'
    contact = "<p>Contacts: Jane Doe, Spokesperson, +43 1 514 360, jane.doe@osce.org</p>"
    item = read(f"<main>{KIND}{TITLE}{HEADER}<div>{TEXT}<p>{more}</p>{contact}</div></main>")
    assert item["body"].endswith("For more information on these forms, visit its page on forms.")
    assert [one["url"] for one in item["links"]] == ["https://www.osce.org/forms"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("bs", "Posljednja izmjena: 3. april 2025."),
        ("fr", "Dernière mise à jour : 3 avril 2025"),
        ("mk", "Последна измена: 3 април 2025"),
        ("sr", "Последња измена: 3. април 2025."),
        ("sq", "Përditësimi i fundit: 3 prill 2025"),
    ],
)
def test_when_the_page_was_changed_is_no_text(language, words):
    item = read(f"<main>{KIND}{TITLE}{HEADER}{TEXT}<p>{words}</p></main>", language=language)
    assert item["dates"]["page"] == "2017-06-09"
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "picture",
    [
        "<div><img src='/p.jpg' alt='Two offices at work'><span>Two offices at work</span></div>",
        "<div><img src='/p.jpg'><span itemprop='caption'>Two offices at work</span></div>",
        "<x-image><img src='/p.jpg'><span slot='caption'>Two offices at work</span></x-image>",
    ],
    ids=["as its alternative text", "microdata", "slot"],
)
def test_a_caption_is_called_so_or_repeats_the_alternative_text(picture):
    item = read(f"<main>{KIND}{TITLE}{HEADER}{picture}<x-text>{TEXT}</x-text></main>")
    assert [one["caption"] for one in item["images"]] == ["Two offices at work"]
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "file",
    [
        '<p><a href="/form.pdf">Form of July (English) <small>PDF, 1.2 MB</small></a></p>',
        '<p><a href="/form.pdf">Form of July (English) (240 KB)</a></p>',
        '<p><a href="/form.pdf">Form of July (English)<span>PDF 0.3 MB</span></a></p>',
        '<div><p>Form of July (English)<p>(240 KB - PDF)<p><a href="/form.pdf">Download</a></div>',
    ],
    ids=["small print", "brackets", "badge", "a button beside the title"],
)
def test_a_file_has_its_title_without_its_size(file):
    item = read(f"<main>{KIND}{TITLE}{HEADER}{TEXT}<h2>Downloads</h2>{file}</main>")
    assert [one["title"] for one in item["documents"]] == ["Form of July (English)"]
    assert [one["language"] for one in item["documents"]] == ["en"]


def test_a_table_of_the_nineties_has_neither_h1_nor_a_menu_element():
    menu = "<a href='/'>Home</a><br><a href='/f'>Field activities</a><br><a href='/n'>News</a>"
    page = (
        "<html><head><title>OSCE - OSCE and partners agree on form</title></head><body><table><tr>"
        f"<td>{menu}</td><td><table><tr><td><b>Press release</b></td><td>9 June 2017</td></tr><tr>"
        "<td colspan=2><font><b>OSCE and partners agree on form</b></font><br><i>OSCE Mission to"
        f" Serbia</i></td></tr><tr><td colspan=2>{TEXT}</td></tr></table></td></tr></table></body>"
    )
    item = extract(page, "https://www.osce.org/serbia/322492")
    assert item["title"] == "OSCE and partners agree on form"
    assert [one["id"] for one in item["sources"]] == ["mission-to-serbia"]


@pytest.mark.parametrize(("target", "following"), [(2, "/press-releases?page=2"), (9, None)])
def test_an_arrow_leads_to_the_next_page_or_to_the_last(target, following):
    entries = "".join(
        f'<article><h3><a href="/secretariat/32249{one}">Forty practitioners meet in town {one}'
        "</a></h3><p>Press release | 9 June 2017</p></article>"
        for one in range(4)
    )
    pager = f'<ul><li><a href="?page=0">«</a><li>2<li><a href="?page={target}">»</a></ul>'
    page = f"<html><body><main>{entries}{pager}</main></body></html>"
    listing = extract_listing(page, "https://www.osce.org/press-releases?page=1")
    assert listing["next"] == (following and f"https://www.osce.org{following}")


def test_places_are_known_by_their_names_in_the_language_of_the_text():
    opening = "BÂLE, 9 juin 2017 – Les maires de dix-sept villes se sont réunis."
    item = read(f"<main>{KIND}{TITLE}<p>{opening}</p>{TEXT}</main>", language="fr")
    assert [one["name"] for one in item["places"]] == ["Basel"]


@pytest.mark.parametrize(
    "facts",
    [
        "<p>9 June 2017 | Vienna | OSCE Climate Hub</p>",
        "<p><span>9 June 2017</span> <span>OSCE Climate Hub</span></p>",
        "<div><time datetime='2017-06-09'>9 June 2017</time> <b>OSCE Climate Hub</b></div>",
        "<p>OSCE Climate Hub, 9 June 2017</p>",
    ],
)
def test_a_name_with_the_organisations_in_it_beside_a_date_is_a_unit_nobody_knows_yet(facts):
    item = read(f"<main>{KIND}{TITLE}{facts}<div>{TEXT}</div></main>")
    assert item["dates"]["page"] == "2017-06-09"
    assert [(one["id"], one["raw"]) for one in item["sources"]] == [(None, "OSCE Climate Hub")]
    assert item["issues"] == [{"code": "source-unknown", "value": "OSCE Climate Hub"}]
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "words", ["OSCE trains police", "Climate Hub", "the OSCE Climate Hub", "OSCE Summit 2010"]
)
def test_other_words_beside_a_date_are_no_unit(words):
    item = read(f"<main>{KIND}{TITLE}<p>9 June 2017 | {words}</p><div>{TEXT}</div></main>")
    assert item["sources"] == []


LEAD = "<p>Four questions that every office asks now have one answer.</p>"
DATED = f"<p>VIENNA, 9 June 2017 – {FIRST}</p><p>{SECOND}</p>"


def test_a_text_with_its_dateline_may_open_below_the_box_of_headline_and_lead():
    item = read(
        f'<main><div class="stage">{KIND}{TITLE}{LEAD}</div><div class="rich">{DATED}</div>'
        f"<div>{HEADER}</div></main>"
    )
    assert item["dateline"]["raw"] == "VIENNA, 9 June 2017"
    assert item["body"].endswith(SECOND)
    assert not item["issues"]


def test_units_linked_between_a_lead_and_the_text_issued_it_and_are_no_text():
    units = "<div><a href='/u/1'>ODIHR</a></div><div><a href='/u/2'>OSCE Secretariat</a></div>"
    day = "<span>News</span> <span>•</span> <time datetime='2017-06-09'>9 June 2017</time>"
    item = read(f"<main><p>{day}</p>{TITLE}{LEAD}{units}<div>{TEXT}</div></main>")
    assert [one["id"] for one in item["sources"]] == ["odihr", "secretariat"]
    assert item["body"].endswith(f"answer.\n\n{FIRST}\n\n{SECOND}")


def test_a_slash_parts_units_beside_a_date():
    facts = "<div><div>ODIHR / OSCE Secretariat</div><span>9 June 2017</span></div>"
    item = read(f"<main>{KIND}{TITLE}{facts}<div>{TEXT}</div></main>")
    assert [one["id"] for one in item["sources"]] == ["odihr", "secretariat"]


def test_tags_may_follow_the_downloads_and_their_label_may_have_no_colon():
    file = "<h2>Downloads</h2><p><a href='/form.pdf'>Form of July</a></p>"
    tags = "<ul><li><span>Tags</span> <a href='/t/1'>Elections</a>, <a href='/t/2'>Policing</a>"
    item = read(f"<main>{KIND}{TITLE}{HEADER}{TEXT}<div>{file}</div><div>{tags}</ul></div></main>")
    assert fields(item) == ["elections", "policing"]
