"""A part of a page as the lines that a person sees, whatever elements made them.

``dl``, table, ``p`` and ``strong``, ``li``, spans or Drupal's fields: on the screen they are lines
of text, some of them linked. Because it reads lines instead of elements, one reader can handle
unknown markup.

`osce_crawl.pages.reading.reader` goes through the elements once, in document order, and makes one
table, `Lines`. A *line* is the text between two ends of blocks or line breaks, and has a number.
Its text is a list of *runs*, one for each element that prints a part of it. A *node* represents a
block around lines, or an element around such a block. It has the number of its first line and of
the line after its last. Lines are numbered in document order, so those within an element have
consecutive numbers. So these questions cost the same on any page: is a line in an element (two
comparisons), which lines are (a range), how much of something is in it (two look-ups in a sorted
list).

Properties that an element gives to all its lines, such as a heading or a table cell, are stored
when its node is made: a node inherits those of its parent, see `Around`. The tree is not climbed
again for them.

One case is different. An *inline* element around blocks does not end lines:
in ``<span><p>a</p>b<p>c</p></span>`` the words ``b`` continue the block outside the span. So they
do not belong to the span's lines, although they are between two of them. Nodes of inline elements
are marked, and the lines in their range are tested one by one.

A page is read in passes over that table: `values` finds the labels and their values, `header` the
end of the header, `sections` the panes, `body` the text, `spans` the entries of a listing. Nothing
in the table points back to the table, so its memory is freed as soon as the page is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from lxml.etree import _Element

from osce_crawl.pages.reading.elements import ASIDE, CELLS, HEADINGS, ITEMS, LISTS, TITLING
from osce_crawl.text.forms import END_MARKS, clean_text

#: A line this long is prose; shorter ones may be anything.
PROSE = 80
_FEW_WORDS = 3
#: The minimum number of spaces in a line of prose that does not end in a full stop.
_SEVERAL_WORDS = 5
#: The ends of a sentence, those of quotations included.
SENTENCE_ENDS = (*END_MARKS, "”", "»", '."', '!"', '?"')
#: Characters between links.
_MARKS = " \u00a0\n\t|,·•/-–[]«»‹›"
#: Elements that give a property to all lines in them.
TELLING = HEADINGS | ASIDE | CELLS | LISTS | ITEMS


@dataclass(slots=True, eq=False)
class TextRun:
    """A piece of a line that one element prints.

    :ivar element: the innermost element around the text.
    :ivar link: the ``a`` element around it, if any.
    :ivar card: whether that link wraps whole blocks, so that the link does not describe the text.
    :ivar strong: whether ``b`` or ``strong`` is around it within its block.
    """

    text: str
    element: _Element
    link: _Element | None = None
    card: bool = False
    strong: bool = False

    @property
    def clean(self) -> str:
        """The text in normal form."""
        return clean_text(self.text)

    @property
    def blank(self) -> bool:
        """Whether it prints nothing; a text as long as a sentence is not examined."""
        return self.text.isspace() or (len(self.text) < PROSE and not clean_text(self.text))

    @property
    def value_link(self) -> _Element | None:
        """The link that makes this text one value, if any: not that of a card."""
        return None if self.card else self.link


class Around(NamedTuple):
    """The properties of a line from the elements around it, the innermost of each kind.

    :ivar heading: whether it is in h1 to h6.
    :ivar aside: the element that never contains the text of a release.
    :ivar item: the ``li``, ``tr`` or ``address``.
    :ivar row: the table row, if it is among the elements that were read.
    """

    heading: bool = False
    aside: _Element | None = None
    cell: _Element | None = None
    list: _Element | None = None
    item: _Element | None = None
    row: _Element | None = None

    def within(self, element: _Element, tag: str) -> "Around":
        """Return the properties within a further *element*."""
        return Around(
            self.heading or tag in HEADINGS,
            element if tag in ASIDE else self.aside,
            element if tag in CELLS else self.cell,
            element if tag in LISTS else self.list,
            element if tag in ITEMS else self.item,
            element if tag == "tr" else self.row,
        )


_NOTHING_AROUND = Around()


class Node:
    """An element around lines.

    :ivar first: index of the first line in it; ``end``: of the line after its last.
    :ivar inline: whether lines in that range may be outside it.
    """

    __slots__ = ("around", "element", "end", "first", "inline", "parent", "tag")

    def __init__(self, element: _Element, parent: "Node | None", first: int) -> None:
        tag: Any = element.tag
        around = _NOTHING_AROUND if parent is None else parent.around
        self.element = element
        self.tag: str = tag
        self.parent = parent
        self.around: Around = around.within(element, tag) if tag in TELLING else around
        self.first = self.end = first
        self.inline = False


#: The nodes of one table, by their elements.
Nodes = dict[_Element, Node]


class Line:
    """One line of text.

    :ivar nodes: the nodes of its table; ``index``: its number in the table.
    :ivar node: the innermost block around it; ``block``: that block's element.
    :ivar breaks: number of ``<br>`` between the line before and this one, within one block.
    :ivar times: its ``datetime`` attributes, even those of an empty ``<time>``.
    :ivar text: its text in normal form; runs are joined without spaces, so that no word is split.
    :ivar links: its ``a`` elements, each once, in order.
    :ivar linked: whether all of its words are links.
    """

    __slots__ = (
        *("block", "breaks", "index", "linked", "links", "node", "nodes", "runs", "text", "times"),
    )

    def __init__(
        self,
        nodes: Nodes,
        index: int,
        node: Node,
        runs: Sequence[TextRun],
        *,
        times: Sequence[str] = (),
        breaks: int = 0,
    ) -> None:
        self.nodes = nodes
        self.index = index
        self.node = node
        self.block = node.element
        self.runs = runs
        self.times = times
        self.breaks = breaks
        self.links: Sequence[_Element] = ()
        if len(runs) == 1:  # most lines
            self.text = text = clean_text(runs[0].text)
            if runs[0].link is not None:
                self.links, self.linked = (runs[0].link,), bool(text)
                return
        else:
            self.text = text = clean_text("".join([run.text for run in runs]))
            links = [run.link for run in runs if run.link is not None]
            if links:
                self.links = list(dict.fromkeys(links))
        self.linked = bool(text and (self.links or text[0] in _MARKS)) and _are_links(runs)

    @property
    def sentence(self) -> bool:
        """Whether it reads like text, and is not a link."""
        return not self.linked and is_sentence(self.text)

    @property
    def prose(self) -> bool:
        """Whether it consists of sentences, and is not a name or a heading."""
        return self.sentence or (
            self.text.count(" ") >= _SEVERAL_WORDS and not (self.linked or self.heading)
        )

    @property
    def heading(self) -> bool:
        """Whether the line looks like a heading: h1 to h6, ``dt``, or all of it strong."""
        node = self.node
        if node.around.heading or node.tag in TITLING:
            return True
        for run in self.runs:
            if not run.strong and not run.text.isspace():
                return False
        return bool(self.runs)

    @property
    def unlinked(self) -> str:
        """The line's words that are not links."""
        return clean_text("".join([run.text for run in self.runs if run.link is None]))

    def without(self, link: _Element) -> "Line":
        """Return the line without the words of a link; a mark parts what is on both sides of it."""
        runs = [run for run in self.runs if run.link is not link]
        first = next((at for at, run in enumerate(self.runs) if run.link is link), 0)
        if 0 < first < len(runs):
            runs.insert(first, TextRun(" | ", runs[first].element))
        return Line(self.nodes, self.index, self.node, runs, times=self.times)

    def ancestors(self) -> Iterator[_Element]:
        """Yield the block and every element around it."""
        node: Node | None = self.node
        while node is not None:
            yield node.element
            node = node.parent

    def inside(self, element: _Element) -> bool:
        """Return whether the line is within *element*."""
        node = self.nodes.get(element)
        if node is None or not node.first <= self.index < node.end:
            return False
        return not node.inline or any(above is element for above in self.ancestors())


