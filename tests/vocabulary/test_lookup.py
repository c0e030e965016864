"""Printed labels resolve to one unit, field, kind, State or language each, or to nothing."""

import json
import runpy
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from grid import check_each
from hypothesis import given
from hypothesis import strategies as st

from osce_crawl.vocabulary import (
    resolve_content_type,
    resolve_field,
    resolve_language_name,
    resolve_source,
    resolve_state,
)
from osce_crawl.vocabulary.lookup import entries, normal_form

TOOL = Path(__file__).parents[2] / "tools" / "build_cldr.py"
VOCABULARIES = {
    "units": "id",
    "fields_of_work": "id",
    "content_types": "id",
    "states": "code",
    "languages": "code",
}
RESOLVERS = [resolve_source, resolve_field, resolve_content_type, resolve_state]
RESOLVERS.append(resolve_language_name)


@pytest.mark.parametrize(("name", "key"), VOCABULARIES.items())
def test_no_two_entries_share_an_id_or_a_label(name, key):
    owners = {
        (normal_form(label), entry[key])
        for entry in entries(name)
        for label in (entry["label"], *entry["aliases"])
    }
    assert len({label for label, _ in owners}) == len(owners)
    assert len({entry[key] for entry in entries(name)}) == len(entries(name))


@pytest.mark.parametrize("name", ["units", "fields_of_work"])
def test_every_parent_is_an_entry(name):
    ids = {entry["id"] for entry in entries(name)}
    assert {entry["parent"] for entry in entries(name)} <= ids | {None}


def test_every_field_operation_of_one_country_names_it():
    codes = {entry["code"] for entry in entries("states")}
    without = [
        entry["id"]
        for entry in entries("units")
        if entry["kind"] == "field-operation" and entry["host_country"] not in codes
    ]
    assert without == ["missions-of-long-duration"]


def test_years_of_a_unit_are_in_order_and_a_last_year_means_closed():
    for entry in entries("units"):
        if entry["valid_to"] is not None:
            assert entry["valid_from"] <= entry["valid_to"]
            assert entry["status"] == "closed"


MENU_UNITS = """\
Presence in Albania
Centre in Ashgabat
Programme Office in Astana
Programme Office in Bishkek
Mission to Bosnia and Herzegovina
Programme Office in Dushanbe
Mission in Kosovo
Mission to Moldova
Mission to Montenegro
Mission to Serbia
Mission to Skopje
Project Co-ordinator in Uzbekistan
Closed field activities
Parliamentary Assembly
Court of Conciliation and Arbitration
Chairpersonship
Secretariat
Secretary General
Office of the Secretary General
Conflict Prevention Centre
Transnational Threats Department
Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings
Office of the Co-ordinator of OSCE Economic and Environmental Activities
Gender Issues Programme
Opportunities for Youth
Department of Human Resources
Department of Management and Finance
Office of Internal Oversight
Documentation Centre in Prague
OSCE Special Monitoring Mission to Ukraine (closed)
OSCE Project Co-ordinator in Ukraine (closed)
OSCE Project Co-ordinator in Baku (closed)
OSCE Office in Yerevan (closed)
OSCE Mission to Georgia (closed)
OSCE Mission to Croatia (closed)
OSCE Assistance Group to Chechnya (closed)
OSCE Observer Mission at the Russian Checkpoints Gukovo and Donetsk (discontinued)
OSCE Office for Democratic Institutions and Human Rights
OSCE High Commissioner on National Minorities
OSCE Representative on Freedom of the Media
OSCE Parliamentary Assembly
Permanent Council
Troika
Minsk Group
Personal Representatives of the Chairperson-in-Office
Asian Partners for Co-operation
Partnerships
Finland – OSCE Chairpersonship 2025""".splitlines()


def test_every_unit_of_the_menus_and_pages_resolves():
    assert [label for label in MENU_UNITS if resolve_source(label) is None] == []


