"""Icons: drawings without words, which part the facts of a line, or words that a font draws.

Readers do not see the words of ``<span class="material-icons">event</span>``, but they are in the
text: "event9 June 2017".
"""

import re

from lxml.etree import _Element

#: Class names of such fonts.
_CLASS = re.compile(r"(?<![\w-])material-(?:icons|symbols)(?![a-z])")

#: Elements that draw icons; other than these, an element without text may be an anchor.
_ICONS = frozenset({"em", "i", "img", "span", "svg"})


def drop_icon_words(source: bytes, root: _Element) -> None:
    """Remove the words of icons from the tree (in place); most pages have none."""
    if source.rfind(b"material-") < 0:  # faster than a search from the start
        return
    for element in root.iter("a", "button", "em", "i", "mat-icon", "span"):
        if not len(element) and _CLASS.search(element.get("class") or ""):
            element.text = None


def follows_icon(text: str, element: _Element) -> bool:
    """Return whether a text within *element* is right after an element that draws an icon."""
    return any(
        child.tail == text
        and child.tag in _ICONS
        and (child.tag == "svg" or not "".join(map(str, child.itertext())).strip())
        for child in element
    )
