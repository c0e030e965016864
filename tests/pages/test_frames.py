"""What the frame around a release says of it: crumbs, logos, tags, boxes, lists of details."""

from itertools import product

import pytest
from grid import check_each

from osce_crawl import NotARelease, extract, extract_listing

URL = "https://www.osce.org/moldova/322492"
UNIT = "OSCE Mission to Moldova"
TEXT = (
    "The head of the mission opened a workshop for forty judges and clerks who handle appeals in "
    "the courts of the region, and thanked the hosts for their work."
)
DATELINE = "CHISINAU, 9 October 2023 – "
BODY = f"<div><p>{DATELINE}{TEXT}</p><p>{TEXT} It closes today.</p></div>"
DAY = "<p>9 October 2023</p>"
CRUMBS = "<nav class=breadcrumb><a href=/>Home</a><a href=/u>{}</a><a href=/n>{}</a></nav>"


def read(main, *, before="", body=BODY):
    """Return the item of a page with a headline of *main*, and check that its text is whole."""
    item = extract(f"<html><body>{before}<main>{main}{body}</main></body></html>", URL)
    assert item["body"].endswith(f"{TEXT}\n\n{TEXT} It closes today.")
    return item


def ids(item, key):
    return [one["id"] for one in item[key]]


@pytest.mark.parametrize("crumb", ["Press releases", "Press release", "Пресс-релизы"])
def test_last_crumb_is_the_kind_where_nothing_else_says_one(crumb):
    item = read(f"<h1>Judges meet</h1>{DAY}", before=CRUMBS.format(UNIT, crumb))
    assert item["content_type"] == "press-release"


@pytest.mark.parametrize(
    "main",
    [
        f"<p>Press release</p><h1>Judges meet</h1>{DAY}",
        f"<h1>Judges meet</h1><p>Press release</p>{DAY}",
        "<h1>Judges meet</h1><p>Content type: Press release</p><p>Date: 9 October 2023</p>",
    ],
)
def test_kind_at_the_headline_outweighs_a_crumb(main):
    assert read(main, before=CRUMBS.format(UNIT, "News"))["content_type"] == "press-release"


@pytest.mark.parametrize("crumbs", [("News", UNIT), (UNIT, "Publications"), ("News", "Report")])
def test_crumbs_further_up_or_of_other_pages_are_no_kind(crumbs):
    item = read(f"<h1>Judges meet</h1>{DAY}", before=CRUMBS.format(*crumbs))
    assert item["content_type"] is None


def test_crumb_makes_no_release_of_a_page():
    page = (
        f"{CRUMBS.format(UNIT, 'News')}<main><h1>The courts</h1><p>{TEXT}</p><p>{TEXT}</p></main>"
    )
    with pytest.raises(NotARelease):
        extract(page, URL)


HEADLINE = f"<p>Press release</p><h1>Judges meet</h1>{DAY}<p>{UNIT}</p>"
TAGS = [
    "<div class=tags><a href=/1>Elections</a> <a href=/2>Human rights</a></div>",
    "<ul><li><a href=/1>Elections</a></li><li><a href=/2>Human rights</a></li></ul>",
    "<p><a rel=tag href=/1>Elections</a>, <a rel=tag href=/2>Human rights</a></p>",
    "<p><span class=chip>Elections</span><span class=chip>Human rights</span></p>",
]


TAGS += [
    "<ul><li><a href=/1>#Elections</a></li><li><a href=/2>#Human rights</a></li></ul>",
    "<p>Tags: Elections, Human rights</p>",
    "<h4>Tags</h4><ul><li><a href=/1>Elections</a></li><li><a href=/2>Human rights</a></li></ul>",
]


