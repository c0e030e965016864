"""From elements to lines: the one pass over a page that `osce_crawl.contracts.lines` describes."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from lxml import etree
from lxml.etree import _Element

from osce_crawl.contracts.elements import BLOCKS, STRONG, UNSEEN
from osce_crawl.contracts.lines import TELLING, Around, Line, Lines, Node, Run

#: No page nests so deep; below, the text alone is read, for Python's stack ends.
_DEEPEST = 150
_SKIP, _BREAK, _BLOCK, _INLINE = range(4)
#: What is done with an element; with others: _INLINE.
_KINDS: dict[Any, int] = {
    **dict.fromkeys(BLOCKS, _BLOCK),
    **dict.fromkeys(UNSEEN, _SKIP),
    **dict.fromkeys((etree.Comment, etree.ProcessingInstruction, etree.Entity), _SKIP),
    "br": _BREAK,
}


class _Reader:
    """Makes a table of lines; the state is what surrounds the text being read.

    :param skipped: tags whose content is left out, beside those that are never shown.
    :param name_links: give links without any text (over a whole card) their ``aria-label``.
    """

    def __init__(self, skipped: frozenset[str] = frozenset(), *, name_links: bool = False) -> None:
        self.lines = Lines()
        self.skipped = skipped
        self.name_links = name_links
        self.runs: list[Run] = []
        self.times: list[str] = []
        self.breaks = 0
        self.link: _Element | None = None
        self.card = False
        self.strong = False
        self.depth = 0
        self.in_article = 0  # an article's own header and footer belong to it, the page's do not

    def add(self, text: str | None, element: _Element) -> None:
        """Take text as it stands, but no white space that opens a line."""
        if text and (self.runs or self.link is not None or not text.isspace()):
            self.runs.append(Run(text, element, self.link, self.card, self.strong))

    def end_line(self, node: Node) -> None:
        """End the line of a block; one without text and times is none."""
        lines = self.lines
        line = Line(lines.nodes, len(lines), node, self.runs, times=self.times, breaks=self.breaks)
        if line.text or line.times:
            lines.append(line)
            self.breaks = 0
        self.runs, self.times = [], []

    # -- the elements around lines

    def surrounding(self, element: _Element) -> Node:
        """Return the node of an element that is not read itself, and make those around it."""
        nodes = self.lines.nodes
        missing: list[_Element] = []
        above: _Element | None = element
        while above is not None and above not in nodes:
            missing.append(above)
            above = above.getparent()
        node = None if above is None else nodes[above]
        around = Around() if node is None else node.around
        for one in reversed(missing):
            # a row around all that is read parts nothing of it
            tag: Any = one.tag
            if tag in TELLING:
                around = around.within(one, tag)._replace(row=around.row)
            inline = tag not in BLOCKS
            node = nodes[one] = Node(one, tag, node, around, len(self.lines), inline=inline)
        return nodes[element]

    def leave_surrounding(self, node: Node) -> None:
        """Note that nothing more is read within an element for now."""
        self.end_line(node)
        around: Node | None = node
        while around is not None:
            around.end = len(self.lines)
            around = around.parent

    def _enter(self, element: _Element, parent: _Element, node: Node) -> Node:
        """Return the node of a block that is read from here on; *node*: of the block around it."""
        if parent is not node.element:
            node = self.surrounding(parent)  # an inline element around the block
        tag: Any = element.tag
        around = node.around.within(element, tag) if tag in TELLING else node.around
        outer = node.parent if element is node.element else node  # a page without a body
        own = Node(element, tag, outer, around, len(self.lines))
        self.lines.nodes[element] = own
        return own

    def _leave(self, node: Node) -> None:
        """End the last line of a block, and its range of lines."""
        if self.runs or self.times:
            self.end_line(node)
        end = node.end = len(self.lines)
        around = node.parent
        while around is not None and around.inline:
            around.end = end
            around = around.parent

    # -- one element

    def read(self, element: _Element, parent: _Element, node: Node) -> None:
        """Read a child of *parent* that stands in the block of *node*."""
        kind = _KINDS.get(element.tag, _INLINE)
        if kind == _SKIP:
            return
        if kind == _BREAK:
            self.end_line(node)
            self.breaks += 1
        elif self.depth == _DEEPEST:
            self.add("".join(map(str, element.itertext())), element)
        elif kind == _BLOCK:
            if element.tag not in self.skipped or self.in_article:
                self._read_block(element, parent, node)
        elif not _is_hidden(element):
            self._read_inline(element, parent, node)

    def _read_block(self, element: _Element, parent: _Element, node: Node) -> None:
        if self.runs or self.times:
            self.end_line(node)
        self.breaks = 0
        if _is_hidden(element):
            return
        strong, self.strong = self.strong, False
        own = self._enter(element, parent, node)
        self.in_article += own.tag == "article"
        self._read_children(element, own)
        self._leave(own)
        self.breaks = 0
        self.in_article -= own.tag == "article"
        self.strong = strong

    def _read_inline(self, element: _Element, parent: _Element, node: Node) -> None:
        tag = element.tag
        if tag == "a":
            self._read_link(element, parent, node)
        elif tag in STRONG and not self.strong:
            self.strong = True
            self._read_children(element, node)
            self.strong = False
        else:
            if tag == "time" and (stamp := element.get("datetime")):
                self.times.append(stamp)
            self._read_children(element, node)

    def _read_link(self, element: _Element, parent: _Element, node: Node) -> None:
        outer = self.link, self.card, self.strong
        self.link = element
        self.card = len(element) > 0 and any(e.tag in BLOCKS for e in element.iterdescendants())
        if self.card:  # it wraps blocks, so it is one itself
            self.end_line(node)
            self.strong = False
            node = self._enter(element, parent, node)
        before = len(self.runs)
        self._read_children(element, node)
        if self.name_links and not "".join([run.text for run in self.runs[before:]]).strip():
            self.add(element.get("aria-label"), element)
        if self.card:
            self._leave(node)
        self.link, self.card, self.strong = outer

    def _read_children(self, element: _Element, node: Node) -> None:
        if text := element.text:
            self.add(text, element)
        self.depth += 1
        for child in element:
            self.read(child, element, node)
            if text := child.tail:
                self.add(text, element)
        self.depth -= 1


def _is_hidden(element: _Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def shown_text(element: _Element) -> str:
    """Return the text of *element* on one line; line breaks and blocks part words."""
    reader = _Reader()
    node = Node(element, "", None, Around(), 0)
    reader.read(element, element, node)
    reader.end_line(node)
    return " ".join([line.text for line in reader.lines])


def has_links(element: _Element, more_than: int) -> bool:
    """Tell whether *element* holds more than so many links, without counting all of a menu's."""
    return next(islice(element.iter("a"), more_than, None), None) is not None


