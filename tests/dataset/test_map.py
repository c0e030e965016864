"""The map of a dataset's page: its coasts, and where it puts cities and their names."""

import re
from itertools import pairwise

import build_coasts
import orjson
import pytest
import vl_convert
from grid import check_each

from osce_crawl.dataset.page.counts import City
from osce_crawl.dataset.page.places import _COASTS, View, map_of

VIENNA = City("Vienna", "AT", 48.20849, 16.37208, 90)
BISHKEK = City("Bishkek", "KG", 42.87, 74.59, 10)
REYKJAVIK = City("Reykjavík", "IS", 64.1355, -21.8954, 10)
OTTAWA = City("Ottawa", "CA", 45.41117, -75.69812, 1)


def encloses(ring, longitude, latitude):
    """Tell whether a ring goes round a point: it crosses a line to the east oddly often."""
    met = 0
    for (x, y), (to_x, to_y) in pairwise(ring):
        if (y > latitude) != (to_y > latitude):
            met += longitude < x + (latitude - y) / (to_y - y) * (to_x - x)
    return met % 2 == 1


def is_land(longitude, latitude):
    return any(
        sum(encloses(ring, longitude, latitude) for ring in polygon) % 2
        for polygon in orjson.loads(_COASTS.read_bytes())["coordinates"]
    )


LAND = {
    "Vienna": (16.37, 48.2),
    "Bishkek": (74.59, 42.87),
    "London": (-0.1, 51.5),
    "Nicosia": (33.4, 35.1),
}
SEA = {
    "the Black Sea": (35.0, 43.0),
    "the Caspian Sea": (51.0, 42.0),
    "the Baltic Sea": (20.0, 58.5),
    "the Atlantic": (-20.0, 50.0),
}


def test_coasts_part_land_from_sea():
    check_each(
        lambda place: is_land(*(LAND | SEA)[place]),
        dict.fromkeys(LAND, True) | dict.fromkeys(SEA, False),
    )


@pytest.mark.parametrize("city", [VIENNA, BISHKEK, REYKJAVIK], ids=lambda city: city.name)
def test_cities_are_where_the_projection_of_the_coasts_puts_them(city):
    import altair as alt

    view = View(1080)
    point = {"lat": city.latitude, "lon": city.longitude}
    chart = (
        alt.Chart(alt.Data(values=[point]))
        .mark_circle()
        .encode(longitude="lon:Q", latitude="lat:Q")
        .project(**view.projection())
        .properties(width=view.width, height=view.height)
        .configure(padding=0)
        .configure_view(stroke=None)
    )
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    (drawn,) = re.findall(
        r'aria-roledescription="circle"[^>]*translate\(([\d.-]+),([\d.-]+)\)', svg
    )
    assert view.spot(city) == pytest.approx([float(part) for part in drawn], abs=0.01)


@pytest.mark.parametrize("width", [320, 600, 1080])
def test_map_shows_europe_and_central_asia_at_any_size(width):
    shown = [View(width).shows(city) for city in (VIENNA, BISHKEK, REYKJAVIK, OTTAWA)]
    assert shown == [True, True, True, False]


def names(drawing):
    return [text.text for text in drawing.iter("text")]


def starts(drawing):
    """Return where each name begins, in pixels from the left."""
    placed = {text.text: text.get("transform") for text in drawing.iter("text")}
    return {name: float(re.search(r"\(([\d.]+),", at)[1]) for name, at in placed.items()}


def test_name_that_has_no_room_is_left_out():
    left = City("Left", "AT", 48.15, 11.0, 2)
    beside = City("No room", "AT", 48.15, 16.4, 1)
    assert names(map_of([VIENNA, left, beside, BISHKEK], View(320))) == [
        "Vienna",
        "Left",
        "Bishkek",
    ]


def test_name_does_not_begin_in_the_circle_of_another_city():
    tirana = City("Tirana", "AL", 41.3275, 19.81889, 76)
    skopje = City("Skopje", "MK", 42.0, 21.43, 62)
    pristina = City("Pristina", "XK", 42.67, 21.17, 114)

    found = starts(map_of([pristina, tirana, skopje], View(1080)))

    assert found["Tirana"] < View(1080).spot(tirana)[0]
    assert "Skopje" not in found


def test_names_one_above_the_other_do_not_touch():
    below = City("Below", "AT", 47.4, 16.37208, 80)
    view = View(1080)
    (x, y), (_, lower) = view.spot(VIENNA), view.spot(below)
    assert 12 < lower - y < 15

    drawing = map_of([VIENNA, below], view)

    assert starts(drawing)["Below"] < x < starts(drawing)["Vienna"]


def test_circles_are_larger_where_there_is_more():
    drawing = map_of([VIENNA, BISHKEK], View(1080))
    land, *circles = drawing.iter("path")
    radii = [float(re.search(r"A([\d.]+),", circle.get("d")).group(1)) for circle in circles]
    assert land.get("fill") == "var(--land)"
    assert radii == pytest.approx([24, 8])  # areas as 9 to 1


# -- how the coasts were made


def test_what_is_outside_of_the_frame_is_cut_off():
    (west, south, _, _) = build_coasts.FRAME
    ring = [
        (west - 5, south + 1),
        (west - 5, south + 3),
        (west + 2, south + 3),
        (west + 2, south + 1),
    ]
    assert sorted(build_coasts.clipped(ring)) == [
        (west, south + 1),
        (west, south + 3),
        (west + 2, south + 1),
        (west + 2, south + 3),
    ]


def test_points_that_hardly_bend_a_line_are_left_out():
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (2.0, 2.0)]
    assert build_coasts.simplified(line) == [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0)]


def test_small_islands_are_left_out_and_land_is_on_the_right():
    small = [(0.0, 40.0), (0.1, 40.0), (0.1, 40.1), (0.0, 40.1)]
    island = [(0.0, 40.0), (4.0, 40.0), (4.0, 44.0), (0.0, 44.0)]
    lake = [(1.0, 41.0), (1.0, 43.0), (3.0, 43.0), (3.0, 41.0)]
    assert build_coasts.drawn([small]) == []
    outer, inner = build_coasts.drawn([island, lake])
    assert build_coasts.area([tuple(point) for point in outer]) == -16
    assert build_coasts.area([tuple(point) for point in inner]) == 4
