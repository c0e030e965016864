"""A cache for functions of short texts, which recur: menus, labels, headings, names of units."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

#: Longer texts are prose, which does not recur.
_SHORT = 80
_MOST = 16_384

Result = TypeVar("Result")


class _Cache(dict[str, Result]):
    """The results of a function for short texts; emptied when full."""

    def __init__(self, function: Callable[[str], Result]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, text: str) -> Result:
        result = self.function(text)
        if len(text) <= _SHORT:
            if len(self) >= _MOST:
                self.clear()
            self[text] = result
        return result


def cache_short(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """Return *function* with a cache of its results for short texts."""
    cache = _Cache(function)

    @wraps(function)
    def cached(text: str) -> Result:
        return cache[text]

    return cached