def test_tags_below_the_text_are_fields_of_work():
    def said(tags, frame):
        item = extract(f"<main>{HEADLINE}{BODY}{frame.format(tags)}</main>", URL)
        return (
            ids(item, "fields_of_work"),
            item["body"].endswith("It closes today."),
            item["issues"],
        )

    fields = ["elections", "human-rights"]
    check_each(said, dict.fromkeys(product(TAGS, ["<div>{}</div>", "{}"]), (fields, True, [])))


def test_tags_in_the_footer_of_an_article_are_fields_of_work():
    article = f"<article>{HEADLINE}{BODY}<footer>{TAGS[0]}</footer></article>"
    assert ids(extract(article, URL), "fields_of_work") == ["elections", "human-rights"]


@pytest.mark.parametrize(
    "box",
    [
        "<p><a href=/1>Elections</a></p>",
        "<p><a href=/1>Elections</a> <a href=/2>Our people</a></p>",
        "<nav class=tags><a href=/1>Elections</a> <a href=/2>Human rights</a></nav>",
        "<h3>Read more</h3><p><a href=/1>Elections</a> <a href=/2>Human rights</a></p>",
    ],
)
def test_other_links_below_the_text_are_no_fields_of_work(box):
    assert extract(f"<main>{HEADLINE}{BODY}{box}</main>", URL)["fields_of_work"] == []


BOX = (
    "<div><h3>Fields of work</h3><ul><li>Elections</li></ul>"
    f"<h3>Source</h3><ul><li><a href=/u>{UNIT}</a></li></ul></div>"
)


@pytest.mark.parametrize("frame", ["{}", "<aside>{}</aside>"])
def test_box_of_headings_and_lists_is_read_on_a_dated_page(frame):
    main = "<p>Press release | 9 October 2023</p><h1>Judges meet</h1>"
    item = extract(f"<main>{main}{BODY}{frame.format(BOX)}</main>", URL)
    assert (ids(item, "sources"), ids(item, "fields_of_work")) == (
        ["mission-to-moldova"],
        ["elections"],
    )
    assert item["body"].endswith("It closes today.")


def test_chapters_with_those_headings_stay_text():
    chapters = f"<h3>Fields of work</h3><p>{TEXT}</p><h3>Source</h3><p>{TEXT}</p>"
    item = extract(f"<main><p>News</p><h1>Judges meet</h1>{DAY}{BODY}{chapters}</main>", URL)
    assert (item["sources"], item["fields_of_work"]) == ([], [])
    assert item["body"].count(TEXT) == 4


LOGO = '<div class=logo><img src=/u.svg alt="{}"></div>'


def test_logo_above_the_headline_is_the_source():
    item = read(f"{LOGO.format(UNIT)}<p>Press release</p><h1>Judges meet</h1>{DAY}")
    assert ids(item, "sources") == ["mission-to-moldova"]


@pytest.mark.parametrize(
    "above",
    [
        LOGO.format("OSCE"),
        LOGO.format("Ministry of Justice"),
        LOGO.format(UNIT) + LOGO.format("OSCE Mission to Skopje"),
        f'<div><img src=/house.jpg alt="{UNIT}"></div>',
        f'<div><a href=/large.jpg><img src=/house.jpg alt="{UNIT}"></a></div>',
    ],
)
def test_other_pictures_above_the_headline_are_no_source(above):
    assert read(f"{above}<p>Press release</p><h1>Judges meet</h1>{DAY}")["sources"] == []


def test_place_beside_a_unit_alone_is_the_place():
    main = "<p>9 October 2023</p><p>News</p><h1>Judges meet</h1><div>{}</div><div>{}</div>"
    for order in (("CHISINAU", UNIT), (UNIT, "Chisinau")):
        item = read(main.format(*order))
        assert item["body"].startswith(DATELINE)
        places = [one["header_raw"] for one in item["places"]]
        assert places == [next(one for one in order if one != UNIT)]


