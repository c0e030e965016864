"""Pagers whose pages are numbered by another parameter than ``page``, or in the path.

Each address is one that a stock template of a content management system links.
"""

import pytest

from osce_crawl import extract_listing

HOST = "https://www.osce.org"
ROWS = "<ul><li><a href='/odihr/600001'>Clerks compare old case files</a> 5 May 2021</li></ul>"


def listing(below, *, at="/news", head=""):
    page = f"<html><head>{head}</head><body><main><h1>News</h1>{ROWS}{below}</main></body></html>"
    return extract_listing(page, f"{HOST}{at}")


def numbers(*links, current=1):
    """Return a pager of printed numbers, this page's without a link."""
    items = [(number, f"<a href='{href}'>{number}</a>") for number, href in links]
    items.append((current, f"<b>{current}</b>"))
    return f"<ul>{''.join(f'<li>{item}</li>' for _, item in sorted(items))}</ul>"


@pytest.mark.parametrize(
    ("at", "link"),
    [
        ("/news?p=2", "?p=3"),
        ("/news", "?offset=20"),
        ("/news?b_start:int=14", "?b_start:int=28"),
        ("/news?type=4&_cur=2", "?type=4&_cur=3"),
        ("/news?Paged=TRUE&p=31", "?Paged=TRUE&p=61"),
        ("/news", "/news/page/2"),
        ("/news/page/2", "/news/page/3/"),
        ("/news/2", "/news/3"),
        ("/news", "/news/p2"),
        ("/sr/vesti", "/sr/vesti/strana/2"),
        ("/news.html", "/news.2.html"),
        ("/news.2.html", "/news.3.html"),
        ("/news/index.html", "/news/index_2.html"),
        ("/news/page2", "/news/page3/"),
        ("/press/archive.html", "/press/archive1.html"),
        ("/press/archive9.html", "/press/archive10.html"),
        ("/news", "/news/archive1.html"),
    ],
)
def test_the_next_page_has_a_higher_number_in_its_address(at, link):
    found = listing(f"<p><a href='{link}'>Next</a></p>", at=at)["next"]
    assert found == f"{HOST}{'/news' if link[0] == '?' else ''}{link}"


@pytest.mark.parametrize(
    ("at", "link"),
    [
        ("/news?p=3", "?p=2"),
        ("/news", "?month=11"),
        ("/news", "/news/600002"),
        ("/news", "/events/2"),
        ("/press-releases", "/press-releases/page/2"),
        ("/press/archive9.html", "/press/archive8.html"),
        ("/press/archive2.html", "/press/letters3.html"),
    ],
    ids=["lower", "calendar", "item", "another listing", "keyword search", "lower file", "other"],
)
def test_another_number_in_an_address_is_no_next_page(at, link):
    assert listing(f"<p><a href='{link}'>Next</a></p>", at=at)["next"] is None


@pytest.mark.parametrize(
    ("at", "pager", "following"),
    [
        ("/news", numbers((2, "?page=1"), (3, "?page=2")), "/news?page=1"),
        ("/news", numbers((2, "?page=2"), (3, "?page=3")), "/news?page=2"),
        ("/news?page=2", numbers((1, "?page=1"), (3, "?page=3"), current=2), "/news?page=3"),
        ("/news?page=2", numbers((1, "?page=0"), (4, "?page=3"), current=3), "/news?page=3"),
        ("/news", numbers((2, "/news/page/2"), (3, "/news/page/3")), "/news/page/2"),
        ("/news", numbers((2, "?pageFirst=20"), (3, "?pageFirst=40")), "/news?pageFirst=20"),
        ("/news?start=9", numbers((1, "/news"), (3, "?start=18"), current=2), "/news?start=18"),
        ("/news", "1–10 <a href='?start=10'>11–20</a>", "/news?start=10"),
        ("/news", "<a href='?rows=10'>10</a> <a href='?rows=25'>25</a>", None),
        ("/news?page=2", numbers((1, "?page=1"), (2, "?page=2")), None),
    ],
    ids=[
        "from 0",
        "from 1",
        "from 1, later",
        "from 0, later",
        "path",
        "entries",
        "starts",
        "ranges",
        "sizes",
        "last",
    ],
)
def test_printed_numbers_show_from_where_addresses_count(at, pager, following):
    assert listing(pager, at=at)["next"] == (following and f"{HOST}{following}")


