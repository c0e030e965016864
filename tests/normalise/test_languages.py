"""The language of a release: its address decides, then the page's tag unless the text differs."""

import json
from itertools import product
from pathlib import Path

import pytest
from grid import check_each
from hypothesis import given, settings
from hypothesis import strategies as st

from osce_crawl.normalise.languages import language_of, language_of_tag, plain_language

TEXTS = json.loads(Path(__file__).with_name("newsroom_texts.json").read_text(encoding="utf-8"))
FAMILY = ["bs", "cnr", "hr", "sh", "sr"]
CASES = [(language, text) for language, texts in TEXTS.items() for text in texts]
LONG = [case for case in CASES if len(case[1]) > 120]
ENGLISH, RUSSIAN, SERBIAN = TEXTS["en"][0], TEXTS["ru"][0], TEXTS["sh"][0]


@pytest.mark.parametrize("tag", ["en", "en-GB", None])
def test_a_text_overrules_the_tag_of_an_english_menu(tag):
    check_each(
        lambda _, text: language_of(None, tag, text),
        {(language, text): language for language, text in LONG},
    )


def test_a_text_in_the_tags_language_leaves_it():
    check_each(
        lambda language, text: language_of(None, language, text),
        {(language, text): language for language, text in CASES},
    )


def test_what_a_short_text_says_is_true_or_nothing():
    check_each(
        lambda language, text: language_of(None, None, text) in {language, "und"},
        dict.fromkeys(CASES, True),
    )


def test_the_address_decides_whatever_the_text():
    check_each(
        lambda path, text: language_of(path, "en", text),
        {
            (path, text): path
            for path in ("ru", "sq", *FAMILY)
            for text in (ENGLISH, RUSSIAN, SERBIAN, None)
        },
    )


@pytest.mark.parametrize("tag", FAMILY)
def test_among_the_four_the_tag_stands(tag):
    for text in TEXTS["sh"]:
        assert language_of(None, tag, text) == tag


@pytest.mark.parametrize("tag", ["en", "ru", None])
def test_a_text_of_the_four_without_address_or_tag_is_sh(tag):
    assert language_of(None, tag, SERBIAN) == "sh"


@pytest.mark.parametrize("title", ["Misija otvorila novu kancelariju", "La missione"])
def test_a_title_in_the_tags_script_is_too_short_to_overrule_it(title):
    assert language_of(None, "en", title) == "en"


def test_a_title_in_another_script_overrules_the_tag():
    assert language_of(None, "en", "Миссия открыла новый офис") == "ru"


def test_a_title_that_cannot_be_what_the_tag_says_and_is_uncertain_is_und():
    assert language_of(None, "en", "Борбор жаңы кеңсе ачты") == "und"


def test_a_text_that_says_the_same_throughout_is_in_its_language():
    text = (
        "Аппарат уполномоченного по правам человека подготовила планы совместного архива вместе с "
        "коллегами из соседних городов. Сеть районных библиотек представила итоги двухлетнего "
        "проекта во время трёхдневной встречи. Сеть районных библиотек обсудила планы совместного "
        "архива при поддержке нескольких государств. Группа муниципальных служащих представила "
        "первый вариант учебного пособия во время трёхдневной встречи."
    )
    assert language_of(None, "en", text) == "ru"


def test_a_text_half_in_another_language_leaves_the_tag():
    assert language_of(None, "de", f"{TEXTS['de'][0][:150]} {ENGLISH[:150]}") == "de"


@pytest.mark.parametrize(("tag", "expected"), [("uk", "uk"), (None, "und"), ("x-klingon", "und")])
def test_a_text_that_says_nothing_leaves_the_tag(tag, expected):
    for text in (None, "", "12.05.2015", "OSCE", " \n", "— … —", "\x00\ud800"):
        assert language_of(None, tag, text) == expected, text


TAGS = {
    "en": "en",
    "EN-us": "en",
    "sr-Latn": "sr",
    "ru_RU": "ru",
    " uk ": "uk",
    "hbs": "sh",
    "me": "cnr",
    "eng": "en",
    "mo": "ro",
    "und": None,
    "mul": None,
    "": None,
    "english": None,
    "e": None,
    None: None,
}


def test_the_first_subtag_of_a_tag_is_its_language():
    check_each(language_of_tag, TAGS)


@settings(deadline=None)
@given(
    path=st.sampled_from(["ru", "sh", None]),
    tag=st.none() | st.text() | st.sampled_from(["en", "ru", "hbs", "xx"]),
    text=st.none() | st.text() | st.sampled_from(CASES).map(lambda case: case[1]),
)
def test_no_page_raises_and_a_language_is_a_tag(path, tag, text):
    language = language_of(path, tag, text)
    assert 2 <= len(language) <= 3
    assert language.isascii()
    assert language.islower()


def whole(language):
    return "\n\n".join(TEXTS[language])


def test_an_english_text_overrules_the_address_of_another_language():
    paths = ["mk", "ru", "sq", "me", "sr", "ro", "de", "hy"]
    check_each(
        lambda path, tag: plain_language(path, tag, "Mission opens an office", whole("en")),
        dict.fromkeys(product(paths, ["en", "mk", None]), "en"),
    )


OVERRULED = [("en", "ru"), ("en", "sq"), ("de", "uk"), ("mk", "sq"), ("ky", "ru"), ("ru", "tg")]


def test_a_text_plainly_in_another_language_overrules_the_address():
    check_each(
        lambda path, language: plain_language(path, "en", None, whole(language)),
        {(path, language): language for path, language in OVERRULED},
    )


RELATED = [
    *((path, "sh") for path in FAMILY),
    *((path, "mk") for path in ("sr", "bs", "cnr")),
    ("ru", "uk"),
    ("uk", "ru"),
    ("uk", "be"),
    ("az", "tr"),
    ("uz", "tk"),
    ("kk", "ky"),
]


def test_a_related_language_leaves_the_address():
    check_each(
        lambda path, language: plain_language(path, "en", None, whole(language)),
        dict.fromkeys(RELATED),
    )


def test_a_text_of_two_languages_leaves_the_address():
    check_each(
        lambda path, other: plain_language(path, "en", None, f"{whole(other)}\n\n{whole(path)}"),
        dict.fromkeys((path, other) for path in TEXTS for other in TEXTS if path != other),
    )


def test_a_title_in_the_script_of_the_address_leaves_it():
    assert plain_language("mk", "mk", "Средба во општината", whole("en")) is None


@pytest.mark.parametrize("body", [None, "", "The office opened.", "OSCE", "12.05.2015"])
def test_a_short_text_or_a_title_alone_leaves_the_address(body):
    assert plain_language("mk", "en", "Mission opens an office in the town of Bitola", body) is None
