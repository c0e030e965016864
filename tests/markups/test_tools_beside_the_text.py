"""Buttons, icons, captions and invitations around the text, as stock templates print them."""

import pytest
from grid import check_each

from osce_crawl import extract

URL = "https://www.osce.org/serbia/519777"
TEXT = (
    "Eighteen students met in Novi Pazar for a workshop on the checking of facts and of pictures.",
    "They worked in pairs, and each pair wrote a correction that a paper of the town will print.",
)
PARAGRAPHS = "".join(f"<p>{one}</p>" for one in TEXT)
DAY = "<time datetime='2021-11-03'>3 November 2021</time>"
TITLE = "<h1>Students learn to check facts</h1>"
FACTS = f"<p>{DAY} <a href='/u'>OSCE Mission to Serbia</a></p>"


def read(main):
    page = f'<html lang="en"><head><title>T</title></head><body>{main}</body></html>'
    item = extract(page, URL)
    assert item["issues"] == []
    assert item["body"] == "\n\n".join(TEXT)
    return item


def test_buttons_that_share_do_not_part_the_facts_from_the_headline():
    names = ("Facebook", "X", "LinkedIn", "Telegram")
    buttons = "".join(f"<li><a href='https://{one}.example/'>{one}</a></li>" for one in names)
    tools = f"<div><ul>{buttons}</ul><a href='javascript:print()'>Print</a></div>"
    item = read(f"<main>{TITLE}{tools}{FACTS}<div>{PARAGRAPHS}</div></main>")
    assert item["published"] == "2021-11-03"
    assert [one["id"] for one in item["sources"]] == ["mission-to-serbia"]


def test_an_invitation_to_subscribe_that_closes_the_text_is_no_part_of_it():
    link = "<a href='/subscribe'>Subscribe here to a topic.</a>"
    invitation = (
        f"<div><p>♦ <em>Receive daily updates directly in your inbox - {link}</em></p></div>"
    )
    item = read(f"<main>{TITLE}{FACTS}<div>{PARAGRAPHS}</div>{invitation}</main>")
    assert item["links"] == []


def test_a_button_is_no_heading_of_the_files_below_it():
    row = "<div><div>{0}</div><div>(1 MB - PDF)</div><a href='/files/{1}.pdf'>Download</a></div>"
    files = row.format("Daily report", 1) + row.format("Table of violations", 2)
    item = read(f"<main>{TITLE}{FACTS}<div>{PARAGRAPHS}</div><div>{files}</div></main>")
    titles = [one["title"] for one in item["documents"]]
    assert titles == ["Daily report", "Table of violations"]


@pytest.mark.parametrize(
    "icon",
    [
        "<img src='/i/icpdf.png' alt=''>",
        "<img src='/i/7.png' alt='PDF'>",
        "<a href='javascript:print()'><img src='/i/7.png' alt='Распечатать'></a>",
    ],
)
def test_the_icon_of_a_file_or_button_is_no_picture(icon):
    files = f"<div>{icon} <a href='/files/1.pdf'>Daily report</a></div>"
    item = read(f"<main>{TITLE}{FACTS}<div>{PARAGRAPHS}</div>{files}</main>")
    assert item["images"] == []


def test_a_table_that_the_text_flows_around_is_a_picture_with_its_caption():
    words = "Delegates at the opening, Novi Pazar, 3 November 2021."
    table = f"<table align=right><tr><td><img src='/p.jpg'><br>{words}</td></tr></table>"
    item = read(f"<div>{TITLE}{FACTS}{table}<div>{PARAGRAPHS}</div></div>")
    assert [one["caption"] for one in item["images"]] == [words]


def test_breadcrumbs_may_be_named_by_their_id():
    crumbs = "<a href='/'>Home</a> › <a href='/n'>News</a> › Students learn to check facts"
    place = f"<div id='portal-breadcrumbs'><span>You are here:</span> {crumbs}</div>"
    item = read(f"{place}<div id='content'>{TITLE}{FACTS}<div>{PARAGRAPHS}</div></div>")
    assert item["content_type"] == "news"


def test_a_place_and_a_unit_alone_below_the_headline_are_no_text():
    place = "<p>Novi Pazar – OSCE Mission to Serbia</p>"
    item = read(f"<p>News • {DAY}</p>{TITLE}{place}<div>{PARAGRAPHS}</div>")
    assert [one["header_raw"] for one in item["places"]] == ["Novi Pazar"]
    assert [one["id"] for one in item["sources"]] == ["mission-to-serbia"]


