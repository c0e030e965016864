"""Listings as tables whose heads sort them, and as elements that HTML does not have.

Heads, marks, cards and facts are tables that a markup is added to; `WANTED` is what all must give.
"""

import pytest
from grid import check_each

from osce_crawl import extract_listing

UNIT, FIELD = "OSCE Mission to Montenegro", "Rule of law"
ENTRIES = [
    (600001, "Budva", "5 May 2021"),
    (600002, "Kotor", "4 May 2021"),
    (600003, "Bar", "3 May 2021"),
]


def title(town):
    return f"Mission and partners open a training centre in {town}"


def link(node, town):
    return f'<a href="/mission-to-montenegro/{node}">{title(town)}</a>'


def read(html):
    page = f'<html lang="en"><body><main><h1>Newsroom</h1>{html}</main></body></html>'
    entries = extract_listing(page, "https://www.osce.org/press-releases")["entries"]
    keys = ("node", "title", "published", "content_type", "sources", "fields_of_work", "summary")
    return [tuple(entry[key] for key in keys) for entry in entries]


WANTED = [
    (str(node), title(town), f"2021-05-0{5 - n}", "press-release", [UNIT], [FIELD], None)
    for n, (node, town, _) in enumerate(ENTRIES)
]

#: What marks the column by which a table is sorted.
MARKS = {
    "none": "",
    "arrow": " ▲",
    "picture": '<img src="/misc/arrow-desc.png" alt="sort descending">',
    "hidden words": '<span class="visually-hidden">Sort ascending</span>',
    "drawing": "<svg></svg>",
}
HEADS = {
    "date": ("Date", "Title", "Content type", "Source", "Fields of work"),
    "publishing date": ("Publishing date", "Title", "Type", "Where we are", "What we do"),
    "Montenegrin": ("Datum", "Naslov", "Vrsta sadržaja", "Izvor", "Naš rad"),
}


def sorting(name, mark):
    return f'<th><a href="?order={name}&amp;sort=asc" title="sort by {name}">{name}{mark}</a></th>'


GROUPS = ("<thead><tr>{}</tr></thead><tbody>{}</tbody>", "<tr>{}</tr>{}")


def table(group, names, mark, linked):
    head = "".join(
        f"<th>{name}</th>" if name in {"Title", "Naslov"} else sorting(name, mark) for name in names
    )
    unit = f'<a href="/mission-to-montenegro">{UNIT}</a>' if linked else UNIT
    rows = "".join(
        f"<tr><td>{date}</td><td>{link(node, town)}</td><td>Press release</td><td>{unit}</td>"
        f"<td>{FIELD}</td></tr>"
        for node, town, date in ENTRIES
    )
    return f"<table>{group.format(head, rows)}</table>"


@pytest.mark.parametrize("heads", HEADS)
def test_table_whose_heads_sort_it(heads):
    check_each(
        lambda mark, group, linked: read(table(group, HEADS[heads], MARKS[mark], linked)),
        {(m, group, linked): WANTED for m in MARKS for group in GROUPS for linked in (True, False)},
    )


def test_a_table_of_roles_is_a_table():
    def row(role, *cells):
        return (
            f"<div role=row>{''.join(f'<span role={role}>{cell}</span>' for cell in cells)}</div>"
        )

    rows = [row("columnheader", *HEADS["date"])]
    rows += [
        row("cell", date, link(node, town), "Press release", UNIT, FIELD)
        for node, town, date in ENTRIES
    ]
    assert read(f"<div role=table><div role=rowgroup>{''.join(rows)}</div></div>") == WANTED


