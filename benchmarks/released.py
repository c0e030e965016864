"""Release pages of the simulated newsroom, each with its true values."""

from dataclasses import dataclass
from typing import Any

from newsroom import truth
from newsroom.site import Site

from benchmarks.folders import OSCE

#: Size of the pages in bytes, like most pages of the real site.
LIKE_THE_SITE = range(62_000, 88_001)
ITEMS = 600


@dataclass(frozen=True)
class Release:
    """A page, its address, and the expected item when no listing is known."""

    url: str
    text: str
    item: dict[str, Any]


def releases(count: int) -> list[Release]:
    """Return pages spread over all years, layouts and languages."""
    site = Site(OSCE, ITEMS, delay=0)
    found = []
    for fact in site.facts.items:
        text = site.answer(fact.path, {}).body
        if len(text.encode()) in LIKE_THE_SITE:
            found.append(Release(OSCE + fact.path, text, truth.item(fact, OSCE, frozenset())))
    return [found[number * len(found) // count] for number in range(count)]
