"""What a dateline says, where it ends, and what is none."""

# ruff: noqa: PLR0917 - letters, quotes and dashes that look alike are the subject here

from datetime import date

import pytest
from grid import check_each
from hypothesis import example, given, settings
from hypothesis import strategies as st

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.normalise.header_lines import HeaderLine, split_header_line
from osce_crawl.normalise.place_names import read_places, split_places
from osce_crawl.text.forms import clean_text

PUBLISHED = date(2022, 6, 29)


def says(text, published=PUBLISHED):
    """Return (places, country, date) of the dateline of `text`."""
    found = parse_dateline(text, published)
    return found and (found["places"], found["country"], found["date"])


def test_marks_and_order_make_no_difference():
    texts = [
        "SARAJEVO, 5 May 2015 – Words follow",
        "SARAJEVO, 5 May 2015- Words follow",
        "SARAJEVO, 5 May 2015 –Words follow",
        "SARAJEVO, 5 May 2015-Words follow",
        "SARAJEVO, 5 May 2015 -- Words follow",
        "SARAJEVO, 5 May 2015 — Words follow",
        "SARAJEVO, 5 May 2015 ‑ Words follow",
        "SARAJEVO, 5 May 2015 − Words follow",
        "SARAJEVO, 5 May 2015 - - Words follow",
        "SARAJEVO, 5 May 2015: Words follow",
        "SARAJEVO, 5 May 2015. Words follow",
        "SARAJEVO, 5 May 2015, - Words follow",
        "SARAJEVO, 5 May 2015 Words follow",
        "SARAJEVO, 5 May 2015\n\nWords follow",
        "SARAJEVO, 5 May 2015 – “Words follow",
        "SARAJEVO, 5 May 2015 – 44 words follow",
        "SARAJEVO, 5 May 2015-",
        "SARAJEVO, 5 May 2015 | Words follow",
        "SARAJEVO | 5 May 2015 | Words follow",
        "SARAJEVO, 5 May 2015 / Words follow",
        "SARAJEVO, 5 May 2015 … Words follow",
        "SARAJEVO, 5 May 2015, 10.30 a.m. – Words follow",
        "(SARAJEVO, 5 May 2015) – Words follow",
        "[SARAJEVO, 5 May 2015] Words follow",
        "5 May 2015. SARAJEVO. Words follow",
        "5 May 2015 | SARAJEVO | Words follow",
        "• SARAJEVO, 5 May 2015 – Words follow",
        "– SARAJEVO, 5 May 2015 – Words follow",
        "SARAJEVO 5 May 2015 – Words follow",
        "SARAJEVO. 5 May 2015 – Words follow",
        "SARAJEVO – 5 May 2015 – Words follow",
        "SARAJEVO (5 May 2015) – Words follow",
        "SARAJEVO, 5 May, 2015 – Words follow",
        "SARAJEVO, May 5, 2015 – Words follow",
        "SARAJEVO, 5. May 2015 – Words follow",
        "SARAJEVO, 05.05.2015. – Words follow",
        "SARAJEVO, Tuesday, 5 May 2015 – Words follow",
        "SARAJEVO, 5 May 2015, 18:00 – Words follow",
        "SARAJEVO, 5\u00a0May\u00a02015\u00a0– Words follow",
        "SARA\u00adJEVO, 5 May 2015 – Words follow",
        "  SARAJEVO, 5 May 2015 – Words follow",
        "5 May 2015, SARAJEVO – Words follow",
    ]
    check_each(says, dict.fromkeys(texts, (["SARAJEVO"], None, "2015-05-05")))


