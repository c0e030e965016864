"""Suggestions for misspelt words."""

from collections.abc import Iterable
from difflib import get_close_matches


def hint(word: str, known: Iterable[str], *, likeness: float = 0.75) -> str:
    """Return a question about the known word that is nearest, or "" where none is near.

    :param likeness: from 0 to 1, at least so much; 0.75 is one slip in a word of four letters.

    >>> hint("newsrom", ["survey", "newsroom"])
    ' (did you mean newsroom?)'
    >>> hint("weather", ["survey", "newsroom"])
    ''
    """
    by_folded = {one.casefold(): one for one in known}
    if word in by_folded.values():
        return ""  # rightly spelt: it is something else that is wrong
    near = get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return f" (did you mean {by_folded[near[0]]}?)" if near else ""
