"""What the page of a dataset alone has, in a browser: `make browser-check`.

What holds of every page is in tests/webpage.
"""

from pathlib import Path

import pytest
from dataset.page_examples import written
from webpage.browser import Browser

PHONE, TABLET, DESKTOP = 360, 768, 1280

ROWS = "[...document.querySelectorAll('#releases tbody tr')].filter(row => !row.hidden)"
TITLES = f"{ROWS}.map(row => row.cells[1].textContent)"
FOUND = "document.getElementById('found').value"
HEADS = "[...document.querySelectorAll('#releases thead th')]"
SORTED = f"{HEADS}.map(head => head.getAttribute('aria-sort'))"
#: Words of the table that are broken over lines.
BROKEN_WORDS = """[...document.querySelectorAll('#releases td, #releases bdi')].flatMap(cell => {
  const text = cell.firstChild, broken = [];
  if (text?.nodeType !== Node.TEXT_NODE) return broken;
  for (const word of text.data.matchAll(/[^\\s-]+/g)) {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    if (range.getClientRects().length > 1) broken.push(word[0]);
  }
  return broken;
})"""
#: How large the texts of the drawings are that are shown, in pixels, and how many drawings a chart
#: shows.
LETTERS = """[...document.querySelectorAll('.chart svg')].filter(one => one.checkVisibility()).map(
  svg => 12 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"""
SHOWN = """[...document.querySelectorAll('.chart')].map(
  chart => [...chart.children].filter(one => one.checkVisibility()).length)"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the pages of all examples as files."""
    return written(tmp_path_factory.mktemp("pages"))


# -- the look


@pytest.mark.parametrize("width", [PHONE, TABLET, 1024, DESKTOP, 1600])
def test_words_of_the_table_are_whole(browser: Browser, pages: dict[str, Path], width: int) -> None:
    browser.show(pages["demo"], width)
    assert browser.ask(BROKEN_WORDS) == []


@pytest.mark.parametrize(
    "width", [320, PHONE, 480, 520, 600, TABLET, 850, 900, 1024, DESKTOP, 1600]
)
def test_one_drawing_of_each_chart_is_shown_and_can_be_read(
    browser: Browser, pages: dict[str, Path], width: int
) -> None:
    browser.show(pages["many"], width)
    assert set(browser.ask(SHOWN)) == {1}
    assert all(9.5 <= size <= 18.5 for size in browser.ask(LETTERS)), browser.ask(LETTERS)


def test_drawings_follow_the_scheme(browser: Browser, pages: dict[str, Path]) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        browser.show(pages["many"], DESKTOP, scheme=scheme)
        bar = "document.querySelector('.chart [fill=\"var(--series-1)\"]')"
        colours.add(browser.ask(f"getComputedStyle({bar}).fill"))
    assert len(colours) == 2


def test_print_leaves_out_what_only_a_screen_can_use(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["many"], DESKTOP, media="print")
    for place in ("nav", "#searching", "button.next", ".scrolled"):
        shown = f"document.querySelector('{place}').checkVisibility()"
        assert browser.ask(shown) is False


# -- the words of releases


def test_words_of_pages_run_nothing(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["hostile"], DESKTOP)
    assert browser.ask("document.title") == "OSCE newsroom dataset"
    assert browser.ask("document.querySelectorAll('script').length") == 1


# -- search


def search(browser: Browser, words: str) -> None:
    browser.ask("document.getElementById('search').focus()")
    browser.ask("document.getElementById('search').select()")
    browser.type(words)


def test_first_fifty_are_shown_and_counted(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["many"], DESKTOP)
    assert browser.ask(f"{ROWS}.length") == 50
    assert browser.ask(FOUND) == "50 of 1,000 shown"


def test_search_finds_rows_that_have_all_words(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["many"], DESKTOP)
    search(browser, "SKOPJE news 1196")
    assert browser.ask(TITLES) == []
    assert browser.ask(FOUND) == "None found"
    search(browser, "release 1195 Vienna")
    assert browser.ask(TITLES) == []
    search(browser, "release 1195")
    assert browser.ask(TITLES) == ["Release 1195 on a matter of 31"]
    assert browser.ask(FOUND) == "1 found, all shown"


def test_search_minds_neither_case_nor_accents(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["hostile"], DESKTOP)
    search(browser, "KAPITANSMUTZE donaudampf")
    assert browser.ask(f"{ROWS}.length") == 4


def test_search_takes_signs_of_markup_as_they_are(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["hostile"], DESKTOP)
    search(browser, "<script>document.title='ran'</script>")
    assert browser.ask(f"{ROWS}.length") == 3
    assert browser.complaints() == []


def test_emptied_search_shows_all_again(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["many"], DESKTOP)
    search(browser, "release 1195")
    browser.ask("document.getElementById('search').select()")
    browser.press("Backspace", 8)
    assert browser.ask(FOUND) == "50 of 1,000 shown"


def test_enter_in_the_search_leaves_the_page_where_it_is(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["many"], DESKTOP)
    search(browser, "release 1195")
    browser.press("Enter", 13)
    assert browser.ask(FOUND) == "1 found, all shown"
    assert len(browser.requests()) == len({*browser.requests()})


def test_count_is_told_to_those_who_do_not_see_it(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["many"], DESKTOP)
    assert browser.ask("document.getElementById('found').tagName") == "OUTPUT"  # a live region


# -- sorting


def press_head(browser: Browser, column: int) -> None:
    browser.ask(f"{HEADS}[{column}].querySelector('button').focus()")
    browser.press("Enter", 13)


def test_newest_come_first_until_something_else_is_asked(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["many"], DESKTOP)
    assert browser.ask(SORTED) == ["descending", None, None, None, None, None]


def test_enter_on_a_heading_sorts_by_it_and_once_more_the_other_way(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["many"], DESKTOP)
    press_head(browser, 3)
    units = f"{ROWS}.map(row => row.cells[3].textContent)"
    assert browser.ask(SORTED)[3] == "ascending"
    assert set(browser.ask(units)) == {"Mission number 0", "Mission number 1"}
    press_head(browser, 3)
    assert browser.ask(SORTED)[3] == "descending"
    assert browser.ask(units)[0] == "Mission number 22"
    assert [one for one in browser.ask(SORTED) if one] == ["descending"]


def test_numbers_in_titles_are_sorted_as_numbers(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["many"], DESKTOP)
    press_head(browser, 1)
    numbers = [int(title.split()[1]) for title in browser.ask(TITLES)]
    assert numbers == sorted(numbers)


def test_sorting_and_searching_go_together(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["many"], DESKTOP)
    search(browser, "skopje")
    press_head(browser, 0)
    dates = browser.ask(f"{ROWS}.map(row => row.cells[0].textContent)")
    assert dates == sorted(dates)
    assert "found" in browser.ask(FOUND)


def test_more_are_shown_on_demand_and_the_focus_goes_to_the_first_of_them(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["many"], DESKTOP)
    browser.ask("document.querySelector('button.next').focus()")
    browser.press("Enter", 13)
    assert browser.ask(FOUND) == "100 of 1,000 shown"
    focused = "document.activeElement.closest('tr')"
    assert browser.ask(f"{ROWS}.indexOf({focused})") == 50


# -- a reader of the screen


def test_every_control_and_drawing_has_a_name(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["many"], DESKTOP)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    roles = {"link", "button", "searchbox", "image", "table", "navigation", "region"}
    nameless = [
        node["role"]["value"]
        for node in nodes
        if not node["ignored"]
        and node["role"]["value"] in roles
        and not node.get("name", {}).get("value")
    ]
    assert nameless == []
