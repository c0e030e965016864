"""The tested markups, by name: one axis at a time, and some pairs of axes."""

from collections.abc import Iterator

from markups.render import (
    BARE_METAS,
    BODIES,
    DATES,
    HEADER_BOXES,
    HEADERS,
    HEADINGS,
    INLINE_VALUES,
    KINDS,
    METAS,
    PANES,
    SIDEBARS,
    TEASERS,
    TITLES,
    TOOLTIPS,
    VALUES,
    Layout,
    ListingLayout,
)

_AROUND = (
    (),
    ("nav menu", "cookies", "footer"),
    ("menu", "cookies", "breadcrumb", "latest", "prose footer"),
    ("facets", "breadcrumb", "share", "facets below", "footer"),
    ("menu below", "prose footer"),
    ("menu", "breadcrumb", "prose footer"),
    ("breadcrumb", "latest", "share", "menu below"),
)


def _headers() -> Iterator[tuple[str, Layout]]:
    for header in HEADERS:
        yield f"header {header}", Layout(header=header)
        yield f"header {header}, empty date", Layout(header=header, date="none")
        flat = Layout(header=header, body="flat", panes_at="none")
        yield f"header {header}, flat with the text", flat
        yield f"header {header}, before title", Layout(header=header, header_at="before title")
        yield f"header {header}, after lead", Layout(header=header, header_at="after lead")
        around = ("menu", "facets", "breadcrumb", "latest", "footer")
        yield f"header {header}, much around", Layout(header=header, around=around)


#: Headers that contain their values in different ways.
_VALUE_HEADERS = (
    "dl",
    "dl, bare",
    "th td, bare",
    "td td",
    "li pairs",
    "div pairs",
    "flat bare divs",
    "labels above values",
    "label in strong, value in div",
    "bare heading above value",
    "Drupal 6 CCK, label in the item",
)
_LABELS = {
    "third generation": ("Issued on", "Place", "Issued by", "Fields of work"),
    "our work": ("Issued on", "Place", "Publisher", "Our work"),
    "where and what": ("Date", "Place", "Where we are", "What we do"),
    "Russian": ("Дата", "Место", "Источник", "Сферы деятельности"),
    "Bosnian": ("Datum objave", "Mjesto", "Izdavač", "Naš rad"),
    "Serbian": ("Датум", "Место", "Издавач", "Области рада"),
    "Albanian": ("Data", "Vendi", "Burimi", "Fushat e punës"),
    "German": ("Datum", "Ort", "Quelle", "Arbeitsfelder"),
}


def _labels() -> Iterator[tuple[str, Layout]]:
    for words, labels in _LABELS.items():
        for header in ("dl, bare", "p strong", "one p, b and br", "div bare span span", "Drupal 8"):
            yield f"labels {words}, {header}", Layout(header=header, labels=labels)


def _values() -> Iterator[tuple[str, Layout]]:
    for values in INLINE_VALUES:
        for header in ("p strong", "div span span", "li strong", "div bare span span"):
            yield f"values {values} in {header}", Layout(header=header, values=values)
    for values in VALUES:
        for header in _VALUE_HEADERS:
            yield f"values {values} in {header}", Layout(header=header, values=values)
    for box in HEADER_BOXES:
        for header in ("dl", "p strong", "li line", "div bare span span", "th td, bare"):
            yield f"{header} in {box}", Layout(header=header, box=box)
    for date in DATES:
        for header in ("dl, bare", "p strong", "Drupal 8", "td td", "div pairs", "one p, b and br"):
            yield f"date {date} in {header}", Layout(header=header, date=date)


def _titles() -> Iterator[tuple[str, Layout]]:
    for title in TITLES:
        for kind in KINDS if title in {"h1", "h1 in header", "h1 in a table"} else ("p above",):
            yield f"title {title}, kind {kind}", Layout(title=title, kind=kind)