def is_sentence(words: str) -> bool:
    """Return whether *words* read like text: many, or a few that end like a sentence."""
    return len(words) >= PROSE or (words.endswith(SENTENCE_ENDS) and words.count(" ") >= _FEW_WORDS)


def _are_links(runs: Sequence[TextRun]) -> bool:
    """Return whether all words of the runs are links, ignoring marks between them."""
    return not any([run.link is None and run.text.strip(_MARKS) for run in runs])


class Lines(list[Line]):
    """The lines of a page, or of a part of it, and data about the elements around them.

    :ivar nodes: the blocks that contain lines and all elements around them.
    :ivar hidden: the other elements that the page does not show.
    :ivar unseen: elements that print no text of the page, and those unknown to HTML.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hidden: set[_Element] = set()
        self.unseen: list[_Element] = []
        self.nodes: Nodes = {}

    def within(self, element: _Element, start: int = 0) -> Sequence[int]:
        """Return the indices of the lines within *element*, from line *start* on."""
        node = self.nodes.get(element)
        if node is None:
            return ()
        members = range(max(start, node.first), node.end)
        return [i for i in members if self[i].inside(element)] if node.inline else members

    def unbroken(self, element: _Element, start: int) -> range:
        """Return the indices of the lines within *element* that directly follow line *start*."""
        stop = start
        node = self.nodes.get(element)
        if node is not None and node.first <= start:
            stop = max(start, node.end)
            if node.inline:
                stop = next((i for i in range(start, stop) if not self[i].inside(element)), stop)
        return range(start, stop)
