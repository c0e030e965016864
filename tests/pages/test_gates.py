"""What is looked at first, because it is cheap, lets everything through that the rule is about."""

import json
import re
import unicodedata
from pathlib import Path

import pycld2
from grid import check_each
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_fixtures import ITEMS

from osce_crawl.normalise import languages
from osce_crawl.normalise.web import is_broken, resolve
from osce_crawl.pages import recognise
from osce_crawl.pages.listing import candidates
from osce_crawl.pages.reading import bounds
from osce_crawl.pages.reading.document import HtmlDocument
from osce_crawl.pages.reading.elements import BLOCKS
from osce_crawl.pages.reading.labels import labels_in
from osce_crawl.pages.reading.lines import Line, Node, TextRun
from osce_crawl.pages.reading.reader import read_lines
from osce_crawl.pages.release.captions import take_loose_caption
from osce_crawl.text import forms
from osce_crawl.text.forms import clean_text, fold
from osce_crawl.vocabulary import labels
from osce_crawl.vocabulary.lookup import index

URL = "https://www.osce.org/secretariat/322492"
TEXTS = json.loads((Path(__file__).parents[1] / "normalise/newsroom_texts.json").read_text("utf-8"))
#: Words of the patterns, in odd case too: long s and the Kelvin sign are letters of no other case.
WORDS = (
    *("cookie", "Cookies", "coo\u212aies", "privacy", "Consent", "settings", "before you continue"),
    *("please enable", "we value your", "required", "are", "accepted", "your", "choices", "we use"),
    *("site", "\u017fite", "webSite", "page", "is", "offline", "under maintenance", "encountered"),
    *("an error", "503", "error", "Bad gateway", "service unavailable", "maintenance", "down for"),
    *("photo details", "Photo Detail\u017f", "(OSCE/A. Name)", "(ОБСЕ/Имя)", "a caption", "404"),
    *("Date", "date:", "Place :", "Where we are", "Source：", "Fields of work", "news", "|", "-"),
)
PHRASES = st.lists(st.sampled_from(WORDS), max_size=6).map(
    lambda words: clean_text(" ".join(words))
)


@settings(deadline=None)
@given(PHRASES)
@example("before you continue")
@example("privacy settings")
def test_words_about_cookies(words):
    assert recognise._is_of_cookies(words) == bool(recognise._COOKIES.search(words))


@settings(deadline=None)
@given(PHRASES)
@example("our site is offline")
@example("503")
def test_words_about_outages(words):
    assert recognise._is_of_outage(words) == bool(recognise._UNAVAILABLE.search(words))


@settings(deadline=None)
@given(PHRASES)
def test_captions_without_a_picture(words):
    details = re.search(r"\s*Photo details\s*$", words, re.IGNORECASE)
    credit = re.match(r"\((?:OSCE|ОБСЕ|OEBS)/[^()]+\)", words)
    assert take_loose_caption(words) == bool(details or (len(words) <= 400 and credit))


@settings(deadline=None)
@given(PHRASES)
def test_label_with_its_value_behind_the_colon(words):
    """The words before the first colon are looked up; that is what a pattern of all would find."""
    known = sorted(labels.tables()["header"], key=len, reverse=True)
    pattern = rf"(?:{'|'.join(map(re.escape, known))})\s*[:\uff1a]\s*"
    match = re.match(pattern, words, re.IGNORECASE)
    element = HtmlDocument(f"<p>{words}</p>", URL).root.find(".//p")
    line = Line({}, 0, Node(element, None, 0), [TextRun(words, element)])
    found = [label for label in labels_in(line, labels.header_key) if label.rest]
    assert [label.rest for label in found] == ([words[match.end() :]] if match else []) or (
        labels.header_key(words) is not None or not words[match.end() :]
    )


def test_no_label_holds_a_colon():
    assert not any(":" in word or "\uff1a" in word for word in labels.tables()["header"])


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>Some words</p>", "<p> \n </p>", "<a href=x>a link</a>", "<p>&amp;amp; so</p>"]
        )
        | st.sampled_from([f"<{tag}>text" for tag in sorted(BLOCKS)]),
        max_size=12,
    )
)
def test_page_shows_at_least_what_paragraphs_and_links_show(parts):
    page = HtmlDocument(f"<html><body>{''.join(parts)}</body></html>", URL)
    shown = clean_text(" ".join(map(str, recognise._SHOWN(page.whole))))
    assert recognise._least_shown(page) <= len(shown)


def attributes(data):
    """Tell, element by element, whether one has too many attributes."""
    for piece in data.split(b"<"):
        words = bounds._QUOTED.sub(b"=", piece).partition(b">")[0]
        if piece[:1].isalpha() and len(bounds._WORD.findall(words)) > bounds.MOST_ATTRIBUTES:
            return True
    return False


