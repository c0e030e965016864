"""What counts as a date, what does not, and where a date is found in a text."""

import json
import unicodedata
from datetime import date
from importlib.resources import files

import pytest
from grid import check_each
from hypothesis import given, settings
from hypothesis import strategies as st

from osce_crawl.normalise.dates import find_date, fold, parse_date, readable

MONTHS = json.loads(files("osce_crawl").joinpath("data/months.json").read_text(encoding="utf-8"))


ENGLISH = {
    "9 October 2023": "2023-10-09",
    "09 October 2023": "2023-10-09",
    "3 Sept. 2019": "2019-09-03",
    "30 August, 2002": "2002-08-30",
    "October 9, 2023": "2023-10-09",
    "Jul. 6 2022": "2022-07-06",
    "9th of October 2023": "2023-10-09",
    "1st December 2010": "2010-12-01",
    "9-Oct-2023": "2023-10-09",
    "5 MAY 2010": "2010-05-05",
}


def test_english_forms_are_read():
    check_each(lambda text: str(parse_date(text)), ENGLISH)


LANGUAGES = {
    ("ru", "8 мая 2015 г."): "2015-05-08",
    ("ru", "8 мая 2015 года"): "2015-05-08",
    ("ru", "21 сент. 2016"): "2016-09-21",
    ("uk", "24 травня 2022 року"): "2022-05-24",
    ("mn", "2018 оны 6 дугаар сарын 12"): "2018-06-12",
    ("mn", "2018 оны 4 дүгээр сарын 12-ны өдөр"): "2018-04-12",
    ("mn", "2018 оны 11-р сарын 2"): "2018-11-02",
    ("mn", "2018 оны 13-р сарын 2"): "None",
    ("de", "Mittwoch, 9. Oktober 2023"): "2023-10-09",
    ("de", "den 3. Jänner 2017"): "2017-01-03",
    ("fr", "le 1er août 2015"): "2015-08-01",
    ("it", "1° maggio 2015"): "2015-05-01",
    ("es", "9 de octubre de 2023"): "2023-10-09",
    ("bs", "26. novembar 2025. godine"): "2025-11-26",
    ("bs", "9. oktobra 2023. godine"): "2023-10-09",
    ("bs", "3. jul/srpanj 2017. godine"): "2017-07-03",
    ("hr", "25. studenoga 2020."): "2020-11-25",
    ("sr", "5. маја 2020. године"): "2020-05-05",
    ("sr-Latn", "utorak, 5. maj 2020. godine"): "2020-05-05",
    ("sq", "më 9 tetor 2023"): "2023-10-09",
    ("mk", "24 мај 2022 година"): "2022-05-24",
    ("ro", "9 mai 2015"): "2015-05-09",
    ("tr", "5 Ağustos 2020"): "2020-08-05",
    ("tr", "5 KASIM 2020"): "2020-11-05",
    ("pl", "17 stycznia 2019 r."): "2019-01-17",
    ("tg", "17 январи соли 2019"): "2019-01-17",
    ("uz", "17-yanvar 2019-yil"): "2019-01-17",
    ("ka", "17 იანვარი, 2019"): "2019-01-17",
}


def test_every_language_of_the_newsroom_is_read():
    check_each(lambda language, text: str(parse_date(text, language)), LANGUAGES)


YEAR_FIRST = [
    ("uz", "2019-yil 17-yanvar"),
    ("uz", "2019 йил 17 январь"),
    ("kk", "2019 жылғы 17 қаңтар"),
    ("kk", "2019 жылдың 17 қаңтары"),
    ("ky", "2019-жылдын 17-январы"),
    ("az", "2019-cu il 17 yanvar"),
    ("tk", "2019-njy ýylyň 17-nji ýanwary"),
    ("hy", "2019 թ. հունվարի 17"),
    ("hy", "2019 թվականի հունվարի 17"),
    ("ka", "2019 წლის 17 იანვარს"),
]