def lines_before(element: _Element, skip: frozenset[str]) -> Lines:
    """Return the lines of what stands before *element* within its parent."""
    reader = _Reader(skip)
    parent = element.getparent()
    if parent is None:
        return reader.lines
    node = reader.surrounding(parent)
    reader.add(parent.text, parent)
    for child in parent:
        if child is element:
            break
        reader.read(child, parent, node)
        reader.add(child.tail, parent)
    reader.leave_surrounding(node)
    return reader.lines


def read_lines(
    elements: Iterable[_Element], skip: frozenset[str] = frozenset(), *, name_links: bool = False
) -> Lines:
    """Return the lines of *elements* (siblings or not) in document order.

    :param skip: tags whose content is left out, beside those that are never shown.
    :param name_links: give links without any text (over a whole card) their ``aria-label``.
    """
    reader = _Reader(skip, name_links=name_links)
    node: Node | None = None
    for element in elements:
        parent = element.getparent()
        around = element if parent is None else parent
        if node is None or node.element is not around:
            if node is not None:
                reader.leave_surrounding(node)
            node = reader.surrounding(around)
        reader.read(element, around, node)
        tail = element.tail
        if tail and not tail.isspace():
            reader.add(tail, around)
    if node is not None:
        reader.leave_surrounding(node)
    return reader.lines
