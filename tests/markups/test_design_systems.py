"""What design systems, component frameworks and their static pages print.

Each test is one property of such a template that once hid a fact or put the page's own words into
the text. Europa's components, GOV.UK, the US Web Design System, Bootstrap, Gatsby, shadow roots.
"""

import pytest
from markups.small_release import BODY, FACTS, FIRST, HEAD, TEXT, URL, page

from osce_crawl.extraction import extract_with_ways

RUSSIAN = ("https://www.osce.org/ru/secretariat/322493", "ru")
COOKIES = (
    "<div class=a><p>We use cookies to measure how our site is used and to improve it.</p></div>"
)


def extracted(body, *, language="en", url=URL):
    return extract_with_ways(page(body, language=language), url)


def read(shown, *, language="en", body=BODY, url=URL):
    """Return the item of a page, and check that its text is whole and nothing is doubtful."""
    item = extracted(shown, language=language, url=url).item
    assert item["body"] == body
    assert item["issues"] == []
    return item


def translations(item):
    return [(one["url"], one["language"]) for one in item["translations"]]


def ids(item, key):
    return [one["id"] for one in item[key]]


def fact(label, value):
    root = f'<template shadowrootmode="open"><dt>{label}</dt><dd><slot></slot></dd></template>'
    return f"<x-fact>{root}{value}</x-fact>"


def test_text_of_a_shadow_host_is_where_its_slot_is():
    facts = fact("Place", "VIENNA") + fact("Date", "<time>9 June 2017</time>")
    files = (
        '<x-file><template shadowrootmode="open"><a href="/files/a.pdf"><slot></slot></a>'
        "<small>PDF</small></template>The form</x-file>"
    )
    item = read(f"<main>{HEAD}<x-facts>{facts}</x-facts>{TEXT}{files}</main>")
    assert item["dates"]["page"] == "2017-06-09"
    assert [one["header_raw"] for one in item["places"]] == ["VIENNA"]
    assert [one["title"] for one in item["documents"]] == ["The form"]


@pytest.mark.parametrize(
    ("around", "link"),
    [
        ("<header><ul><li>{}</li></ul></header>", '<a href="{}" hreflang="ru">Русский</a>'),
        ("<header><nav>{}</nav></header>", '<a href="{}" hrefLang="ru">Русский</a>'),
        ("<header><nav>{}</nav></header>", '<a href="{}" title="a"><b lang="ru">Русский</b></a>'),
        ("<nav>{}</nav>", '<a href="{}" lang="ru"><i>ru</i><i>Русский</i></a>'),
    ],
)
def test_links_of_the_frame_that_name_a_language_are_translations(around, link):
    frame = around.format(link.format(RUSSIAN[0]))
    item = read(f"{frame}<main>{HEAD}{FACTS}{TEXT}</main>")
    assert translations(item) == [RUSSIAN]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/ru/" hreflang="ru">Русский</a>',
        '<a href="/ru/secretariat/322493" hreflang="ru">Новости секретариата</a>',
    ],
)
def test_links_to_a_start_page_or_with_a_headline_are_none(link):
    item = read(f"<header>{link}</header><main>{HEAD}{FACTS}{TEXT}</main>")
    assert translations(item) == []


@pytest.mark.parametrize("tag", ["nav", "aside"])
def test_a_list_of_languages_in_a_column_offers_translations(tag):
    links = f"<ul><li>English</li><li><a href={RUSSIAN[0]}>Русский</a></li></ul>"
    item = read(f"<main>{HEAD}{FACTS}{TEXT}<{tag}>{links}</{tag}></main>")
    assert translations(item) == [RUSSIAN]


@pytest.mark.parametrize(
    "offer",
    [
        "<div>Read it as <a href=/ru/secretariat/322493>Русский</a></div>",
        "<div><span>Read it as</span><a href=/ru/secretariat/322493>Русский</a></div>",
        (
            "<div><h6>Read it as</h6><a href=/ru/secretariat/322493>Русский</a>"
            "<a href=/de/secretariat/322494>Deutsch</a></div>"
        ),
    ],
)
def test_languages_after_unknown_words_are_translations(offer):
    item = read(f"<main>{HEAD}{FACTS}<div>{TEXT}</div>{offer}</main>")
    assert translations(item)[0] == RUSSIAN


def test_a_sentence_with_names_of_languages_is_text():
    last = "<p>Read it as <a href=/ru/secretariat/322493>Русский</a> in all of our offices.</p>"
    item = read(
        f"<main>{HEAD}{FACTS}{TEXT}{last}</main>",
        body=f"{BODY}\n\nRead it as Русский in all of our offices.",
    )
    assert translations(item) == []