def _texts() -> Iterator[tuple[str, Layout]]:
    for body in BODIES:
        for panes_at in ("after", "before", "beside", "beside, first", "none"):
            yield f"body {body}, panes {panes_at}", Layout(body=body, panes_at=panes_at)
    for tooltip in TOOLTIPS:
        for body in ("flat", "br br"):
            yield f"tooltip {tooltip} in {body}", Layout(tooltip=tooltip, body=body)
    for pane in PANES:
        for panes_at in ("after", "before", "beside"):
            for body in ("flat", "div a paragraph"):
                layout = Layout(pane=pane, panes_at=panes_at, body=body)
                yield f"pane {pane} {panes_at} {body}", layout
    for around in _AROUND:
        name = f"among {', '.join(around) or 'nothing'}"
        yield name, Layout(around=around)
        yield f"{name}, Drupal 8", Layout(around=around, header="Drupal 8", body="flat")


#: Markups of release pages: what varies → name → layout.
RELEASE_AXES = {
    "header": dict(_headers()),
    "labels": dict(_labels()),
    "values": dict(_values()),
    "title": dict(_titles()),
    "text": dict(_texts()),
}
RELEASE_LAYOUTS = {
    name: layout for layouts in RELEASE_AXES.values() for name, layout in layouts.items()
}

_CONTAINERS = (
    "div",
    "two divs",
    "article",
    "section",
    "ul",
    "ol",
    "table",
    "flat",
    "flat with hr",
    "cells",
    "flat dl",
)


def _labelled() -> Iterator[tuple[str, ListingLayout]]:
    for container in _CONTAINERS:
        for meta in METAS:
            yield f"{container}, {meta}", ListingLayout(container=container, meta=meta)
        yield f"{container}, plain values", ListingLayout(container=container, linked=False)
        yield f"{container}, with images", ListingLayout(container=container, image=True)
        for meta in ("p strong", "div rows", "time and span", "p date, p kind"):
            layout = ListingLayout(container=container, meta=meta, order="date first")
            yield f"{container}, {meta} above the title", layout
    for container in ("div", "ul", "table", "flat", "cells", "flat dl"):
        for heading in HEADINGS:
            layout = ListingLayout(container=container, heading=heading)
            yield f"{container}, heading {heading}", layout
        for teaser in TEASERS:
            yield f"{container}, teaser {teaser}", ListingLayout(container=container, teaser=teaser)
        if container != "flat":
            for meta in BARE_METAS:
                yield f"{container}, bare {meta}", ListingLayout(container=container, meta=meta)


def _cards() -> Iterator[tuple[str, ListingLayout]]:
    for meta in (*METAS, *BARE_METAS):
        if "table" not in meta:
            yield f"card, {meta}", ListingLayout(container="card", meta=meta)
            layout = ListingLayout(container="card", meta=meta, order="date first")
            yield f"card, {meta} above the title", layout
    for heading in HEADINGS:
        for meta in ("p strong", "dl", "time and span", "p date, p kind", "li lines"):
            layout = ListingLayout(container="ul", heading=heading, meta=meta)
            yield f"ul, heading {heading}, {meta}", layout


def _surrounded() -> Iterator[tuple[str, ListingLayout]]:
    for sidebar in SIDEBARS:
        for container in ("div", "ul", "article", "card", "table"):
            for meta in ("p strong", "time and span"):
                layout = ListingLayout(container=container, meta=meta, sidebar=(sidebar,))
                yield f"{container}, {meta} beside {sidebar}", layout
    for around in (
        (),
        ("cookies", "nav menu", "prose footer"),
        ("facets below", "latest", "prose footer"),
    ):
        for container in ("div", "ul", "card", "article"):
            for meta in ("p strong", "time and span"):
                layout = ListingLayout(container=container, meta=meta, around=around)
                yield f"{container}, {meta} among {', '.join(around) or 'nothing'}", layout


#: Markups of listings: what varies → name → layout.
LISTING_AXES = {
    "entries": dict(_labelled()),
    "cards": dict(_cards()),
    "surroundings": dict(_surrounded()),
}
LISTING_LAYOUTS = {
    name: layout for layouts in LISTING_AXES.values() for name, layout in layouts.items()
}
