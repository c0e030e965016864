"""What AMP, Plone, Joomla, TYPO3, Ghost, Bootstrap, print versions and custom elements print.

Each test is one property of such a page that once hid a fact or put the page's own words into the
item.
"""

from itertools import product

import pytest
from grid import check_each
from markups.small_release import BODY, FACTS, FIRST, HEAD, SECOND, TEXT, URL, page

from osce_crawl import extract

PDF = "/files/f/documents/1/2/322495.pdf"


def read(main, *, body=BODY, language="en", head="", url=URL):
    """Return the item of a page, and check that its text is whole and nothing is doubtful."""
    item = extract(page(f"<main>{main}</main>", language=language, head=head), url)
    assert item["body"] == body
    assert item["issues"] == []
    return item


def ids(values):
    return [one["id"] for one in values]


# pictures


#: Printed below a picture → caption and credit.
PRINTED = {
    "The form. | Photo: OSCE/Ada Example": ("The form.", "OSCE/Ada Example"),
    "The form. / OSCE/Ada Example": ("The form.", "OSCE/Ada Example"),
    "The form. – © OSCE/Ada Example": ("The form.", "OSCE/Ada Example"),
    "The form. (Photo by OSCE/Ada Example)": ("The form.", "OSCE/Ada Example"),
    "The form. (Photo: OSCE/Ada Example)": ("The form.", "OSCE/Ada Example"),
    "The form. Photo by OSCE/Ada Example": ("The form.", "OSCE/Ada Example"),
    "The form. Photo: Ada Example": ("The form.", "Ada Example"),
    "The form. Фото: ОБСЕ": ("The form.", "ОБСЕ"),
    "The form. Photo: OSCE": ("The form.", "OSCE"),
    "The form. Foto: OSBE": ("The form.", "OSBE"),
    "The form. <small>ОБСЕ</small>": ("The form.", "ОБСЕ"),
    "The form of the OSCE": ("The form of the OSCE", None),
    "The form. (OSZE)": ("The form.", "OSZE"),
    "The form of the body (OSZE) in Vienna": ("The form of the body (OSZE) in Vienna", None),
    "The form in 2017 © Ada van Example": ("The form in 2017 © Ada van Example", None),
    "Photo: the form.": ("Photo: the form.", None),
    "The form. <small>Photo: Ministry of Forms of Examplia</small>": (
        "The form.",
        "Ministry of Forms of Examplia",
    ),
    "The form <small>Photo: Ministry of Forms</small>": ("The form", "Ministry of Forms"),
    "<p>The form.</p><p>© Govern d’Exemple</p>": ("The form.", "Govern d’Exemple"),
    "The form. Photo credit: Office of the Clerk": ("The form.", "Office of the Clerk"),
    "The form. Фото: Министерство бланков": ("The form.", "Министерство бланков"),
    "© Ministarstvo obrazaca": (None, "Ministarstvo obrazaca"),
    "The form.<div>Copyright: OSCE/Ada Example</div>": ("The form.", "OSCE/Ada Example"),
    "The form.<div>Copyright: Ada Example</div>": ("The form.", "Ada Example"),
    "The form. Copyright © Ada Example": ("The form.", "Ada Example"),
    "The form. (OSCE SMM)": ("The form.", "OSCE SMM"),
    "The form. (OSCE Mission to Serbia)": ("The form.", "OSCE Mission to Serbia"),
    "Ada Example (OSCE Chairperson)": ("Ada Example (OSCE Chairperson)", None),
    "Photo: Members of the Board": ("Photo: Members of the Board", None),
    "The form. Photo: Baku": ("The form. Photo: Baku", None),
    "The form. © All rights reserved": ("The form. © All rights reserved", None),
}


def test_a_credit_is_a_name_without_the_words_and_marks_around_it():
    def read_image(printed):
        figure = f"<figure><img src='/f/a.jpg'><figcaption>{printed}</figcaption></figure>"
        item = read(f"{HEAD}{FACTS}{figure}<div>{TEXT}</div>")
        return [(one["caption"], one["credit"]) for one in item["images"]]

    check_each(read_image, {printed: [image] for printed, image in PRINTED.items()})