def test_an_unknown_label_of_languages_is_known_by_its_values():
    offer = f"<dt>Auch zu lesen auf</dt><dd><a href={RUSSIAN[0]}>Russisch</a></dd></dl>"
    facts = FACTS.removesuffix("</dl>") + offer
    for main in (f"{HEAD}{facts}{TEXT}", f"{HEAD}{TEXT}<aside>{facts}</aside>"):
        item = read(f"<main>{main}</main>", language="de")
        assert item["dates"]["page"] == "2017-06-09"
        assert translations(item) == [RUSSIAN]


def test_prose_below_the_footer_of_the_page_is_its_frame():
    footer = "<footer><a href=/f>Imprint</a></footer>"
    found = extracted(f"<main>{HEAD}{FACTS}{TEXT}</main>{footer}{COOKIES}")
    assert found.item["issues"] == []
    assert found.left_out["frame"] == 1


@pytest.mark.parametrize("around", ["article", "section"])
def test_prose_below_the_footer_of_a_box_is_not(around):
    box = f"<{around}><p>Short</p><footer>By a reader</footer></{around}>"
    found = extracted(f"<main>{HEAD}{FACTS}{TEXT}</main>{box}{COOKIES}")
    assert [one["code"] for one in found.item["issues"]] == ["text-left-out"]


def test_sentences_of_an_armenian_text_end_in_its_own_full_stop():
    text = "Երեխաները ներկայացրին կարճ ֆիլմեր։"
    banner = f"<div class=a><p>{FIRST}</p></div>"
    page = f"<div>{HEAD}{FACTS}<div><p>{text}</p><p>{text}</p></div></div>{banner}"
    assert extracted(page, language="hy").item["body"] == f"{text}\n\n{text}"


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        (
            (
                "<figure><blockquote class=blockquote><p>We count. We do not guess.</p></block"
                "quote><figcaption class=blockquote-footer>A. Example, clerk</figcaption></figure>"
            ),
            "We count. We do not guess.\n\nA. Example, clerk",
        ),
        (
            "<div class=q><div aria-hidden=true>“</div><div>We count. We do not guess.</div></div>",
            "We count. We do not guess.",
        ),
    ],
)
def test_a_quotation_is_its_words_and_whose_they_are(quote, told):
    read(
        f"<main>{HEAD}{FACTS}<div>{TEXT}{quote}{TEXT}</div></main>",
        body=f"{BODY}\n\n{told}\n\n{BODY}",
    )


FILE = '<a href="/files/f/a.pdf" download>Download</a>'


@pytest.mark.parametrize(
    "card",
    [
        (
            f"<div><div><ul><li>9 June 2017</li></ul><div>The form</div></div><div>English</div>"
            f"<div>(1.2 MB - PDF)</div>{FILE}</div>"
        ),
        f"<div><div><span>The form</span><span>2.4mb</span></div><div>{FILE}</div></div>",
    ],
)
def test_day_and_size_of_a_file_are_not_its_title(card):
    item = read(
        f"<main>{HEAD}{FACTS}<div>{TEXT}</div><section><h2>Downloads</h2>{card}</section></main>"
    )
    assert [one["title"] for one in item["documents"]] == ["The form"]


def test_the_title_of_a_file_in_a_line_of_its_own_is_not_lost():
    title = "A statement of the first findings and conclusions"
    card = f"<li><div>{title}</div><div>{FILE}</div></li>"
    item = read(
        f"<main>{HEAD}{FACTS}<div>{TEXT}</div><div><h2>Downloads</h2><ul>{card}</ul></div></main>"
    )
    assert [one["title"] for one in item["documents"]] == [title]


IMAGE = '<img src="/f/images/a.jpg" alt="">'


@pytest.mark.parametrize(
    ("picture", "caption", "credit"),
    [
        (
            (
                f"<div class=m>{IMAGE}<div class=media-credits><div class=media-credit>OSCE/"
                "A. Example</div><div class=t>Clerks read the form, Vicenza.</div></div></div>"
            ),
            "Clerks read the form, Vicenza.",
            "OSCE/A. Example",
        ),
        (
            (
                f"<figure>{IMAGE}<figcaption>Clerks read the form. <span class=credit>© A. Example"
                "</span></figcaption></figure>"
            ),
            "Clerks read the form.",
            "A. Example",
        ),
        (
            (
                f"<figure>{IMAGE}<figcaption>Clerks of the OSCE read the form. <span class=credit>"
                "OSCE</span></figcaption></figure>"
            ),
            "Clerks of the OSCE read the form.",
            "OSCE",
        ),
        (
            (
                f"<figure>{IMAGE}<figcaption><b class=credit>OSCE/A. Example</b> OSCE/A. Example"
                " reads the form.</figcaption></figure>"
            ),
            "OSCE/A. Example reads the form.",
            "OSCE/A. Example",
        ),
        (
            (
                f"<figure>{IMAGE}<figcaption>Clerks of the OSCE read the form.</figcaption>"
                "<i class=credit>OSCE</i></figure>"
            ),
            "Clerks of the OSCE read the form.",
            "OSCE",
        ),
        (
            (
                f"<figure>{IMAGE}<figcaption>Clerks read the form. <span>© OSCE/A. Example</span>"
                "</figcaption></figure>"
            ),
            "Clerks read the form.",
            "OSCE/A. Example",
        ),
        (
            (
                f"<figure>{IMAGE}<figcaption>Clerks read the form in Mitrovicë/Mitrovica</fig"
                "caption></figure>"
            ),
            "Clerks read the form in Mitrovicë/Mitrovica",
            None,
        ),
        (
            (
                f"<figure>{IMAGE}<figcaption>The form, Prishtinë/Priština, 9 June 2017."
                "</figcaption></figure>"
            ),
            "The form, Prishtinë/Priština, 9 June 2017.",
            None,
        ),
    ],
)
def test_words_and_credit_of_a_picture(picture, caption, credit):
    item = read(f"<main>{HEAD}{FACTS}<div>{picture}{TEXT}</div></main>")
    assert [(one["caption"], one["credit"]) for one in item["images"]] == [(caption, credit)]