WITH_A_REMARK = [
    "SARAJEVO, 5 May 2015 (OSCE) - Words follow",
    "SARAJEVO, 5 May 2015 (OSCE/ODIHR)-- Words follow",
    "SARAJEVO (OSCE), 5 May 2015 - Words follow",
    "(OSCE) SARAJEVO, 5 May 2015 - Words follow",
    "(Updated) SARAJEVO, 5 May 2015 - Words follow",
    "[CORRECTED] SARAJEVO, 5 May 2015 - Words follow",
    "CORRECTION: SARAJEVO, 5 May 2015 - Words follow",
    "Correction, SARAJEVO, 5 May 2015 - Words follow",
    "UPDATE 2: SARAJEVO, 5 May 2015 - Words follow",
    "PRESS RELEASE\n\nSARAJEVO, 5 May 2015 - Words follow",
    "SARAJEVO, (OSCE) 5 May 2015 - Words follow",
    "OSCE, SARAJEVO, 5 May 2015 - Words follow",
    "UPDATED - SARAJEVO, 5 May 2015 - Words follow",
    "MEDIA ADVISORY: SARAJEVO, 5 May 2015 - Words follow",
    "EMBARGOED UNTIL 6 MAY 2015: SARAJEVO, 5 May 2015 - Words follow",
]


def test_a_remark_before_or_behind_is_no_place():
    check_each(says, dict.fromkeys(WITH_A_REMARK, (["SARAJEVO"], None, "2015-05-05")))


NAMES = {
    "ANDORRA LA VELLA, 5 May 2015- Words": ["ANDORRA LA VELLA"],
    "THE HAGUE, 5 May 2015- Words": ["THE HAGUE"],
    "MITROVO POLJE, 5 May 2015- Words": ["MITROVO POLJE"],
    "WASHINGTON D.C., 5 May 2015- Words": ["WASHINGTON D.C."],
    "WASHINGTON, D.C., 5 May 2015- Words": ["WASHINGTON, D.C."],
    "ST. PETERSBURG, 5 May 2015- Words": ["ST. PETERSBURG"],
    "ROSTOV-ON-DON, 5 May 2015- Words": ["ROSTOV-ON-DON"],
    "L'VIV, 5 May 2015- Words": ["L'VIV"],
    "FRANKFURT AM MAIN, 5 May 2015- Words": ["FRANKFURT AM MAIN"],
    "SKOPE, 5 May 2015- Words": ["SKOPE"],
    "SAN MARINO, 5 May 2015- Words": ["SAN MARINO"],
    "LUXEMBOURG, 5 May 2015- Words": ["LUXEMBOURG"],
    "Bishkek, 5 May 2015 — Words": ["Bishkek"],
    "Issyk-Kul, 5 May 2015 — Words": ["Issyk-Kul"],
    "NEAR DONETSK, 5 May 2015 — Words": ["NEAR DONETSK"],
}


def test_names_stay_as_printed():
    check_each(says, {text: (places, None, "2015-05-05") for text, places in NAMES.items()})


SEVERAL = {
    "VIENNA/THE HAGUE, 5 May 2015- Words": ["VIENNA", "THE HAGUE"],
    "TIRANA / BRUSSELS / GENEVA – 5 May 2015. Words": ["TIRANA", "BRUSSELS", "GENEVA"],
    "Bratislava/Copenhagen/Vienna, 5 May 2015 – Words": ["Bratislava", "Copenhagen", "Vienna"],
    "BAKU and YEREVAN, 5 May 2015 – Words": ["BAKU", "YEREVAN"],
    "AVDIIVKA–DONETSK, 5 May 2015 – Words": ["AVDIIVKA", "DONETSK"],
    "BUJANOVAC, PREŠEVO AND MEDVEĐA, 5 May 2015 – Words": ["BUJANOVAC", "PREŠEVO", "MEDVEĐA"],
    "PARIS/WASHINGTON, D.C., 5 May 2015 – Words": ["PARIS", "WASHINGTON, D.C."],
    "PEJË/PEĆ and PRIZREN, 5 May 2015 – Words": ["PEJË/PEĆ", "PRIZREN"],
    "PRISHTINË/PRIŠTINA/SKOPJE, 5 May 2015 – Words": ["PRISHTINË/PRIŠTINA", "SKOPJE"],
}


