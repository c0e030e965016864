"""Boxes of a listing page that are not part of the listing, and its parts that look like boxes."""

from itertools import product

import pytest
from grid import check_each

from osce_crawl import NotAListing, extract_listing

ROWS = [(600001 + number, f"Clerks meet {number}", 28 - number) for number in range(6)]
CARD = "<li><h3><a href='/odihr/{}'>{}</a></h3><p>{} May 2021</p></li>"
LINE = "<li><span>{2} May 2021</span> <a href='/odihr/{0}'>{1}</a></li>"
EVENTS = [(700001, "Hearing on water", 11), (700002, "Seminar on trees", 18)]
EVENT = "<article><h4><a href='/node/{}'>{}</a></h4><p>{} June 2021</p></article>"
EVENT_LINE = "<p>{2} June 2021 <a href='/node/{0}'>{1}</a></p>"


def nodes(body, language="en"):
    page = f'<html lang="{language}"><body><div>{body}</div></body></html>'
    entries = extract_listing(page, "https://www.osce.org/newsroom")["entries"]
    return [int(entry["node"]) for entry in entries]


def filled(shape, rows):
    return "".join(shape.format(*row) for row in rows)


def part(heading, rows, shape=CARD):
    return f"<section><h2>{heading}</h2><ul>{filled(shape, rows)}</ul></section>"


HEADINGS = [
    ("en", "Upcoming events"),
    ("ru", "Предстоящие мероприятия"),
    ("uk", "Майбутні події"),
    ("bs", "Predstojeći događaji"),
    ("sr", "Најчитаније"),
    ("mk", "Претстојни настани"),
    ("sq", "Më të lexuarat"),
    ("ro", "Evenimente viitoare"),
    ("de", "Kommende Veranstaltungen"),
    ("fr", "Événements à venir"),
    ("tr", "Yaklaşan etkinlikler"),
    ("en", "Calendar"),
]
PLACES = {
    "in a column": "<div><h1>News</h1><ul>{list}</ul></div><div><h2>{words}</h2>{box}</div>",
    "before the list": "<div><h2>{words}</h2>{box}</div><div><h1>News</h1><ul>{list}</ul></div>",
    "in the list's own box": "<h1>News</h1><ul>{list}</ul><h2>{words}</h2>{box}",
    "with a link beside the heading": (
        "<h1>News</h1><ul>{list}</ul><div><h2>{words}</h2><a href='/all'>All</a></div>{box}"
    ),
    "with words for a heading": (
        "<div><h1>News</h1><ul>{list}</ul></div><div><div>{words}</div>{box}</div>"
    ),
}


SHAPES = [(CARD, EVENT), (LINE, EVENT), (LINE, EVENT_LINE)]
#: Each place with boxes of each shape, and the words of each language in two of the places.
BOXES = [
    *product(HEADINGS[:1], PLACES, SHAPES),
    *product(HEADINGS[1:], ("in a column", "with words for a heading"), SHAPES[1:2]),
]


def test_events_and_most_read_items_are_no_entries():
    own = [row[0] for row in ROWS]

    def read(language, words, place, list_shape, box_shape):
        rows, box = filled(list_shape, ROWS), filled(box_shape, EVENTS)
        return nodes(PLACES[place].format(list=rows, words=words, box=box), language)

    check_each(read, {(*heading, place, *shapes): own for heading, place, shapes in BOXES})


def test_news_beside_other_parts_of_a_page_are_entries():
    parts = part("Latest news", ROWS[:2]) + part("Press releases", ROWS[2:])
    assert nodes(f"<h1>Newsroom</h1>{parts}") == [row[0] for row in ROWS]


def test_news_beside_a_listing_in_other_markup_are_no_entries():
    box = part("Latest news", EVENTS, EVENT)
    assert nodes(f"<h1>Statements</h1><ul>{filled(CARD, ROWS)}</ul>{box}") == [
        row[0] for row in ROWS
    ]


def test_events_beside_parts_of_a_page_are_no_entries():
    parts = part("Latest news", ROWS[:3]) + part("Press releases", ROWS[3:])
    body = f"<h1>Newsroom</h1>{parts}{part('Events', EVENTS)}"
    assert nodes(body) == [row[0] for row in ROWS]


