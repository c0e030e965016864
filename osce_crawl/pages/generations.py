"""The three generations of the site: what each is known by, as data.

A page is of the newest generation whose marks it shows; hosts and years say nothing, for all three
are served side by side.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import _Element

from osce_crawl.text.forms import fold


@dataclass(frozen=True)
class Generation:
    """One generation of the site.

    :ivar name: as `provenance.layout` gives it.
    :ivar labels: label words that only this generation prints.
    :ivar kinds: kind lines that only this generation prints.
    :ivar body: class names of the elements in which its templates keep the text; used to
        cross-check, never to find it.
    """

    name: str
    labels: frozenset[str]
    kinds: frozenset[str]
    body: frozenset[str]

    def prints(self, labels: Iterable[str], kind: str | None) -> bool:
        """Tell whether a page with these labels and this kind line is of this generation."""
        if kind is not None and fold(kind) in self.kinds:
            return True
        return any(fold(label) in self.labels for label in labels)

    def body_element(self, around: Iterable[_Element]) -> _Element | None:
        """Return the innermost of the elements *around* that templates keep the text in."""
        for element in around:
            if self.body.intersection((element.get("class") or "").split()):
                return element
        return None


def _folded(*words: str) -> frozenset[str]:
    return frozenset(map(fold, words))


G3 = Generation(
    "g3",
    _folded(
        "Issued on",
        "Issued by",
        "Publisher",
        "Our work",
        "Izdavač",
        "Издавач",
        "Datum objave",
        "Naš rad",
        "Наш рад",
        "Датум објаве",
        "Издатель",
        "Наша работа",
    ),
    _folded("News Item"),
    frozenset({"body-section"}),
)
G2 = Generation(
    "g2",
    _folded("Date", "Place", "Source", "Fields of work", "Where we are", "What we do", "Location"),
    frozenset(),
    frozenset({"pane-content"}),
)
G1 = Generation("g1", frozenset(), frozenset(), frozenset({"node-content", "pane-content"}))

#: Newest first.
GENERATIONS = (G3, G2, G1)


def generation_of(labels: Iterable[str], kind: str | None) -> Generation:
    """Return the generation of a page with these header labels and this kind line."""
    words = list(labels)
    return next((known for known in GENERATIONS if known.prints(words, kind)), G1)
