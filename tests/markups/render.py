"""Renders facts of a release or listing as whole pages, in many markups of content systems.

Nothing here knows how pages are read. Class names come from a seeded generator, so that no test can
pass because of a name. Every axis (header, values, title, text, panes …) is a table of renderers,
which the tests combine.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo")


class Names:
    """Meaningless class names, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def __call__(self) -> str:
        """Return one class name."""
        return "".join(self._random.choices(_SYLLABLES, k=3)) + str(self._random.randrange(100))


# ------------------------------------------------------------------------------------ the facts


@dataclass(frozen=True)
class Term:
    """A glossary term in a sentence: ``shown`` is the visible text, ``term`` opens the tooltip."""

    shown: str
    term: str
    definition: str


#: A paragraph: its words, with terms in between.
Paragraph = tuple[str | Term, ...]


@dataclass(frozen=True)
class Facts:
    """The contents of a release page.

    :ivar stamp: ``datetime`` of the header's date; ``date``: its printed words.
    :ivar lead: a paragraph that is not part of the text; only some layouts print it.
    """

    url: str
    title: str
    kind: str
    date: str | None
    stamp: str | None
    places: tuple[str, ...]
    sources: tuple[str, ...]
    fields: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    lead: str | None = None
    contacts: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    caption: str | None = None

    @property
    def body(self) -> str:
        """The visible text, without the tooltips."""
        return "\n\n".join(
            "".join(piece if isinstance(piece, str) else piece.shown for piece in paragraph)
            for paragraph in self.paragraphs
        )


@dataclass(frozen=True)
class Entry:
    """The contents of one listing entry; ``date`` is printed, ``stamp`` is ISO."""

    url: str
    title: str
    date: str | None
    stamp: str | None
    kind: str | None
    sources: tuple[str, ...]
    fields: tuple[str, ...]
    teaser: str | None


# ------------------------------------------------------------------- values and header renderings


@dataclass(frozen=True)
class Row:
    """One line of a header: a label without its colon, and each value as HTML."""

    label: str
    values: tuple[str, ...]


def _slug(words: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())


def _comma(values: Sequence[str]) -> str:
    return ", ".join(values)


def _links(values: Sequence[str]) -> str:
    return ", ".join(f'<a href="/{_slug(value)}">{value}</a>' for value in values)


def _bare_links(values: Sequence[str]) -> str:
    return " ".join(f'<a href="/{_slug(value)}">{value}</a>' for value in values)


def _spans(values: Sequence[str]) -> str:
    return "".join(f"<span>{value}</span>" for value in values)


def _linked_spans(values: Sequence[str]) -> str:
    return ", ".join(f'<span><a href="/{_slug(value)}">{value}</a></span>' for value in values)


def _divs(values: Sequence[str]) -> str:
    return "".join(f"<div>{value}</div>" for value in values)


