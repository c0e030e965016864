"""The words that open a byline: "Published on", "Updated", "By", "Photo", in the site's languages.

They say what the date or name after them is. Unlike labels they need no colon.
"""

from functools import cache
from typing import Literal, TypeAlias, cast

from osce_crawl.data_files import read_data
from osce_crawl.text.forms import fold

#: ``published``: a date of publication follows; ``changed``: a later one; ``author``: who wrote it;
#: ``credit``: who took a photograph; ``category``: what something is filed under; ``count``: how
#: many comments or views it has.
Role: TypeAlias = Literal["published", "changed", "author", "credit", "category", "count"]
#: An announcement has at most this many words: "mis à jour pour la dernière fois le".
MOST_WORDS = 8
#: The end of the names of groups of words that are too common to open a line.
_WITHIN = " within"


@cache
def _openings(*, within: bool) -> dict[str, Role]:
    groups: dict[str, list[str]] = read_data("bylines")
    return {
        fold(words): cast("Role", group.removesuffix(_WITHIN))
        for group, openings in groups.items()
        for words in openings
        if within or not group.endswith(_WITHIN)
    }


@cache
def _first_words(*, within: bool) -> frozenset[str]:
    return frozenset(fold(words.split()[0]) for words in _openings(within=within))


def byline_opening(text: str, *, within: bool = False) -> tuple[Role, str] | None:
    """Return what the first words of *text* announce, and the words after them; or None.

    :param within: whether other facts of a byline are before them.

    >>> byline_opening("Posted on: 9 October 2023")
    ('published', '9 October 2023')
    """
    openings = _openings(within=within)
    words = text.split(maxsplit=MOST_WORDS)
    if not words or fold(words[0]) not in _first_words(within=within):
        return None
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        role = openings.get(fold(" ".join(words[:count])))
        if role is not None:
            return role, " ".join(words[count:]).lstrip(": ")
    return None


def says_changed(text: str) -> bool:
    """Return whether the date of a line is that of a later change: "Updated on 5 May"."""
    opening = byline_opening(text)
    return opening is not None and opening[0] == "changed"
