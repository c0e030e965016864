"""What the stock templates of WordPress, Umbraco, Europa's components and others print.

Each test is one property of such a template that once hid a text or a fact.
"""

import pytest
from grid import check_each
from markups.small_release import FACTS, FIRST, KIND, SECOND, TEXT, TITLE, URL, page

from osce_crawl import extract, extract_listing
from osce_crawl.pages.refusals import NotARelease


def read(main, *, language="en"):
    return extract(page(main, language=language), URL)


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
    item = read(f"<main>{TITLE}{FACTS}<div>{TEXT}</div><p>Tags: {tags}</p></main>")
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
        f'<main><div class="container">{TEXT}{FACTS}</div></main>'
    )
    assert item["body"].endswith(f"{FIRST}\n\n{SECOND}")
    assert not item["issues"]


def test_a_complete_sentence_that_links_a_page_leads_to_no_contact():
    more = 'For more information on these forms, visit <a href="/forms">its page on forms</a>.'
    contact = "<p>Contacts: Jane Doe, Spokesperson, +43 1 514 360, jane.doe@osce.org</p>"
    item = read(f"<main>{KIND}{TITLE}{FACTS}<div>{TEXT}<p>{more}</p>{contact}</div></main>")
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
    item = read(f"<main>{KIND}{TITLE}{FACTS}{TEXT}<p>{words}</p></main>", language=language)
    assert item["dates"]["page"] == "2017-06-09"
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


def test_a_caption_is_called_so_or_repeats_the_alternative_text_or_is_below_a_label():
    def read_caption(picture):
        item = read(f"<main>{KIND}{TITLE}{FACTS}{picture}<x-text>{TEXT}</x-text></main>")
        return [one["caption"] for one in item["images"]], item["body"]

    caption, image = "Two offices at work", "<img src='/p.jpg'>"
    hidden = "<div class='visually-hidden'>Image</div>"
    pictures = (
        f"<div><img src='/p.jpg' alt='{caption}'><span>{caption}</span></div>",
        f"<div>{image}<span itemprop='caption'>{caption}</span></div>",
        f"<x-image>{image}<span slot='caption'>{caption}</span></x-image>",
        f"<div><div>{hidden}<div>{image}</div></div><div>{caption}</div></div>",
        f"<div>{hidden}{image}<div class='caption'>{caption}</div></div>",
        f"<div><h2><a href='/file/7'>p.jpg</a></h2>{image}<p class=caption>{caption}</p></div>",
        f"<div><h4>Two desks.JPG</h4><div>{image}<p class=caption>{caption}</p></div></div>",
    )
    body = f"{FIRST}\n\n{SECOND}"
    check_each(read_caption, {picture: ([caption], body) for picture in pictures})


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
    item = read(f"<main>{KIND}{TITLE}{FACTS}{TEXT}<h2>Downloads</h2>{file}</main>")
    assert [one["title"] for one in item["documents"]] == ["Form of July (English)"]
    assert [one["language"] for one in item["documents"]] == ["en"]


@pytest.mark.parametrize(
    "file",
    [
        '<a href="/form.pdf">Form of July</a> (PDF, 240 KB)',
        '<a href="/form.pdf">Form of July</a> PDF',
        '<a href="/form.odt">Form of July</a> (240 KB, ODT)',
        '1) <a href="/form.pdf">Form of July</a>',
    ],
    ids=["brackets", "none", "another format", "a number"],
)
def test_a_link_to_a_file_with_a_note_on_it_is_no_text(file):
    item = read(f"<main>{KIND}{TITLE}{FACTS}{TEXT}<p>{file}</p></main>")
    assert [one["title"] for one in item["documents"]] == ["Form of July"]
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


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


def test_the_text_may_open_below_the_box_of_headline_and_lead():
    def read_below(below):
        item = read(f'<main><div class="stage">{KIND}{TITLE}{LEAD}</div>{below}</main>')
        facts = (item["published"], [one["id"] for one in item["sources"]])
        return item["body"].partition("answer.")[2].count("\n\n"), item["issues"], *facts

    facts = "<h3>Date</h3><p>9 June 2017</p><h3>Source</h3><p>OSCE Secretariat</p>"
    notes = "<h2>Notes for the editors</h2><p>They meet again in May.</p>"
    told = ([], "2017-06-09", ["secretariat"])
    check_each(
        read_below,
        {
            f"<div class='rich'>{DATED}</div><div>{FACTS}</div>": (2, *told),
            f"<div><div>{TEXT}</div><div>{FACTS}</div></div>": (2, *told),
            f"<div><div>{TEXT}</div><div>{facts}</div></div>": (2, *told),
            f"<div><div>{DATED}{notes}</div><div>{facts}<h3>Place</h3>Bern</div></div>": (4, *told),
        },
    )


