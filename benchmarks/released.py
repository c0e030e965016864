"""Release pages of the simulated newsroom, each with what is true of it."""

from dataclasses import dataclass
from typing import Any

from newsroom import truth
from newsroom.site import Site

from benchmarks.folders import OSCE

#: Bytes of the pages that are read, as most of the real site's have.
LIKE_THE_SITE = range(62_000, 88_001)
ITEMS = 600


@dataclass(frozen=True)
class Release:
    """A page, its address, and the item that it must give where no listing is known."""

    url: str
    text: str
    item: dict[str, Any]


def releases(count: int) -> list[Release]:
    """Return pages spread over all years, all layouts and all languages."""
    site = Site(OSCE, ITEMS, delay=0)
    found = []
    for fact in site.facts.items:
        text = site.answer(fact.path, {}).body
        if len(text.encode()) in LIKE_THE_SITE:
            found.append(Release(OSCE + fact.path, text, truth.item(fact, OSCE, frozenset())))
    return [found[number * len(found) // count] for number in range(count)]
