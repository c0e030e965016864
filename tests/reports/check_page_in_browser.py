"""What the page of a run alone has, in a browser: `make browser-check`.

What holds of every page is in tests/webpage.
"""

from pathlib import Path

import pytest
from reports.examples import written
from webpage.browser import Browser

PHONE, DESKTOP = 360, 1440


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the pages of all reports as files."""
    return written(tmp_path_factory.mktemp("pages"))


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
