"""Charts made with altair and converted to SVG by vl-convert, in the colours of the page.

Colours are variables of the style sheet (`var(--share)`), so that one drawing serves the light and
the dark page; text remains text, in the page's font.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert
from lxml import etree

from osce_crawl.dataset.page.counts import Series
from osce_crawl.text.forms import printable
from osce_crawl.webpage.markup import Element, element

_TEXT = 12
#: The width of the numbers beside the bars in pixels.
_SCALE = 36
#: The page's font may be wider than the one that Vega measures.
_BROAD = 0.84
#: Least number of years on an axis: a single year would be a bar as wide as the chart.
_YEARS = 10
#: Possible steps between named years, and the width of a name in pixels.
_STEPS, _YEAR = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000), 40
#: Attributes by Vega that this page does not need; the image as a whole has a name.
_IDLE = ("class", "role", "pointer-events", "font-family")
_FRACTION = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


def stacked(series: Sequence[Series], years: range, width: int) -> Element:
    """Return one bar per year, with a segment for each of at most six series."""
    values = [
        {"year": year, "name": printable(one.name), "order": order, "items": one.years[year]}
        for order, one in enumerate(series)
        for year in years
        if one.years[year]
    ]
    names = [printable(one.name) for one in series]
    colours = [f"var(--series-{number})" for number in range(1, len(names) + 1)]
    chart = (
        alt.Chart(named("bars"))
        .mark_bar(stroke="var(--card)", strokeWidth=0.5)
        .encode(
            x=_years(years, width),
            y=alt.Y(
                "items:Q",
                title=None,
                axis=alt.Axis(
                    tickCount=4,
                    format=",d",
                    tickMinStep=1,
                    domain=False,
                    ticks=False,
                    labelPadding=8,
                ),
            ),
            color=alt.Color(
                "name:N",
                title=None,
                scale=alt.Scale(domain=names, range=colours),
                legend=alt.Legend(
                    orient="top",
                    columns=_columns(names, width),
                    symbolType="square",
                    labelLimit=0,
                    columnPadding=24,
                ),
            ),
            order="order:Q",
        )
        .properties(width=width - _SCALE, height=130 + width // 6)
    )
    return drawn(chart, "Releases per year by kind", {"bars": values})


def rows(series: Sequence[Series], years: range, width: int, name: str) -> Element:
    """Return a row of bars for each series, drawn to the row's own highest year."""
    values = [
        {"year": year, "row": order, "items": one.years[year]}
        for order, one in enumerate(series)
        for year in years
        if one.years[year] or year == years.start  # so that every row has a value
    ]
    labels = [printable(f"{one.total:,}\u2002{one.name}") for one in series]
    chart = (
        alt.Chart(named("bars"))
        .mark_bar(fill="var(--share)")
        .encode(
            x=_years(years, width),
            y=alt.Y("items:Q", title=None, axis=None),
            row=alt.Row(
                "row:O",
                title=None,
                header=alt.Header(
                    orient="top",
                    labelOrient="top",
                    labelAnchor="start",
                    labelAlign="left",
                    labelPadding=3,
                    labelLimit=round(_BROAD * width),
                    labelFontSize=_TEXT,
                    labelColor="var(--text)",
                    labelExpr=f"{_list(labels)}[datum.value]",
                ),
            ),
        )
        .properties(width=width, height=26)
        .resolve_scale(y="independent")
    )
    return drawn(chart, name, {"bars": values}, spacing=9)


def named(data: str) -> Any:
    """Return the data of that name, for a chart; its values are given to `drawn`.

    Were they in the chart, altair would copy and validate each of them several times.
    """
    return alt.NamedData(data)


def drawn(
    chart: Any, name: str, data: Mapping[str, Sequence[Mapping[str, Any]]], *, spacing: int = 0
) -> Element:
    """Return a chart of these data, by their names, as an image of that name."""
    looked = (
        chart.configure(background="transparent", padding=1, bar=alt.BarConfig(aria=False))
        .configure_view(stroke=None)
        .configure_facet(spacing=spacing)
        .configure_axis(
            labelFontSize=_TEXT,
            labelColor="var(--quiet)",
            domainColor="var(--edge)",
            tickColor="var(--edge)",
            gridColor="var(--line)",
        )
        .configure_legend(labelFontSize=_TEXT, labelColor="var(--text)", symbolSize=110)
    )
    # only the data differ from build to build; to validate the rest takes half as long as to draw
    spec = looked.to_dict(validate=False)
    return _image(vl_convert.vegalite_to_svg({**spec, "datasets": data}), name)


def _image(svg: str, name: str) -> Element:
    """Return a drawing as an element of the page, without unneeded attributes."""
    parsed = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False))
    made = element(
        "svg",
        viewBox=parsed.get("viewBox", ""),
        width=parsed.get("width", ""),
        height=parsed.get("height", ""),
        role="img",
        aria_label=name,
    )
    _copy(parsed, made)
    return made


def _copy(source: Element, target: Element) -> None:
    """Copy the drawing into another element, with numbers rounded to a tenth of a pixel."""
    for one in source.iterchildren(etree.Element):
        tag = etree.QName(one).localname
        unseen = tag == "path" and one.get("fill") is None and one.get("stroke") is None
        if one.get("display") == "none" or unseen:
            continue
        kept = {
            key: _FRACTION.sub(_rounded, value)
            for key, value in one.attrib.items()
            if key not in _IDLE and not key.startswith("aria-") and (key, value) != ("opacity", "1")
        }
        if tag == "g" and not kept:
            _copy(one, target)
            continue
        made = etree.SubElement(target, tag, kept)
        made.text = one.text if tag == "text" else None
        _copy(one, made)
        if tag == "g" and not len(made):
            target.remove(made)


def _rounded(fraction: re.Match[str]) -> str:
    """Return a number rounded to a tenth of a pixel, finer than the eye can see."""
    number = round(float(fraction.group()), 1)
    return f"{number:g}" if number else "0"


def _years(years: range, width: int) -> alt.X:
    """Return the axis of years, naming as many as fit."""
    shown = range(min(years.start, years.stop - _YEARS), years.stop)
    step = next(one for one in _STEPS if len(shown) / one * _YEAR <= width)
    named = [year for year in shown if year % step == 0]
    return alt.X(
        "year:O",
        title=None,
        scale=alt.Scale(domain=list(shown), paddingInner=0.2),
        axis=alt.Axis(values=named, labelAngle=0, ticks=False, labelPadding=9, labelOverlap=True),
    )


def _columns(names: Sequence[str], width: int) -> int:
    """Return how many entries of a legend fit side by side."""
    longest = max(map(len, names), default=1)
    return max(1, min(len(names), width // (longest * 7 + 40)))


def _list(labels: Sequence[str]) -> str:
    """Return texts as a list in Vega's expression language, safely quoted."""
    quoted = (
        '"' + "".join(f"\\u{ord(one):04x}" if one in '"\\' else one for one in label) + '"'
        for label in labels
    )
    return f"[{','.join(quoted)}]"