def _items(values: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{value}</li>' for value in values)}</ul>" if values else ""


def _linked_items(values: Sequence[str]) -> str:
    items = "".join(f'<li><a href="/{_slug(value)}">{value}</a></li>' for value in values)
    return f"<ul>{items}</ul>" if values else ""


#: Ways to print several values of one label inline, which are allowed everywhere.
INLINE_VALUES: dict[str, Callable[[Sequence[str]], str]] = {
    "comma": _comma,
    "links": _links,
    "bare links": _bare_links,
    "spans": _spans,
    "linked spans": _linked_spans,
}
BLOCK_VALUES: dict[str, Callable[[Sequence[str]], str]] = {
    "divs": _divs,
    "list": _items,
    "linked list": _linked_items,
}
VALUES = INLINE_VALUES | BLOCK_VALUES

Join = Callable[[Sequence[str]], str]
Header = Callable[[Sequence[Row], Join, Names], str]


def _each(template: str, around: str = "{}") -> Header:
    """Return a renderer that fills *template* (``{l}`` label, ``{v}`` values) once per row."""

    def render(rows: Sequence[Row], join: Join, name: Names) -> str:
        return around.replace("{}", "".join(_filled(template, row, join, name) for row in rows))

    return render


def _filled(template: str, row: Row, join: Join, name: Names) -> str:
    text = template.replace("{l}", row.label).replace("{v}", join(row.values))
    while "{c}" in text:
        text = text.replace("{c}", name(), 1)
    return text


def _many(opening: str, each: str, around: str) -> Header:
    """Return a renderer with one element per value: *opening* for the label, *each* for a value."""

    def render(rows: Sequence[Row], join: Join, name: Names) -> str:
        pieces = []
        for row in rows:
            pieces.append(_filled(opening, row, join, name))
            pieces += [
                _filled(each, Row(row.label, (value,)), join, name) for value in row.values or ("",)
            ]
        return around.replace("{}", "".join(pieces))

    return render


def _columns(rows: Sequence[Row], join: Join, name: Names) -> str:
    heads = "".join(f"<td><b>{row.label}:</b></td>" for row in rows)
    cells = "".join(f"<td>{join(row.values)}</td>" for row in rows)
    return f'<table class="{name()}"><tr>{heads}</tr><tr>{cells}</tr></table>'


def _head_columns(rows: Sequence[Row], join: Join, name: Names) -> str:
    heads = "".join(f"<th>{row.label}</th>" for row in rows)
    cells = "".join(f"<td>{join(row.values)}</td>" for row in rows)
    table = f"<thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody>"
    return f'<table class="{name()}">{table}</table>'


def _drupal_8(rows: Sequence[Row], join: Join, name: Names) -> str:
    fields = []
    for row in rows:
        items = "".join(f'<div class="{name()}">{join((value,))}</div>' for value in row.values)
        held = f'<div class="{name()}">{items}</div>' if len(row.values) > 1 else items
        label = f'<div class="{name()}">{row.label}</div>'
        fields.append(f'<div class="{name()} {name()}">\n  {label}\n  {held}\n</div>')
    return f'<div class="{name()}">{"".join(fields)}</div>'


#: Headers whose values are printed inline.
INLINE_HEADERS: dict[str, Header] = {
    "p strong": _each("<p><strong>{l}:</strong> {v}</p>"),
    "p strong, colon outside": _each("<p><strong>{l}</strong>: {v}</p>"),
    "p strong, space inside": _each("<p><strong>{l}: </strong>{v}</p>"),
    "one p, b and br": _each("<b>{l}:</b> {v}<br/>", '<p class="x">{}</p>'),
    "one p, b, br below the label": _each("<b>{l}:</b><br>{v}<br>", "<p>{}</p>"),
    "one div, plain lines": _each("{l}: {v}<br />\n", '<div class="x">{}</div>'),
    "one p, strong labels in a row": _each("<strong>{l}:</strong> {v} ", "<p>{}</p>"),
    "one p, bars": _each("<strong>{l}:</strong> {v} | ", "<p>{}</p>"),
    "p lines": _each("<p>{l}: {v}</p>"),
    "p and em": _each('<p class="{c}"><em>{l}:</em> {v}</p>'),
    "li line": _each("<li>{l}: {v}</li>", '<ul class="x">{}</ul>'),
    "li strong": _each("<li><strong>{l}:</strong> {v}</li>", "<ul>{}</ul>"),
    "li strong, colon outside": _each("<li><strong>{l}</strong>: {v}</li>", "<ul>{}</ul>"),
    "li span span": _each("<li><span>{l}:</span><span>{v}</span></li>", "<ul>{}</ul>"),
    "li bare span span": _each(
        '<li><span class="{c}">{l}</span> <span class="{c}">{v}</span></li>', "<ul>{}</ul>"
    ),
    "div span span": _each(
        '<div class="{c}"><span class="{c}">{l}:</span> <span class="{c}">{v}</span></div>'
    ),
    "div bare span span": _each(
        '<div class="{c}"><span class="{c}">{l}</span><span class="{c}">{v}</span></div>'
    ),
    "one div, spans without separators": _each(
        '<span class="{c}">{l}:</span><span class="{c}">{v}</span>', "<div>{}</div>"
    ),
    "span rows in one div": _each(
        '<span class="{c}"><span class="{c}">{l}:</span> {v}</span>', "<div>{}</div>"
    ),
    "span lines in one div": _each('<span class="{c}">{l}: {v}</span>\n', "<div>{}</div>"),
    "bare strong above br": _each("<p><strong>{l}</strong><br>{v}</p>"),
    "p above p": _each("<p>{l}:</p><p>{v}</p>"),
    "p strong above p": _each("<p><strong>{l}:</strong></p>\n<p>{v}</p>"),
}
#: Headers whose values may be blocks.
BLOCK_HEADERS: dict[str, Header] = {
    "dl": _each("<dt>{l}:</dt><dd>{v}</dd>\n", '<dl class="x">{}</dl>'),
    "dl, bare": _each("<dt>{l}</dt>\n<dd>{v}</dd>", "<dl>{}</dl>"),
    "dl, strong in dt": _each("<dt><strong>{l}</strong>:</dt><dd>{v}</dd>", "<dl>{}</dl>"),
    "dl in divs": _each('<div class="{c}"><dt>{l}:</dt><dd>{v}</dd></div>', "<dl>{}</dl>"),
    "dl in divs, bare": _each('<div class="{c}"><dt>{l}</dt> <dd>{v}</dd></div>', "<dl>{}</dl>"),
    "dl a row": _each("<dl><dt>{l}:</dt><dd>{v}</dd></dl>"),
    "th td": _each("<tr><th>{l}:</th><td>{v}</td></tr>", "<table>{}</table>"),
    "th td, bare": _each("<tr><th scope=row>{l}</th><td>{v}</td></tr>", "<table>{}</table>"),
    "td td": _each("<tr><td>{l}:</td><td>{v}</td></tr>", "<table><tbody>{}</tbody></table>"),
    "td td, bare": _each("<tr><td>{l}</td><td>{v}</td></tr>", "<table>{}</table>"),
    "td strong td": _each("<tr><td><b>{l}:</b></td><td>{v}</td></tr>", "<table>{}</table>"),
    "labels above values": _columns,
    "th above td": _head_columns,
    "li pairs": _each("<li>{l}:</li><li>{v}</li>", "<ul>{}</ul>"),
    "div pairs": _each(
        '<div class="{c}"><div class="{c}">{l}:</div><div class="{c}">{v}</div></div>'
    ),
    "div pairs, bare": _each(
        '<div class="{c}">\n<div class="{c}">{l}</div>\n<div class="{c}">{v}</div>\n</div>'
    ),
    "flat divs": _each('<div class="{c}">{l}:</div><div class="{c}">{v}</div>', "<div>{}</div>"),
    "flat bare divs": _each(
        '<div class="{c}">{l}</div><div class="{c}">{v}</div>', "<div>{}</div>"
    ),
    "label in strong, value in div": _each("<div><strong>{l}:</strong><div>{v}</div></div>"),
    "heading above value": _each("<h4>{l}:</h4><div>{v}</div>"),
    "bare heading above value": _each('<div class="{c}"><h3>{l}</h3><div>{v}</div></div>'),
    "Drupal 6 CCK": _each(
        '<div class="{c}"><div class="{c}">{l}:&nbsp;</div><div class="{c}">'
        '<div class="{c} odd">{v}</div></div></div>'
    ),
    "Drupal 6 CCK, label in the item": _each(
        '<div class="{c}"><div class="{c}"><div class="{c} odd">\n<div class="{c}">\n{l}:&nbsp;'
        "</div>\n{v}</div></div></div>"
    ),
    "NBSP before the colon": _each(
        '<div class="{c}"><div class="{c}">{l}&nbsp;:</div><div class="{c}">{v}</div></div>'
    ),
    "section a label": _each("<section><h2>{l}:</h2><div>{v}</div></section>"),
}
#: Headers with one element per value, for which the joining of values does not matter.
MANY_HEADERS: dict[str, Header] = {
    "dl, many dd": _many("<dt>{l}:</dt>", "<dd>{v}</dd>", "<dl>{}</dl>"),
    "dl, many dd, bare": _many("<dt>{l}</dt>\n", "<dd>{v}</dd>\n", "<dl>{}</dl>"),
    "Drupal 8": _drupal_8,
    "spans, one a value": _many("<br><span>{l}: </span>", "<span>{v}</span> ", "<div>{}</div>"),
}
HEADERS = INLINE_HEADERS | BLOCK_HEADERS | MANY_HEADERS

#: Elements that may contain a header.
HEADER_BOXES: dict[str, str] = {
    "nothing": "{}",
    "div": '<div class="x1">{}</div>',
    "three divs": '<div class="x1"><div><div class="x2">{}</div></div></div>',
    "header": "<header>{}</header>",
    "section": '<section class="x3">{}</section>',
    "aside": '<aside class="x4">{}</aside>',
}

#: Ways to print the date, given its words and its machine-readable form.
DATES: dict[str, Callable[[str, str], str]] = {
    "words": lambda date, _: date,
    "time": lambda date, stamp: f'<time datetime="{stamp}">{date}</time>',
    "empty time": lambda _, stamp: f'<time datetime="{stamp}"></time>',
    "span": lambda date, _: f'<span class="x5">{date}</span>',
    "time in span": lambda date, stamp: f'<span><time datetime="{stamp}">{date}</time>\n</span>',
    "time without anything": lambda _, __: "<time></time>",
    "none": lambda _, __: "",
}
#: Ways to print no date at all.
NO_DATES = ("time without anything", "none")

# -------------------------------------------------------------------------- headline, kind, text

TITLES: dict[str, str] = {
    "h1": "<h1>{}</h1>",
    "h1 in div": '<div class="x6"><h1 class="x7">{}</h1></div>',
    "h1 in three divs": "<div><div>\n<div><h1><span>{}</span></h1></div></div></div>",
    "h1 in header": "<header><h1>{}</h1></header>",
    "h1 in hgroup": "<hgroup><h1>{}</h1></hgroup>",
    "h1 in a table": "<table><tr><td><h1>{}</h1></td></tr></table>",
    "h1 that links itself": '<h1><a href="{url}">{}</a></h1>',
}

KINDS: dict[str, tuple[str, str]] = {
    "p above": ("<p>{}</p>", ""),
    "h2 above": ("<h2>{}</h2>", ""),
    "h3 in div above": ('<div class="x8"><h3>{}</h3></div>', ""),
    "span above": ("<span>{}</span>", ""),
    "span in div above": ('<div class="x8"><span class="x9">{}</span></div>', ""),
    "div above": ('<div class="x8">{}</div>', ""),
    "linked above": ('<div><a href="/press-releases">{}</a></div>', ""),
    "p below": ("", "<p>{}</p>"),
    "h2 below": ("", "<h2>{}</h2>"),
    "div below": ("", '<div class="x8">{}</div>'),
    "span in div below": ("", "<div><span>{}</span></div>"),
}

#: Markups of a tooltip in its sentence, after the visible term.
TOOLTIPS: dict[str, str] = {
    "span br": "{s}<span>{t}<br>{d}</span>",
    "span p br": '{s}<span class="x10">{t}<br/>\n{d}</span>',
    "a br": '{s}<a href="#">{t}<br>{d}</a>',
    "em br": "{s}<em>{t}<br />{d}</em>",
    "dfn br": "{s}<dfn>{t}<br>{d}</dfn>",
    "abbr br": "<abbr>{s}<span>{t}<br>{d}</span></abbr>",
    "span strong": "{s}<span><strong>{t}</strong> {d}</span>",
    "span b br": "{s}<span><b>{t}</b><br>{d}</span>",
    "span spans": "{s}<span><span>{t}</span><span>{d}</span></span>",
    "term in span, tooltip in span": "<span>{s}<span>{t}<br>{d}</span></span>",
    "term in a, tooltip in span": '<a href="/glossary/{t}">{s}</a><span>{t}<br>{d}</span>',
    "term in a around tooltip": '<a href="#">{s}<span>{t}<br>{d}</span></a>',
    "dfn spans": "{s}<dfn><span>{t}</span> <span>{d}</span></dfn>",
    "role tooltip": '<span>{s}</span><span role="tooltip">{t}<br>{d}</span>',
}


def _paragraph(paragraph: Paragraph, tooltip: str) -> str:
    return "".join(
        escape(piece, quote=False)
        if isinstance(piece, str)
        else tooltip.replace("{s}", escape(piece.shown, quote=False))
        .replace("{t}", escape(piece.term, quote=False))
        .replace("{d}", escape(piece.definition, quote=False))
        for piece in paragraph
    )


def _nested(depth: int) -> Callable[[Sequence[str]], str]:
    def render(paragraphs: Sequence[str]) -> str:
        text = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
        for level in range(depth):
            text = f'<div class="w{level}">{text}</div>'
        return text

    return render


BODIES: dict[str, Callable[[Sequence[str]], str]] = {
    "flat": _nested(0),
    "one div": _nested(1),
    "two divs": _nested(2),
    "three divs": _nested(3),
    "four divs": _nested(4),
    "div a paragraph": lambda ps: f"<div>{''.join(f'<div>{p}</div>' for p in ps)}</div>",
    "div a paragraph, flat": lambda ps: "".join(f'<div class="x11">{p}</div>' for p in ps),
    "div around each p": lambda ps: "".join(f"<div><p>{p}</p></div>" for p in ps),
    "br br": lambda ps: f"<div>{'<br><br>'.join(ps)}</div>",
    "br br in p": lambda ps: f"<p>{'<br /><br />'.join(ps)}</p>",
    "first bare, then p": lambda ps: f"<div>{ps[0]}{''.join(f'<p>{p}</p>' for p in ps[1:])}</div>",
    "article": lambda ps: f"<article>{''.join(f'<p>{p}</p>' for p in ps)}</article>",
    "section a paragraph": lambda ps: "".join(f"<section><p>{p}</p></section>" for p in ps),
    "p spans": lambda ps: "".join(f'<p class="x12"><span>{p}</span></p>' for p in ps),
    "td": lambda ps: f"<table><tr><td>{''.join(f'<p>{p}</p>' for p in ps)}</td></tr></table>",
    "first p in a box of its own": lambda ps: (
        f"<div><p>{ps[0]}</p></div><div>{''.join(f'<p>{p}</p>' for p in ps[1:])}</div>"
    ),
}

# ------------------------------------------------------------------------------------- the panes

PANES: dict[str, Callable[[str, str], str]] = {
    "h2 and div": lambda words, held: f"<h2>{words}</h2><div>{held}</div>",
    "div with h2": lambda words, held: f'<div class="x13"><h2>{words}</h2>{held}</div>',
    "div with h3 and div": lambda words, held: f"<div><h3>{words}</h3><div>{held}</div></div>",
    "details": lambda words, held: f"<details><summary>{words}</summary>{held}</details>",
    "aside": lambda words, held: f"<aside><h2>{words}</h2>{held}</aside>",
    "section": lambda words, held: f"<section><h2>{words}</h2>{held}</section>",
    "p strong": lambda words, held: f"<div><p><strong>{words}</strong></p>{held}</div>",
    "p strong, colon": lambda words, held: f"<div><p><strong>{words}:</strong></p>{held}</div>",
    "dl": lambda words, held: f"<dl><dt>{words}</dt><dd>{held}</dd></dl>",
    "table": lambda words, held: (
        f"<table><tr><th>{words}</th></tr><tr><td>{held}</td></tr></table>"
    ),
    "div and div": lambda words, held: f"<div><div>{words}</div><div>{held}</div></div>",
}


def _pane_contents(facts: Facts) -> dict[str, str]:
    """Return heading → contents of each pane of *facts*."""
    contents = {
        "Contacts": "".join(f"<div><p>{contact}</p></div>" for contact in facts.contacts),
        "Downloads": _link_list(facts.documents),
        "Related": _link_list(facts.related),
        "Languages": _link_list(facts.languages),
    }
    return {words: held for words, held in contents.items() if held}


def _link_list(links: Sequence[tuple[str, str]]) -> str:
    items = "".join(f'<li><a href="{url}">{escape(text)}</a></li>' for url, text in links)
    return f"<ul>{items}</ul>" if items else ""


# ----------------------------------------------------------------------------------- whole pages

_MENU = {
    "Our work": ("Fields of work", "Field operations", "Projects", "Meetings and conferences"),
    "Fields of work": ("Arms control", "Border management", "Policing", "Rule of law", "Youth"),
    "Where we are": ("Presence in Albania", "Mission in Kosovo", "Mission to Serbia"),
    "Secretariat": ("Secretary General", "Conflict Prevention Centre", "Source documents"),
    "Newsroom": ("News and press releases", "Events", "Multimedia", "Contacts"),
}
_FACETS = {
    "Content type": ("Press release (214)", "News (77)", "Spot report (8)"),
    "Where we are": ("OSCE Mission to Serbia (15)", "OSCE Secretariat (26)"),
    "What we do": ("Policing (31)", "Elections (12)"),
    "Date": ("2024 (120)", "2023 (98)"),
}


@cache
def menu(leaves: tuple[str, ...] = ()) -> str:
    """Return a long menu of nested plain lists that repeats the words of labels.

    :param leaves: more words for it.
    """
    branches = "".join(
        f"<li><span>{words}</span><ul>"
        + "".join(f'<li><p><a href="/{_slug(leaf)}">{leaf}</a></p></li>' for leaf in leaves)
        + "</ul></li>"
        for words, leaves in {**_MENU, "More": leaves}.items()
    )
    return f"<ul>{branches}</ul>"


@cache
def facets() -> str:
    """Return filter blocks with the words of labels and counts, and the search form."""
    blocks = "".join(
        f"<div><h2>{words}</h2><ul>"
        + "".join(f'<li><a href="?f={_slug(leaf)}">{leaf}</a></li>' for leaf in leaves)
        + "</ul></div>"
        for words, leaves in _FACETS.items()
    )
    form = (
        '<form action="/search"><label for="q">Search</label><input name="q" id="q">'
        '<label for="t">Content type:</label><select id="t"><option>News</option></select>'
        '<label for="d">Date:</label><input id="d"><button>Apply</button></form>'
    )
    return form + blocks


LATEST = (
    '<div class="x20"><h2>Latest news</h2>'
    '<div><p>2 October 2026</p><h3><a href="/secretariat/699101">Data exchange reviewed</a></h3>'
    "<p>Delegates compared how their systems answer requests and agreed to meet again in the "
    "spring to look at what has changed since.</p></div>"
    '<div><p>1 October 2026</p><h3><a href="/odihr/699077">Observers share notes</a></h3>'
    "<p>Observers compared notes on campaign finance and put together a list of questions that "
    "future missions should ask early on.</p></div></div>"
)
COOKIES = (
    '<div class="x21"><p>We use cookies to remember your settings and to count visits, and we do '
    "not share what we learn with anybody outside of this organization.</p><button>Accept"
    "</button></div>"
)
FOOTER = (
    '<div class="x22"><ul><li><a href="/copyright">Copyright</a></li>'
    '<li><a href="/contacts">Contacts</a></li></ul><p>© OSCE 1995–2026</p></div>'
)
PROSE_FOOTER = (
    '<div class="x22"><p>The organization works for stability, prosperity and democracy in all of '
    "its participating States through dialogue about shared values and practical work.</p>"
    '<ul><li><a href="/copyright">Copyright</a></li><li><a href="/contacts">Contacts</a></li></ul>'
    "</div>"
)
SHARE = (
    '<div><ul><li><a href="https://www.facebook.com/sharer.php?u=x">Facebook</a></li>'
    '<li><a href="https://twitter.com/share?u=x">Twitter</a></li>'
    '<li><a href="mailto:?body=x">E-mail</a></li></ul></div>'
)
BREADCRUMB = '<div class="x23"><a href="/">Home</a> » <a href="/press-releases">Newsroom</a></div>'


@dataclass(frozen=True)
class Layout:
    """The markup of a release page: the name of a renderer on every axis."""

    header: str = "dl"
    values: str = "comma"
    box: str = "nothing"
    date: str = "words"
    title: str = "h1"
    kind: str = "p above"
    body: str = "one div"
    tooltip: str = "span br"
    pane: str = "div with h2"
    #: ``after title``, ``before title``, ``after lead``.
    header_at: str = "after title"
    #: ``after``, ``before`` the text, ``beside`` or ``beside, first``, ``none``.
    panes_at: str = "after"
    #: Names of the parts around the article.
    around: tuple[str, ...] = ("menu", "breadcrumb", "footer")
    labels: tuple[str, str, str, str] = ("Date", "Place", "Source", "Fields of work")


def header_rows(facts: Facts, layout: Layout) -> list[Row]:
    """Return the header of *facts*; a missing place has no row, an empty date has one."""
    labels = layout.labels
    shown = DATES[layout.date](facts.date or "", facts.stamp or "")
    rows = [Row(labels[0], (shown,) if shown else ())]
    if facts.places:
        rows.append(Row(labels[1], facts.places))
    if facts.sources:
        rows.append(Row(labels[2], facts.sources))
    if facts.fields:
        rows.append(Row(labels[3], facts.fields))
    return rows


def _render_header(facts: Facts, layout: Layout, name: Names) -> str:
    join = VALUES[layout.values]

    def joined(values: Sequence[str]) -> str:
        # a date is printed unchanged, only names are linked or listed
        return values[0] if len(values) == 1 and values[0][:1].isdigit() else _join(values)

    def _join(values: Sequence[str]) -> str:
        return values[0] if values and values[0].startswith("<") else join(values)

    return HEADER_BOXES[layout.box].replace(
        "{}", HEADERS[layout.header](header_rows(facts, layout), joined, name)
    )


def release_page(facts: Facts, layout: Layout, leaves: tuple[str, ...] = ()) -> str:
    """Return the page of *facts* in the markup of *layout*; *leaves* are words for its menu."""
    name = Names(repr(layout))
    title = TITLES[layout.title].replace("{url}", facts.url)
    title = title.replace("{}", escape(facts.title, quote=False))
    above, below = (part.replace("{}", facts.kind) for part in KINDS[layout.kind])
    header = _render_header(facts, layout, name)
    lead = f"<p>{facts.lead}</p>" if facts.lead and layout.header_at == "after lead" else ""
    text = BODIES[layout.body](
        [_paragraph(paragraph, TOOLTIPS[layout.tooltip]) for paragraph in facts.paragraphs]
    )
    panes = "".join(
        PANES[layout.pane](words, held) for words, held in _pane_contents(facts).items()
    )
    if facts.caption:
        image = '<img src="/files/f/images/hires/4/2/700001.jpg" width="800" alt="">'
        text = f"<figure>{image}<figcaption>{facts.caption}</figcaption></figure>{text}"
    opening = {
        "after title": above + title + below + header,
        "before title": header + above + title + below,
        "after lead": above + title + below + lead + header,
    }[layout.header_at]
    article = {
        "after": opening + text + panes,
        "before": opening + panes + text,
        "beside": f"{opening}<div><div>{text}</div><div>{panes}</div></div>",
        "beside, first": f"{opening}<div><div>{panes}</div><div>{text}</div></div>",
        "none": opening + text,
    }[layout.panes_at]
    return _shell(facts.title, article, layout.around, name, leaves)


def _shell(
    title: str, content: str, around: Sequence[str], name: Names, leaves: tuple[str, ...] = ()
) -> str:
    pieces = {
        "menu": f'<div class="{name()}">{menu(leaves)}</div>',
        "nav menu": f"<nav>{menu(leaves)}</nav>",
        "cookies": COOKIES,
        "facets": f'<div class="{name()}">{facets()}</div>',
        "breadcrumb": BREADCRUMB,
        "latest": LATEST,
        "share": SHARE,
        "footer": FOOTER,
        "prose footer": PROSE_FOOTER,
        "menu below": f'<div class="{name()}">{menu(leaves)}</div>',
        "facets below": f'<div class="{name()}">{facets()}</div>',
    }
    above = ("menu", "nav menu", "cookies", "facets", "breadcrumb")
    before = "".join(pieces[part] for part in around if part in above)
    after = "".join(pieces[part] for part in around if part not in above)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)} | OSCE</title></head><body>"
        f'<div class="{name()}">{before}</div><div class="{name()}"><div class="{name()}">'
        f"{content}</div></div>{after}</body></html>"
    )


