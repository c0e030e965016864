"""The page of a run as a browser shows it: `make browser-check`.

These need a Chromium, which `.ci/browser` installs, so `make test` leaves them out: their file is
not named like a test.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reports.browser import Browser
from reports.examples import ALL

from osce_crawl.reports.page.frame import html

PHONE, DESKTOP = 360, 1440
WIDTHS = pytest.mark.parametrize("width", [320, PHONE, 400, DESKTOP])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
REPORTS = pytest.mark.parametrize("name", ALL)

#: Pieces of text that can be seen: their words, places, and the elements they stand in.
TEXTS = """
function texts() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    range.selectNodeContents(node);
    if (!node.data.trim() || node.parentElement.closest('.skip')) continue;
    for (const box of range.getClientRects())
      if (box.width && box.height) found.push({words: node.data, box, element: node.parentElement});
  }
  return found;
}
"""
#: What of two texts or more stands on the same spot, and what stands outside of the window.
MISPLACED = f"""(() => {{
  {TEXTS}
  document.querySelectorAll('details').forEach(details => details.open = true);
  const all = texts(), wrong = [];
  for (const one of all)
    if (one.box.left < -0.5 || one.box.right > innerWidth + 0.5) wrong.push(['out', one.words]);
  for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length; j++) {{
    const a = all[i].box, b = all[j].box;
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
      wrong.push(['over', all[i].words, all[j].words]);
  }}
  return wrong;
}})()"""
#: What stands outside of its card, and headings of columns that are broken within a word.
OUT_OF_CARDS = f"""(() => {{
  {TEXTS}
  document.querySelectorAll('details').forEach(details => details.open = true);
  return texts().flatMap(({{words, box, element}}) => {{
    const card = element.closest('section, .figures div');
    if (!card) return [];
    const style = getComputedStyle(card), around = card.getBoundingClientRect();
    const left = around.left + parseFloat(style.paddingLeft);
    const right = around.right - parseFloat(style.paddingRight);
    return box.left < left - 1 || box.right > right + 1 ? [[words, card.id]] : [];
  }});
}})()"""
BROKEN_HEADINGS = f"""(() => {{
  {TEXTS}
  document.querySelectorAll('details').forEach(details => details.open = true);
  const lines = new Map();
  for (const {{words, element}} of texts())
    if (element.closest('thead') && !words.includes(' '))
      lines.set(element, [words, (lines.get(element)?.[1] ?? 0) + 1]);
  return [...lines.values()].filter(([words, count]) => count > 1);
}})()"""
#: Contrast after WCAG 2.2, 1.4.3 and 1.4.11.
CONTRAST = """
function colour(text) {
  const parts = text.match(/[\\d.]+/g).map(Number);
  return {rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1};
}
function ground(element) {
  for (let at = element; at; at = at.parentElement) {
    const found = colour(getComputedStyle(at).backgroundColor);
    if (found.alpha === 1) return found.rgb;
    if (found.alpha > 0) throw new Error('a ground that lets another through');
  }
  throw new Error('no ground');
}
function luminance(rgb) {
  const [r, g, b] = rgb.map(part => {
    part /= 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
"""
FAINT_TEXTS = f"""(() => {{
  {TEXTS} {CONTRAST}
  document.querySelectorAll('details').forEach(details => details.open = true);
  return texts().flatMap(({{words, element}}) => {{
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const found = contrast(colour(style.color).rgb, ground(element));
    return found < (large ? 3 : 4.5) ? [[words, found]] : [];
  }});
}})()"""
FAINT_SHAPES = f"""(() => {{
  {CONTRAST}
  const parts = [...document.querySelectorAll('.icon .shape, .bar .share, .bar .low, .bar .mark')];
  return parts.flatMap(part => {{
    const found = contrast(colour(getComputedStyle(part).fill).rgb, ground(part.parentElement));
    return found < 3 ? [[part.getAttribute('class'), found]] : [];
  }});
}})()"""
CONTROLS = """(() => {
  document.querySelectorAll('details').forEach(details => details.open = true);
  const all = [...document.querySelectorAll('a[href], summary')];
  all.forEach((control, number) => control.dataset.number = number);
  return all.length;
})()"""
FOCUS = f"""(() => {{
  {CONTRAST}
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  return {{
    number: at.dataset.number === undefined ? null : Number(at.dataset.number),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    contrast: contrast(colour(style.outlineColor).rgb, ground(at)),
    seen: box.width > 0 && box.left >= 0 && box.right <= innerWidth + 0.5
      && box.bottom > 0 && box.top < innerHeight,
  }};
}})()"""


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


def tab_through(browser: Browser) -> list[dict[str, Any]]:
    """Return what the focus is on after each press of Tab, until it leaves the page."""
    stops = []
    for _ in range(browser.ask(CONTROLS)):
        browser.press("Tab", 9)
        stops.append(browser.ask(FOCUS))
    return stops


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