def test_several_places_are_told_apart():
    check_each(says, {text: (places, None, "2015-05-05") for text, places in SEVERAL.items()})


TWO_LANGUAGES = [
    "PRISHTINË/PRIŠTINA",
    "PRISHTINË / PRIŠTINA",
    "Prishtina/Priština",
    "GJILAN/GNJILANE",
    "NORTH MITROVICË/MITROVICA",
    "MITROVICA NORTH/SEVERNA MITROVICA",
    "FUSHË KOSOVË/KOSOVO POLJE",
    "HANI I ELEZIT/ELEZ HAN",
    "BRUXELLES/BRUSSEL",
    "KYIV/KIEV",
]


def test_a_town_in_two_languages_is_one_place():
    check_each(
        lambda name: says(f"{name}, 9 Apr 2012- Words"),
        {name: ([name], None, "2012-04-09") for name in TWO_LANGUAGES},
    )


WITH_A_COUNTRY = {
    "VICENZA, Italy, 9 June 2017 – Words": (["VICENZA"], "Italy"),
    "BUDVA, MONTENEGRO, 9 June 2017 – Words": (["BUDVA"], "MONTENEGRO"),
    "VIENNA (Austria), 9 June 2017 – Words": (["VIENNA"], "Austria"),
    "SARAJEVO, Bosnia and Herzegovina, 9 June 2017 – Words": (
        ["SARAJEVO"],
        "Bosnia and Herzegovina",
    ),
    "MAASTRICHT, the Netherlands, 9 June 2017 – Words": (["MAASTRICHT"], "the Netherlands"),
    "MARIUPOL, eastern Ukraine, 9 June 2017 – Words": (["MARIUPOL"], "Ukraine"),
    "BELGRADE, FRY, 9 June 2017 – Words": (["BELGRADE"], "FRY"),
    "KHARKOV/STANYTSIA LUHANSKA, Ukraine, 9 June 2017 – Words": (
        ["KHARKOV", "STANYTSIA LUHANSKA"],
        "Ukraine",
    ),
    "9 June 2017, VIENNA, Austria – Words": (["VIENNA"], "Austria"),
    "CHARLOTTE, North Carolina, 9 June 2017 – Words": (["CHARLOTTE"], None),
    "TIRANA, Albania/VIENNA, Austria, 9 June 2017 – Words": (["TIRANA", "VIENNA"], None),
    "TIRANA, Albania/VIENNA, 9 June 2017 – Words": (["TIRANA", "VIENNA"], None),
}


def test_the_country_after_a_place_is_its_own_value():
    check_each(says, {text: (*said, "2017-06-09") for text, said in WITH_A_COUNTRY.items()})


OTHER_LANGUAGES = {
    "КИЕВ, 8 мая 2015 г. – Слова": ("КИЕВ", "2015-05-08"),
    "Душанбе, 8 мая 2015 года — Слова": ("Душанбе", "2015-05-08"),
    "КИЇВ, 12 березня 2020 року – Слова": ("КИЇВ", "2020-03-12"),
    "г. БИШКЕК, 8 мая 2015 года – Слова": ("БИШКЕК", "2015-05-08"),
    "г. Душанбе, 8 мая 2015 года – Слова": ("Душанбе", "2015-05-08"),
    "с. СТАНИЦА, 8 мая 2015 года – Слова": ("СТАНИЦА", "2015-05-08"),
    "м. КИЇВ, 12 березня 2020 року – Слова": ("КИЇВ", "2020-03-12"),
    "MOSTAR, 5. juna/lipnja 2006. godine – Riječi": ("MOSTAR", "2006-06-05"),
    "BAKI, 3 iyul 2014-cü il – Sözlər": ("BAKI", "2014-07-03"),
    "САРАЈЕВО, 26. новембар 2025. године – Речи": ("САРАЈЕВО", "2025-11-26"),
    "СКОПЈЕ, 5 мај 2020 – Зборови": ("СКОПЈЕ", "2020-05-05"),
    "SARAJEVO, 26. novembar 2025. godine - Riječi": ("SARAJEVO", "2025-11-26"),
    "ZAGREB, 5. svibnja 2010. – Riječi": ("ZAGREB", "2010-05-05"),
    "TIRANË, 3 maj 2010 – Fjalë": ("TIRANË", "2010-05-03"),
    "CHIȘINĂU, 3 mai 2010. Cuvinte": ("CHIȘINĂU", "2010-05-03"),
    "WIEN, am 3. Mai 2010 – Worte": ("WIEN", "2010-05-03"),
    "VIENNE, le 3 mai 2010 – Mots": ("VIENNE", "2010-05-03"),
    "VIENNA, 3 maggio 2010 – Parole": ("VIENNA", "2010-05-03"),
    "VIENNA, lì 3 maggio 2010 – Parole": ("VIENNA", "2010-05-03"),
    "VIENA, 3 de mayo de 2010 – Palabras": ("VIENA", "2010-05-03"),
    "ԵՐԵՎԱՆ, 5 մայիսի 2015 թ. – Խոսքեր": ("ԵՐԵՎԱՆ", "2015-05-05"),
}