# ------------------------------------------------------------------------------------- listings


@dataclass(frozen=True)
class ListingLayout:
    """The markup of a listing page: the name of a renderer on every axis."""

    container: str = "div"
    heading: str = "h3 a"
    meta: str = "p strong"
    linked: bool = True
    #: ``title first`` or ``date first``.
    order: str = "title first"
    teaser: str = "p"
    image: bool = False
    sidebar: tuple[str, ...] = ()
    pager: str = "ul.pager"
    total: str | None = None
    labels: tuple[str, str, str, str] = (
        "Publishing date",
        "Content type",
        "Where we are",
        "What we do",
    )
    around: tuple[str, ...] = field(default=("menu", "facets", "footer"))


HEADINGS: dict[str, str] = {
    "h3 a": '<h3><a href="{u}">{t}</a></h3>',
    "h2 a span": '<h2 class="x30"><a href="{u}"><span>{t}</span></a></h2>',
    "a h3": '<a href="{u}"><h3>{t}</h3></a>',
    "p strong a": '<p><strong><a href="{u}">{t}</a></strong></p>',
    "p a strong": '<p><a href="{u}"><b>{t}</b></a></p>',
    "div a": '<div><a href="{u}">{t}</a></div>',
    "bare a": '<a href="{u}">{t}</a>',
}
METAS: dict[str, Header] = {
    "p lines": _each("<p>{l}: {v}</p>"),
    "p strong": _each("<p><strong>{l}:</strong> {v}</p>"),
    "p span, value bare": _each("<p><span>{l}:</span> {v}</p>"),
    "span lines": _each('<span class="{c}">{l}: {v}</span> ', "<div>{}</div>"),
    "span pairs": _each("<span>{l}:</span><span>{v}</span>", "<div>{}</div>"),
    "div rows": _each('<div class="{c}"><div>{l}:</div><div>{v}</div></div>'),
    "li lines": _each("<li>{l}: {v}</li>", "<ul>{}</ul>"),
    "li strong": _each("<li><strong>{l}:</strong> {v}</li>", "<ul>{}</ul>"),
    "dl": _each("<dt>{l}:</dt><dd>{v}</dd>", "<dl>{}</dl>"),
    "dl, bare": _each("<dt>{l}</dt><dd>{v}</dd>", "<dl>{}</dl>"),
    "table": _each("<tr><th>{l}:</th><td>{v}</td></tr>", "<table>{}</table>"),
    "br lines": _each("{l}: {v}<br>", "<div>{}</div>"),
    "bars": _each("<b>{l}:</b> {v} | ", "<p>{}</p>"),
    "Drupal 8": _drupal_8,
}
#: Metas without any label: only date and kind can be recognised.
BARE_METAS: dict[str, str] = {
    "time and span": '<div><time datetime="{s}">{d}</time><span>{k}</span></div>',
    "p date, p kind": "<p>{d}</p><p>{k}</p>",
    "date and kind by a bar": "<p>{d} | {k}</p>",
    "kind and date by a dot": "<div><span>{k}</span> · <span>{d}</span></div>",
    "time only": '<p><time datetime="{s}">{d}</time></p>',
    "nothing": "",
}
TEASERS: dict[str, str] = {
    "p": "<p>{t}</p>",
    "div": '<div class="x31">{t}</div>',
    "p, read more inside": '<p>{t} <a href="{u}">Read more</a></p>',
    "p, read more beside": '<p>{t}</p><p><a href="{u}">Read more</a></p>',
    "p with another item linked": "<p>{o}</p>",
    "none": "",
}
PAGERS: dict[str, str] = {
    "ul.pager": (
        '<ul class="pager"><li class="pager-current">3</li><li><a href="?page=3">4</a></li>'
        '<li class="pager-next"><a href="?page=3">next ›</a></li>'
        '<li><a href="?page=90">last »</a></li></ul>'
    ),
    "words": '<div><a href="?page=1">Previous</a> <a href="?page=3">Next</a></div>',
    "rel next": '<div><a rel="prev" href="?page=1">1</a> <a rel="next" href="?page=3">3</a></div>',
    "numbers": (
        '<div><a href="?page=0">1</a> <a href="?page=1">2</a> <b>3</b> <a href="?page=3">4</a> '
        '<a href="?page=4">5</a></div>'
    ),
    "load more": '<p><a class="x32" href="?page=3" role="button">Load more</a></p>',
    "aria-label": (
        '<nav aria-label="pagination"><ul><li><a href="?page=1" aria-label="Previous page">‹</a>'
        '</li><li><a href="?page=3" aria-label="Next page"><span>›</span></a></li></ul></nav>'
    ),
    "nav numbers and arrow": (
        '<nav><ol><li><a href="?page=1">2</a></li><li aria-current="page">3</li>'
        '<li><a href="?page=3">4</a></li><li><a href="?page=3" title="Go to next page">→</a></li>'
        "</ol></nav>"
    ),
    "none": "",
}
SIDEBARS: dict[str, str] = {
    "latest in aside": (
        '<aside><h2>Latest</h2><ul><li><a href="/odihr/699077">Observers share notes</a></li>'
        '<li><a href="/pc/699078">Council meets</a></li></ul></aside>'
    ),
    "latest in div": (
        '<div class="x33"><h2>Most read</h2><ul>'
        '<li><a href="/odihr/699077">Observers share notes on campaign finance</a></li>'
        '<li><a href="/pc/699078">Council meets for the last time this year</a></li></ul></div>'
    ),
    "events with dates in div": (
        '<div class="x33"><h2>Upcoming events</h2><div><a href="/events/699079">Seminar</a>'
        "<span>12 October 2026</span></div></div>"
    ),
}


