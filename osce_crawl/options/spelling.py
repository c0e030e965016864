"""Suggestions for misspelt words."""

from collections.abc import Iterable
from difflib import get_close_matches


def hint(word: str, known: Iterable[str], *, likeness: float = 0.75) -> str:
    """Return a question about the most similar known word, or "" if none is similar.

    :param likeness: least similarity, 0 to 1; 0.75 is one error in a word of four letters.

    >>> hint("newsrom", ["survey", "newsroom"])
    ' (did you mean newsroom?)'
    >>> hint("weather", ["survey", "newsroom"])
    ''
    """
    by_folded = {one.casefold(): one for one in known}
    if word in by_folded.values():
        return ""  # spelt correctly: the error is elsewhere
    near = get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return f" (did you mean {by_folded[near[0]]}?)" if near else ""