def test_the_placeholder_of_a_picture_is_no_picture():
    lazy = (
        '<div class=hero><div class=w><img src="data:image/svg+xml,a" alt="">'
        f"{IMAGE}</div><div class=caption>Clerks read the form.</div></div>"
    )
    item = read(f"<main>{HEAD}{lazy}{FACTS}<div>{TEXT}</div></main>")
    assert [one["caption"] for one in item["images"]] == ["Clerks read the form."]
    assert item["summary"] is None


RELATED = "<h2>Related news</h2><nav><a href=/secretariat/322001>Clerks meet in Bern</a></nav>"
FIELDS = "<h2>Fields of work</h2><nav><ul><li><a href=/t/1>Elections</a></li></ul></nav>"
LEAD = f"<p>{FIRST.replace('Some forty', 'In the spring, forty')}</p>"


@pytest.mark.parametrize("lead", ["", LEAD])
def test_fields_of_work_may_be_beside_related_news_in_one_column(lead):
    column = f"<div class=column>{RELATED}{FIELDS}</div>"
    page = f"{HEAD}{lead}<section>{FACTS}</section><section><div>{TEXT}</div>{column}</section>"
    assert ids(read(f"<main>{page}</main>"), "fields_of_work") == ["elections"]


def test_a_label_in_a_card_below_related_news_is_of_that_card():
    card = "<h3><a href=/secretariat/322001>Clerks meet</a></h3><p>Fields of work: Elections</p>"
    page = f"<div>{TEXT}</div><div class=c><h2>Related news</h2>{card}<h2>Share</h2></div>"
    assert ids(read(f"<main>{HEAD}{FACTS}{page}</main>"), "fields_of_work") == []


def test_the_name_of_a_unit_beside_fields_of_work_is_no_headline():
    column = "<section><h2>Herausgebende Stelle</h2><ul><li><a href=/u/1>OSCE Secretariat</a></li>"
    column += f"</ul></section><section>{FIELDS}</section>"
    item = read(f"<main>{HEAD}{FACTS}<div>{TEXT}</div><aside>{column}</aside></main>")
    assert ids(item, "fields_of_work") == ["elections"]


@pytest.mark.parametrize("line", ["Objavljeno 9. jun 2017.", "Published 9 June 2017"])
def test_the_day_printed_once_more_below_the_text_is_not_text(line):
    read(f"<main>{HEAD}{FACTS}<div>{TEXT}<p>{line}</p></div></main>", language="sr")


def test_a_heading_in_unknown_words_above_a_pane_is_not_text():
    cards = "<article><h3><a href=/secretariat/322001>Clerks meet in Bern</a></h3></article>"
    box = "<div class=layout>{}</div>"
    boxes = box.format(TEXT) + box.format(f"<h2>What else is new</h2>{cards}")
    read(f"<main><article>{HEAD}{FACTS}{boxes}</article></main>")


@pytest.mark.parametrize("place", ["ВИЧЕНЦА", "БЕРН", "VICENZA"])
def test_a_town_that_releases_come_from_is_known_in_any_language(place):
    chips = "".join(f"<span class=chip>{one}</span>" for one in ("Новость", "9 июня 2017", place))
    item = read(f"<main><div>{chips}</div><h1>Обмен опытом</h1>{TEXT}</main>", language="ru")
    assert [one["header_raw"] for one in item["places"]] == [place]


def test_other_towns_outside_the_host_countries_are_not():
    chips = "".join(
        f"<span class=chip>{one}</span>" for one in ("Новость", "9 июня 2017", "УНИВЕРСИТЕТ")
    )
    item = read(f"<main><div>{chips}</div><h1>Обмен опытом</h1>{TEXT}</main>", language="ru")
    assert item["places"] == []
