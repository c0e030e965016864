"""Doubts about a page as a whole are in its item's issues."""

import pytest
from grid import check_each

from osce_crawl import extract
from osce_crawl.pages.listing.listing import read_listing

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


def test_few_bytes_against_the_declared_utf8_leave_it_uncertain():
    page = HEAD.replace("<title>", "<meta charset=utf-8><title>") + TEXT.format("– at last –")
    assert ("encoding-guessed", "cp1252") in issues(page, "cp1252")


@pytest.mark.parametrize("stray", [b"\xa0", b"\xe2\x80", b"\x96"])
def test_stray_byte_costs_itself_and_is_told(stray):
    page = (TEXT.format("“– today –”") + "<p>Terms # of use").encode().replace(b"#", stray)
    item = extract(page, URL)
    assert "The Mission met “– today –” today." in item["body"]
    assert item["issues"] == [{"code": "characters-lost", "value": "1"}]


def test_characters_that_the_site_has_lost_are_told():
    assert issues(TEXT.format("\ufffd Mr Kova\ufffd")) == [("characters-lost", "2")]


def test_listing_with_a_stray_byte_is_told():
    entry = "<h3><a href='/secretariat/322492'>Mission – meets</a></h3><p>Date: 9 June 2017</p>"
    listing = read_listing(f"{entry}<p>Terms # of use".encode().replace(b"#", b"\xa0"), URL)
    assert (listing.entries[0].title, listing.disagreements) == ("Mission – meets", ["encoding"])


@pytest.mark.parametrize("mark", ["\x96", "&#150;", "&#x96;"])
def test_control_of_the_upper_half_is_what_windows_1252_prints(mark):
    assert "met – today" in extract(TEXT.format(mark), URL)["body"]


@pytest.mark.parametrize("nothing", ["\0", "&#0;", "&#x00;"])
def test_nul_is_nothing(nothing):
    assert "met Mr Kovač today" in extract(TEXT.format(f"Mr Ko{nothing}vač"), URL)["body"]


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "&#xFFFE;", "&#xD800;", "\x01"])
def test_title_with_what_is_no_character_is_read(character):
    page = HEAD.replace("Mission meets", f"Mission meets{character} the Mayor") + TEXT
    assert extract(page, URL)["title"] == "Mission meets"


def test_tooltip_before_what_is_no_character_is_read():
    def read(character):
        tooltip = f"area <span class=tooltip>area<br>where it is</span>{character} of the town"
        return extract(HEAD + TEXT.format(tooltip), URL)["definitions"]

    characters = ["\ufffe", "&#xFFFE;", "&#65535;", "\x01", "&#1;", "&#x1f;"]
    wanted = [{"term": "area", "definition": "where it is"}]
    check_each(read, dict.fromkeys(characters, wanted))


@pytest.mark.parametrize("words", ["Published on 29 June 2019", "Publié le 29 juin 2019"])
def test_day_that_a_time_element_prints_counts_more_than_its_stamp(words):
    time = f"<p><time datetime='2019-07-03T10:18:46Z'>{words}</time></p>"
    page = f"{HEAD}<p>Press release</p><h1>Mission meets</h1>{time}<p>The Mission met the Mayor."
    assert extract(page, URL)["dates"]["page"] == "2019-06-29"
