"""How many items a listing states, and numbers that state something else."""

import pytest
from grid import check_each

from osce_crawl import extract_listing

ROWS = "".join(
    f"<li><a href='/odihr/60000{number}'>Clerks meet {number}</a> {number} May 2021</li>"
    for number in (3, 2, 1)
)


def total(above, below=""):
    page = f"<html><body><main>{above}<ul>{ROWS}</ul>{below}</main></body></html>"
    return extract_listing(page, "https://www.osce.org/newsroom")["total"]


def test_a_line_may_state_it_in_the_languages_of_the_site():
    lines = [
        "1–3 nga 96",
        "1–3 / 96",
        "Showing 1 to 3 of 96",
        "1 bis 3 von 96",
        "1 à 3 sur 96",
        "Показано с 1 по 3 из 96",
        "96 de rezultate",
        "96 sonuçtan 1 - 3 arası gösteriliyor",
        "Найдено: 96",
        "Всего: 96",
        "Усього: 96",
        "Ukupno: 96",
        "Вкупно: 96",
        "Gjithsej: 96",
        "Insgesamt: 96",
        "Jami: 96",
    ]
    check_each(lambda words: total(f"<h1>News</h1><p>{words}</p>"), dict.fromkeys(lines, 96))


@pytest.mark.parametrize("words", ["News (96)", "Noutăți (96)", "Press releases and news (1,096)"])
def test_the_heading_of_the_listing_may_state_it(words):
    assert total(f"<h1>{words}</h1>") in {96, 1096}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("<h1>News</h1><h2>Filters (2)</h2>", ""),
        ("<h1>News</h1>", "<h2>Documents (96)</h2>"),
        ("<h1>News</h1><h3>News (62)</h3><h3>Statements (34)</h3>", ""),
        ("<h1>News</h1><p>News (96)</p>", ""),
        ("<h1>News</h1><p>Всего страниц: 96</p>", ""),
        ("<h1>News</h1>", "<nav><p>96 results</p><a href='/mission-to-serbia'>Serbia</a></nav>"),
    ],
    ids=[
        *("fewer than shown", "below the listing", "of several parts", "in no heading"),
        *("of pages", "in a menu"),
    ],
)
def test_other_numbers_are_no_total(above, below):
    assert total(above, below) is None


def test_the_pager_may_state_it():
    words = "<p>Showing <b>1</b> to <b>3</b> of <b>96</b> results</p>"
    links = "<a href='/newsroom'>1</a> <a href='?page=2'>2</a> <a href='?page=2'>Next</a>"
    assert total("<h1>News</h1>", f"<nav>{words}{links}</nav>") == 96