def _open_close(container: str, name: Names) -> tuple[str, str, str, str]:
    """Return the opening and closing markup of *container*'s list and of its entries."""
    own = name()
    return {
        "div": ("<div>", "</div>", f'<div class="{own}">', "</div>"),
        "two divs": ("<div>", "</div>", f'<div class="{own}"><div>', "</div></div>"),
        "article": ("<div>", "</div>", f'<article class="{own}">', "</article>"),
        "section": ("<section>", "</section>", f'<section class="{own}">', "</section>"),
        "ul": ("<ul>", "</ul>", f'<li class="{own}">', "</li>"),
        "ol": ("<ol>", "</ol>", "<li>", "</li>"),
        "table": ("<table><tbody>", "</tbody></table>", "<tr><td>", "</td></tr>"),
        "flat": ("<div>", "</div>", "", ""),
        "flat with hr": ("<div>", "</div>", "", "<hr>"),
        "card": ("<div>", "</div>", "", ""),
        "cells": ("<table>", "</table>", "<tr>", "</tr>"),
        "flat dl": ("<dl>", "</dl>", "", ""),
    }[container]


def _meta(entry: Entry, layout: ListingLayout, name: Names, *, linked: bool) -> tuple[str, str]:
    """Return the date's line and the other lines of *entry*."""
    if layout.meta in BARE_METAS:
        if not entry.date:
            return "", ""
        text = BARE_METAS[layout.meta].replace("{s}", entry.stamp or "")
        return text.replace("{d}", entry.date).replace("{k}", entry.kind or "News"), ""
    labels = layout.labels
    date = [Row(labels[0], (entry.date,))] if entry.date else []
    others = [Row(labels[1], (entry.kind,))] if entry.kind else []
    taxonomy = [Row(labels[2], entry.sources), Row(labels[3], entry.fields)]
    taxonomy = [row for row in taxonomy if row.values]
    render = METAS[layout.meta]
    join = _links if linked else _comma

    def joined(values: Sequence[str]) -> str:
        plain = values and values[0] in {entry.date, entry.kind}
        return _comma(values) if plain else join(values)

    if layout.order == "title first":
        rows = [*date, *others, *taxonomy]
        return "", render(rows, joined, name) if rows else ""
    rest = [*others, *taxonomy]
    return (
        render(date, joined, name) if date else "",
        render(rest, joined, name) if rest else "",
    )