@pytest.mark.parametrize("subhead", ["", "<h2>Summary</h2>"])
def test_units_linked_between_a_lead_and_the_text_issued_it_and_are_no_text(subhead):
    units = "<div><a href='/u/1'>ODIHR</a></div><div><a href='/u/2'>OSCE Secretariat</a></div>"
    day = "<span>News</span> <span>•</span> <time datetime='2017-06-09'>9 June 2017</time>"
    item = read(f"<main><p>{day}</p>{TITLE}{LEAD}{units}<div>{subhead}{TEXT}</div></main>")
    assert [one["id"] for one in item["sources"]] == ["odihr", "secretariat"]
    assert "ODIHR" not in item["body"]
    assert item["body"].endswith(f"{FIRST}\n\n{SECOND}")


def test_a_slash_parts_units_beside_a_date():
    facts = "<div><div>ODIHR / OSCE Secretariat</div><span>9 June 2017</span></div>"
    item = read(f"<main>{KIND}{TITLE}{facts}<div>{TEXT}</div></main>")
    assert [one["id"] for one in item["sources"]] == ["odihr", "secretariat"]


def test_tags_may_follow_the_downloads_and_their_label_may_have_no_colon():
    file = "<h2>Downloads</h2><p><a href='/form.pdf'>Form of July</a></p>"
    tags = "<ul><li><span>Tags</span> <a href='/t/1'>Elections</a>, <a href='/t/2'>Policing</a>"
    item = read(f"<main>{KIND}{TITLE}{FACTS}{TEXT}<div>{file}</div><div>{tags}</ul></div></main>")
    assert fields(item) == ["elections", "policing"]


PDF = "/files/f/documents/1/2/322495.pdf"


def test_buttons_to_share_in_a_column_of_labels_are_not_the_headline_of_another_item():
    labels = "<div><div>Date</div><div>9 June 2017</div></div><div><div>Source</div><div>"
    share = '<div>Share</div><ul><li><a href="https://social.example/?u=1">Facebook</a></li></ul>'
    item = read(
        f"<main>{KIND}{TITLE}<div><div>{TEXT}</div><div>{labels}OSCE Secretariat</div></div>"
        f"{share}</div></div></main>"
    )
    assert (item["published"], item["sources"][0]["id"]) == ("2017-06-09", "secretariat")


@pytest.mark.parametrize("words", ["2 min read", "Lesezeit: 3 Minuten", "3 мин. чтения"])
def test_the_time_for_reading_below_a_label_is_no_text(words):
    item = read(
        f"<main>{KIND}{TITLE}<ul><li><span>Date</span> 9 June 2017</li><li>{words}</li></ul>{TEXT}"
        "</main>"
    )
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


def test_breadcrumbs_in_a_list_do_not_say_the_kind_that_a_label_says():
    crumbs = '<div><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></div>'
    facts = "<p>Date: 9 June 2017</p><p>Source: OSCE Secretariat</p><p>Type: Press release</p>"
    item = read(f"<main>{crumbs}<div>{TITLE}{facts}{TEXT}</div></main>")
    assert item["content_type_raw"] == "Press release"