def test_other_languages_and_scripts_are_read():
    check_each(says, {text: ([place], None, day) for text, (place, day) in OTHER_LANGUAGES.items()})


def test_the_year_comes_from_the_publication_where_none_is_printed():
    assert says("WARSAW/VIENNA, 30 June – Words") == (["WARSAW", "VIENNA"], None, "2022-06-30")


def test_without_a_printed_year_or_a_publication_the_date_is_null():
    assert says("WARSAW/VIENNA, 30 June – Words", None) == (["WARSAW", "VIENNA"], None, None)


NO_ONE_DAY = [
    "VIENNA, 5-6 May 2010 – Words",
    "VIENNA, 30 April – 2 May 2010 – Words",
    "VIENNA, 31 February 2010 – Words",
    "VIENNA, 3 Febuary 2010 – Words",
    "VIENNA, May 2010 – Words",
    "VIENNA, 5 May '10 – Words",
]


def test_a_date_that_is_no_one_day_is_null_beside_its_place():
    check_each(says, dict.fromkeys(NO_ONE_DAY, (["VIENNA"], None, None)))


BEYOND_DOUBT = {
    "VIENNA- Words follow": (["VIENNA"], None),
    "OSH – Words follow": (["OSH"], None),
    "LEINSWEILER – Words follow": (["LEINSWEILER"], None),
    "ORIKHIV – Words follow": (["ORIKHIV"], None),
    "PARIS/BAKU- Words follow": (["PARIS", "BAKU"], None),
    "CHISINAU: Words follow": (["CHISINAU"], None),
    "KAMENSK-SHAKHTINSKIY, Russian Federation. Words follow": (
        ["KAMENSK-SHAKHTINSKIY"],
        "Russian Federation",
    ),
    "KYIV, Ukraine – Words follow": (["KYIV"], "Ukraine"),
    "Kyiv, Ukraine – Words follow": (["Kyiv"], "Ukraine"),
}


def test_a_place_beyond_doubt_needs_no_date():
    check_each(says, {text: (*said, None) for text, said in BEYOND_DOUBT.items()})