def test_a_picture_of_amp_is_a_picture():
    figure = (
        "<figure><amp-img src='/f/images/a.jpg' width='960' height='640'></amp-img>"
        "<figcaption>The form. (OSCE/Ada Example)</figcaption></figure>"
    )
    item = read(f"{HEAD}{FACTS}{figure}<div>{TEXT}</div>")
    assert item["images"] == [
        {
            "url": "https://www.osce.org/f/images/a.jpg",
            "caption": "The form.",
            "credit": "OSCE/Ada Example",
        }
    ]


def test_the_picture_in_a_link_to_a_file_is_an_icon():
    link = f'<p><b>Downloads</b><br><a href="{PDF}"><img src="/f/pdf.gif"> Agenda</a></p>'
    item = read(f"{HEAD}{FACTS}<div>{TEXT}</div>{link}")
    assert item["images"] == []
    assert [one["title"] for one in item["documents"]] == ["Agenda"]


def test_the_picture_in_a_link_with_the_title_of_another_item_is_not_the_releases():
    more = '<section><h2>Read next</h2><a href="/odihr/600101"><img src="/f/b.jpg"><span>Clerks'
    item = read(f"{HEAD}{FACTS}<div>{TEXT}</div>{more} meet in Riga</span></a></section>")
    assert item["images"] == []


def test_a_picture_with_a_caption_may_link_to_its_own_page():
    link = '<div><a href="/photo/600101"><img src="/f/b.jpg"><span>The form. (OSCE/Ada Example)'
    item = read(f"{HEAD}{FACTS}<div>{link}</span></a></div>{TEXT}</div>")
    assert [one["caption"] for one in item["images"]] == ["The form."]


def test_a_short_text_in_the_box_of_a_picture_is_not_its_caption():
    def where(picture, caption):
        item = extract(f"<main>{HEAD}{FACTS}<div>{picture}{caption}{TEXT}</div></main>", URL)
        in_caption = FIRST in (item["images"][0]["caption"] or "")
        return item["body"].endswith(BODY), in_caption

    pictures = ["<p><img src='/f/a.jpg'></p>", "<img src='/f/a.jpg'>"]
    captions = [
        "<p>The form. (OSCE/Ada Example)</p>",
        "<p>The form. Photo: OSCE/Ada Example</p>",
        "<p class=caption>The form.</p>",
        "<p>The form.</p><p class=credit>OSCE/Ada Example</p>",
    ]
    check_each(where, dict.fromkeys(product(pictures, captions), (True, False)))


def test_a_line_below_a_picture_that_ends_in_a_persons_credit_is_its_caption():
    rows = "<tr><td><img src='/f/a.jpg'></td></tr><tr><td>The form. (OSCE/Ada Example)</td></tr>"
    text = f"<tr><td>{FIRST}</td></tr><tr><td>{SECOND}</td></tr>"
    item = read(f"{HEAD}{FACTS}<table>{rows}{text}</table>")
    assert [one["caption"] for one in item["images"]] == ["The form."]


def test_a_paragraph_below_a_picture_that_ends_in_the_name_of_a_unit_is_text():
    opening = "The form was drawn up by the Office for Democratic Institutions (OSCE/ODIHR)"
    text = f"<div><p><img src='/f/a.jpg'></p><p>{opening}</p>{TEXT}</div>"
    read(f"{HEAD}{FACTS}{text}", body=f"{opening}\n\n{BODY}")


def test_a_byline_beside_the_portrait_of_its_author_is_no_caption():
    figure = "<figure><img src='/f/a.jpg'><figcaption>{} (OSCE/Ada Example)</figcaption></figure>"
    byline = (
        "<div><div><a href='/author/1'><img src='/f/portrait.jpg' width='64'></a></div>"
        "<div><h4>OSCE Secretariat</h4><time datetime='2017-06-09'>9 June 2017</time></div></div>"
    )
    item = read(f"{HEAD}{byline}{figure.format(FIRST)}<section>{TEXT}</section>")
    assert (ids(item["sources"]), item["published"]) == (["secretariat"], "2017-06-09")


def test_the_picture_of_a_card_beside_the_linked_title_of_another_item_is_not_the_releases():
    title = '<h3><a href="/odihr/600101">Clerks meet</a></h3><p>14 May 2018</p>'
    card = f'<div><div><img src="/f/b.jpg"><div>{title}</div></div></div>'
    item = read(f"{HEAD}{FACTS}<div>{TEXT}</div><h2>Related news</h2><div>{card}</div>")
    assert item["images"] == []


