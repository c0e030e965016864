"""The page of a run as a browser shows it: `make browser-check`.

These need a Chromium, which `.ci/browser` installs, so `make test` leaves them out: their file is
not named like a test.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from reports.browser import Browser
from reports.examples import ALL
from reports.seen import (
    BROKEN_HEADINGS,
    FAINT_SHAPES,
    FAINT_TEXTS,
    MISPLACED,
    OUT_OF_CARDS,
    tab_through,
)

from osce_crawl.reports.page.frame import html

PHONE, DESKTOP = 360, 1440
WIDTHS = pytest.mark.parametrize("width", [320, PHONE, 400, DESKTOP])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
REPORTS = pytest.mark.parametrize("name", ALL)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the pages of all reports as files."""
    folder = tmp_path_factory.mktemp("pages")
    for name, report in ALL.items():
        (folder / f"{name}.html").write_text(html(report), "utf-8")
    return {name: folder / f"{name}.html" for name in ALL}


@REPORTS
@WIDTHS
def test_page_does_not_scroll_sideways(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.show(pages[name], width)
    assert browser.ask("document.documentElement.scrollWidth") == width


@REPORTS
@WIDTHS
def test_texts_are_inside_the_window_and_on_no_other(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.show(pages[name], width)
    assert browser.ask(MISPLACED) == []


@REPORTS
@WIDTHS
def test_texts_stay_in_their_cards(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.show(pages[name], width)
    assert browser.ask(OUT_OF_CARDS) == []


@REPORTS
@WIDTHS
def test_headings_of_columns_are_on_one_line(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.show(pages[name], width)
    assert browser.ask(BROKEN_HEADINGS) == []


@REPORTS
@SCHEMES
def test_texts_stand_out_from_their_ground(
    browser: Browser, pages: dict[str, Path], name: str, scheme: str
) -> None:
    browser.show(pages[name], DESKTOP, scheme=scheme)
    assert browser.ask(FAINT_TEXTS) == []


@REPORTS
@SCHEMES
def test_icon_and_bars_stand_out_from_their_ground(
    browser: Browser, pages: dict[str, Path], name: str, scheme: str
) -> None:
    browser.show(pages[name], DESKTOP, scheme=scheme)
    assert browser.ask(FAINT_SHAPES) == []


def test_schemes_differ(browser: Browser, pages: dict[str, Path]) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        browser.show(pages["night"], DESKTOP, scheme=scheme)
        grounds.add(browser.ask("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_tab_reaches_every_control_in_the_order_of_the_page(
    browser: Browser, pages: dict[str, Path], width: int
) -> None:
    browser.show(pages["redesign"], width)
    stops = tab_through(browser)
    assert [stop["number"] for stop in stops] == list(range(len(stops)))


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@SCHEMES
def test_focus_is_seen_on_every_control(
    browser: Browser, pages: dict[str, Path], width: int, scheme: str
) -> None:
    browser.show(pages["redesign"], width, scheme=scheme)
    assert [
        stop
        for stop in tab_through(browser)
        if not (stop["seen"] and stop["outline"] >= 2 and stop["contrast"] >= 3)
    ] == []


def test_first_tab_and_enter_lead_to_the_verdict(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["redesign"], PHONE)
    browser.press("Tab", 9)
    browser.press("Enter", 13)
    assert browser.ask("document.activeElement.id") == "verdict"


def test_enter_opens_what_is_folded(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["redesign"], PHONE)
    browser.ask("document.querySelector('summary').focus()")
    browser.press("Enter", 13)
    assert browser.ask("document.querySelector('details').open") is True


def test_print_shows_what_is_folded(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["redesign"], DESKTOP, media="print")
    assert browser.ask("document.querySelector('details li').checkVisibility()") is True


def test_print_leaves_the_links_to_sections_out(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["redesign"], DESKTOP, media="print")
    assert browser.ask("getComputedStyle(document.querySelector('nav')).display") == "none"


def test_words_of_pages_become_no_element(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["hostile"], DESKTOP)
    assert browser.ask("document.querySelectorAll('script, img, iframe, object').length") == 0


def test_words_of_pages_become_no_handler(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["hostile"], DESKTOP)
    names = "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames())"
    assert browser.ask(f"{names}.filter(name => name.startsWith('on'))") == []


def test_links_lead_to_web_pages_only(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["hostile"], DESKTOP)
    schemes = "[...new Set([...document.querySelectorAll('main a')].map(one => one.protocol))]"
    assert sorted(browser.ask(schemes)) == ["file:", "https:"]  # file: the links to its sections


def test_script_that_got_in_would_not_run(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    script = "<script>document.title = 'ran'</script></body>"
    page.write_text(pages["night"].read_text("utf-8").replace("</body>", script), "utf-8")
    browser.show(page, DESKTOP)
    assert browser.ask("document.title") != "ran"