ONE_UNIT = [
    (
        "OSCE Programme Office in Astana",
        "OSCE Programme Office in Nur-Sultan",
        "OSCE Centre in Astana",
        "OSCE Centre in Almaty",
    ),
    (
        "OSCE Office in Baku",
        "OSCE Project Co-ordinator in Baku (closed)",
        "ATƏT-in Bakıdakı Layihə Əlaqələndiricisi",
    ),
    ("OSCE Chairmanship", "OSCE Chairpersonship", "Switzerland – OSCE Chairpersonship 2026"),
    ("OSCE Spillover Monitor Mission to Skopje", "Mission to Skopje"),
    ("Mission to Serbia and Montenegro", "OSCE Mission to the FRY", "Мисија ОЕБС-а у Србији"),
    ("OSCE Centre in Tashkent", "OSCE Project Coordinator in Uzbekistan"),
    ("ODIHR", "OSCE/ODIHR", "БДИПЧ", "Office for Democratic Institutions and Human Rights"),
    ("ODIHR", "Бюро з демократичних інститутів і прав людини"),
    ("Misija OSCE-a u Bosni i Hercegovini", "OSCE Mission to BiH"),
]


def test_one_unit_has_one_id_whatever_it_is_called():
    check_each(
        lambda *labels: len({resolve_source(label)["id"] for label in labels}),
        dict.fromkeys(ONE_UNIT, 1),
    )


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Бюро по демократическим институтам и правам человека ОБСЕ", "odihr"),
        ("Верховный комиссар по делам национальных меньшинств ОБСЕ", "hcnm"),
        ("ОБСЕ Миссия в Молдове", "mission-to-moldova"),
    ],
)
def test_the_name_of_the_organization_may_stand_anywhere_in_that_of_a_unit(label, unit):
    assert resolve_source(label)["id"] == unit


def test_the_organization_s_name_may_be_declined_or_not():
    names = {
        "Misija OSCE u Crnoj Gori": "mission-to-montenegro",
        "Мисија ОСЦЕ-а у Црној Гори": "mission-to-montenegro",
        "Мисијата на ОБСЕ во Црна Гора": "mission-to-montenegro",
        "Misija OEBS u BiH": "mission-to-bosnia-and-herzegovina",
        "Misioni i OSBE në Kosovë": "mission-in-kosovo",
        "Predstavnik OSCE za slobodu medija": "rfom",
    }
    check_each(lambda name: resolve_source(name)["id"], names)
    check_each(resolve_source, dict.fromkeys(("Misija OSCE-a", "OSCE-a", "Misija")))


def test_a_unit_s_name_without_the_organization_s_is_another_one():
    assert resolve_source("Миссия в Молдове") is None


def test_missions_with_mandates_of_their_own_are_units_of_their_own():
    labels = ["Mission to Croatia", "Office in Zagreb", "Mission to Ukraine", "SMM"]
    labels += ["Project Co-ordinator in Ukraine", "Kosovo Verification Mission"]
    labels += ["Mission in Kosovo"]
    assert len({resolve_source(label)["id"] for label in labels}) == len(labels)


def test_a_unit_comes_with_its_facts_and_without_its_aliases():
    assert resolve_source("OSCE Office in Yerevan (closed)") == {
        "id": "office-in-yerevan",
        "label": "OSCE Office in Yerevan",
        "kind": "field-operation",
        "parent": "field-operations",
        "host_country": "AM",
        "valid_from": 1999,
        "valid_to": 2017,
        "status": "closed",
    }


@pytest.mark.parametrize(
    "spelling",
    [
        "osce secretariat",
        "The OSCE Secretariat",
        " OSCE\u00a0Secre\u00adtariat ",
        "Secretariat (closed)",
    ],
)
def test_case_spaces_and_remarks_make_no_difference(spelling):
    assert resolve_source(spelling)["id"] == "secretariat"


@pytest.mark.parametrize("hyphen", ["-", "‑", "–", ""])
def test_hyphens_inside_words_make_no_difference(hyphen):
    assert resolve_source(f"OSCE Project Co{hyphen}ordinator in Uzbekistan") is not None


def test_a_result_can_be_changed_without_changing_the_vocabulary():
    resolve_source("Troika")["label"] = "changed"
    assert resolve_source("Troika")["label"] == "Troika"


OLDER_FIELDS = {
    "Combating human trafficking": "Combating trafficking in human beings",
    "Combatting trafficking in human beings": "Combating trafficking in human beings",
    "Cyber/ICT security": "Cyber/ICT Security",
    "Media freedom": "Media freedom and development",
    "Права человека": "Human rights",
    "Владавина права": "Rule of law",
    "Запобігання і врегулювання конфліктів": "Conflict prevention and resolution",
}