def test_as_many_events_as_entries_are_no_entries():
    body = f"<div><h1>News</h1><ul>{filled(CARD, ROWS[:2])}</ul></div>{part('Events', EVENTS)}"
    assert nodes(body) == [600001, 600002]


MORE_EVENTS = [(700001 + number, f"Hearing {number}", 11 + number) for number in range(9)]
#: Pages with more events than news.
MORE = {
    "start page": "<h1>OSCE</h1><div>{news}</div><div>{events}</div>",
    "start page of other words": "<h1>Welcome</h1><div>{news}</div><div>{events}</div>",
    "events first": "<h1>OSCE</h1><div>{events}</div><div>{news}</div>",
    "no headline": "<div>{news}</div><div>{events}</div>",
    "last page": "<h1>News</h1><div><ul>{list}</ul></div><div>{events}</div>",
    "kinds": "<h1>Newsroom</h1><div><h2>Press releases</h2><ul>{list}</ul></div>{events}",
}


def test_more_events_than_news_are_no_entries():
    def read(page, shapes, count):
        rows, box = ROWS[:count], MORE_EVENTS[: count + 3]
        return nodes(
            MORE[page].format(
                list=filled(shapes[0], rows),
                news=part("Latest news", rows, shapes[0]),
                events=part("Upcoming events", box, shapes[1]),
            )
        )

    check_each(
        read,
        {
            (page, shapes, count): [row[0] for row in ROWS[:count]]
            for page, shapes, count in product(MORE, SHAPES, (1, 3, 6))
        },
    )


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "You may also be interested in"),
        ("ru", "Вам также может быть интересно"),
        ("sr", "Можда ће вас занимати"),
        ("de", "Das könnte Sie auch interessieren"),
        ("uk", "Календар"),
    ],
)
def test_a_box_of_others_longer_than_the_last_page_is_no_listing(language, heading):
    body = f"<h1>News</h1><ul>{filled(CARD, ROWS[:2])}</ul>{part(heading, MORE_EVENTS, LINE)}"
    assert nodes(body, language) == [600001, 600002]


@pytest.mark.parametrize("head", ["Events", "Upcoming events"])
def test_a_page_about_events_may_have_a_box_of_news(head):
    body = f"<h1>{head}</h1>{part('Events', MORE_EVENTS)}{part('Latest news', ROWS[:2])}"
    assert nodes(body) == [row[0] for row in MORE_EVENTS]


@pytest.mark.parametrize(
    ("head", "read"),
    [("", True), ("<h1>OSCE Mission to Serbia</h1>", True), ("<h1>No such page</h1>", False)],
)
def test_latest_news_may_be_the_only_listing_of_a_start_page(head, read):
    menu = filled(
        "<p><a href='/node/{}'>{}</a></p>", [(8000 + at, f"Page {at}") for at in range(9)]
    )
    body = f"{head}<div>{menu}</div><div><h2>Latest news</h2>{filled(LINE, ROWS)}</div>"
    if read:
        assert nodes(body) == [row[0] for row in ROWS]
    else:
        with pytest.raises(NotAListing):
            nodes(body)


def test_a_kind_above_the_title_of_a_card_heads_no_box():
    card = "<div><div>Events</div><h3><a href='/odihr/{}'>{}</a></h3><p>{} May 2021</p></div>"
    assert nodes(f"<h1>News</h1>{filled(card, ROWS)}") == [row[0] for row in ROWS]


def test_later_days_below_an_unknown_heading_are_kept():
    """A release that is dropped costs more than a request for the page of an event."""
    below = f"<div><h2>Dates for your diary</h2>{filled(EVENT, EVENTS)}</div>"
    body = f"<div><h1>News</h1><ul>{filled(CARD, ROWS)}</ul></div>"
    assert nodes(body + below) == [*(row[0] for row in ROWS), 700001, 700002]