@pytest.mark.parametrize("words", ["Judges", "UNIVERSITY", "Paris Hilton"])
def test_other_words_beside_a_unit_are_no_place(words):
    main = (
        f"<p>9 October 2023</p><p>News</p><h1>Judges meet</h1><div>{words}</div><div>{UNIT}</div>"
    )
    item = extract(f"<main>{main}<p>{TEXT}</p><p>{TEXT}</p></main>", URL)
    assert item["places"] == []


@pytest.mark.parametrize("opening", ["<dt>Details<dd>Written by: ", "<dt>Details<dd>", "<dd>"])
def test_list_of_details_is_read_by_what_each_of_them_opens_with(opening):
    details = (
        f"<dl>{opening}{UNIT}</dd><dd>Category: Press release</dd>"
        "<dd>Published: 9 October 2023</dd><dd>Hits: 1245</dd></dl>"
    )
    item = extract(f"<main><h1>Judges meet</h1>{details}<p>{TEXT}</p><p>{TEXT}</p></main>", URL)
    assert item["content_type"] == "press-release"
    assert ids(item, "sources") == ["mission-to-moldova"]
    assert item["dates"]["page"] == "2023-10-09"


def test_category_of_other_pages_refuses_no_release():
    details = (
        "<dl><dt>Details</dt><dd>Category: Training</dd><dd>Published: 9 October 2023</dd></dl>"
    )
    assert read(f"<h1>Judges meet</h1>{details}")["content_type"] is None


def test_card_that_is_one_link_with_a_strong_title_is_an_entry():
    card = (
        "<li><a href=/moldova/{0}><span>9 October 2023</span><span>News</span>"
        "<strong>Judges meet for the {0}th time</strong></a></li>"
    )
    cards = "".join(card.format(number) for number in (322490, 322491, 322492))
    listing = extract_listing(f"<ul>{cards}</ul>", "https://www.osce.org/press-releases")
    first = listing["entries"][0]
    assert len(listing["entries"]) == 3
    assert first["title"] == "Judges meet for the 322490th time"
    assert (first["content_type_raw"], first["published"]) == ("News", "2023-10-09")


def test_strong_words_in_a_link_within_text_part_no_line():
    text = (
        f"<p>{TEXT} See <a href=/a><span>the plan</span> <strong>of work</strong></a> for it.</p>"
    )
    item = extract(f"<main>{HEADLINE}<p>{DATELINE}{TEXT}</p>{text}</main>", URL)
    assert item["body"].endswith("See the plan of work for it.")


@pytest.mark.parametrize("name", ["class=topbar", "id=clock", "class=current-date"])
def test_line_that_is_called_a_clock_is_none_of_the_header(name):
    main = f"<p>News</p><h1>Judges meet</h1><p>{UNIT}</p><p>{TEXT}</p><p>{TEXT}</p>"
    item = extract(f"<body><div {name}>VIENNA 26 November 2026</div>{main}</body>", URL)
    assert (item["dates"]["page"], item["places"]) == (None, [])


def test_boxes_of_one_heading_each_are_read_on_a_dated_page():
    box = "<section><h2>{}</h2><div>{}</div></section>"
    facts = (("Place", "CHISINAU"), ("Source", UNIT), ("Fields of work", "Elections"))
    column = f"<aside>{''.join(box.format(*one) for one in facts)}</aside>"
    item = extract(f"<main><p>News</p><h1>Judges meet</h1>{DAY}{BODY}{column}</main>", URL)
    assert (ids(item, "sources"), ids(item, "fields_of_work")) == (
        ["mission-to-moldova"],
        ["elections"],
    )
    assert [one["header_raw"] for one in item["places"]] == ["CHISINAU"]


def test_name_with_brackets_is_one_piece_of_a_line():
    name = "OSCE Special Monitoring Mission to Ukraine (closed)"
    item = read(f"<p>News</p><h1>Monitors meet</h1><p>30 November 2020, {name}</p>")
    assert ids(item, "sources") == ["special-monitoring-mission-to-ukraine"]
