"""Titles of entries that share their element with other facts, or that have no link themselves."""

from itertools import product

import pytest
from grid import check_each

from osce_crawl import NotAListing, extract_listing

ENTRIES = [
    (600001, "Clerks compare old case files", "5 May 2021", "OSCE Mission to Moldova"),
    (600002, "Ports learn of storms at sea", "4 May 2021", "OSCE Secretariat"),
    (600003, "Judges agree on one form", "3 May 2021", "OSCE Mission to Serbia"),
]
TEASER = "Forty clerks from nine courts met to compare how files are kept."
WANTED = [(title, f"2021-05-0{day[0]}") for _, title, day, _ in ENTRIES]
TABLE = "<table>{}</table>"
WORDS = ["The clerks' page", "The storms' page", "The form's page"]


def read(shape, around="<div>{}</div>"):
    """Return the entries of a listing of entries in this shape, filled in."""
    rows = [
        shape.format(link=f"/odihr/{node}", title=title, day=day, unit=unit, teaser=TEASER, on=on)
        for (node, title, day, unit), on in zip(ENTRIES, WORDS, strict=True)
    ]
    main = f"<main><h1>News</h1>{around.format(''.join(rows))}</main>"
    return extract_listing(
        f'<html lang="en"><body>{main}</body></html>', "https://www.osce.org/press-releases"
    )["entries"]


def titles_and_days(entries):
    return [(entry["title"], entry["published"]) for entry in entries]


INNER = [
    "<span>{title}</span><span>{day}</span>",
    "<span>{day}</span><span>{title}</span>",
    "<span>{title}</span> <span>{day}</span>",
    "<span>{day}</span> <span>{title}</span>",
    "{title} <small>{day}</small>",
    "<em>{day}</em>{title}",
    "<span>{title}</span><time datetime=2021-05-01>{day}</time>",
    "<span>{day}</span><span>News</span><span>{title}</span>",
    "{title} ({day})",
    "{day} – {title}",
    "{day}: {title}",
    "{title} {day}",
]
OUTER = ["<li>{}</li>", "<h3>{}</h3>", "<p>{}</p>", "<div><h3>{}</h3></div>"]


def test_a_link_may_hold_title_and_day():
    check_each(
        lambda outer, inner: titles_and_days(read(outer.format(f"<a href='{{link}}'>{inner}</a>"))),
        dict.fromkeys(product(OUTER, INNER), WANTED),
    )


def test_a_link_may_hold_title_day_unit_and_teaser():
    inner = "<span>{title}</span><span>{day}</span><span>{unit}</span><span>{teaser}</span>"
    entries = read(f"<li><a href='{{link}}'>{inner}</a></li>")
    assert titles_and_days(entries) == WANTED
    assert [entry["sources"] for entry in entries] == [[unit] for *_, unit in ENTRIES]
    assert {entry["summary"] for entry in entries} == {TEASER}


@pytest.mark.parametrize(
    "shape",
    [
        "{title} as of {day}",
        "{title} issued on {day}",
        "{title} at 10:30, {day}",
        "Report {day}",
    ],
)
def test_a_title_may_be_about_its_day(shape):
    entries = read(f"<h3><a href='{{link}}'>{shape}</a></h3>")
    wanted = [shape.format(title=title, day=day) for _, title, day, _ in ENTRIES]
    assert titles_and_days(entries) == [(title, None) for title in wanted]


def test_the_day_in_one_title_is_part_of_it():
    entries = read(
        "<h3><a href='{link}'>{title}</a></h3>", "{}<h3><a href=/odihr/600009>T (5 May 2021)</a>"
    )
    assert entries[-1]["title"] == "T (5 May 2021)"


UNFOLDING = {
    "summary": "<details><summary>{head}</summary>{text}</details>",
    "heading": "<div><h3>{head}</h3><div>{text}</div></div>",
    "button": "<div><h3><button>{head}</button></h3><div>{text}</div></div>",
}


HEADS = [
    "{title} {day}",
    "{day} {title}",
    "{title} – {day}",
    "{title} ({day})",
    "{title} <b>{day}</b>",
]
LEADING_ON = ["Continue to the page", "{on}", "Read more"]


def unfolded(box, words, head):
    """Return titles, days and teasers of entries in boxes that unfold."""
    text = f"<p>{{teaser}}</p><p><a href='{{link}}'>{words}</a></p>"
    entries = read(UNFOLDING[box].format(head=head, text=text))
    return titles_and_days(entries), {entry["summary"] for entry in entries}


def test_the_title_of_a_box_that_unfolds_is_its_head():
    cases = product(UNFOLDING, LEADING_ON, HEADS)
    check_each(unfolded, dict.fromkeys(cases, (WANTED, {TEASER})))