def test_the_names_after_a_label_end_where_other_facts_follow():
    def said(facts):
        item = read(f"<main>{KIND}{TITLE}<div>{facts}</div>{TEXT}</main>")
        return {
            "places": [one["name"] for one in item["places"]],
            "units": [one["raw"] for one in item["sources"]],
            "day": item["dates"]["page"],
        }

    lines = [
        "Place: WARSAW | <span>9 June 2017</span> | <span>OSCE Secretariat</span>",
        "Issued by: <b>OSCE Secretariat</b> | <time>9 June 2017</time> | <i>Place: WARSAW</i>",
        "Issued by: <b>OSCE Secretariat</b> · <time>9 June 2017</time> · Place: WARSAW",
        "Author: OSCE Secretariat | 9 June 2017 | Place: WARSAW",
        "Publisher: OSCE Secretariat, 9 June 2017, Warsaw",
        "Place: WARSAW, 9 June 2017, OSCE Secretariat, 3 min read",
        "Place: WARSAW | OSCE Secretariat | Date: <b>9 June 2017</b>",
    ]
    wanted = {"places": ["Warsaw"], "units": ["OSCE Secretariat"], "day": "2017-06-09"}
    check_each(said, dict.fromkeys(lines, wanted))


def test_fields_of_work_after_one_label_may_be_links_without_marks_between_them():
    tags = '<a href="/t/1">Elections</a> <a href="/t/2">Policing</a>'
    item = read(f"<main>{KIND}{TITLE}{FACTS}{TEXT}<div><span>Tags:</span> {tags}</div></main>")
    assert fields(item) == ["elections", "policing"]


def test_a_heading_over_nothing_but_labels_is_no_text_whatever_its_words():
    item = read(
        f"<main>{KIND}{TITLE}<div><div>{TEXT}</div><div><div><h2>Mbi dokumentin</h2>{FACTS}</div>"
        "</div></div></main>"
    )
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "notes",
    [
        "<span>PDF · 240 KB</span><span>Download</span>",
        "<div><div>322495.pdf</div><div>240 KB</div></div>",
        "<i>PDF</i> <small>240 KB</small>",
    ],
)
def test_a_card_of_a_file_prints_notes_on_it_that_are_no_title(notes):
    card = f'<a href="{PDF}"><span>Agenda of the meeting</span>{notes}</a>'
    item = read(f"<main>{KIND}{TITLE}{FACTS}{TEXT}<div><h2>Downloads</h2>{card}</div></main>")
    assert [one["title"] for one in item["documents"]] == ["Agenda of the meeting"]


def test_a_heading_that_links_itself_heads_its_files_up_to_the_next_page():
    files = f'<ul><li><a href="{PDF}">Agenda of the meeting</a></li></ul>'
    pages = '<ul><li><a href="/p/1">← Previous</a></li><li><a href="/p/2">Next →</a></li></ul>'
    item = read(
        f"<main>{KIND}{TITLE}{FACTS}{TEXT}<h2>Downloads<a href='#downloads'></a></h2>{files}"
        f"{pages}</main>"
    )
    assert item["body"] == f"{FIRST}\n\n{SECOND}"
    assert [one["title"] for one in item["documents"]] == ["Agenda of the meeting"]


def test_the_own_address_of_a_print_version_below_its_files_is_none_of_them():
    url = "https://www.osce.org/secretariat/322492"
    item = read(
        f"{KIND}{TITLE}{FACTS}{TEXT}<h3>Downloads</h3><ul><li><a href='{PDF}'>Agenda</a></li></ul>"
        f"<p>Source URL: <a href='{url}'>{url}</a></p>"
    )
    assert [one["title"] for one in item["documents"]] == ["Agenda"]


def test_the_note_of_the_last_change_with_a_link_to_it_is_no_text():
    note = (
        '<p>Last modified April 2, 2018: <a href="https://code.example/5a2b">Correct a link</a></p>'
    )
    item = read(f"<main>{KIND}{TITLE}{FACTS}{TEXT}{note}</main>")
    assert item["body"] == f"{FIRST}\n\n{SECOND}"


def test_a_line_with_a_credit_below_a_picture_is_its_caption():
    picture = '<div><img src="/files/f/images/1/2/322494.jpg" alt=""></div>'
    caption = "<div>The registry at work. Photo: OSCE/Ada Example</div>"
    item = read(f"<main>{KIND}{TITLE}{FACTS}<div>{picture}{caption}<div>{TEXT}</div></div></main>")
    assert item["body"] == f"{FIRST}\n\n{SECOND}"
    assert "registry" in item["images"][0]["caption"]


def test_a_picture_called_share_is_a_button():
    button = '<p><a href="https://social.example/#url"><img src="/save.png" alt="Share"></a></p>'
    assert read(f"<main>{KIND}{TITLE}{FACTS}{TEXT}{button}</main>")["images"] == []