def test_the_footer_of_a_post_says_unit_and_kind_and_its_pager_leads_nowhere():
    footer = (
        "<div class=post-footer><div>Posted by <a href='/u'>OSCE Mission to Serbia</a> at 10:32"
        "</div><div>Labels: <a href='/l/1'>News</a>, <a href='/l/2'>Youth</a></div></div>"
        "<div class=pager><span><a href='/pc/600101'>Newer Post</a></span><span><a href='/'>Home"
        "</a></span></div><div>Page views: 412</div>"
    )
    item = read(f"<h2>{DAY}</h2>{TITLE}<div>{PARAGRAPHS}</div>{footer}")
    assert (item["content_type"], item["links"]) == ("news", [])
    assert [one["id"] for one in item["sources"]] == ["mission-to-serbia"]
    assert [one["id"] for one in item["fields_of_work"]] == ["youth"]


CAPTION = "Two students compare pictures."
IMAGE = "<img src='/p.jpg' alt=''>"


@pytest.mark.parametrize(
    ("picture", "caption"),
    [
        (f"<div>{FACTS}{IMAGE}</div>", None),
        (f"{FACTS}<div><p>{IMAGE}<br><em>{CAPTION}</em></p></div>", CAPTION),
        (
            f"{FACTS}<p align=center>{IMAGE}</p><p align=center><i>{CAPTION}</i></p>",
            CAPTION,
        ),
    ],
    ids=["bare", "in italics beside it", "in italics centred below it"],
)
def test_a_picture_without_an_element_for_it_may_have_a_caption_in_italics(picture, caption):
    item = read(f"<main>{TITLE}{picture}<div>{PARAGRAPHS}</div></main>")
    assert [(one["url"], one["caption"]) for one in item["images"]] == [
        ("https://www.osce.org/p.jpg", caption)
    ]


def test_the_text_directly_behind_a_bare_picture_stays():
    item = read(f"<main>{TITLE}{FACTS}{IMAGE}{TEXT[0]}<br><br>{TEXT[1]}</main>")
    assert len(item["images"]) == 1


def test_page_builders_put_each_fact_in_a_list_of_its_own_and_title_the_next_items():
    def widget(inner):
        return f"<div class=e><div class=c>{inner}</div></div>"

    pager = (
        "<div><a href='/pc/6001{0}' rel={1}><span>{1}</span><span>Council meets</span></a></div>"
    )
    parts = (
        "<ul><li><a href='/c'>News</a></li></ul>",
        TITLE,
        f"<ul><li><a href='/u'>OSCE Mission to Serbia</a></li><li>{DAY}</li></ul>",
        PARAGRAPHS,
        pager.format(1, "prev") + pager.format(2, "next"),
    )
    item = read("<div>" + "".join(map(widget, parts)) + "</div>")
    assert (item["content_type"], item["links"]) == ("news", [])


def test_a_unit_right_above_the_headline_and_a_day_below_it_make_a_header():
    notes = "<p><small><a href='#'>Back to top</a></small><small>Updated: 9 May 2022</small></p>"
    item = read(f"<div><p>OSCE Mission to Serbia</p>{TITLE}<p>{DAY}</p>{PARAGRAPHS}{notes}</div>")
    assert item["published"] == "2021-11-03"
    assert [one["id"] for one in item["sources"]] == ["mission-to-serbia"]


@pytest.mark.parametrize("caption", [CAPTION, f"{CAPTION} (OSCE/Ada Example)"])
def test_a_box_with_a_picture_may_float_in_text_that_only_breaks_part(caption):
    box = f"<div style='float:right'>{IMAGE}<br><small>{caption}</small></div>"
    text = "<br><br>".join(TEXT)
    item = read(f"<main>{TITLE}{FACTS}<div>{box}{text}</div></main>")
    assert [one["caption"] for one in item["images"]] == [CAPTION]


def test_links_beside_and_behind_the_text_are_known_without_a_heading():
    related = "<ul><li><a href='/serbia/511222'>Lessons reach forty schools</a></li></ul>"
    top = "<p><a href='#page'>All the way up</a></p>"
    beside = f"<aside><p>Related</p>{related}</aside>"
    item = read(f"<main>{TITLE}{FACTS}<div>{PARAGRAPHS}</div>{beside}{top}</main>")
    assert [one["text"] for one in item["links"]] == ["Lessons reach forty schools"]


def test_a_box_behind_the_text_with_a_number_is_a_contact_as_a_whole():
    lines = ("Ada Example", "Hotel Moskva, 1st floor", "Belgrade", "Office: +381 11 000 00 00")
    box = "".join(f"<p>{one}</p>" for one in lines)
    read(f"<main>{TITLE}{FACTS}<div>{PARAGRAPHS}</div><div role=tabpanel>{box}</div></main>")