def test_older_and_local_wordings_are_the_field_of_today():
    check_each(lambda older: resolve_field(older)["label"], OLDER_FIELDS)


OTHER_FIELDS = [
    *("Media laws", "Media pluralism", "Media self-regulation", "Safety of journalists"),
    *("Water management", "Disaster risk reduction", "Climate change", "Partnerships"),
    *("Environmental good governance", "Migration", "Roma and Sinti"),
]


def test_values_outside_every_menu_are_fields_too():
    check_each(
        lambda label: resolve_field(label)["label"], {label: label for label in OTHER_FIELDS}
    )


RELEASES = {
    "Press release": "press-release",
    "News": "news",
    "News Item": "news",
    "Spot report": "spot-report",
    "Daily report": "daily-report",
    "Weekly report": "weekly-report",
    "Press statement": "press-statement",
    "Statement": "statement",
    "Пресс-релиз": "press-release",
    "Saopštenje za javnost": "press-release",
    "Соопштение за медиумите": "press-release",
    "Хабарҳо": "news",
}


def test_kinds_of_the_newsroom_are_releases():
    def read(label):
        found = resolve_content_type(label)
        return found["id"], found["release"]

    check_each(read, {label: (slug, True) for label, slug in RELEASES.items()})


def test_other_kinds_are_no_releases():
    labels = ["Ministerial council", "Report", "Event", "Project", "Vacancy", "Publication"]
    check_each(lambda label: resolve_content_type(label)["release"], dict.fromkeys(labels, False))


def test_the_states_are_57_participating_11_partners_and_kosovo():
    counts = [entry["status"] for entry in entries("states")]
    assert [counts.count(status) for status in ("participating", "partner", "other")] == [57, 11, 1]
    assert resolve_state("Kosovo")["code"] == "XK"


STATES = {
    "Turkey": "TR",
    "Türkiye": "TR",
    "Russia": "RU",
    "Российская Федерация": "RU",
    "The Netherlands": "NL",
    "Czech Republic": "CZ",
    "FYROM": "MK",
    "former Yugoslav Republic of Macedonia": "MK",
    "Северна Македонија": "MK",
    "Kyrgyz Republic": "KG",
    "UK": "GB",
    "USA": "US",
    "Crna Gora": "ME",
    "Shqipëri": "AL",
    "Україна": "UA",
    "Österreich": "AT",
    "Republic of Korea": "KR",
    "Holy See": "VA",
}


def test_printed_names_of_states_have_their_codes():
    check_each(lambda name: resolve_state(name)["code"], STATES)


LANGUAGES = {
    "Русский": "ru",
    "Українська": "uk",
    "Shqip": "sq",
    "Crnogorski": "cnr",
    "BHS": "sh",
    "B/H/S": "sh",
    "Bosanski": "bs",
    "Српски": "sr",
    "English": "en",
}


def test_names_of_languages_are_tags():
    check_each(resolve_language_name, LANGUAGES)


@pytest.mark.parametrize("resolve", RESOLVERS)
def test_what_is_not_listed_is_unknown(resolve):
    for label in ("", "OSCE Mission to Nowhere", "Elections and more", "sekretariat"):
        assert resolve(label) is None


@given(st.text(), st.sampled_from(RESOLVERS))
def test_no_label_raises(label, resolve):
    found = resolve(label)
    assert found is None or isinstance(found, dict | str)


def test_importing_the_vocabulary_reads_nothing_and_does_not_need_babel():
    code = (
        "import sys; import osce_crawl.vocabulary, osce_crawl.normalise.datelines\n"
        "from osce_crawl.vocabulary.lookup import entries\n"
        "assert entries.cache_info().currsize == 0 and 'babel' not in sys.modules"
    )
    root = TOOL.parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


@pytest.mark.parametrize("name", ["months", "states"])
def test_the_files_from_cldr_are_what_the_tool_writes(name):
    tool = runpy.run_path(str(TOOL))
    written = files("osce_crawl").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    assert tool[name]() == json.loads(written)