def test_the_caption_in_an_element_named_video_is_no_text():
    video = "<site-video src='/v/1'><span slot='caption'>The clerks at work.</span></site-video>"
    read(f"{HEAD}{FACTS}<div><p>{FIRST}</p>{video}<p>{SECOND}</p></div>")


# links


def test_a_link_to_a_social_network_within_a_sentence_is_kept():
    line = 'News of the form: <a href="https://x.com/osce_clerks">@osce_clerks</a> on X.'
    item = read(
        f"{HEAD}{FACTS}<div>{TEXT}<p>{line}</p></div>",
        body=f"{BODY}\n\nNews of the form: @osce_clerks on X.",
    )
    assert item["links"] == [{"url": "https://x.com/osce_clerks", "text": "@osce_clerks"}]


@pytest.mark.parametrize("host", ["www.linux.com", "www.parlament.me", "twitter.example"])
def test_a_host_whose_name_only_contains_that_of_a_network_is_none(host):
    box = f'<div><h2>Related links</h2><ul><li><a href="https://{host}/1">Form</a></li></ul></div>'
    item = read(f"{HEAD}{FACTS}<div>{TEXT}</div>{box}")
    assert [one["url"] for one in item["links"]] == [f"https://{host}/1"]


def test_the_words_of_a_link_around_blocks_are_parted():
    card = '<a href="/odihr/600101"><h3>Clerks meet in Riga</h3><p>14 May 2018</p></a>'
    item = read(f"{HEAD}{FACTS}<div>{TEXT}</div><section><h2>Related news</h2>{card}</section>")
    assert [one["text"] for one in item["links"]] == ["Clerks meet in Riga 14 May 2018"]


@pytest.mark.parametrize(
    "note", ["(opens in a new tab)", " (link is external)", "Opens New Window", "(externer Link)"]
)
def test_hidden_words_that_say_how_a_link_opens_are_not_the_texts(note):
    link = f'<a href="https://x.example/form">form<span class="h">{note}</span></a>'
    text = f"<p>{FIRST}</p><p>They agreed on a {link} that every office will use from July.</p>"
    item = read(f"{HEAD}{FACTS}<div>{text}</div>")
    assert item["links"] == [{"url": "https://x.example/form", "text": "form"}]


def test_such_words_within_a_sentence_stay():
    text = f"{TEXT}<p>The page <em>opens in a new window</em>, the clerks were told.</p>"
    read(
        f"{HEAD}{FACTS}<div>{text}</div>",
        body=f"{BODY}\n\nThe page opens in a new window, the clerks were told.",
    )


def test_a_box_in_the_text_that_leads_to_another_item_is_among_the_links():
    box = '<div>Read also: <a href="/odihr/600101">Clerks meet in Riga</a></div>'
    item = read(f"{HEAD}{FACTS}<article><p>{FIRST}</p>{box}<p>{SECOND}</p></article>")
    assert [one["text"] for one in item["links"]] == ["Clerks meet in Riga"]


def test_a_print_version_is_no_translation():
    link = '<ul><li><a href="/print/322492">Print version</a></li></ul>'
    item = read(
        f"{HEAD}{FACTS}<div>{TEXT}</div>{link}",
        url="https://www.osce.org/ru/secretariat/322492",
    )
    assert item["translations"] == []


# files


@pytest.mark.parametrize("note", ["Download (PDF, 212 kB)", "212 kB", "Download"])
def test_the_title_of_a_file_is_the_words_of_its_link_without_the_notes_beside_them(note):
    link = f'<a href="{PDF}"><span>Agenda of the meeting</span><span>{note}</span></a>'
    item = read(f"{HEAD}{FACTS}<div>{TEXT}</div><div>{link}</div>")
    assert [one["title"] for one in item["documents"]] == ["Agenda of the meeting"]


def test_tags_after_a_list_of_files_are_no_files():
    below = (
        f"<h2>Downloads</h2><ul><li><a href='{PDF}'>Agenda</a></li></ul>"
        "<div><strong>Tags</strong> <a href='/t/1'>Policing</a></div>"
        "<p><a href='/press'>To all press releases</a></p>"
    )
    item = read(f"{HEAD}{FACTS}<article><div>{TEXT}</div>{below}</article>")
    assert [one["url"] for one in item["documents"]] == [f"https://www.osce.org{PDF}"]