def _entry(entry: Entry, layout: ListingLayout, name: Names) -> str:
    linked = layout.linked and layout.container != "card"
    first, rest = _meta(entry, layout, name, linked=linked)
    if layout.order == "title first" or layout.meta in BARE_METAS:
        first, rest = ("", first + rest) if layout.order == "title first" else (first, rest)
    title, url = escape(entry.title, quote=False), entry.url
    teaser = ""
    if entry.teaser:
        half = entry.teaser.split(" ", 4)
        other = " ".join([*half[:2], f'<a href="/pc/688001">{half[2]} {half[3]}</a>', half[4]])
        teaser = TEASERS[layout.teaser].replace("{t}", entry.teaser).replace("{u}", url)
        teaser = teaser.replace("{o}", other)
    image = ""
    if layout.image:
        image = f'<a href="{url}"><img src="/files/f/images/{_slug(entry.title)}.jpg" alt=""></a>'
    _, __, opening, closing = _open_close(layout.container, name)
    if layout.container == "card":
        return f'<a class="{name()}" href="{url}">{first}<h3>{title}</h3>{rest}{teaser}</a>'
    heading = HEADINGS[layout.heading].replace("{u}", url).replace("{t}", title)
    if layout.container == "cells":
        cells = [image, first, heading, rest, teaser]
        return opening + "".join(f"<td>{cell}</td>" for cell in cells if cell) + closing
    if layout.container == "flat dl":
        dd = "".join(f"<dd>{part}</dd>" for part in (first, rest, teaser) if part)
        return f"<dt>{heading}</dt>{dd}"
    return opening + image + first + heading + rest + teaser + closing


def listing_page(entries: Sequence[Entry], layout: ListingLayout) -> str:
    """Return the listing of *entries* in the markup of *layout*."""
    name = Names(repr(layout))
    opening, closing, *_ = _open_close(layout.container, name)
    # all entries of a list have the same class names
    state = [_entry(entry, layout, Names(repr(layout))) for entry in entries]
    total = f"<p>{layout.total}</p>" if layout.total else ""
    sidebars = "".join(SIDEBARS[part] for part in layout.sidebar)
    content = (
        "<div><h1>News and press releases</h1><p>News and press releases from all over the region "
        f"that the organization works in, newest first.</p>{total}{opening}{''.join(state)}"
        f"{closing}{PAGERS[layout.pager]}</div>{sidebars}"
    )
    return _shell("News and press releases", content, layout.around, name)
