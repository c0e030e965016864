"""Kinds of panes that the class names of content management systems and modules tell."""

import re

from lxml.etree import _Element

from osce_crawl.pages.release.players import POST_CLASS
from osce_crawl.text.cache import cache_short

_CLASSES = {
    "contacts": re.compile(r"\bcontacts?\b|press-?contact", re.IGNORECASE),
    "documents": re.compile(r"download|attachment|documents?\b", re.IGNORECASE),
    "latest": re.compile(r"latest|more-?news|popular|most-?read|upcoming", re.IGNORECASE),
    "links": re.compile(r"\brelated|see-?also|teasers?\b|read-?more", re.IGNORECASE),
    "translations": re.compile(r"\blanguages?\b|language-?switch|translations?\b", re.IGNORECASE),
    "post": POST_CLASS,
    "share": re.compile(
        r"\bshar(?:e|ing)\b|social|breadcrumb|pager\b|\btags?\b|newsletter|subscribe|cookie|(?<!quote-)footer"
        r"|copyright|print-?link|skip-?link|comments?\b|sharethis|add(?:this|toany)|\ba2a_"
        r"|service-?links|fivestar|readspeaker|\brs[-_]?(?:btn|skip)|(?<![a-z])consent(?![a-z])",
        re.IGNORECASE,
    ),
}
#: Classes of a whole item, whose other classes name its terms and settings: "post tag-media".
_ITEM_CLASS = re.compile(r"(?<![\w-])(?:hentry|h-entry|article|node|post)(?![\w-])")


def kind_of_class(element: _Element) -> str | None:
    """Return the kind of pane that the class, id or role of an element names, or None."""
    names = [element.get("class"), element.get("id"), element.get("role")]
    told = " ".join([name for name in names if name])
    return _kind_of_names(told) if told else None


@cache_short
def _kind_of_names(names: str) -> str | None:
    kind = next((kind for kind, pattern in _CLASSES.items() if pattern.search(names)), None)
    return None if kind == "share" and _ITEM_CLASS.search(names) else kind