def test_prose_and_headings_are_no_dateline():
    texts = [
        "From 25 to 27 June 2012, representatives met",
        "On 29 July 2022, the office organized a seminar",
        "On 4 February, a patrol of five",
        "At 12:29 on 8 December, at a checkpoint",
        "Summary In Donetsk region, fewer were recorded",
        "SONNTAG, 9. Februar 2020 – Der Leiter sprach",
        "Regarding the 28 August 2025 Decision of the commission",
        "During his visit to Kyrgyzstan from 24 to 27 July 2022",
        "In Vienna, 5 May 2010 – a day of talks",
        "In Kyiv, Ukraine, the talks went on",
        "In Kyiv, Ukraine. The talks went on",
        "Vienna hosts a conference – the third",
        "Belgrade and Pristina – The dialogue went on",
        "Ukraine – a country of many",
        "Ukraine – The country of many",
        "Serbia, Montenegro. The neighbours met",
        "OSCE - a short history",
        "ODIHR – The office's work",
        "SMM – The daily work",
        "NOTE TO EDITORS - The text is",
        "SUMMARY – The patrols saw",
        "PRESS RELEASE – The text is",
        "COVID-19 – The virus is",
        "WOMEN IN POLICING – The course is",
        "HUMAN RIGHTS – The course is",
        "DIGITAL TRANSFORMATION – The course is",
        "SIGURNOST – Riječ je o",
        "Ann Nobody, Austria. The speaker said",
        "The OSCE Mission, 5 May 2010 – the text",
        "Secretary General Zannier, 5 May 2010 – the text",
        "International Women's Day, 8 March 2019 – the text",
        "8 March 2019 – International Women's Day – is kept",
        "Ann Mary Nobody, 8 March 2019 – In her speech",
        "Иван Никто, 8 марта 2019 г. – Слова",
        "Minsk Group, 8 March 2019 – its work",
        "Charter of Paris, 21 November 1990 – its words",
        "Il 3 luglio 2014 – giorno",
        "Hier, 5 juin 2018 – la",
        "Сегодня, 5 июня 2018 г. – открыт",
        "Monday, 9 October 2023 – the text",
        "Daily report 5 May 2019 - The text",
        "Глава миссии, 5 мая 2015 — сказал",
        "U Podgorici, 5. maja 2015. godine – skup",
        "12 journalists - The text",
        "Posted 5 May 2019 - The text",
        "Publicat la data de 5 mai 2019 – Textul",
        "Опубликовано 5 мая 2019 – Текст",
        "“Vienna, 5 May 2010 – The words” he said",
        "10 February 2012",
        "A –",
        "-",
        " ",
        "",
    ]
    check_each(lambda text: parse_dateline(text, PUBLISHED), dict.fromkeys(texts))


PRINTED = {
    "SKOPJE, 18 October 2001 (OSCE)-- Words – more": (
        "SKOPJE, 18 October 2001 (OSCE)",
        "Words – more",
    ),
    "  WIEN, 3. Mai 2010 —  Worte": ("WIEN, 3. Mai 2010", "Worte"),
    "BEOGRAD, 5. maja 2020. – Reči": ("BEOGRAD, 5. maja 2020.", "Reči"),
    "КИЕВ, 8 мая 2015 г. – Слова": ("КИЕВ, 8 мая 2015 г.", "Слова"),
    "GENEVA – 6 October 2020. Words": ("GENEVA – 6 October 2020", "Words"),
    "GORI, Georgia. Words": ("GORI, Georgia", "Words"),
    "VIENNA- Words": ("VIENNA", "Words"),
    "CORRECTION: VIENNA, 5 May 2010\u00a0– Words": ("CORRECTION: VIENNA, 5 May 2010", "Words"),
    "ДУШАНБЕ, 14 июня 2024 года. Офис": ("ДУШАНБЕ, 14 июня 2024 года", "Офис"),
    "ДУШАНБЕ, 14 июня 2024 г. Офис": ("ДУШАНБЕ, 14 июня 2024 г.", "Офис"),
    "КИЇВ, 5 травня 2015 року. Місія": ("КИЇВ, 5 травня 2015 року", "Місія"),
    "КИЇВ, 5 травня 2015 р. Місія": ("КИЇВ, 5 травня 2015 р.", "Місія"),
    "SARAJEVO, 26. maj 2025. godine. Misija": ("SARAJEVO, 26. maj 2025. godine", "Misija"),
    "SARAJEVO, 26. maj 2025. god. Misija": ("SARAJEVO, 26. maj 2025. god.", "Misija"),
    "BAKI, 5 may 2015-ci il. ATƏT": ("BAKI, 5 may 2015-ci il", "ATƏT"),
    "УЛААНБААТАР, 2018 оны 6 дугаар сарын 12 – Энэ": (
        "УЛААНБААТАР, 2018 оны 6 дугаар сарын 12",
        "Энэ",
    ),
    "УЛААНБААТАР, 2018 оны 6-р сарын 12. Энэ": ("УЛААНБААТАР, 2018 оны 6-р сарын 12", "Энэ"),
    "WIEN, 5. Mai 2014. Die": ("WIEN, 5. Mai 2014", "Die"),
    "VI\u00adENNA, 5 May 2010 – Words": ("VI\u00adENNA, 5 May 2010", "Words"),
}