def test_a_date_may_begin_with_the_year_and_a_word_for_it():
    def read(language, text):
        return parse_date(text, language), find_date(f"X, {text} – Y", language).date

    check_each(read, dict.fromkeys(YEAR_FIRST, (date(2019, 1, 17), date(2019, 1, 17))))


@pytest.mark.parametrize("text", ["2019-yil 17-foo", "2019 yil 31 fevral", "2019 17 yanvar"])
def test_a_year_before_anything_else_is_no_date(text):
    assert parse_date(text, "uz") is None


def test_a_month_that_two_languages_name_alike_is_that_of_the_given_one():
    assert parse_date("11 listopada 2019", "hr") == date(2019, 10, 11)
    assert parse_date("11 listopada 2019", "pl") == date(2019, 11, 11)


def test_a_month_of_another_language_than_the_given_one_is_read():
    assert parse_date("8 мая 2015", "en") == date(2015, 5, 8)


def test_every_listed_month_name_is_read():
    check_each(
        lambda name: parse_date(f"7 {name} 2011"),
        {
            name: date(2011, number, 7)
            for number in range(1, 13)
            for name in MONTHS["months"][str(number)]
        },
    )


def test_no_two_months_share_a_name_in_any_two_languages():
    months = {(fold(name), number) for number, names in MONTHS["months"].items() for name in names}
    assert len({name for name, _ in months}) == len(months)


def test_letters_of_another_script_that_look_alike_are_read():
    assert parse_date("8 MAЯ 2015") == date(2015, 5, 8)  # Latin M and A before the Cyrillic Я


@pytest.mark.parametrize(
    "text",
    ["9\u00a0October\u202f2023", "9 Octo\u00adber 2023", "  9\n October  2023 ", "9 október 2023"],
)
def test_invisible_characters_and_odd_spaces_make_no_difference(text):
    assert parse_date(unicodedata.normalize("NFD", text)) == date(2023, 10, 9)


WITH_TIME_OR_WEEKDAY = [
    "@9 October 2023",
    "2023-10-09",
    "2023-10-09T23:30:00+02:00",
    "2023-10-09T23:30:00Z",
    "Monday, 9 October 2023 - 14:30",
    "9 October 2023, 14:30",
    "9 October 2023 at 2:30 pm",
    "9 October 2023 14:30 (CET)",
    "Mon, 9 October 2023",
]


def test_a_time_or_weekday_leaves_the_printed_day():
    check_each(parse_date, dict.fromkeys(WITH_TIME_OR_WEEKDAY, date(2023, 10, 9)))


def test_dotted_numbers_are_day_first_but_in_english():
    assert parse_date("05.06.2020", "ru") == date(2020, 6, 5)
    assert parse_date("05.06.2020", "en") is None


@pytest.mark.parametrize("text", ["25.06.2020", "25/06/2020", "06/25/2020", "25. 06. 2020."])
def test_numbers_are_read_where_only_one_order_is_a_date(text):
    assert parse_date(text) == date(2020, 6, 25)


NO_DATES = [
    "",
    "October 2023",
    "9 October",
    "2023",
    "05/06/2020",
    "31 February 2010",
    "32 May 2020",
    "5 May 20",
    "9 October 20234",
    "9 Brumaire 2023",
    "24-26 September 2024",
    "24 and 26 September 2024",
    "Published 9 October 2023",
    "9 October 2023, Vienna",
    "9 October 2023 14:30News",
    "2023-13-01",
    "0000-00-00",
]


def test_what_is_incomplete_ambiguous_impossible_or_more_than_a_date_is_null():
    check_each(parse_date, dict.fromkeys(NO_DATES))


def test_the_first_date_of_a_text_is_found_with_its_place():
    text = "In 2024 the seminar of 5 May 2010 was recalled on 6 May 2011."
    found = find_date(text)
    assert (found.date, text[found.start : found.end]) == (date(2010, 5, 5), "5 May 2010")


def test_searching_starts_where_told():
    text = "5 May 2010 and again 6 May 2011"
    assert find_date(text, pos=10).date == date(2011, 5, 6)