def test_a_number_that_belongs_to_the_name_of_a_file_is_no_page():
    assert listing("<a href='/news/group1.html'>Group one</a>")["next"] is None
    pager = numbers((2, "/news2.html"), (3, "/news3.html")) + "<a href='/news2.html'>Next</a>"
    assert listing(pager, at="/news1.html")["next"] == f"{HOST}/news2.html"


def test_the_first_page_may_link_itself_in_a_pager_that_counts_from_one():
    pager = "<a href='?page=1'>1</a> <a href='?page=2'>2</a> <a href='?page=2'>Onward</a>"
    assert listing(pager)["next"] == f"{HOST}/news?page=2"


@pytest.mark.parametrize(
    "words",
    [
        "Next 20 items »",
        "Next ►",
        "« Older posts",
        "Plus anciennes →",
        "Go to next page",
        "Перейти до наступної сторінки",
        "Mergi la pagina următoare",
        "Keyingi",
        "Shfaq më shumë",
        "Postime më të vjetra",
    ],
)
def test_the_words_of_a_next_link(words):
    assert listing(f"<a href='?start=20'>{words}</a>")["next"] == f"{HOST}/news?start=20"
    assert listing(f"<a href='?start=20' aria-label='{words}'></a>")["next"] is not None
    assert listing(f"<a href='?start=20'><img alt='{words}'></a>")["next"] is not None


@pytest.mark.parametrize(
    ("at", "pager", "following"),
    [
        (3, "<p class='nav-next'><a href='/news/page/2/'>Newer posts</a></p>", None),
        (3, "<a href='/news/page/4/'>Older posts</a> <a href='/news/page/2/'>Next</a>", 4),
        (2, "<a href='/news/page/3/'>Предыдущие записи</a>", 3),
        (1, "<a href='/news/page/2/'>Предыдущие записи</a>", 2),
        (3, "<a href='/news/page/2/'>Next</a> <a href='/news/page/4/'>Older posts</a>", 4),
        (3, "<a href='/news/page/2/'>Next</a> <a href='/news/page/4/'>4</a>", 2),
    ],
    ids=["newer", "next in time", "previous in time", "the first page", "time first", "a loop"],
)
def test_the_next_page_has_the_older_entries_whatever_its_link_says(at, pager, following):
    found = listing(pager, at=f"/news/page/{at}/" if at > 1 else "/news/")["next"]
    assert found == (following and f"{HOST}/news/page/{following}/")


BUTTON = "<form action='/news'><input type=hidden name=page value={}>{}<button>{}</button></form>"


@pytest.mark.parametrize(
    ("form", "following"),
    [
        (BUTTON.format(1, "", "Show more"), "/news?page=1"),
        (BUTTON.format(1, "<input type=hidden name=f value=a>", "Next"), "/news?page=1&f=a"),
        (BUTTON.format(0, "", "Apply"), None),
        (BUTTON.format(1, "<input name=text>", "Show more"), None),
        (BUTTON.format(1, "", "Show more").replace("<form", "<form method=post"), None),
    ],
    ids=["more", "filter", "other words", "search", "post"],
)
def test_a_button_may_ask_for_the_next_page(form, following):
    assert listing(form)["next"] == (following and f"{HOST}{following}")


@pytest.mark.parametrize("words", ["More", "News", "Read more news about it", "Next events"])
def test_words_that_name_no_next_page(words):
    assert listing(f"<a href='?start=20'>{words}</a>")["next"] is None


@pytest.mark.parametrize(
    ("words", "total"),
    [
        ("346 Ergebnisse", 346),
        ("Показано 1 - 12 з 640.", 640),
        ("1-20 из 1 640", 1640),
        ("52 résultats", 52),
        ("Page 1 of 32", None),
        ("Страница 1 из 23.", None),
    ],
)
def test_the_total_in_the_languages_of_the_site(words, total):
    assert listing(f"<p>{words}</p>")["total"] == total