def test_raw_is_what_is_printed_and_end_is_where_the_text_starts():
    def read(text):
        found = parse_dateline(text)
        return found["raw"], text[found["end"] :]

    check_each(read, PRINTED)


def test_the_keys_are_those_of_the_contract_in_its_order():
    assert list(parse_dateline("VIENNA, 5 May 2010 – Words")) == [
        *("raw", "date", "places", "country", "end"),
    ]


HEADER_LINES = {
    "SARAJEVO 18 December 2000": HeaderLine(["SARAJEVO"], date(2000, 12, 18)),
    "VIENNA/THE HAGUE 7 January 2003": HeaderLine(["VIENNA", "THE HAGUE"], date(2003, 1, 7)),
    "10 February 2012": HeaderLine([], date(2012, 2, 10)),
    "Sonntag, 9. Februar 2020": HeaderLine([], date(2020, 2, 9)),  # a town, too
    "KИЕВ 8 мая 2015": HeaderLine(["KИЕВ"], date(2015, 5, 8)),  # a Latin K, kept as printed
    "Corfu, Greece, 27 June 2009": HeaderLine(["Corfu"], date(2009, 6, 27)),
    "2 June 2000, PRISTINA": HeaderLine(["PRISTINA"], date(2000, 6, 2)),
    "VIENNA 31 February 2010": HeaderLine(["VIENNA"], None),
}


def test_a_header_line_is_places_and_a_date():
    check_each(split_header_line, HEADER_LINES)


NO_HEADER_LINES = [
    "",
    "SARAJEVO",
    "Young journalists meet 2 June 2000",
    "Newsroom 2 June 2000",
    "2 June 2000 Jules",
    "A 5 May 2010 B",
]


def test_a_line_that_is_more_or_less_than_that_is_no_header():
    check_each(split_header_line, dict.fromkeys(NO_HEADER_LINES))


PLACE_HEADERS = {
    "VICENZA": ["VICENZA"],
    "TIRANA / BRUSSELS / GENEVA": ["TIRANA", "BRUSSELS", "GENEVA"],
    "VIENNA, Austria": ["VIENNA"],
    "PRISHTINË/PRIŠTINA": ["PRISHTINË/PRIŠTINA"],
    "Bosnia and Herzegovina": ["Bosnia and Herzegovina"],
    "Hybrid (Vienna and online)": ["Hybrid (Vienna and online)"],
    "Київ й Львів": ["Київ", "Львів"],
    "КИЇВ І ЛЬВІВ": ["КИЇВ", "ЛЬВІВ"],
    "ELIZABETH I": ["ELIZABETH I"],
    "SKOPJE E OHRID": ["SKOPJE E OHRID"],
    "the third floor": ["the third floor"],
    " ": [],
}


def test_a_place_header_is_split_or_kept_whole():
    check_each(split_places, PLACE_HEADERS)


def test_the_country_of_a_place_header_can_be_had_too():
    assert read_places("VIENNA, Austria").country == "Austria"


CITIES = [
    "VIENNA",
    "THE HAGUE",
    "ST. PETERSBURG",
    "NUR-SULTAN",
    "ŁÓDŹ",
    "Ohrid",
    "КИЕВ",
    "NOVI SAD",
]
COUNTRIES = ["Austria", "Russian Federation", "Bosnia and Herzegovina", "Türkiye"]


