"""The sections of the page, one function each; None if there is nothing to show."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from osce_crawl.columns import columns
from osce_crawl.dataset.facts import Facts
from osce_crawl.dataset.page import charts, releases
from osce_crawl.dataset.page.counts import City, Counts, Day, Series
from osce_crawl.dataset.page.places import View, map_of
from osce_crawl.webpage.markup import (
    Child,
    Element,
    bar,
    element,
    link,
    long_list,
    more,
    number,
    section,
    share,
    size_of,
    table,
)

#: Widths of the drawings in pixels; the page shows the one that fits.
_ACROSS = (320, 540, 960)
_CARD = (320, 480)
_KINDS, _ROWS = 5, 8
_CITIES, _BEYOND = 40, 12
_DAYS, _CHANGES = 5, 40
NEWEST = 1000

_CHANGED = {"new": "new", "updated": "updated", "removed": "gone from the site"}


def figures(facts: Facts) -> Element:
    """Return the counts that show the size of the dataset."""
    named: list[tuple[str, str]] = [
        ("Items: one per release and language", number(facts.items)),
        ("Releases", number(len(facts.works))),
        ("Languages", number(len(facts.languages))),
        ("Units that issued them", number(len(facts.units))),
    ]
    if facts.relations:
        named.append(("Links between releases", number(facts.relations.total())))
    if facts.removed:
        named.append(("Gone from the site", number(facts.removed)))
    tiles = (element("div", element("dt", name), element("dd", count)) for name, count in named)
    return element("dl", *tiles, class_="figures")


def by_kind(counts: Counts) -> Element | None:
    """Return the number of releases per year, by kind."""
    years = counts.years()
    if not years:
        return None
    series = counts.kinds(_KINDS)
    return section(
        "years",
        "Releases per year",
        element(
            "p",
            "Items are counted here and below: a release in three languages counts three times.",
            class_="note",
        ),
        _sized(charts.stacked(series, years, width) for width in _ACROSS),
        _numbers("Items per year by kind", series, years),
    )


def by(
    place: str, heading: str, ask: Callable[[int], list[Series]], years: range
) -> Element | None:
    """Return the number of releases per year for each name."""
    series = ask(_ROWS)
    name = f"by {heading.removeprefix('By ')}"
    if not series or not years:
        return None
    return section(
        place,
        heading,
        element("p", "Each row is scaled to its own highest year.", class_="note"),
        _sized(charts.rows(series, years, width, f"Releases per year {name}") for width in _CARD),
        _numbers(f"Items per year {name}", series, years),
    )


def breakdowns(counts: Counts) -> list[Element]:
    """Return the sections of units, fields of work, languages and States."""
    years = counts.years()
    shown = (
        by("units", "By unit", counts.units, years),
        by("topics", "By field of work", counts.fields, years),
        by("languages", "By language", counts.languages, years),
        by("states", "By State", counts.states, years),
    )
    return [one for one in shown if one is not None]


def places(counts: Counts) -> Element | None:
    """Return the map of places, with those outside it named below."""
    cities = counts.cities()
    if not cities:
        return None
    views = [View(width) for width in _ACROSS]
    rows = ((city.name, city.country or "–", number(city.items)) for city in cities[:_CITIES])
    return section(
        "places",
        "Where they were issued",
        element(
            "p",
            "The area of a circle shows how many items name the place. The map shows"
            " coasts but no borders.",
            class_="note",
        ),
        _sized(map_of(cities, view) for view in views),
        _beyond([city for city in cities if not views[0].shows(city)]),
        more(
            f"Show the {number(_CITIES)} most frequent of {number(len(cities))} places"
            if len(cities) > _CITIES
            else "Show the numbers",
            table("Places with coordinates", ("Place", "State", "Items"), rows, numbers=1),
        ),
    )


def fields_filled(facts: Facts) -> Element | None:
    """Return how often each field is filled."""
    if not facts.items:
        return None
    full = [one.name for one in columns() if facts.filled[one.name] == facts.items]
    rows = (
        (element("code", one.name), _filled(facts, one.name), number(facts.filled[one.name]))
        for one in columns()
        if one.name not in full
    )
    return section(
        "filled",
        "How often each field is filled",
        element(
            "p",
            "A field counts as filled where it is neither null nor an empty list. Many fields are"
            " usually empty: most releases have no documents, and few are gone from the site.",
            class_="note",
        ),
        table(f"Of {number(facts.items)} items", ("Field", "Share", "Items"), rows, numbers=1),
        element("p", "Filled in every item: ", *_codes(full), class_="note") if full else None,
    )


def _filled(facts: Facts, name: str) -> Element:
    part = facts.filled[name] / facts.items
    return element("div", share(part), bar(part))


def _codes(names: Sequence[str]) -> Iterator[Child]:
    """Yield names as code, joined as in a sentence."""
    for place, name in enumerate(names):
        yield element("code", name)
        yield "." if place == len(names) - 1 else ", "


def changes(counts: Counts) -> Element | None:
    """Return the changes of the last days that had any."""
    days = counts.days(_DAYS, _CHANGES)
    if not days:
        return None
    return section("changed", "What changed lately", *(one for day in days for one in _day(day)))


def newest(counts: Counts, items: int) -> Element | None:
    """Return the table of the newest items."""
    if not items:
        return None
    shown = min(items, NEWEST)
    rest = f" of {number(items)} items; the files below have all of them" if shown < items else ""
    count = f"{number(shown)}{rest}."
    return section(
        "releases",
        "The newest releases" if shown > 1 else "The newest release",
        element("p", f"{count} Titles lead to the originals.", class_="note"),
        releases.search(),
        releases.table_of(counts.newest(NEWEST)),
    )


def files(sizes: Mapping[str, int]) -> Element | None:
    """Return the links to the files beside the page."""
    if not sizes:
        return None
    rows = ((element("a", name, href=name), size_of(size)) for name, size in sizes.items())
    return section(
        "files", "Files", table("In the folder of this page", ("File", "Size"), rows, numbers=1)
    )


def terms(words: Sequence[str]) -> Element | None:
    """Return the terms of use of the dataset."""
    if not words:
        return None
    return section("terms", "Rights", *(element("p", one) for one in words))


def _beyond(cities: Sequence[City]) -> Element | None:
    """Return the names of the places that the map does not show."""
    if not cities:
        return None
    named = ", ".join(f"{city.name} ({number(city.items)})" for city in cities[:_BEYOND])
    left = len(cities) - _BEYOND
    end = f" and {number(left)} more" if left > 0 else ""
    return element("p", f"Beyond this map: {named}{end}.", class_="note")


def _day(day: Day) -> list[Element]:
    total = sum(day.counts.values())
    counted = ", ".join(
        f"{number(day.counts[change])} {words}"
        for change, words in _CHANGED.items()
        if day.counts[change]
    )
    listed = [_change(one) for one in day.changes]
    left = total - len(listed)
    return [
        element("h3", element("time", day.date, datetime=day.date), f": {counted}"),
        *long_list(listed),
        *(
            [element("p", f"{number(left)} more are not listed here.", class_="note")]
            if left
            else []
        ),
    ]


def _change(change: Mapping[str, str]) -> Element:
    title = releases.named(change["title"] or change["id"], change)
    return element(
        "li",
        link(change["url"], title),
        " ",
        element("span", f"{_CHANGED[change['change']]}, {change['id']}", class_="note"),
    )


def _sized(drawings: Iterable[Element]) -> Element:
    """Return drawings of the same chart, the narrowest first; the page shows one of them."""
    chart = element("div", *drawings, class_="chart")
    for drawing, size in zip(chart, ("small", "medium", "large"), strict=False):
        drawing.set("class", size)
    return chart


def _numbers(caption: str, series: Sequence[Series], years: range) -> Element:
    """Return the numbers behind a chart."""
    rows = [
        (str(year), *(number(one.years[year]) for one in series))
        for year in reversed(years)
        if any(one.years[year] for one in series)
    ]
    heads = ("Year", *(one.name for one in series))
    shown = table(caption, heads, rows, numbers=len(series))
    around = {"class_": "scrolled", "tabindex": "0", "role": "region", "aria_label": caption}
    return more("Show the numbers", element("div", shown, **around))