def test_the_title_of_a_file_whose_link_prints_its_name_is_beside_it_in_the_row():
    name = PDF.rpartition("/")[2]
    row = f"<td><a href='{PDF}'>{name}</a></td><td>Agenda of the meeting</td><td>212 kB</td>"
    table = f"<h3>Attachments</h3><table><tr><th>File</th><th>Description</th></tr><tr>{row}</tr>"
    item = read(f"{HEAD}{FACTS}<div>{TEXT}</div><div>{table}</table></div>")
    assert [one["title"] for one in item["documents"]] == ["Agenda of the meeting"]


# facts


def test_a_byline_may_name_several_units():
    byline = (
        "<p><span>By OSCE Secretariat and OSCE Mission to Bosnia and Herzegovina</span>"
        " <time datetime='2017-06-09T08:00:00Z'>9 June 2017</time></p>"
    )
    item = read(f"{HEAD}{byline}{TEXT}")
    assert ids(item["sources"]) == ["secretariat", "mission-to-bosnia-and-herzegovina"]
    assert item["published"] == "2017-06-09"


def test_names_of_one_label_may_be_joined_by_and():
    facts = (
        "<dl><dt>Date</dt><dd>9 June 2017</dd><dt>Source</dt><dd>OSCE Secretariat and OSCE Mission"
        " to Skopje</dd><dt>Fields of work</dt><dd>Media freedom and development and Policing</dd>"
        "</dl>"
    )
    item = read(f"{HEAD}{facts}{TEXT}")
    assert ids(item["sources"]) == ["secretariat", "mission-to-skopje"]
    assert ids(item["fields_of_work"]) == ["media-freedom-and-development", "policing"]


@pytest.mark.parametrize(
    ("line", "language", "path"),
    [
        ("БИШКЕК 9 июня 2017 г.", "ru", "/ru"),
        ("SARAJEVO 9. juni 2017.", "bs", "/bs"),
    ],
)
def test_the_line_of_place_and_day_may_end_in_a_full_stop(line, language, path):
    first = {"ru": "Сорок специалистов из одиннадцати стран", "bs": "Četrdeset stručnjaka iz"}
    words = f"{first[language]} {FIRST}"
    item = read(
        f"<h1>Practitioners agree on form</h1><div><span>{line}</span></div><p>{words}</p>",
        body=words,
        language=language,
        url=f"https://www.osce.org{path}/secretariat/322492",
    )
    assert item["dates"]["page"] == "2017-06-09"
    assert len(item["places"]) == 1


def test_labels_after_the_related_links_are_the_headers_if_their_day_is():
    links = '<h2>Related links</h2><ul><li><a href="/odihr/600101">Clerks meet</a></li></ul>'
    below = (
        "<h2>Details</h2><dl><dt>Publication date</dt><dd>9 June 2017</dd><dt>Author</dt>"
        "<dd>OSCE Secretariat, OSCE Mission to Skopje</dd></dl>"
    )
    item = read(f"<p>News</p><p>9 June 2017</p>{HEAD}<div>{TEXT}</div>{links}{below}")
    assert ids(item["sources"]) == ["secretariat", "mission-to-skopje"]


def test_labels_after_the_related_links_with_another_day_are_not():
    links = '<h2>Related links</h2><ul><li><a href="/odihr/600101">Clerks meet</a></li></ul>'
    below = "<h2>Details</h2><dl><dt>Date</dt><dd>1 May 2016</dd><dt>Source</dt><dd>ODIHR</dd></dl>"
    item = read(f"{HEAD}<p>9 June 2017</p><div>{TEXT}</div>{links}{below}")
    assert (ids(item["sources"]), item["published"]) == ([], "2017-06-09")


def test_the_fields_of_work_below_a_text_of_one_short_sentence_are_read():
    text = "Forty clerks agreed on a form on 9 June."
    label = '<p>Fields of work: <a href="/f/policing">Policing</a></p>'
    item = read(f"{HEAD}{FACTS}<p>{text}</p>{label}", body=text)
    assert ids(item["fields_of_work"]) == ["policing"]


