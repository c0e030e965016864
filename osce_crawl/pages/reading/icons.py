"""Icons that a font draws from words: ``<span class="material-icons">event</span>``.

Nobody sees those words, but they stand in the text: "event9 June 2017".
"""

import re

from lxml.etree import _Element

#: How such fonts are called in classes.
_CLASS = re.compile(r"(?<![\w-])material-(?:icons|symbols)(?![a-z])")


def drop_icon_words(source: bytes, root: _Element) -> None:
    """Take the words of icons out of the tree (in place); most pages have none."""
    if source.rfind(b"material-") < 0:  # faster than a search from the start
        return
    for element in root.iter("a", "button", "em", "i", "mat-icon", "span"):
        if not len(element) and _CLASS.search(element.get("class") or ""):
            element.text = None
