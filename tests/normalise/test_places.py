"""Printed place names resolve to one place, or to nothing."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.resources import files

import pytest
from grid import check_each
from hypothesis import given
from hypothesis import strategies as st

from osce_crawl.vocabulary.gazetteer import place_key, resolve_place

DATA = files("osce_crawl") / "data"
KEYS = ["name", "kind", "country", "latitude", "longitude", "geonames_id"]
OVERLAY = json.loads((DATA / "places_overlay.json").read_text(encoding="utf-8"))


def found(name, country=None, unit_countries=()):
    place = resolve_place(name, country, unit_countries=unit_countries)
    return None if place is None else (place["name"], place["country"])


def test_a_place_has_the_contracts_keys_in_order():
    assert list(resolve_place("VIENNA")) == KEYS


def test_a_city_is_spelt_as_geonames_does_with_its_coordinates():
    assert resolve_place("TBILISI") == {
        "name": "Tbilisi",
        "kind": "city",
        "country": "GE",
        "latitude": pytest.approx(41.69, abs=0.01),
        "longitude": pytest.approx(44.83, abs=0.01),
        "geonames_id": "611717",
    }


CITIES = {
    "VIENNA": ("Vienna", "AT"),
    "SKOPJE": ("Skopje", "MK"),
    "COPENHAGEN": ("Copenhagen", "DK"),
    "BELGRADE": ("Belgrade", "RS"),
    "DUSHANBE": ("Dushanbe", "TJ"),
    "WARSAW": ("Warsaw", "PL"),
    "BAKU": ("Baku", "AZ"),
    "TASHKENT": ("Tashkent", "UZ"),
    "THE HAGUE": ("The Hague", "NL"),
    "MINSK": ("Minsk", "BY"),
    "KYIV": ("Kyiv", "UA"),
    "TIRANA": ("Tirana", "AL"),
    "HELSINKI": ("Helsinki", "FI"),
    "SARAJEVO": ("Sarajevo", "BA"),
    "ANDORRA LA VELLA": ("Andorra la Vella", "AD"),
    "MITROVO POLJE": ("Mitrovo Polje", "RS"),
    "CHISINAU": ("Chisinau", "MD"),
    "WASHINGTON D.C.": ("Washington", "US"),
    "Bishkek": ("Bishkek", "KG"),
    "PODGORICA": ("Podgorica", "ME"),
    "Bratislava": ("Bratislava", "SK"),
    "LEINSWEILER": ("Leinsweiler", "DE"),
    "PRISTINA": ("Pristina", "XK"),
    "ZAGREB": ("Zagreb", "HR"),
    "VICENZA": ("Vicenza", "IT"),
    "REYKJAVIK": ("Reykjavík", "IS"),
    "Corfu": ("Corfu", "GR"),
    "ST. PETERSBURG": ("Saint Petersburg", "RU"),
    "GENEVA": ("Geneva", "CH"),
    "NEW YORK": ("New York City", "US"),
}


def test_the_city_of_a_dateline_resolves():
    check_each(found, CITIES)


VENUES = {
    "Lisbon": "PT",
    "Istanbul": "TR",
    "Budapest": "HU",
    "Maastricht": "NL",
    "Porto": "PT",
    "Sofia": "BG",
    "Ljubljana": "SI",
    "Astana": "KZ",
    "Athens": "GR",
    "Vilnius": "LT",
    "Dublin": "IE",
    "Basel": "CH",
    "Hamburg": "DE",
    "Łódź": "PL",
    "Valletta": "MT",
    "Bucharest": "RO",
    "Mauerbach": "AT",
}


def test_a_summit_or_ministerial_venue_resolves():
    check_each(found, {city: (city, country) for city, country in VENUES.items()})


FORMER_NAMES = {
    "Nur-Sultan": ("Astana", "KZ"),
    "Kiev": ("Kyiv", "UA"),
    "Kishinev": ("Chisinau", "MD"),
    "Tbilissi": ("Tbilisi", "GE"),
    "Lugansk": ("Luhansk", "UA"),
    "Kharkov": ("Kharkiv", "UA"),
    "Lvov": ("Lviv", "UA"),
    "Odessa": ("Odesa", "UA"),
    "Alma-Ata": ("Almaty", "KZ"),
    "Frunze": ("Bishkek", "KG"),
    "Stepanakert": ("Khankendi", "AZ"),
}


def test_a_former_name_is_the_place_of_today():
    check_each(found, FORMER_NAMES)


OTHER_LANGUAGES = {
    "Wien": ("Vienna", "AT"),
    "Vienne": ("Vienna", "AT"),
    "Варшава": ("Warsaw", "PL"),
    "Tiranë": ("Tirana", "AL"),
    "САРАЈЕВО": ("Sarajevo", "BA"),
    "КИШИНЕВ": ("Chisinau", "MD"),
    "Vjenë": ("Vienna", "AT"),
    "Taškent": ("Tashkent", "UZ"),
    "Київ": ("Kyiv", "UA"),
    "Gəncə": ("Ganja", "AZ"),
    "თბილისი": ("Tbilisi", "GE"),
}


def test_a_name_in_another_language_or_script_resolves():
    check_each(found, OTHER_LANGUAGES)


def test_a_latin_letter_in_a_cyrillic_name_is_read_as_its_look_alike():
    assert found("K\u0418\u0415\u0412") == ("Kyiv", "UA")


WITHOUT_DIACRITICS = {
    "SHTIP": ("Shtip", "MK"),
    "NIKSIC": ("Nikšić", "ME"),
    "BRCKO": ("Brčko", "BA"),
    "LODZ": ("Łódź", "PL"),
    "İZMİR": ("İzmir", "TR"),
    "GJIROKASTER": ("Gjirokastër", "AL"),
}


def test_capitals_and_missing_diacritics_do_not_matter():
    check_each(found, WITHOUT_DIACRITICS)


@pytest.mark.parametrize("printed", ["Mar'inka", "Mar’inka", "MARINKA"])
def test_apostrophes_do_not_matter(printed):
    assert found(printed) == ("Mar'yinka", "UA")


@pytest.mark.parametrize("dash", ["-", "‑", "–", " "])
def test_every_dash_in_a_name_is_one(dash):
    assert found(f"IVANO{dash}FRANKIVSK") == ("Ivano-Frankivsk", "UA")


TWO_LANGUAGES = {
    "PRISHTINË/PRIŠTINA": ("Pristina", "XK"),
    "Prishtinë / Priština": ("Pristina", "XK"),
    "MITROVICË/MITROVICA": ("Mitrovicë", "XK"),
    "Pejë/Peć": ("Pejë", "XK"),
    "Gjilan/Gnjilane": ("Gjilan", "XK"),
    "Ferizaj/Uroševac": ("Ferizaj", "XK"),
    "Gjakovë/Đakovica": ("Gjakovë", "XK"),
    "Graçanicë/Gračanica": ("Gračanica", "XK"),
}


def test_a_name_in_two_languages_is_one_place():
    check_each(found, TWO_LANGUAGES)


def test_two_places_in_one_string_are_none():
    assert found("WARSAW/VIENNA") is None


IN_KOSOVO = ["Prishtinë", "Priština", "PRISTINA", "Приштина", "Zvečan", "Skenderaj", "Rahovec"]


def test_a_place_in_kosovo_has_the_code_xk():
    check_each(lambda name: resolve_place(name)["country"], dict.fromkeys(IN_KOSOVO, "XK"))


STATED_COUNTRIES = {
    ("KHARKOV", "Ukraine"): ("Kharkiv", "UA"),
    ("STANYTSIA LUHANSKA", "Ukraine"): ("Stanytsya-Luhanska", "UA"),
    ("KAMENSK-SHAKHTINSKIY", "Russian Federation"): ("Kamensk-Shakhtinsky", "RU"),
    ("Donetsk", "Russian Federation"): ("Donetsk", "RU"),
    ("Donetsk", "UA"): ("Donetsk", "UA"),
    ("Odessa", "United States"): ("Odessa", "US"),
    ("Frunze", "Ukraine"): ("Frunze", "UA"),
    ("Bar", "Montenegro"): ("Bar", "ME"),
}


def test_the_stated_country_settles_a_name():
    check_each(found, STATED_COUNTRIES)


def test_a_name_that_contradicts_the_stated_country_is_none():
    assert found("VIENNA", "Ukraine") is None


def test_a_stated_country_that_is_unknown_is_no_reason_to_guess():
    assert found("VIENNA", "Ruritania") is None


@pytest.mark.parametrize("printed", ["Donetsk, Russian Federation", "DONETSK (Russian Federation)"])
def test_a_country_printed_within_the_name_counts_as_stated(printed):
    assert found(printed) == ("Donetsk", "RU")


@pytest.mark.parametrize(
    ("name", "unit_country", "expected"),
    [
        ("Donetsk", "UA", ("Donetsk", "UA")),
        ("Donetsk", "RU", ("Donetsk", "RU")),
        ("Bar", "ME", ("Bar", "ME")),
        ("Mitrovica", "XK", ("Mitrovicë", "XK")),
        ("Armavir", "AM", ("Armavir", "AM")),
    ],
)
def test_the_country_of_the_issuing_unit_settles_a_name(name, unit_country, expected):
    assert found(name, unit_countries=[unit_country]) == expected


def test_a_unit_does_not_turn_a_capital_into_a_village():
    assert found("MOSKVA", unit_countries=["TJ"]) == ("Moscow", "RU")


def test_a_unit_does_not_turn_a_large_city_into_a_village_once_called_so():
    assert found("HAMBURG", unit_countries=["UA"]) == ("Hamburg", "DE")


AMBIGUOUS = ["Donetsk", "ДОНЕЦК", "Springfield", "Bar", "Tripoli", "Baden", "Kingston"]


def test_an_ambiguous_name_is_none():
    check_each(found, dict.fromkeys(AMBIGUOUS))


NO_PLACES = [
    "VIENNNA",
    "SKOPE",
    "Talinn",
    "Wein",
    "Crimea",
    "OSCE",
    "PRESS RELEASE",
    "",
    " ",
    "/",
    "—",
]


def test_a_name_that_is_misspelt_or_no_place_is_none():
    check_each(found, dict.fromkeys(NO_PLACES))


def test_a_wrong_alternate_of_geonames_is_not_believed():
    assert found("Trnava") == ("Trnava", "SK")


def test_an_alternate_name_of_a_large_city_does_not_displace_a_town_called_so():
    assert found("Landen", "Belgium") == ("Landen", "BE")
    assert found("Landen") is None


def test_a_country_given_alone_is_the_country():
    assert resolve_place("Ukraine") == {
        "name": "Ukraine",
        "kind": "country",
        "country": "UA",
        "latitude": None,
        "longitude": None,
        "geonames_id": "690791",
    }


@pytest.mark.parametrize(
    ("printed", "code"),
    [("Georgia", "GE"), ("Kosovo", "XK"), ("Russian Federation", "RU"), ("Turkey", "TR")],
)
def test_the_name_of_a_state_is_the_state(printed, code):
    place = resolve_place(printed)
    assert (place["kind"], place["country"]) == ("country", code)


def test_a_capital_with_the_name_its_state_has_in_another_language_is_the_capital():
    assert resolve_place("TUNIS")["kind"] == "city"


def test_a_country_stated_twice_is_the_country():
    assert resolve_place("Ukraine", "Ukraine")["kind"] == "country"


def test_a_town_with_the_name_of_its_state_is_meant_where_the_state_is_printed_too():
    assert resolve_place("Luxembourg", "Luxembourg")["kind"] == "city"


def test_a_capital_outside_the_area_resolves():
    assert found("BEIJING") == ("Beijing", "CN")


def test_what_geonames_lacks_comes_from_the_overlay():
    place = resolve_place("ERGNETI")
    assert (place["name"], place["country"], place["geonames_id"]) == ("Ergneti", "GE", None)


def test_a_place_that_is_no_town_is_a_site():
    assert resolve_place("Maiorsk")["kind"] == "site"


def test_a_result_may_be_changed_without_changing_the_next_one():
    resolve_place("VIENNA")["name"] = "changed"
    assert found("VIENNA") == ("Vienna", "AT")


def test_the_overlay_names_places_as_the_gazetteer_does():
    named = OVERLAY["aliases"] + OVERLAY["misnomers"]
    with closing(sqlite3.connect(f"{DATA.as_uri()}/gazetteer.sqlite?mode=ro", uri=True)) as places:
        query = "SELECT name, country FROM place WHERE id = ?"
        check_each(
            lambda geonames_id: places.execute(query, [geonames_id]).fetchone(),
            {one["geonames_id"]: (one["name"], one["country"]) for one in named},
        )


def test_every_alias_of_the_overlay_means_its_place():
    check_each(
        lambda alias: resolve_place(alias)["geonames_id"],
        {alias: one["geonames_id"] for one in OVERLAY["aliases"] for alias in one["aliases"]},
    )


def test_every_place_of_the_overlay_resolves():
    check_each(
        resolve_place,
        {place["name"]: {key: place[key] for key in KEYS} for place in OVERLAY["places"]},
    )


def test_the_gazetteer_says_where_it_comes_from():
    with closing(sqlite3.connect(f"{DATA.as_uri()}/gazetteer.sqlite?mode=ro", uri=True)) as places:
        meta = dict(places.execute("SELECT key, value FROM meta"))
    assert meta["vocabulary_version"] == "1"
    assert "GeoNames" in meta["attribution"]
    assert "CC BY 4.0" in meta["attribution"]


def test_the_gazetteer_is_small_enough_for_the_wheel():
    assert len((DATA / "gazetteer.sqlite").read_bytes()) < 12_000_000


def test_an_import_opens_no_file_of_places():
    code = (
        "import osce_crawl.vocabulary.gazetteer as places;"
        "print(places._gazetteer.cache_info().currsize + places._overlay.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


@given(st.text(max_size=60), st.none() | st.text(max_size=20))
def test_any_string_gives_a_place_or_none(name, country):
    place = resolve_place(name, country)
    assert place is None or list(place) == KEYS


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(name):
    assert place_key(place_key(name)) == place_key(name)


@pytest.mark.parametrize("name", ["Երևան", "ԵՐԵՎԱՆ", "ԵՐԵՒԱՆ"])
def test_the_armenian_ligature_has_no_capital_of_its_own(name):
    assert resolve_place(name)["name"] == "Yerevan"