def test_offsets_are_those_of_the_text_as_given():
    text = "soft\u00adhyphen, 5\u00ad May 2010 –"
    found = find_date(text)
    assert text[found.start : found.end] == "5\u00ad May 2010"


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("from 24 to 26 September 2024,", "24 to 26 September 2024"),
        ("on 24-26 September 2024 in", "24-26 September 2024"),
        ("30 April – 2 May 2010 in", "30 April – 2 May 2010"),
        ("on 31 February 2010 in", "31 February 2010"),
    ],
)
def test_a_range_or_an_impossible_day_is_found_without_a_date(text, stretch):
    found = find_date(text)
    assert (found.date, text[found.start : found.end]) == (None, stretch)


@pytest.mark.parametrize("near", [date(2022, 6, 30), date(2022, 1, 2), date(2022, 12, 20)])
def test_a_day_without_a_year_takes_the_nearest(near):
    assert find_date("VIENNA, 30 June –", year_near=near).date == date(2022, 6, 30)


def test_new_year_belongs_to_the_year_it_is_nearest_to():
    assert find_date("31 December –", year_near=date(2022, 1, 2)).date == date(2021, 12, 31)
    assert find_date("2 January –", year_near=date(2021, 12, 30)).date == date(2022, 1, 2)


def test_a_leap_day_without_a_year_needs_a_leap_year_nearby():
    assert find_date("29 February", year_near=date(2023, 3, 1)).date == date(2024, 2, 29)
    assert find_date("29 February", year_near=date(2022, 6, 1)).date is None


def test_a_day_without_a_year_is_passed_over_unless_a_year_is_near():
    assert find_date("on 30 June the") is None


def test_a_range_that_prints_the_year_once_is_found_whole():
    text = "VIENNA, 30 April – 2 May 2010 –"
    found = find_date(text, year_near=date(2010, 5, 2))
    assert (found.date, text[found.start : found.end]) == (None, "30 April – 2 May 2010")


def test_a_date_in_the_words_that_follow_makes_no_range():
    text = "VIENNA, 9 December 2021 – 10 December is Human Rights Day"
    assert find_date(text, year_near=date(2021, 12, 9)).date == date(2021, 12, 9)


def test_a_month_that_is_also_a_word_does_not_make_a_date():
    assert find_date("article 5 may be read", year_near=date(2022, 1, 2)) is None


RENDERED = [
    lambda day: f"{day.day} {day:%B} {day.year}",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day.day:02} {day:%b}. {day.year}",
    lambda day: day.isoformat(),
    lambda day: f"{day:%A}, {day.day} {day:%B} {day.year} - 09:05",
]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(RENDERED))
def test_what_is_rendered_parses_back(day, render):
    assert parse_date(render(day)) == day


@given(st.dates(date(1995, 1, 1), date(2030, 12, 31)), st.data())
def test_every_month_name_parses_back_with_every_day(day, data):
    name = data.draw(st.sampled_from(MONTHS["months"][str(day.month)]))
    assert find_date(f"x {day.day}. {name} {day.year} – y").date == day


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["en", "ru", "hbs", "", "x-y"]))
def test_no_text_raises(text, language):
    found = parse_date(text, language)
    assert found is None or type(found) is date


DATE_LIKE = st.text(st.sampled_from("0123 459./-–,: May мая июня and of de st º\u00ad\u0301\n"))


@settings(deadline=None)
@given(DATE_LIKE, st.none() | st.dates())
def test_a_found_stretch_lies_in_the_text(text, near):
    found = find_date(text, year_near=near)
    assert found is None or 0 <= found.start < found.end <= len(text)


@given(st.text(st.sampled_from("aé\u0301\u00adя ")))
def test_readable_text_maps_back_to_the_text_it_came_from(text):
    clean, offsets = readable(text)
    assert offsets is None or (len(offsets) == len(clean) + 1 and offsets == sorted(offsets))
