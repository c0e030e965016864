"""Glossary tooltips: a term in the sentence, and beside it an element that repeats and explains it.

All generations of the site print the term, then an inline element with the term once more, a line
break and the definition, then the sentence goes on. The repeated term reveals a tooltip,
whatever its markup. One that does not repeat it is marked as a tooltip, and is within the element
that shows the term or names it: ``aria-describedby``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import _Element

from osce_crawl.text.forms import clean_text, fold

_MADE_OF = frozenset(
    [
        *("span", "a", "em", "i", "dfn", "abbr", "sup"),
        *("button", "small", "mark", "div", "aside", "q"),
    ]
)
#: Elements that contain a term and its explanation, and elements that separate the two.
_HOLDERS = frozenset({"span", "a", "dfn", "small"})
_PARTS = frozenset({"span", "b", "strong", "div", "p", "em"})
_PARAGRAPHS = frozenset({"p", "li", "td", "div"})
#: Attributes of a term that give the id of its explanation.
_NAMES_OF_TOOLTIP = ("aria-describedby", "aria-details")
_SHORTEST_STEM = 4
#: The maximum length of a term.
_LONGEST_TERM = 300


@dataclass(frozen=True, slots=True)
class Tooltip:
    """A term and its explanation."""

    term: str
    definition: str


def take_tooltips(elements: Iterable[_Element]) -> list[Tooltip]:
    """Remove the tooltips among *elements* from their page and return them; sentences stay whole.

    :param elements: the content of a region, in document order.
    """
    found: dict[Tooltip, None] = {}
    for element in [one for one in elements if one.tag in _MADE_OF and _may_be(one)]:
        definition = _read(element)
        if definition is None:
            continue
        found.setdefault(definition)
        term = _described_by(element)
        if term is not None and term.tag == "button":
            term.tag = "span"  # buttons are no text, but this one is a word of the sentence
        take_out(element)
    return list(found)


def _may_be(element: _Element) -> bool:
    """Return whether an element may be a tooltip: by its name, or by two lines of content."""
    if not len(element):  # a term and its explanation need two lines
        return element.get("role") == "tooltip"
    parts = _PARTS if element.tag in _HOLDERS else ()
    for child in element:
        if child.tag == "br" or child.tag in parts:
            return True
    names = element.get("class") or ""
    return "tooltip" in names or "glossary" in names or element.get("role") == "tooltip"


def _read(element: _Element) -> Tooltip | None:
    marked = element.get("role") == "tooltip"
    if not any(above.tag in _PARAGRAPHS for above in element.iterancestors()):
        return None
    head, rest = _first_line(element)
    if not head:
        return None
    before = _text_before(element)
    if rest and before and _repeats(before, head):
        return Tooltip(head, rest)
    if not marked or not before:
        return None
    term = _term_around(before, element) if not rest else None
    if term is None:
        described = _described_by(element)
        term = _words(described) if described is not None else None
    return Tooltip(term, f"{head} {rest}".rstrip()) if term else None


def _described_by(tooltip: _Element) -> _Element | None:
    """Return the element of the same paragraph that names *tooltip* as its explanation, or None."""
    own = tooltip.get("id")
    if not own or tooltip.get("role") != "tooltip":
        return None
    paragraph = next(above for above in tooltip.iterancestors() if above.tag in _PARAGRAPHS)
    for element in paragraph.iterdescendants(*_MADE_OF):
        names = [name for key in _NAMES_OF_TOOLTIP for name in (element.get(key) or "").split()]
        if own in names and tooltip not in element.iterdescendants():
            return element
    return None


def _term_around(before: str, element: _Element) -> str | None:
    """Return the term of a tooltip that does not repeat it: the text of the element around it."""
    parent = element.getparent()
    if parent is None or parent.tag in {"p", "li", "td", "div", "body"}:
        return None
    own = clean_text(parent.text or "")
    return own if own and before.endswith(own) else None


def _first_line(element: _Element) -> tuple[str, str]:
    """Split the text of *element* at its first line break, or after its first child element."""
    behind: list[str] = []  # elements that are entered, the innermost last
    inner: _Element | None = element
    while inner is not None:
        line, rest, inner = _own_first_line(inner)
        behind.append(rest)
    return line, clean_text(" ".join(reversed(behind)))


def _own_first_line(element: _Element) -> tuple[str, str, _Element | None]:
    """Return first line and rest; of an element that opens with another one, that one as well."""
    head = [element.text or ""]
    for child in element:
        if child.tag == "br":
            return clean_text("".join(head)), _text_from(child), None
        if not clean_text("".join(head)):
            return _words(child), _text_from(child), child if len(child) else None
        head += [*_texts(child), child.tail or ""]
    return clean_text("".join(head)), "", None


def _text_from(element: _Element) -> str:
    """Return the text after *element* within its parent."""
    pieces = [element.tail or ""]
    for sibling in element.itersiblings():
        gap = " " if sibling.tag in {"br", "p", "div"} else ""
        pieces += [gap, *_texts(sibling), gap, sibling.tail or ""]
    return clean_text("".join(pieces))


def _texts(element: _Element) -> list[str]:
    return [str(text) for text in element.itertext()]


def _words(element: _Element) -> str:
    return clean_text("".join(_texts(element)))


def _text_before(element: _Element) -> str:
    """Return the end of the text before *element* within its paragraph, enough for a term."""
    pieces: list[str] = []
    length = 0
    node = element
    while True:
        for sibling in node.itersiblings(preceding=True):
            pieces += [sibling.tail or "", "" if sibling.tag == "br" else "".join(_texts(sibling))]
            length += len(pieces[-2]) + len(pieces[-1])
            if sibling.tag == "br" or length > _LONGEST_TERM:
                return clean_text("".join(reversed(pieces)))
        parent = node.getparent()
        if parent is None:
            return clean_text("".join(reversed(pieces)))
        pieces.append(parent.text or "")
        if parent.tag in {"p", "li", "td", "th", "div", "body", "section", "article", "blockquote"}:
            return clean_text("".join(reversed(pieces)))
        node = parent


def _repeats(before: str, head: str) -> bool:
    """Return whether the text before a tooltip ends with the term that the tooltip names."""
    if fold(before).endswith(fold(head)):
        return True
    words = len(head.split())
    last = fold(" ".join(before.split()[-words:]))
    term = fold(head)
    shared = 0
    for ours, theirs in zip(last, term, strict=False):
        if ours != theirs:
            break
        shared += 1
    # singular and plural: "safe area" explains "safe areas"
    return shared >= _SHORTEST_STEM and shared >= 0.75 * max(len(last), len(term))


def take_out(element: _Element) -> None:
    """Remove an element from its page; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