def test_the_line_of_what_a_page_is_filed_under_is_no_text_however_long():
    names = ("Press release", "National minority issues", "Media freedom and development")
    links = ", ".join(f'<a href="/s/{one}">{one}</a>' for one in names)
    item = read(f"{HEAD}{FACTS}<div>{TEXT}</div><div>Filed under: {links}</div>")
    assert ids(item["fields_of_work"]) == [
        "national-minority-issues",
        "media-freedom-and-development",
    ]


def test_a_lead_may_come_before_the_lines_of_the_unit_and_of_the_day():
    lead = "Forty clerks have agreed on a form."
    top = f"<p>{lead}</p><h4>OSCE Secretariat</h4><div>9 June 2017</div>"
    dateline = f"VIENNA, 9 June 2017 – {FIRST}"
    page = f"<main>{HEAD}{top}<section><p>{dateline}</p><p>{SECOND}</p></section></main>"
    item = extract(page, URL)
    assert (item["summary"], item["body"]) == (lead, f"{dateline}\n\n{SECOND}")
    assert (ids(item["sources"]), item["published"]) == (["secretariat"], "2017-06-09")


@pytest.mark.parametrize("pane", ["", '<div>Related links</div><a href="/odihr">Clerks</a>'])
def test_labels_beside_a_text_of_short_sentences_are_its_header(pane):
    facts = (
        "<div>Date</div><div>9 июня 2017 г.</div><div>Source</div><div>OSCE Secretariat</div>"
        "<div>Fields of work</div><div>Policing</div>"
    )
    text = "<p>Forty clerks agreed on a form.</p><p>It is to be used from July.</p>"
    more = '<h2>Related news</h2><h3><a href="/odihr/600101">Clerks meet</a></h3><p>14 May 2018</p>'
    page = f"{HEAD}<div>{text}</div><div><div>{facts}</div><div>{pane}</div></div>{more}"
    item = read(page, body="Forty clerks agreed on a form.\n\nIt is to be used from July.")
    assert (ids(item["sources"]), item["published"]) == (["secretariat"], "2017-06-09")


def test_the_paragraphs_and_lists_of_preformatted_text_are_lines():
    wrapped = FIRST.replace(" to ", "\nto ")
    text = f"{wrapped}\n\nThey agreed on\n\n* a form, and\n* a date on which\n  it will be used."
    item = read(
        f"{HEAD}{FACTS}<pre>\n{text}\n</pre>",
        body=f"{FIRST}\n\nThey agreed on\n\n* a form, and\n* a date on which it will be used.",
    )
    assert item["complete"]


# the page's own words


def test_the_last_change_and_a_counter_are_no_unknown_labels():
    more = "<dt>Last Updated</dt><dd>1 August 2025</dd><dt>Hits</dt><dd>1204</dd></dl>"
    item = read(f"{HEAD}{FACTS.removesuffix('</dl>')}{more}{TEXT}")
    assert item["published"] == "2017-06-09"


@pytest.mark.parametrize("heading", ["Stay connected", "Hear from us"])
def test_a_sentence_beside_a_field_for_an_address_is_neither_text_nor_lost(heading):
    form = '<form><input type="email"><button>Subscribe</button></form>'
    card = f"<div><h2>{heading}</h2><p>Sign up to receive our news by e-mail.</p>{form}</div>"
    read(f"<article>{HEAD}{FACTS}<div>{TEXT}</div></article><div>{card}</div>")


def test_the_address_that_a_print_version_prints_may_be_the_pages_canonical_one():
    page = "https://www.osce.org/uk/special-monitoring-mission-to-ukraine/322492"
    read(
        f"{HEAD}{FACTS}<div>{TEXT}</div><p>Source URL: <a href='{page}'>{page}</a></p>",
        head=f'<link rel="canonical" href="{page}">',
        url="https://www.osce.org/print/322492",
    )


def test_a_link_that_the_page_never_closes_takes_no_text_with_it():
    day = "<div><span>Date:</span> <span>9 June 2017</span></div>"
    unit = "<div><span>Source:</span> <span><a href='/secretariat'>OSCE Secretariat"
    work = "<div><span>Fields of work:</span> <span>Policing</span></div>"
    read(f"{HEAD}{day}{unit}{work}<div>{TEXT}</div>")
