"""The part of a run's page about fields: how often each was found, and in which way."""

from collections.abc import Mapping, Sequence
from typing import Any

from osce_crawl.pages.generations import GENERATIONS
from osce_crawl.reports.meaning import NOTABLE_POINTS, Fill, fills
from osce_crawl.webpage.markup import (
    Child,
    Element,
    bar,
    element,
    more,
    number,
    section,
    share,
    table,
)

#: What each group of pages is, shown with the group.
_ABOUT = {one.name: one.about for one in GENERATIONS} | {
    "recent": "releases of the last ten years, whatever their layout"
}
#: Prefix of a field that counts only if the listing has it.
_LISTED = "listed_"
#: Words for fields whose names do not explain themselves.
_NAMES = {"labels": "any label"}


def fill_rates(report: Mapping[str, Any]) -> Element | None:
    """Return on how many pages each field was found, None if the run did not get that far."""
    if "fill" not in report and "baseline" not in report:
        return None
    rates = list(fills(report))
    generations = dict.fromkeys(rate.generation for rate in rates)
    tables = [
        _fill_table(generation, [rate for rate in rates if rate.generation == generation])
        for generation in generations
        if any(rate.generation == generation and rate.read for rate in rates)
    ]
    unread = [
        generation
        for generation in generations
        if not any(rate.generation == generation and rate.read for rate in rates)
    ]
    note = (
        "The number of pages on which each field was found, by page layout."
        " A field “as listed” counts as missing only where the page's listing entry has it."
    )
    if any(rate.read_before for rate in rates):
        note += (
            " The mark on each bar is the share in earlier good runs. A fall is marked where it is"
            f" at least {NOTABLE_POINTS} points and unlikely to be chance: ▼"
        )
    return section(
        "fill",
        "Fields found",
        element("p", note if tables else "No item page was read in this run.", class_="note"),
        *tables,
        element(
            "p",
            f"No page was read of these: {', '.join(_pages_of(name) for name in unread)}.",
            class_="note",
        )
        if tables and unread
        else None,
    )


def _fill_table(generation: str, rates: Sequence[Fill]) -> Element:
    read = max(rate.read for rate in rates)
    before = max(rate.read_before for rate in rates)
    compared = f"{number(before)} in earlier good runs" if before else "no earlier runs to compare"
    about = f" ({_ABOUT[generation]})" if generation in _ABOUT else ""
    caption = f"{_pages_of(generation)}{about}: {number(read)} pages read, {compared}"
    if not before:
        return table(caption, ("Field", "This run"), map(_now, rates))
    return table(
        caption,
        ("Field", "This run", "Earlier", "Change"),
        ((*_now(rate), share(rate.rate_before), _difference(rate)) for rate in rates),
        numbers=2,
    )


def _now(rate: Fill) -> tuple[Child, Child]:
    """Return a field's name and how often it was found in this run."""
    return (
        element("span", _words(rate.field), class_="fell" if rate.fell else ""),
        element("div", f"{share(rate.rate)} ", _count(rate), _bar(rate)),
    )


def _words(field: str) -> str:
    """Return the display name of a field: `listed_sources` is "sources, as listed"."""
    name = field.removeprefix(_LISTED)
    words = _NAMES.get(name, name.replace("_", " "))
    return words if name == field else f"{words}, as listed"


def _pages_of(generation: str) -> str:
    """Return the display name of a group of pages: `g2` is G2, `recent` is Recent."""
    return generation.capitalize()


def _count(rate: Fill) -> Element:
    return element("span", f"{number(rate.filled)} of {number(rate.read)}", class_="note")


def _bar(rate: Fill) -> Element:
    """Return a bar of the current share, with a mark at the earlier one."""
    return bar(rate.rate or 0, class_="low" if rate.fell else "share", mark=rate.rate_before)


def _difference(rate: Fill) -> Child:
    points = rate.points
    if points is None:
        return "–"
    words = f"{points:+.0f}".replace("-", "−") if round(points) else "0"
    return element("strong", f"▼ {words}", class_="fell") if rate.fell else words


def ways(report: Mapping[str, Any]) -> Element | None:
    """Return which way provided which field, None if there are no counts."""
    rows = [
        (_words(field), way.replace("-", " "), number(count))
        for field, served in report.get("ways", {}).items()
        for way, count in served.items()
    ]
    disagreements = report.get("disagreements", {})
    if not rows and not disagreements:
        return None
    return section(
        "ways",
        "Ways to the fields",
        element(
            "p",
            "A field can be read in more than one way: by its printed label, from the line below"
            " the title, from the listing. If another way than usual is used, or two differ, the"
            " site may have changed.",
            class_="note",
        ),
        table(
            "Fields for which two ways gave different values",
            ("Field", "Pages"),
            ((_words(field), number(count)) for field, count in disagreements.items()),
            numbers=1,
        )
        if disagreements
        else element("p", "No two ways disagreed."),
        more(
            f"Show which way provided which field ({number(len(rows))})",
            table("How often each way was used", ("Field", "Way", "Pages"), rows, numbers=1),
        )
        if rows
        else None,
    )
