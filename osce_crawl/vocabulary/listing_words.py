"""The words of listings, in the site's languages: of links to other pages, and of empty results.

Words are compared in folded form, those of the next page exactly.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, TypeAlias

from osce_crawl.data_files import read_data
from osce_crawl.text.forms import any_of, fold
from osce_crawl.vocabulary.lookup import same_spelling

#: ``next``: words of a link to the next page, also before one of ``items``; ``next_items``: such
#: words only before one; ``other_pages``: parts of words for the first, last or previous page;
#: ``no_results``: what a listing without entries says; ``results``: words after their number;
#: ``of``: the word between the numbers of those shown and of all; ``to``: the one between the
#: numbers of the first and the last one shown; ``total``: words before the number of all.
#: ``empty``: sentences that a listing has nothing yet; others consist of a word of ``none`` and one
#: of ``listed``, with those of ``none_beside`` anywhere: "There are currently no items".
Group: TypeAlias = Literal[
    "next",
    "next_items",
    "items",
    "other_pages",
    "no_results",
    "results",
    "of",
    "to",
    "total",
    "empty",
    "none",
    "listed",
    "none_beside",
]
#: Longer words are a title.
_LONGEST = 60
_SENTENCE_END = re.compile(r"[.!:;…։](?=\s|$)")


@cache
def _words(*groups: Group) -> frozenset[str]:
    known = read_data("listing_words")
    return frozenset(_form(words) for group in groups for words in known[group])


def _form(words: str) -> str:
    return same_spelling(fold(words))


@cache
def _no_results() -> re.Pattern[str]:
    words, results = pattern_of("no_results"), pattern_of("results")
    return re.compile(rf"(?<![\w.,])(?:{words}|0\s(?:{results})(?!\w))", re.IGNORECASE)


@cache
def _whole(*groups: Group) -> re.Pattern[str]:
    """Return a regular expression for the words of several groups, the longest first."""
    return re.compile(rf"(?<!\w)(?:{any_of(_words(*groups))})(?!\w)")


def says_next(words: str) -> bool:
    """Return whether a link's *words* say that it leads to the next page.

    >>> says_next("Older posts"), says_next("Older people"), says_next("Siguiente")
    (True, False, True)
    """
    if len(words) > _LONGEST:
        return False
    pieces = [piece for piece in _form(words).split() if not piece.isdigit()]  # "Next 20 items"
    if " ".join(pieces) in _words("next"):
        return True
    leading, items = _words("next", "next_items"), _words("items")
    parted = ((" ".join(pieces[:at]), " ".join(pieces[at:])) for at in range(1, len(pieces)))
    return any(
        (first in leading and rest in items) or (first in items and rest in _words("next"))
        for first, rest in parted
    )


def pattern_of(group: Group) -> str:
    """Return a regular expression for the words of a group, the longest first."""
    return any_of(_words(group))


def says_number(words: Iterable[str]) -> bool:
    """Return whether one of the *words* may belong to a statement of the number of results."""
    known = _words("results", "of")
    return any(_form(word) in known for word in words)


def says_other_page(words: str) -> bool:
    """Return whether a link's *words* say that it leads to the first, last or previous page."""
    known = _form(words)
    return any(part in known for part in _words("other_pages"))


def says_empty(text: str) -> bool:
    """Return whether a line opens with a sentence that a listing, or a box, has no items yet.

    >>> says_empty("There are no articles here yet. Come back."), says_empty("No news is good news")
    (True, False)
    """
    sentence = _form(_SENTENCE_END.split(text, maxsplit=1)[0])
    if len(sentence) > _LONGEST or _whole("none", "empty").search(sentence) is None:
        return False
    if _whole("empty", "listed").search(sentence) is None:
        return False
    known = _whole("none", "empty", "listed", "none_beside")
    return not known.sub("", sentence).strip(" ,")


def says_no_results(text: str) -> bool:
    """Return whether a line says that a listing has no entries."""
    return _no_results().search(text) is not None