def test_a_link_may_close_the_text_that_unfolds():
    text = "<p>{teaser} <a href='{link}'>All of it here</a></p>"
    entries = read(f"<details><summary>{{title}} {{day}}</summary>{text}</details>")
    assert titles_and_days(entries) == WANTED
    assert {entry["summary"] for entry in entries} == {TEASER}


@pytest.mark.parametrize("words", ["Read more", "Full text…", "More..."])
@pytest.mark.parametrize("around", ["<h2>News of May</h2>{}", "<div>{}</div>"])
def test_headings_are_titles_of_a_flat_listing_whose_links_say_read_more(around, words):
    flat = f"<h4>{{title}}</h4><i>{{day}}</i><p>{{teaser}}<br><a href='{{link}}'>{words}</a></p>"
    entries = read(flat, around)
    assert titles_and_days(entries) == WANTED
    assert {entry["summary"] for entry in entries} == {TEASER}


@pytest.mark.parametrize(
    "shape",
    [
        "<p>{day}</p><div><a href='{link}'>{title}</a> <span>{teaser}</span></div>",
        "<a href='{link}'><img alt='A ship'></a><div><h3>{title}</h3>{day}<p>{teaser}</p></div>",
        "<h5>Farfield – {day}</h5><h3><a href='{link}'>{title}</a></h3><p>{teaser}</p>",
        "<a href='{link}'>{title}</a><p>{day} – PDF – 24 KB</p><p>{teaser}</p>",
    ],
    ids=["inline", "picture", "flat", "file"],
)
def test_titles_and_days_in_other_places(shape):
    entries = read(shape if shape[1] == "h" else f"<div>{shape}</div>")
    assert titles_and_days(entries) == WANTED
    assert {entry["summary"] for entry in entries} == {TEASER}


def test_a_cell_that_spans_rows_is_that_of_each():
    rows = [f"<td><a href='/odihr/60000{node}'>Clerks meet {node}</a></td>" for node in (1, 2)]
    table = f"<table><tr><td rowspan=2>5 May 2021</td>{rows[0]}</tr><tr>{rows[1]}</tr></table>"
    assert [entry["published"] for entry in read("", table)] == ["2021-05-05"] * 2


@pytest.mark.parametrize("head", ["<h1>News</h1>", "<h2>OSCE Mission to Serbia</h2>"])
def test_a_heading_of_the_page_or_of_a_group_is_no_kind_and_no_teaser(head):
    entries = read("<li><a href='{link}'>{title}</a>, {day}</li>", f"{head}<ul>{{}}</ul>")
    assert [(one["content_type_raw"], one["summary"]) for one in entries] == [(None, None)] * 3


@pytest.mark.parametrize("group", ["<div>{}</div>", "{}"], ids=["boxes", "flat"])
def test_a_day_in_no_heading_may_be_above_several_entries(group):
    entry = "<div>News <a href='/odihr/60000{0}'>Clerks meet in town {0}</a> OSCE Secretariat</div>"
    groups = [("5 May 2021", (1, 2)), ("4 May 2021", (3,)), ("3 May 2021", (4, 5))]
    body = "".join(
        group.format(f"<div>{day}</div>{''.join(map(entry.format, nodes))}")
        for day, nodes in groups
    )
    days = [(entry["published"], entry["summary"]) for entry in read("", f"<div>{body}</div>")]
    assert days == [(f"2021-05-0{day[0]}", None) for day, nodes in groups for _ in nodes]


@pytest.mark.parametrize("number", ["12", "No. 14/2021", "New"])
def test_a_number_or_mark_is_no_teaser(number):
    entries = read(f"<tr><td>{number}<td><a href='{{link}}'>{{title}}</a><td>{{day}}</tr>", TABLE)
    assert titles_and_days(entries) == WANTED
    assert {entry["summary"] for entry in entries} == {None}


@pytest.mark.parametrize(
    ("shape", "around"),
    [
        ("<li>{day} <span>1</span></li><li><a href='{link}'>{title}</a></li>", "<ul>{}</ul>"),
        (
            "<tr><td colspan=2>{day}</td></tr><tr><td><a href='{link}'>{title}</a><td>{unit}</tr>",
            TABLE,
        ),
    ],
    ids=["items", "rows"],
)
def test_a_day_in_an_item_of_its_own_is_that_of_the_entries_below(shape, around):
    assert titles_and_days(read(shape, around)) == WANTED


