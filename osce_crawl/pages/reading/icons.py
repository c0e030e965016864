"""Icons that a font draws from words: ``<span class="material-icons">event</span>``.

Readers do not see those words, but they are in the text: "event9 June 2017".
"""

import re

from lxml.etree import _Element

#: Class names of such fonts.
_CLASS = re.compile(r"(?<![\w-])material-(?:icons|symbols)(?![a-z])")


def drop_icon_words(source: bytes, root: _Element) -> None:
    """Remove the words of icons from the tree (in place); most pages have none."""
    if source.rfind(b"material-") < 0:  # faster than a search from the start
        return
    for element in root.iter("a", "button", "em", "i", "mat-icon", "span"):
        if not len(element) and _CLASS.search(element.get("class") or ""):
            element.text = None
