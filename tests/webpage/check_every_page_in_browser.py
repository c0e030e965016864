"""What holds of every HTML page the project writes, in a browser: `make browser-check`.

These need a Chromium, which `.ci/browser` installs, so `make test` leaves them out: their files are
not named like tests.
"""

from pathlib import Path

import dataset.page_examples
import pytest
import reports.examples
from webpage.browser import Browser
from webpage.seen import (
    BROKEN_HEADINGS,
    FAINT_SHAPES,
    FAINT_TEXTS,
    MISPLACED,
    OUT_OF_CARDS,
    tab_through,
)

PHONE, DESKTOP = 360, 1440
EXAMPLES = {"run": reports.examples, "dataset": dataset.page_examples}
PAGES = pytest.mark.parametrize(
    "name", [f"{kind}-{name}" for kind, examples in EXAMPLES.items() for name in examples.ALL]
)
#: Of each kind of page, one that has all its parts.
WHOLE = pytest.mark.parametrize("name", ["run-redesign", "dataset-demo", "dataset-hostile"])
WIDTHS = pytest.mark.parametrize("width", [320, PHONE, 480, 768, 1024, 1600])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return all pages as files."""
    return {
        f"{kind}-{name}": page
        for kind, examples in EXAMPLES.items()
        for name, page in examples.written(tmp_path_factory.mktemp(kind)).items()
    }


@PAGES
@WIDTHS
def test_page_does_not_scroll_sideways(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.show(pages[name], width)
    assert browser.ask("document.documentElement.scrollWidth") == width


@PAGES
@WIDTHS
def test_texts_are_inside_the_window_and_on_no_other(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.show(pages[name], width)
    assert browser.ask(MISPLACED) == []


@PAGES
@WIDTHS
def test_texts_stay_in_their_cards(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.show(pages[name], width)
    assert browser.ask(OUT_OF_CARDS) == []


@PAGES
@WIDTHS
def test_headings_of_columns_are_on_one_line(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.show(pages[name], width)
    assert browser.ask(BROKEN_HEADINGS) == []


@PAGES
@SCHEMES
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_texts_stand_out_from_their_ground(
    browser: Browser, pages: dict[str, Path], name: str, scheme: str, width: int
) -> None:
    browser.show(pages[name], width, scheme=scheme)
    assert browser.ask(FAINT_TEXTS) == []


@PAGES
@SCHEMES
def test_shapes_stand_out_from_their_ground(
    browser: Browser, pages: dict[str, Path], name: str, scheme: str
) -> None:
    browser.show(pages[name], DESKTOP, scheme=scheme)
    assert browser.ask(FAINT_SHAPES) == []


@pytest.mark.parametrize("name", ["run-night", "dataset-demo"])
def test_schemes_differ(browser: Browser, pages: dict[str, Path], name: str) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        browser.show(pages[name], DESKTOP, scheme=scheme)
        grounds.add(browser.ask("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2


@PAGES
def test_page_asks_for_nothing_and_nothing_complains(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    browser.show(pages[name], DESKTOP)
    asked = [url for url in browser.requests() if not url.startswith("data:")]
    assert asked == [pages[name].as_uri()]
    assert browser.complaints() == []


@pytest.mark.parametrize("name", ["run-night", "dataset-demo"])
def test_script_that_got_in_would_not_run(
    browser: Browser, pages: dict[str, Path], name: str, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    script = "<script>document.title = 'ran'</script></body>"
    page.write_text(pages[name].read_text("utf-8").replace("</body>", script), "utf-8")
    browser.show(page, DESKTOP)
    assert browser.ask("document.title") != "ran"
    assert browser.complaints() != []


@WHOLE
@SCHEMES
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_tab_reaches_every_control_and_its_focus_is_seen(
    browser: Browser, pages: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    browser.show(pages[name], width, scheme=scheme)
    stops = tab_through(browser)
    assert [stop["number"] for stop in stops] == list(range(len(stops)))
    assert [
        stop
        for stop in stops
        if not (stop["seen"] and stop["outline"] >= 2 and stop["contrast"] >= 3)
    ] == []


@pytest.mark.parametrize(
    ("name", "place"), [("run-redesign", "verdict"), ("dataset-demo", "content")]
)
def test_first_tab_and_enter_lead_past_the_head(
    browser: Browser, pages: dict[str, Path], name: str, place: str
) -> None:
    browser.show(pages[name], PHONE)
    browser.press("Tab", 9)
    browser.press("Enter", 13)
    assert browser.ask("document.activeElement.id") == place
