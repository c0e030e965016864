"""Write `osce_crawl/data/coasts.json`, what the map of the dataset's page is drawn on.

Run it at the top of the project with the file `land-50m.json` of world-atlas 2.0.2, a package of
npm that holds Natural Earth's data at 1:50 million as TopoJSON:

    python -m tools.build_coasts land-50m.json

Natural Earth is in the public domain, world-atlas has the ISC licence. Coasts only, no borders: a
map of borders would take sides where States do not agree, and the page needs none. What is outside
of the frame is cut off, what would be smaller than a pixel is left out. The same input gives the
same bytes.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "osce_crawl" / "data" / "coasts.json"

#: Degrees west, south, east, north: larger than the map, so that the cut edges are not visible.
FRAME = (-35.0, 20.0, 115.0, 81.0)
#: In degrees: a point closer than this to the line without it is removed.
TOLERANCE = 0.06
#: In square degrees: smaller islands are removed.
SMALLEST = 0.05
#: A ring has at least this many points, including the first one repeated at the end.
FEWEST = 4

Point = tuple[float, float]
Ring = list[Point]


def polygons(topology: dict[str, Any]) -> Iterator[list[Ring]]:
    """Yield the polygons of a topology's land, each as an outer ring and its holes."""
    (east, north), (west, south) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for right, up in arc:
            x, y = x + right, y + up
            points.append((x * east + west, y * north + south))
        arcs.append(points)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            yield [_ring(arcs, numbers) for numbers in polygon]


def _ring(arcs: list[Ring], numbers: list[int]) -> Ring:
    """Return arcs as one ring; the complement of a number means the reversed arc."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def clipped(ring: Ring) -> Ring:
    """Return the part of a ring inside the frame (Sutherland–Hodgman algorithm)."""
    for axis, edge, sign in ((0, 0, 1), (1, 1, 1), (0, 2, -1), (1, 3, -1)):
        limit, inside = FRAME[edge], []
        for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
            in_here, in_there = (sign * (one[axis] - limit) >= 0 for one in (here, there))
            if in_here:
                inside.append(here)
            if in_here != in_there:
                part = (limit - here[axis]) / (there[axis] - here[axis])
                other = here[1 - axis] + part * (there[1 - axis] - here[1 - axis])
                inside.append((limit, other) if axis == 0 else (other, limit))
        ring = inside
    return ring


def simplified(points: Ring) -> Ring:
    """Return a line with fewer points (Douglas–Peucker algorithm)."""
    keep, waiting = {0, len(points) - 1}, [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        (x, y), (to_x, to_y) = points[first], points[last]
        length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
        most, at = 0.0, 0
        for number in range(first + 1, last):
            dx, dy = points[number][0] - x, points[number][1] - y
            off = (
                abs(dx * (to_y - y) - dy * (to_x - x)) / length
                if length
                else (dx**2 + dy**2) ** 0.5
            )
            if off > most:
                most, at = off, number
        if most > TOLERANCE:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[number] for number in sorted(keep)]


def area(ring: Ring) -> float:
    """Return the area of a ring in square degrees; negative if it is clockwise."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairs) / 2


def drawn(polygon: list[Ring]) -> list[list[list[float]]]:
    """Return the rings of a polygon in their final form; none if it is too small."""
    kept = []
    for number, ring in enumerate(polygon):
        inside = clipped(ring)
        line = simplified([*inside, inside[0]]) if inside else []
        if len(line) < FEWEST or abs(area(line)) < SMALLEST:
            if number == 0:
                return []
            continue
        # on a globe, land is to the right of a ring: otherwise all except the island would be land
        if (area(line) > 0) == (number == 0):
            line.reverse()
        kept.append([[round(x, 2), round(y, 2)] for x, y in line])
    return kept


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m tools.build_coasts", description=__doc__)
    parser.add_argument("land", type=Path)
    topology = json.loads(parser.parse_args().land.read_bytes())
    coasts = {
        "about": "Coasts, no borders, from Natural Earth at 1:50 million, which is in the public"
        " domain, by way of world-atlas 2.0.2, Copyright 2013-2019 Michael Bostock, ISC licence.",
        "type": "MultiPolygon",
        "coordinates": [rings for polygon in polygons(topology) if (rings := drawn(polygon))],
    }
    TARGET.write_text(json.dumps(coasts, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