@given(
    cities=st.lists(st.sampled_from(CITIES), min_size=1, max_size=3, unique=True),
    joint=st.sampled_from(["/", " / ", ", ", " and "]),
    country=st.none() | st.sampled_from(COUNTRIES),
    day=st.dates(date(1995, 1, 1), date(2026, 12, 31)),
    form=st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "{d} {m}", "{d}. {m} {y}"]),
    dash=st.sampled_from(["-", "- ", " – ", " — ", "-- ", " −"]),
    rest=st.sampled_from(["The work goes on.", "“Words”, he said.", "12 people met.", "On 3 May"]),
    first=st.booleans(),
)
def test_a_rendered_dateline_parses_back(cities, joint, country, day, form, dash, rest, first):
    when = form.format(d=day.day, m=f"{day:%B}", y=day.year)
    where = joint.join(cities) + (f", {country}" if country else "")
    if first:
        printed, dash = f"{when}, {where}", " – "
    else:
        printed = f"{where}, {when}"
    found = parse_dateline(printed + dash + rest, day)
    assert found == {
        "raw": printed,
        "date": day.isoformat(),
        "places": cities,
        "country": country,
        "end": len(printed + dash),
    }


PIECES = st.sampled_from(
    [
        "VIENNA",
        "Kyiv",
        "OSCE",
        "the",
        "The",
        "5 May 2010",
        "30 June",
        "2010",
        "/",
        ", ",
        " – ",
        "-",
        "(",
        ")",
        ".",
        ":",
        " ",
        "\n",
        "\xad",
        "́",
        "Austria",
        "D.C.",
        "and",
        "é",
        "ﬁ",
        "İ",
    ],
)


def opens(raw, text):
    """Tell whether *text* holds *raw*, and before it in its line nothing that prints."""
    before, found, _ = text.partition(raw)
    line = f"{before}.".splitlines()[-1]
    return bool(found) and not clean_text(line[:-1])


@settings(deadline=None)
@given(
    st.text() | st.lists(PIECES, max_size=12).map("".join),
    st.none() | st.dates(),
)
@example("\xadAA0MAY2000", None)
@example("0\nAA1MAY2000 A", None)  # behind a preamble
@example("\xad VIENNA\xad, 5 May 2010 \xad- The", None)
def test_no_text_raises_and_a_dateline_lies_in_its_text(text, published):
    found = parse_dateline(text, published)
    assert found is None or (
        0 < len(found["raw"]) <= found["end"] <= len(text)
        and opens(found["raw"], text)
        and found["places"] == [place for place in found["places"] if place]
        and found["places"]
    )


@settings(deadline=None)
@given(st.text() | st.lists(PIECES, max_size=12).map("".join))
def test_no_header_raises(text):
    assert split_header_line(text) is None or split_header_line(text).places is not None
    assert all(split_places(text))


@pytest.mark.parametrize(
    "text",
    [
        "თბილისი, 11 ოქტომბერი 2020 – სასამართლოების თანამშრომლები შეიკრიბნენ.",
        "თბილისი, 2020 წლის 11 ოქტომბერი – სასამართლოების თანამშრომლები შეიკრიბნენ.",
    ],
)
def test_georgian_which_has_no_capitals_has_datelines(text):
    dateline = parse_dateline(text)
    assert (dateline["places"], dateline["date"]) == (["თბილისი"], "2020-10-11")


@pytest.mark.parametrize(
    "text",
    [
        "ხუთშაბათი, 11 ოქტომბერი 2020 – სასამართლოების თანამშრომლები შეიკრიბნენ.",
        "თბილისი და მისი სასამართლოები – სასამართლოების თანამშრომლები შეიკრიბნენ.",
    ],
)
def test_other_georgian_words_are_no_dateline(text):
    assert parse_dateline(text) is None