def test_links_that_turn_a_row_of_pictures_are_no_text():
    def body(links):
        row = f"<div><ul><li>{IMAGE}</li></ul><div class=nav>{links}</div></div>"
        text = f"<div>{TEXT[0]}</div>{row}<div><p>{TEXT[1]}</p></div>"
        return read(f"<main>{TITLE}{FACTS}{text}</main>")

    turning = (
        "<a href='#'>&lt;</a><a href='#'>&gt;</a>",
        "<a href='#'>‹</a> <a href='#'>›</a>",
        "<a href='#row'>Previous</a><a href='#row'>Next</a>",
        "<a href='javascript:void(0)'>Назад</a> <a href='javascript:void(0)'>Вперед</a>",
        "<a>❮</a><a>❯</a>",
    )
    check_each(lambda links: len(body(links)["images"]), dict.fromkeys(turning, 1))


def test_the_sign_that_links_a_heading_to_itself_is_no_text():
    signs = (
        "<a aria-hidden=true href='#next'>#</a>",
        "<a class=headerlink href='#next'>¶</a>",
        "<a href='#next'>🔗</a>",
        "<a aria-hidden=true href='#next'>Link to this section</a>",
    )

    def heading(sign):
        text = f"<p>{TEXT[0]}</p><h2 id=next>What comes next{sign}</h2><p>{TEXT[1]}</p>"
        page = f"<main>{TITLE}{FACTS}<div>{text}</div></main>"
        item = extract(f'<html lang="en"><body>{page}</body></html>', URL)
        return item["body"].split("\n\n")[1], "href" in item["body_html"]

    check_each(heading, dict.fromkeys(signs, ("What comes next", False)))


#: What modules of older Drupal sites print below a text.
MODULES = {
    "service links": "<div class='service-links'><div class='service-label'>Bookmark/Search this "
    "post with: </div><ul class='links'><li><a href='http://digg.com/submit?url=x'>digg</a></li>"
    "</ul></div>",
    "service links without classes": "<div><div>Bookmark/Search this post with:</div><ul><li>"
    "<a href='http://digg.com/submit?url=x'>digg</a></li></ul></div>",
    "AddToAny": "<span class='a2a_kit'><a href='https://www.addtoany.com/share_save'>Share/Save</a>"
    "</span>",
    "AddToAny in a box": "<div class='a2a_kit a2a_default'><a class='a2a_dd' "
    "href='https://www.addtoany.com/share'>Send around</a></div>",
    "ShareThis": "<div class='sharethis-wrapper'><span>Facebook</span> <span>Tweet</span> "
    "<span>Email</span></div>",
    "Fivestar": "<div class='fivestar-widget'><p>Your rating: 3</p><p>Average: 4 (2)</p></div>",
    "Fivestar without classes": "<div><p>Your rating: None</p></div>",
    "comments": "<div class='links'><a href='/user/login?destination=node/1'>Login</a> or "
    "<a href='/user/register'>register</a> to post comments</div>",
    "comments in Russian": "<ul><li><a href='/ru/user/login'>Войдите</a> или <a href='/ru/user/"
    "register'>зарегистрируйтесь</a>, чтобы отправлять комментарии</li></ul>",
}


@pytest.mark.parametrize("holder", ["<article>{}{}</article>", "<div>{}</div>{}", "{}{}"])
def test_leftovers_of_modules_are_no_text(holder):
    def links(module):
        text = holder.format(PARAGRAPHS, MODULES[module])
        return read(f"<main>{TITLE}{FACTS}{text}</main>")["links"]

    check_each(links, {module: [] for module in MODULES})


#: What modules print right above the text, or where a player will be.
TOOLS = {
    "ReadSpeaker": "<div class='readspeaker'><a href='//readspeaker.example/x'>Listen</a></div>",
    "ReadSpeaker, other words": "<div id='readspeaker_button1' class='rsbtn'><a href='/cgi-bin/x'>"
    "<span>Hear it</span></a></div>",
    "button without classes": "<div><a href='#'>Seite vorlesen</a></div>",
    "unlinked words": "<p>Прослушать текст</p>",
    "consent": "<div class='video-consent'><p>By viewing this video you accept "
    "YouTube's privacy policy.</p><button>Play</button></div>",
}


@pytest.mark.parametrize("place", ["{0}<p>{1}</p><p>{2}</p>", "<p>{1}</p>{0}<p>{2}</p>"])
def test_tools_for_listening_and_watching_are_no_text(place):
    def links(tool):
        text = place.format(TOOLS[tool], *TEXT)
        return read(f"<main>{TITLE}{FACTS}<div>{text}</div></main>")["links"]

    check_each(links, {tool: [] for tool in TOOLS})
