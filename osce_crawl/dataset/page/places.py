"""The map of the places where releases were issued: coasts, circles and some names; no borders."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, hypot, radians, sin, sqrt
from typing import Any

import altair as alt
import orjson

from osce_crawl.dataset.page.charts import drawn, named
from osce_crawl.dataset.page.counts import City
from osce_crawl.text.forms import printable
from osce_crawl.webpage.markup import Element

_COASTS = files("osce_crawl").joinpath("data/coasts.json")
#: Albers' conic projection, which preserves areas: parallels and centre of the map, in degrees.
_PARALLELS = (38.0, 60.0)
_MIDDLE = (32.0, 53.5)
#: The width of the map at its centre, in degrees of longitude.
_ACROSS = 105.0
#: The radius of the largest circle, in pixels and as a share of the map's width.
_LARGEST, _LARGER = 6, 1 / 60
_SMALLEST = 2.5
_TEXT = 12
#: The approximate width of a letter, and the gap between a name and its circle.
_LETTER, _GAP = 7.2, 3
#: The distance between two lines that do not touch.
_LINE = 15


@dataclass(frozen=True)
class View:
    """A map of a given width in pixels."""

    width: int

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return round(0.63 * self.width)

    @property
    def scale(self) -> float:
        """Pixels per radian, as used by Vega's projections."""
        return self.width / (radians(_ACROSS) * cos(radians(_MIDDLE[1])))

    def projection(self) -> dict[str, Any]:
        """Return the projection in Vega's format."""
        return {
            "type": "conicEqualArea",
            "parallels": list(_PARALLELS),
            "rotate": [-_MIDDLE[0], 0, 0],
            "center": [0, _MIDDLE[1]],
            "scale": self.scale,
            "translate": [self.width / 2, self.height / 2],
            "clipExtent": [[0, 0], [self.width, self.height]],
        }

    def spot(self, city: City) -> tuple[float, float]:
        """Return a city's position on the map, in pixels from the upper left corner."""
        first, second = (sin(radians(parallel)) for parallel in _PARALLELS)
        cone = (first + second) / 2
        constant = 1 + first * (2 * cone - first)

        def radius(latitude: float) -> float:
            return sqrt(constant - 2 * cone * sin(radians(latitude))) / cone

        east = (city.longitude - _MIDDLE[0] + 180) % 360 - 180
        angle = cone * radians(east)
        x = radius(city.latitude) * sin(angle)
        y = radius(city.latitude) * cos(angle) - radius(_MIDDLE[1])
        return self.width / 2 + self.scale * x, self.height / 2 + self.scale * y

    def shows(self, city: City) -> bool:
        """Return whether a city is on the map."""
        x, y = self.spot(city)
        return 0 < x < self.width and 0 < y < self.height


def map_of(cities: Sequence[City], view: View) -> Element:
    """Return a map of cities, without those outside it."""
    shown = [city for city in cities if view.shows(city)]
    most = max((city.items for city in shown), default=1)
    circles = [_circle(city, view, most) for city in shown]
    land = {"type": "Feature", "geometry": _coasts()}
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, view.width], zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[view.height, 0], zero=False))
    around = alt.Chart(named("circles")).encode(
        x=x, y=y, size=alt.Size("size:Q", scale=None, legend=None)
    )
    names = alt.Chart(named("names")).encode(x=alt.X("from:Q", axis=None), y=y, text="name:N")
    chart = (
        alt.Chart(named("land"))
        .mark_geoshape(fill="var(--land)", clip=False, aria=False)
        .project(**view.projection())
        + around.mark_circle(
            fill="var(--share)", fillOpacity=0.6, stroke="var(--share)", opacity=1, aria=False
        )
        # the style paints the stroke first, so that the letters stand out from the drawing below
        + names.mark_text(
            fill="var(--text)",
            stroke="var(--land)",
            strokeWidth=3,
            strokeJoin="round",
            align="left",
            baseline="middle",
            fontSize=_TEXT,
            aria=False,
        )
    ).properties(width=view.width, height=view.height)
    data = {"land": [land], "circles": circles, "names": _names(circles, view)}
    return drawn(chart, "Map of the places where the releases were issued", data)


@cache
def _coasts() -> dict[str, Any]:
    coasts = orjson.loads(_COASTS.read_bytes())
    return {"type": coasts["type"], "coordinates": coasts["coordinates"]}


def _circle(city: City, view: View, most: int) -> dict[str, Any]:
    """Return a circle whose area shows the number of items; `size` is the area in Vega's terms."""
    x, y = view.spot(city)
    radius = max(_SMALLEST, (_LARGEST + view.width * _LARGER) * sqrt(city.items / most))
    return {
        "name": printable(city.name),
        "x": round(x, 1),
        "y": round(y, 1),
        "radius": round(radius, 1),
        "size": round(4 * radius**2, 1),
    }


def _names(circles: Sequence[dict[str, Any]], view: View) -> list[dict[str, Any]]:
    """Return the circles whose names fit, the largest first, each with the start of its name.

    A name fits if it overlaps no other name and its end next to the circle is in no other circle,
    whose name it would seem to be.
    """
    named: list[dict[str, Any]] = []
    taken: list[tuple[float, float, float]] = []
    for circle in circles:
        width, apart = _LETTER * len(circle["name"]), circle["radius"] + _GAP
        right, left = circle["x"] + apart, circle["x"] - apart - width
        for start, near in ((right, right), (left, left + width)):
            end, y = start + width, circle["y"]
            inside = start > 0 and end < view.width and _TEXT < y < view.height - _TEXT
            # compare with the placed names before the circles: there are fewer of them
            if not inside or any(
                start < other_end and other_start < end and abs(y - at) < _LINE
                for other_start, other_end, at in taken
            ):
                continue
            if any(
                hypot(near - one["x"], y - one["y"]) < one["radius"]
                or (start < one["x"] < end and abs(y - one["y"]) < _TEXT / 2)
                for one in circles
                if one is not circle
            ):
                continue
            named.append({**circle, "from": round(start, 1)})
            taken.append((start, end, y))
            break
    return named