@pytest.mark.parametrize("head", ["Albania", "OSCE Mission to Moldova", "May 2021"])
def test_the_name_of_a_group_is_no_title(head):
    box = f"<section><h3>{head}</h3><p>{{day}} <a href='{{link}}'>{{title}}</a></p></section>"
    assert titles_and_days(read(box)) == WANTED


def test_questions_that_unfold_are_no_listing():
    text = "<p>{teaser} <a href='{link}'>{on}</a></p>"
    with pytest.raises(NotAListing):
        read(f"<details><summary>{{title}}</summary>{text}</details>")


@pytest.mark.parametrize(
    ("end", "kind", "unit"),
    [
        ("(News, {unit})", "news", True),
        ("({unit}, News)", "news", True),
        ("({unit})", None, True),
        ("[{unit}]", None, True),
        ("(News)", "news", False),
        ("– {unit}", None, True),
        ("<span>{unit}</span>", None, True),
    ],
)
def test_a_teaser_may_end_in_kind_and_unit(end, kind, unit):
    entries = read(f"<div><h3><a href='{{link}}'>{{title}}</a></h3><p>{{teaser}} {end}</p></div>")
    assert [entry["content_type"] for entry in entries] == [kind] * 3
    assert [entry["sources"] for entry in entries] == [[one] if unit else [] for *_, one in ENTRIES]
    assert {entry["summary"] for entry in entries} == {TEASER}


@pytest.mark.parametrize(
    "shape",
    [
        "<li><a href='{link}'><span>News:</span> <span>{title}</span></a><span>{day}</span></li>",
        "<li><a href='{link}'><span>{title}</span> <span>News</span></a> {day}</li>",
        "<li><h3><a href='{link}'>{title}</a></h3><p>News, May {day[0]}, 2021</p></li>",
        "<li><p>{day} | News 14/2021</p><h3><a href='{link}'>{title}</a></h3></li>",
        "<h3><a href='{link}'>{title}</a></h3><p>Date: <span>{day}</span> <span>News</span></p>",
        "<section><h3><a href='{link}'>{title}</a></h3><footer>{day} | News</footer></section>",
    ],
)
def test_a_kind_within_the_title_or_beside_the_day(shape):
    entries = read(shape)
    assert titles_and_days(entries) == WANTED
    assert {entry["content_type_raw"] for entry in entries} == {"News"}


def test_a_word_that_a_search_marks_is_no_kind():
    entries = read("<li><h3><a href='{link}'><mark>News</mark> of {title}</a></h3> {day}</li>")
    assert [entry["title"] for entry in entries] == [f"News of {title}" for title, _ in WANTED]


@pytest.mark.parametrize(("category", "key"), [("News", "content_type_raw"), ("Youth", None)])
def test_labels_of_bylines_end_the_values_before_them(category, key):
    facts = (
        f"Date: {{day}} | Updated: 20.12.2026 | Source: {{unit}} | Category: {category} | Views: 9"
    )
    entries = read(f"<div><h3><a href='{{link}}'>{{title}}</a></h3><p>{facts}</p></div>")
    assert [entry["sources"] for entry in entries] == [[unit] for *_, unit in ENTRIES]
    assert {entry["content_type_raw"] for entry in entries} == {category if key else None}
    assert [entry["fields_of_work"] for entry in entries] == [[] if key else [category]] * 3


@pytest.mark.parametrize("end", ["(with Ada Example)", "(Ukraine)", "It was the last one."])
def test_other_words_after_the_last_sentence_stay_in_the_teaser(end):
    entries = read(f"<div><h3><a href='{{link}}'>{{title}}</a></h3><p>{{teaser}} {end}</p></div>")
    assert {entry["summary"] for entry in entries} == {f"{TEASER} {end}"}


def test_a_linked_teaser_is_no_title():
    linked = "<a href='{link}'>{title}</a><p><a href='{link}'>{teaser}</a></p><p>{day}</p>"
    entries = read(f"<div>{linked}</div>")
    assert titles_and_days(entries) == WANTED
    assert {entry["summary"] for entry in entries} == {TEASER}


def test_a_teaser_may_say_what_no_results_says():
    said = "<p>{day}</p><p>Talks on the bridge yielded no results, the clerks report.</p>"
    entries = read(f"<div><h3><a href='{{link}}'>{{title}}</a></h3>{said}</div>")
    assert titles_and_days(entries) == WANTED


