"""Which links of a page lead to listings of releases, and which feeds it names."""

import json
from pathlib import Path

import pytest
from grid import check_each

from osce_crawl.pages.news_links import read_news_links
from osce_crawl.vocabulary.news_links import news_rank

URL = "https://www.osce.org/"
DATA = Path(__file__).parents[2] / "osce_crawl/data/news_links.json"
WORDS = [word for words in json.loads(DATA.read_text("utf-8")).values() for word in words]


def read(body, head=""):
    return read_news_links(f"<html><head>{head}</head><body>{body}</body></html>".encode(), URL)


def test_words_of_the_data_are_known_however_they_are_written():
    check_each(
        lambda words: list(read(f'<a href="/x/list">{words.capitalize()}</a>').pages),
        {words: [f"{URL}x/list"] for words in WORDS},
    )


def test_no_word_stands_in_two_groups():
    assert sorted({word for word in WORDS if WORDS.count(word) > 1}) == []


def test_press_releases_are_likelier_than_news_and_news_than_statements():
    assert [news_rank(one) for one in ("Press releases", "News", "Statements")] == [0, 1, 2]


@pytest.mark.parametrize(
    "path", ["/news", "/fom/statements", "/news-and-press-releases", "/en/newsroom"]
)
def test_link_is_known_by_the_end_of_its_path(path):
    assert list(read(f'<a href="{path}"><img src="x.png"></a>').pages) == [
        f"https://www.osce.org{path}"
    ]


def test_link_that_leads_to_no_listing_is_left_alone():
    titled = "News of the week: judges met in Vienna and talked about the law"
    links = [
        '<a href="/news/judges-meet/601234">News</a>',
        '<a href="/press-releases/judges">Press releases</a>',
        '<a href="/press-releases?filters=x">News</a>',
        '<a href="mailto:press@osce.org">Press</a>',
        '<a href="#news">News</a>',
        '<a href="/contacts">Contacts</a>',
        f'<a href="/events">{titled}</a>',
    ]
    check_each(lambda link: read(link).pages, {link: {} for link in links})


def test_link_to_another_host_is_named_in_full():
    assert list(read('<a href="http://bih.osce.org/news/#top">News</a>').pages) == [
        "https://bih.osce.org/news"
    ]


def test_feeds_are_those_that_the_head_names():
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        '<link rel="alternate" type="application/atom+xml; charset=utf-8" href="/atom.xml">'
        '<link rel="alternate" hreflang="ru" href="/ru">'
    )
    assert read("", head).feeds == [f"{URL}rss.xml", f"{URL}atom.xml"]


@pytest.mark.parametrize("body", [b"", b"%PDF-1.4", b'{"a": 1}'])
def test_what_is_no_page_links_nothing(body):
    assert read_news_links(body, URL).pages == {}
