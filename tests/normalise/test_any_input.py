"""Whatever comes in, what comes out has its type, and nothing but the documented errors is raised.

The strategies mix plain characters with pieces that mean something to the readers, so that most
of their branches are met.
"""

import json
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from osce_crawl import (
    NotAListing,
    NotARelease,
    extract,
    extract_listing,
    parse_date,
    resolve_field,
    resolve_place,
    resolve_source,
)
from osce_crawl.items import KEYS
from osce_crawl.normalise.safe_html import sanitise
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary import resolve_content_type, resolve_language_name, resolve_state

SITE = Path(__file__).parents[2] / "fixtures/site"
URL = "https://www.osce.org/mission-to-skopje/123456"
LISTING = "https://www.osce.org/press-releases?rows=50"

WORDS = st.sampled_from(
    [
        *("VIENNA", "Priština/Prishtinë", "OSCE", "Date:", "Source:", "Place:", "Fields of work:"),
        *(
            "9 October 2023",
            "31 February 2010",
            "2023-10-09T10:00:00Z",
            "Press release",
            "(closed)",
        ),
        *("&amp;amp;", "&#0;", "&#x110000;", "&", "\u00a0", "\u00ad", "\ufeff", "\x00", "\x0c"),
        *("\ud800", "e\u0301", "İ", "ß", "ﬁ", "/", ",", ":", "(", " ", "\n", "–", "javascript:"),
    ]
)
TEXTS = st.text() | st.lists(WORDS, max_size=8).map("".join)
TAGS = st.sampled_from(
    [
        *(
            "<html lang=en>",
            "<body>",
            "<div class='content--header'>",
            "<h1>",
            "</h1>",
            "<p>",
            "</p>",
        ),
        *("<dl>", "<dt>", "<dd>", "</dl>", "<table>", "<tr>", "<td>", "</table>", "<ul>", "<li>"),
        *(
            "<a href='/odihr/4'>",
            "<a href='http://[', >",
            "<a href='javascript:x'>",
            "</a>",
            "</div>",
        ),
        *("<time datetime='2023-10-09'>", "</time>", "<span>", "</span>", "<br>", "<!--", "-->"),
        *("<script>", "</script>", "<style>", "<![CDATA[", "<?xml version='1.0'?>", "<", ">"),
        *(
            "<img src=x onerror=y>",
            "<svg onload=z>",
            "<iframe src=//e>",
            "<dt class='search-title'>",
        ),
        *("<div class='search-result-news'>", "<div class='publishing-date'>", "<ul class=pager>"),
    ]
)
PAGES = st.lists(TAGS | WORDS | st.text(max_size=20), max_size=40).map("".join)


def clean_of_surrogates(page):
    """Return what a parser would serialise."""
    return page.replace("\ud800", "")


BODIES = (
    PAGES | st.binary(max_size=200) | PAGES.map(lambda page: page.encode("utf-8", "surrogatepass"))
)


def damaged(*patterns):
    """Return a strategy of saved pages with a stretch replaced by something else."""
    pages = [page.read_bytes() for pattern in patterns for page in sorted(SITE.glob(pattern))]
    return st.builds(
        lambda page, at, length, piece: (
            page[: int(at * len(page))]
            + piece.encode("utf-8", "surrogatepass")
            + page[int(at * len(page)) + length :]
        ),
        st.sampled_from(pages),
        st.floats(0, 1),
        st.sampled_from([0, 1, 20, 1000, 10**6]),
        PAGES,
    )


any_input = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])


@any_input
@given(TEXTS)
def test_a_cleaned_text_is_one_line_and_stays_as_it_is_without_entities(text):
    cleaned = clean_text(text)
    assert cleaned == " ".join(cleaned.split())
    assert "&" in text or clean_text(cleaned) == cleaned


@any_input
@given(PAGES.map(clean_of_surrogates))
@example("<p><a href='javascript:x'>there</a><script>y</script></p>")
def test_sanitised_markup_holds_nothing_that_runs(page):
    cleaned = (sanitise(page, URL) or "").lower()
    assert not any(tag in cleaned for tag in ("<script", "<style", "<iframe", "<svg", "<img"))
    assert 'href="javascript' not in cleaned


@any_input
@given(TEXTS, st.sampled_from(["en", "ru", "und", "", "sr-Latn"]))
def test_a_date_is_a_date_or_null(text, language):
    assert parse_date(text, language) is None or type(parse_date(text, language)) is date


@any_input
@given(TEXTS)
def test_a_label_is_an_entry_or_null(label):
    for resolve in (resolve_source, resolve_field, resolve_content_type, resolve_state):
        entry = resolve(label)
        key = "code" if resolve is resolve_state else "id"
        assert entry is None or isinstance(entry[key], str), resolve


@any_input
@given(TEXTS)
def test_a_name_of_a_language_is_a_tag_or_null(label):
    assert resolve_language_name(label) is None or resolve_language_name(label).isascii()


@any_input
@given(TEXTS, st.none() | TEXTS | st.sampled_from(["Austria", "AT", "Kosovo", "xx"]))
def test_a_place_has_the_contracts_types(name, country):
    place = resolve_place(name, country)
    assert place is None or (
        [type(value) for value in place.values()]
        in (
            [str, str, str, float, float, str],
            [str, str, str, float, float, type(None)],
            [str, str, str, type(None), type(None), str],
        )
    )


def outcome(read, body, url):
    """Return what `read` makes of `body`, or the reason it gives for making nothing."""
    try:
        return read(body, url)
    except (NotARelease, NotAListing) as refused:
        return refused.reason


@any_input
@given(BODIES)
def test_a_page_is_an_item_or_refused_with_a_reason(body):
    item = outcome(extract, body, URL)
    assert item
    assert isinstance(item, str) or list(item) == list(KEYS)


@any_input
@given(damaged("pages/4*.html", "pages/1*.html"))
def test_a_damaged_page_is_an_item_that_json_can_hold_or_refused_with_a_reason(body):
    item = outcome(extract, body, URL)
    assert item
    assert isinstance(item, str) or list(item) == list(KEYS)
    json.dumps(item, ensure_ascii=False).encode("utf-8")


@any_input
@given(BODIES | damaged("pages/listing*.html"))
def test_a_listing_is_entries_or_refused_with_a_reason(body):
    listing = outcome(extract_listing, body, LISTING)
    assert listing
    assert isinstance(listing, str) or list(listing) == ["entries", "next", "total"]