@pytest.mark.parametrize(
    "facts",
    [
        "<p>Farfield, {day}</p>",
        "<p>[{day}]</p>",
        "<p>(May {day[0]}, 2021)</p>",
        "<p>{day} - www.osce.org{link} - {unit}</p>",
        "<p>{day} (OSCE Mission to Croatia (closed))</p>",
    ],
)
def test_a_day_beside_other_marks_and_words(facts):
    shape = f"<div><a href='{{link}}'>{{title}}</a>{facts}<p>{{teaser}}</p></div>"
    entries = read(shape)
    assert titles_and_days(entries) == WANTED
    assert {entry["summary"] for entry in entries} == {TEASER}


def test_a_unit_with_a_long_name_beside_a_link_below_a_day():
    unit = "OSCE Office for Democratic Institutions and Human Rights"
    entries = read(
        f"<h3>{{day}}</h3><ul><li>10:30 <a href='{{link}}'>{{title}}</a> {unit}</li></ul>"
    )
    assert titles_and_days(entries) == WANTED
    assert [entry["sources"] for entry in entries] == [[unit]] * 3


FIELDS = ["Youth", "Elections", "Policing", "Education", "Migration", "Human rights", "Rule of law"]


@pytest.mark.parametrize("form", ["<p>{}</p>", "<ul><li>{}</li></ul>", "<p><span>{}</span></p>"])
def test_an_entry_may_be_filed_under_many_fields_of_work(form):
    mark = {"<p>{}</p>": ", ", "<ul><li>{}</li></ul>": "</li><li>"}.get(form, "</span><span>")
    names = form.format(mark.join(FIELDS))
    shape = "<div><h3><a href='{link}'>{title}</a></h3><p>{day} | {unit}</p>NAMES</div>"
    entries = read(shape.replace("NAMES", names))
    assert [entry["fields_of_work"] for entry in entries] == [FIELDS] * 3
    assert [entry["sources"] for entry in entries] == [[unit] for *_, unit in ENTRIES]


def test_many_fields_of_work_after_the_last_entry_are_a_menu():
    menu = "".join(f"<p><a href='/t/{name}'>{name}</a></p>" for name in FIELDS)
    shape = "<h3><a href='{link}'>{title}</a></h3><p>{day} | {unit}</p>"
    entries = read(shape, f"<div>{{}}{menu}</div>")
    assert [entry["fields_of_work"] for entry in entries] == [[]] * 3


#: Shapes of entries whose titles are headings; some also print a kind.
HEADED = {
    "a heading": "<article><h3><a href='/odihr/{n}'>{t}</a></h3><p>{d}</p></article>",
    "below its kind": "<div><p>News</p><h2><a href='/odihr/{n}'>{t}</a></h2><p>{d}</p></div>",
    "above its kind": "<div><h2><a href='/odihr/{n}'>{t}</a></h2><p>News</p><p>{d}</p></div>",
    "below a heading for its kind": (
        "<div><h3><a href='/odihr/{n}'>News</a></h3><h3><a href='/odihr/{n}'>{t}</a></h3>{d}</div>"
    ),
    "above terms": (
        "<div><h2><a href='/odihr/{n}'>{t}</a></h2><dl><dt>Date</dt><dd>{d}</dd></dl></div>"
    ),
    "above more": (
        "<div><h3><a href='/odihr/{n}'>{t}</a></h3>{d} <a href='/odihr/{n}'>Read more</a></div>"
    ),
    "last in a card": (
        "<li><a href='/odihr/{n}'><b>News</b> <time>{d}</time><h3>{t}</h3></a></li>"
    ),
    "first in a card without headings": (
        "<li><a href='/odihr/{n}'><div>{t}</div><div>{d}</div></a></li>"
    ),
    "last in a card without headings": (
        "<li><a href='/odihr/{n}'><div>News</div><div>{d}</div><div>{t}</div></a></li>"
    ),
    "first in a card": "<li><a href='/odihr/{n}'><h3>{t}</h3><p>News</p><p>{d}</p></a></li>",
}


def test_a_title_may_be_only_the_words_of_a_kind():
    rows = dict(enumerate(["Joint statement", ENTRIES[1][1], "Interview", ENTRIES[2][1]], 600001))

    def read_headed(shape):
        html = "".join(
            HEADED[shape].format(n=n, t=t, d=f"{n - 600000} May 2021") for n, t in rows.items()
        )
        page = f"<html lang='en'><body><main><h1>News</h1>{html}</main></body></html>"
        entries = extract_listing(page, "https://www.osce.org/newsroom")["entries"]
        kinds = {entry["content_type_raw"] for entry in entries}
        return titles_and_days(entries), kinds

    wanted = [(title, f"2021-05-0{node - 600000}") for node, title in rows.items()]
    kinds = {shape: {"News" if "News" in HEADED[shape] else None} for shape in HEADED}
    check_each(read_headed, {shape: (wanted, kinds[shape]) for shape in HEADED})
