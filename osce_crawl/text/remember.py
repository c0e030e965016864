"""A cache for functions of short texts, which recur: menus, labels, headings, names of units."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

#: Longer texts are prose, which does not recur.
_SHORT = 80
_MOST = 16_384

Said = TypeVar("Said")


class _Memory(dict[str, Said]):
    """The results of a function for short texts; emptied when full."""

    def __init__(self, function: Callable[[str], Said]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, text: str) -> Said:
        said = self.function(text)
        if len(text) <= _SHORT:
            if len(self) >= _MOST:
                self.clear()
            self[text] = said
        return said


def remember(function: Callable[[str], Said]) -> Callable[[str], Said]:
    """Return *function* with a cache of its results for short texts."""
    memory = _Memory(function)

    @wraps(function)
    def asked(text: str) -> Said:
        return memory[text]

    return asked
