"""The purpose of a page's elements, by name, and the numbers in their attributes."""

import re

from lxml.etree import _Element

#: More digits than any width or span has.
_SMALL = re.compile(r"\s*([0-9]{1,4})\s*(?:px)?\s*")

#: Elements that begin and end a line (HTML's block-level elements).
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
#: Elements within a line. For one that HTML lacks ("x-fact"), its position decides.
INLINE = frozenset(
    [
        "abbr",
        "bdi",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "img",
        "label",
        "mark",
        "picture",
        "q",
        "small",
        "span",
        "sub",
        "sup",
        "u",
        "wbr",
    ]
)
#: Elements whose text is never displayed.
UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "option",
        "textarea",
        "button",
        "audio",
        "video",
        "canvas",
        "map",
        "input",
    ]
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements that never contain the text of a release.
ASIDE = frozenset({"aside", "nav", "form", "footer", "dialog"})
CELLS = frozenset({"td", "th"})
LISTS = frozenset({"ul", "ol", "dl"})
#: Elements that are one item of several.
ITEMS = frozenset({"li", "tr", "address"})
#: Blocks, other than headings, that name what follows them.
TITLING = frozenset({"dt", "legend", "summary", "caption", "th"})
STRONG = frozenset({"b", "strong"})


def small_number(element: _Element, attribute: str) -> int | None:
    """Return the number in an attribute; None if it has none, or one of more than four digits."""
    found = _SMALL.fullmatch(element.get(attribute) or "")
    return None if found is None else int(found[1])