def refused(data):
    try:
        bounds.within_attributes(data)
    except bounds.TooLargeError:
        return True
    return False


@settings(deadline=None)
@given(
    st.integers(0, 5000),
    st.sampled_from([1990, 1999, 2000, 2001, 2500]),
    st.sampled_from([b" a", b" a=1", b"\n\n a='x y'"]),
)
@example(0, 2001, b" a")
def test_attributes_are_counted_where_there_may_be_too_many(before, count, attribute):
    data = b"x" * before + b"<p>" + b"<p" + attribute * count + b">text</p><p>"
    assert refused(data) == attributes(data)


CONTROLS = re.compile(
    rb"[\x01-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
    rb"|&#0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45]);|&#x0*(?:[1-8bcef]|1[\da-f]|fff[ef]);",
    re.IGNORECASE,
)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                *("word ", "\x01", "\x1f", "\t", "\n", "\ufffe", "\uffff", "\ufffd", "&#1;"),
                *("&#x1F;", "&#XfffE;", "&#0031;", "&#65534;", "&#9;", "&#x9;", "&#x41;", "&", "ä"),
            )
        )
    ).map("".join)
)
def test_what_a_tree_cannot_be_given_is_left_out(text):
    source = f"<p>{text}</p>".encode()
    assert HtmlDocument(source, URL).source == CONTROLS.sub(b"", source)


def test_plainly_english_is_only_what_no_detector_calls_otherwise():
    for texts in TEXTS.values():
        for text in texts:
            _agrees(text)


def test_detector_calls_no_plainly_english_release_otherwise():
    for item in ITEMS.values():
        _agrees(item.get("body") or "")


def test_text_in_two_languages_is_plainly_english_only_where_no_detector_overrules():
    """An English beginning of any length before another language."""

    def overruled(language):
        return [letters for letters in range(20, 360, 20) if _is_overruled(language, letters)]

    check_each(overruled, {language: [] for language in TEXTS if language != "en"})


def _is_overruled(language, letters):
    text = f"{' '.join(TEXTS['en'])[:letters]} {' '.join(TEXTS[language])}"[: languages.HEAD]
    return languages._is_plainly_english(text) and (
        languages.language_of(None, None, text) not in {"en", "und"}
    )


def _agrees(text):
    head = text[: languages.HEAD]
    if languages._is_plainly_english(head):
        words = " ".join(languages._WORD.findall(head))
        _, _, found = pycld2.detect(words, isPlainText=True, bestEffort=True)
        assert found[0][1] == "en", text


@given(st.sampled_from(["", "#a", "mailto:a@b", "x y", "http://[", "//x:y/", "?a", "ftp://x", ":"]))
def test_broken_is_what_should_lead_somewhere_and_does_not(href):
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", href)
    leads = bool(href) and href[0] != "#" and (not scheme or scheme[1] in {"http", "https"})
    assert is_broken(URL, href) == (leads and resolve(URL, href) is None)


def test_words_are_known_by_their_folded_form():
    check_each(fold, {word: word for word in labels.tables()["header"]})


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("/", "//", "a", "news", "press-releases", "Press-Releases", "en", "2017", "42"),
                *("322492", "x.pdf", "#top", "?page=1", ":", "\u0661\u0662\u0663\u0664", "-"),
                *("_", " ", "..", "%41"),
            ]
        ),
        max_size=7,
    ).map("".join)
)
def test_link_of_a_menu_is_no_item_no_search_and_not_broken(href):
    if candidates._ELSEWHERE.fullmatch(href):
        target = candidates._target(URL, href)
        assert (target.item, target.trap, target.broken) == (False, False, False)


def test_links_of_a_menu_are_passed_over():
    menu = "".join(f"<li><a href='/what-we-do/{word}'>{word}</a></li>" for word in ("a", "b", "c"))
    page = HtmlDocument(f"<ul>{menu}<li><a href='/secretariat/322492'>An item</a></li></ul>", URL)
    finder = candidates.CandidateFinder(read_lines([page.body]), [], URL, "en")
    assert [target.item for target in finder.targets] == [True]


def test_no_unit_has_a_name_that_ends_as_sentences_do():
    assert not [name for name in index("units") if name.endswith(".")]


@given(st.text("aé \n\t\u00a0\u00ad\u0085\u0096\u200b\ufeff\u0301"))
def test_characters_that_print_nothing(text):
    without = re.sub(forms._INVISIBLE, "", text).translate(forms._MEANT)
    assert forms.without_invisible(text) == unicodedata.normalize("NFC", without)
