"""A page as a browser shows it, checked in JavaScript: misplaced and faint texts, the Tab order."""

from typing import Any

from webpage.browser import Browser

#: Visible pieces of text: their words, positions and elements.
TEXTS = """
function texts() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    range.selectNodeContents(node);
    if (!node.data.trim() || node.parentElement.closest('.skip, .scrolled')) continue;
    for (const box of range.getClientRects())
      if (box.width && box.height) found.push({words: node.data, box, element: node.parentElement});
  }
  return found;
}
"""
#: Texts that overlap, and texts outside of the window.
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
#: Content outside of its card, and column headings that are broken within a word.
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
#: Contrast according to WCAG 2.2, 1.4.3 and 1.4.11.
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
    const ink = element.closest('svg') ? style.fill : style.color;
    const found = ink === 'none' ? 21 : contrast(colour(ink).rgb, ground(element));
    return found < (large ? 3 : 4.5) ? [[words, found]] : [];
  }});
}})()"""
#: Bars, circles, icons and legend squares with too little contrast to their surroundings.
FAINT_SHAPES = f"""(() => {{
  {CONTRAST}
  const names = ['.icon .shape', '.bar .share', '.bar .low', '.bar .mark', '.chart [fill*=series]'];
  return [...document.querySelectorAll(names.join())].flatMap(shape => {{
    const found = contrast(colour(getComputedStyle(shape).fill).rgb, ground(shape.parentElement));
    return found < 3 ? [[shape.outerHTML, found]] : [];
  }});
}})()"""
CONTROLS = """(() => {
  document.querySelectorAll('details').forEach(details => details.open = true);
  const all = [...document.querySelectorAll('a[href], summary, input, button, [tabindex="0"]')]
    .filter(one => one.checkVisibility());
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


def tab_through(browser: Browser) -> list[dict[str, Any]]:
    """Return the focused element after each press of Tab, until the focus leaves the page."""
    stops = []
    for _ in range(browser.ask(CONTROLS)):
        browser.press("Tab", 9)
        stops.append(browser.ask(FOCUS))
    return stops