FACTS = {
    "spans": "<x-fact><span>{}</span><span>{}</span></x-fact>",
    "spans with colons": "<x-fact><span>{}:</span> <span>{}</span></x-fact>",
    "parts": "<x-fact><x-label>{}</x-label><x-value>{}</x-value></x-fact>",
    "parts with colons": "<x-fact><x-label>{}:</x-label><x-value>{}</x-value></x-fact>",
    "flat parts": "<x-label>{}</x-label><x-value>{}</x-value>",
    "strong": "<x-fact><b>{}</b> {}</x-fact>",
    "boxes": '<x-fact><div slot="label">{}</div><div slot="value">{}</div></x-fact>',
    "words": "<x-fact>{}: {}</x-fact>",
}
CARDS = {
    "card": "<x-card><h3>{link}</h3><x-facts>{facts}</x-facts></x-card>",
    "facts without a box": "<x-card><x-title>{link}</x-title>{facts}</x-card>",
    "article": "<article><h2>{link}</h2>{facts}</article>",
    "facts first": "<x-item><x-facts>{facts}</x-facts><h2>{link}</h2></x-item>",
    "linked card": (
        '<a href="/mission-to-montenegro/{node}"><x-item><x-title>{title}</x-title>'
        "<x-facts>{facts}</x-facts></x-item></a>"
    ),
}


@pytest.mark.parametrize("card", CARDS)
def test_elements_that_html_does_not_have(card):
    def listing(fact):
        cards = [
            CARDS[card].format(
                node=node,
                link=link(node, town),
                title=title(town),
                facts="".join(
                    FACTS[fact].format(label, value)
                    for label, value in [
                        ("Publishing date", date),
                        ("Content type", "Press release"),
                        ("Where we are", UNIT),
                        ("What we do", FIELD),
                    ]
                ),
            )
            for node, town, date in ENTRIES
        ]
        return f"<x-list>{''.join(cards)}</x-list>"

    check_each(lambda fact: read(listing(fact)), dict.fromkeys(FACTS, WANTED))


LABELS = {
    "strong": "<p><strong>{}:</strong> {}</p>",
    "dl": "<dl><dt>{}</dt><dd>{}</dd></dl>",
    "spans": "<div><span>{}:</span> <span>{}</span></div>",
    "side by side": '<div class="x">{}:</div><div class="x">{}</div>',
    "custom elements": "<x-fact><span>{}</span><span>{}</span></x-fact>",
}


@pytest.mark.parametrize("label", LABELS)
def test_label_that_no_vocabulary_knows_ends_values_and_is_no_summary(label):
    facts = [
        ("Publishing date", "{date}"),
        ("Handled by", "the night desk of the Mission"),
        ("Content type", "Press release"),
        ("Where we are", UNIT),
        ("Shelf", "the third from the left"),
        ("What we do", FIELD),
    ]
    lines = "".join(LABELS[label].format(*fact) for fact in facts)
    cards = "".join(
        f"<li><h3>{link(node, town)}</h3>{lines.format(date=date)}</li>"
        for node, town, date in ENTRIES
    )
    assert read(f"<ul>{cards}</ul>") == WANTED


def test_text_below_a_label_that_no_vocabulary_knows_is_the_summary():
    teaser = "The centre is open to all."
    cards = "".join(
        f"<li><h3>{link(node, town)}</h3><dl><dt>Date</dt><dd>{date}</dd><dt>Gist</dt>"
        f"<dd>{teaser}</dd><dt>Source</dt><dd>{UNIT}</dd></dl></li>"
        for node, town, date in ENTRIES
    )
    assert [entry[-1] for entry in read(f"<ul>{cards}</ul>")] == [teaser] * 3


@pytest.mark.parametrize("label", ["strong", "dl", "side by side"])
def test_kind_below_a_label_that_no_vocabulary_knows_is_a_kind_still(label):
    facts = [("Date", "{date}"), ("Sort of item", "Press release"), ("Source", UNIT)]
    lines = "".join(LABELS[label].format(*fact) for fact in facts)
    cards = "".join(
        f"<li><h3>{link(node, town)}</h3>{lines.format(date=date)}</li>"
        for node, town, date in ENTRIES
    )
    assert [entry[3] for entry in read(f"<ul>{cards}</ul>")] == ["press-release"] * 3