def test_download_before_the_hidden_title_of_a_file_is_no_part_of_it():
    link = f'<a href="{PDF}">Download<span class="hidden"> Agenda of the meeting</span></a>'
    item = read(f"<main>{KIND}{TITLE}{FACTS}{TEXT}<div><h2>Downloads</h2>{link}</div></main>")
    assert [one["title"] for one in item["documents"]] == ["Agenda of the meeting"]


def test_a_kind_beside_a_date_is_no_place_where_a_village_has_its_name():
    top = "<div><span>Știri</span> <time datetime='2024-01-23'>23 ianuarie 2024</time></div>"
    item = read(f"<main>{top}{TITLE}{TEXT}</main>", language="ro")
    assert (item["content_type"], item["published"]) == ("news", "2024-01-23")
    assert item["places"] == []


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("The meeting. <i>© OSCE/Ada Example</i>", "OSCE/Ada Example"),
        ("The meeting. ОБСЄ/Оксана Приклад", "ОБСЄ/Оксана Приклад"),
        ("The meeting. Фото: ОБСЕ/Анна Пример", "ОБСЕ/Анна Пример"),
        ("The meeting. <small>Šumadija/Šejla Primer</small>", "Šumadija/Šejla Primer"),
    ],
)
def test_a_credit_may_have_a_mark_before_it_and_any_alphabet(words, credit):
    figure = f"<figure><img src='/f/a.jpg'><figcaption>{words}</figcaption></figure>"
    item = read(f"<main>{KIND}{TITLE}{FACTS}{figure}<div>{TEXT}</div></main>")
    assert [(one["caption"], one["credit"]) for one in item["images"]] == [("The meeting.", credit)]


def test_words_with_a_slash_at_the_end_of_a_caption_are_no_credit():
    figure = (
        "<figure><img src='/f/a.jpg'><figcaption>Form of July та/або August</figcaption></figure>"
    )
    item = read(f"<main>{KIND}{TITLE}{FACTS}{figure}<div>{TEXT}</div></main>")
    assert [one["credit"] for one in item["images"]] == [None]


def test_the_title_beside_a_download_is_in_the_documents_and_not_left_out():
    title = "Report on the form that all offices in eleven States use from July"
    file = f"<div><div>{title}</div><div>(1.3 MB - PDF)</div><a href='/form.pdf'>Download</a></div>"
    main = f"<main>{KIND}{TITLE}{FACTS}<div>{TEXT}</div><h2>Documents</h2>{file}</main>"
    item = read(main)
    assert [one["title"] for one in item["documents"]] == [title]
    assert item["issues"] == []


def test_a_text_that_goes_on_outside_the_main_element_is_not_lost():
    main = f"<main>{KIND}{TITLE}{FACTS}<p>{FIRST}</p></main>"
    item = read(f"{main}<div><p>{SECOND}</p></div>")
    told = f"{item['body']} {[issue['value'] for issue in item['issues']]}"
    assert FIRST in told
    assert SECOND[:40] in told


def test_a_share_bar_below_the_contacts_is_no_contact():
    contact = "<h2>Contacts</h2><p>Ada Example<br>Spokesperson<br>+43 1 514 36 0</p>"
    share = "<div><p>Share</p><ul><li><a href='https://x.com/s'>X</a></li></ul></div>"
    item = read(f"<main>{KIND}{TITLE}{FACTS}<div>{TEXT}</div>{contact}{share}</main>")
    assert item["contacts"] == ["Ada Example, Spokesperson, +43 1 514 36 0"]


def test_a_release_may_say_from_whom_it_is():
    def said(language, label):
        unit = f"<dt>{label}:</dt><dd>OSCE Secretariat</dd>"
        facts = f"<dl>{unit}<dt>Date</dt><dd>9 June 2017</dd></dl>"
        item = read(f"<main>{KIND}{TITLE}{facts}<div>{TEXT}</div></main>", language=language)
        return [one["id"] for one in item["sources"]], item["issues"]

    labels = {"en": "From", "ro": "De la", "sr": "Od", "ru": "От", "uk": "Від", "sq": "Nga"}
    check_each(said, dict.fromkeys(labels.items(), (["secretariat"], [])))
