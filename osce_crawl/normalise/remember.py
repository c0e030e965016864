"""Short texts are met again and again: words of menus, labels, headings, names of units."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

#: Longer texts are prose, which is not.
_SHORT = 80
_MOST = 16_384

Said = TypeVar("Said")


def remember(function: Callable[[str], Said]) -> Callable[[str], Said]:
    """Return *function* with a memory for what it says of short texts."""
    remembered = lru_cache(maxsize=_MOST)(function)

    @wraps(function)
    def asked(text: str) -> Said:
        return remembered(text) if len(text) <= _SHORT else function(text)

    return asked
