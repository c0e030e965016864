"""The generations of the site: their only list, and how each is recognised.

A page belongs to the newest generation whose marks it shows. Hosts and years do not matter, because
all generations are served side by side. ``data/labels.json`` lists label words that only one
generation prints under its name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from osce_crawl.text.forms import fold
from osce_crawl.vocabulary.labels import generation_printing


@dataclass(frozen=True)
class Generation:
    """One generation of the site.

    :ivar name: its name in `provenance.layout` and in the label words.
    :ivar about: its description for readers of reports.
    :ivar body: class names of the elements in which its templates put the text; only for
        cross-checks, never for finding it.
    :ivar kinds: kind lines that only this generation prints.
    """

    name: str
    about: str
    body: frozenset[str]
    kinds: frozenset[str] = frozenset()

    def prints(self, labels: Iterable[str], kind: str | None) -> bool:
        """Return whether a page with these labels and this kind line is of this generation."""
        if kind is not None and fold(kind) in map(fold, self.kinds):
            return True
        return any(generation_printing(label) == self.name for label in labels)

    def body_element(self, around: Iterable[_Element]) -> _Element | None:
        """Return the innermost of the elements *around* in which its templates put the text."""
        for element in around:
            if self.body.intersection((element.get("class") or "").split()):
                return element
        return None


#: Newest first. A page that shows no marks is of the last.
GENERATIONS: Sequence[Generation] = (
    Generation(
        "g3",
        "labels such as Issued on, Issued by, Our work",
        frozenset({"body-section"}),
        kinds=frozenset({"News Item"}),
    ),
    Generation("g2", "labels such as Date, Place, Source", frozenset({"pane-content"})),
    Generation(
        "g1", "the oldest layout, without labels", frozenset({"node-content", "pane-content"})
    ),
)


def generation_of(labels: Iterable[str], kind: str | None) -> Generation:
    """Return the generation of a page with these header labels and this kind line."""
    words = list(labels)
    return next((known for known in GENERATIONS if known.prints(words, kind)), GENERATIONS[-1])