@pytest.mark.parametrize("kinds", [("News", "Statement", "News"), ("News", "News", "News")])
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_heading_above_each_title_is_the_kind_of_the_entry(kinds, wrapped):
    shape = "<h4>{}</h4><h3><a href='/odihr/60000{}'>Clerks meet</a></h3><p>{} May 2021</p>"
    shape = f"<div>{shape}</div>" if wrapped else shape
    rows = "".join(shape.format(kind, at, 9 - at) for at, kind in enumerate(kinds, 1))
    page = f"<html lang='en'><body><main><h1>Newsroom</h1>{rows}</main></body></html>"
    entries = extract_listing(page, "https://www.osce.org/newsroom")["entries"]
    assert [entry["content_type_raw"] for entry in entries] == list(kinds)


def test_the_heading_of_the_next_part_is_not_the_kind_of_the_entry_above():
    title = "<h3><a href='/odihr/60000{}'>Clerks meet</a></h3><p>{} May 2021</p>"
    parts = f"<h2>News</h2>{title.format(1, 5)}<h2>Statements</h2>{title.format(2, 4)}"
    page = f"<html lang='en'><body><main><h1>Newsroom</h1>{parts}</main></body></html>"
    entries = extract_listing(page, "https://www.osce.org/newsroom")["entries"]
    assert [entry["content_type_raw"] for entry in entries] == [None, None]


def test_events_below_a_listing_that_is_empty_are_no_entries():
    empty = (
        "<h1>News</h1><div><h3>No articles</h3><p>Nothing has been published here yet.</p></div>"
    )
    places = {"list": empty, "words": "Upcoming events"}

    def read_empty(place, shape):
        return nodes(PLACES[place].format(box=filled(shape, EVENTS), **places))

    check_each(
        read_empty, {(place, shape): [] for place in PLACES for shape in (EVENT, EVENT_LINE)}
    )


def test_a_part_of_a_page_that_is_empty_leaves_the_others():
    parts = part("News", ROWS) + "<section><h2>Statements</h2><p>No statements yet.</p></section>"
    parts += "<section><h2>Press releases</h2><p>No press releases yet.</p></section>"
    assert nodes(f"<h1>Newsroom</h1>{parts}") == [row[0] for row in ROWS]


LABELLED = "<div><h3><a href='/odihr/{0}'>{1}</a></h3>@</div>"
#: The labels of rows.
LABELS = {
    "kind": "<p>{2} May 2021</p><p>Type: News</p>",
    "date": "<p>Date: {2} May 2021</p>",
}
#: Boxes above the rows without a label: entries, and others.
FEATURED = {
    "day": "<article><h2><a href='/odihr/{0}'>{1}</a></h2><p>{2} May 2021</p></article>",
    "time": "<div><p>News</p><h2><a href='/odihr/{0}'>{1}</a></h2><p>They spoke of water.</p>"
    "<time datetime='2021-05-{2}'>{2} May</time></div>",
}
OTHERS = {
    "no day": "<div><h2><a href='/node/{0}'>{1}</a></h2></div>",
    "column": "<aside><h2><a href='/node/{0}'>{1}</a></h2>{2} May 2021</aside>",
    "most read": "<div><h2>Most read</h2><h4><a href='/node/{0}'>{1}</a></h4>{2} May 2021</div>",
}


def test_a_featured_item_above_rows_with_labels_is_an_entry():
    def read(label, above, count, page):
        rows = filled(LABELLED.replace("@", LABELS[label]), ROWS[count:])
        top = filled((FEATURED | OTHERS)[above], ROWS[:count])
        return nodes(page.format(f"<h1>News</h1>{top}", rows))

    pages = ("<main>{}<div>{}</div></main>", "<main><div>{}{}</div></main>")
    numbers = [row[0] for row in ROWS]
    check_each(
        read,
        {
            (label, above, count, page): numbers[0 if above in FEATURED else count :]
            for label, above, count, page in product(LABELS, FEATURED | OTHERS, (1, 2), pages)
        },
    )


def test_an_entry_alone_with_a_label_leaves_those_around_it():
    row = "<div><h2><a href='/odihr/{0}'>{1}</a></h2><p>{2} May 2021</p><p>@: News</p></div>"
    rows = [row.replace("@", label).format(*one) for label, one in zip("XTX", ROWS, strict=False)]
    body = "".join(rows).replace("T: News", "Content type: Event").replace("X: ", "")
    assert nodes(f"<h1>News</h1>{body}") == [600001, 600002, 600003]
