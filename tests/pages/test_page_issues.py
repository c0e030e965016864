"""What is doubtful about a page as a whole is told in its item's issues."""

import pytest

from osce_crawl import extract

URL = "https://www.osce.org/secretariat/322492"
HEAD = "<html><head><title>Mission meets</title></head><body>"
TEXT = (
    "<h1>Mission meets</h1><dl><dt>Date:</dt><dd>9 June 2017</dd>"
    "<dt>Source:</dt><dd>OSCE Secretariat</dd></dl><p>The Mission met {} today.</p>"
)


def issues(page, encoding="utf-8"):
    found = extract(page.encode(encoding), URL)["issues"]
    return [(issue["code"], issue["value"]) for issue in found]


def test_whole_page_has_none():
    assert issues(HEAD + TEXT + "</body></html>") == []


def test_page_that_never_ends_may_be_cut():
    assert issues(HEAD + TEXT) == [("page-cut", None)]


@pytest.mark.parametrize("end", ["</body>", "</html>", "</BODY>", "</body ></ht"])
def test_one_end_is_enough(end):
    assert issues(HEAD + TEXT + end) == []


def test_snippet_needs_no_end():
    assert issues(TEXT) == []


def test_encoding_that_is_uncertain_is_named():
    assert issues(TEXT.format("Genève"), "cp1252") == [("encoding-guessed", "cp1252")]


def test_encoding_that_is_certain_is_not():
    assert issues(TEXT.format("Mr Čaušević and Ms Đurđić of Šabac"), "cp1250") == []


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "&#xFFFE;", "&#xD800;", "\x01"])
def test_title_with_what_is_no_character_is_read(character):
    page = HEAD.replace("Mission meets", f"Mission meets{character} the Mayor") + TEXT
    assert extract(page, URL)["title"] == "Mission meets"


@pytest.mark.parametrize("character", ["\ufffe", "&#xFFFE;", "&#65535;", "\x01", "&#1;", "&#x1f;"])
def test_tooltip_before_what_is_no_character_is_read(character):
    tooltip = f"area <span class=tooltip>area<br>where it is</span>{character} of the town"
    item = extract(HEAD + TEXT.format(tooltip), URL)
    assert item["definitions"] == [{"term": "area", "definition": "where it is"}]
