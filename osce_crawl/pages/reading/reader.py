"""Turns elements into lines: the pass that `osce_crawl.pages.reading.lines` describes."""

from collections.abc import Callable, Iterable
from itertools import groupby, islice, takewhile
from typing import Any

from lxml import etree
from lxml.etree import _Element

from osce_crawl.pages.reading.days import LONGEST_DAY, join_day
from osce_crawl.pages.reading.elements import BLOCKS, HEADINGS, INLINE, STRONG, UNSEEN
from osce_crawl.pages.reading.lines import Line, Lines, Node, TextRun
from osce_crawl.text.forms import clean_text

#: No page nests so deeply. Below this only the text is read, because Python's stack is limited.
_DEEPEST = 150
#: Names of the day of publication in RDFa and microdata.
_PUBLISHED = frozenset({"dc:date", "dc:created", "dc:issued", "datePublished"})
#: Signs of links to a heading, and characters that print nothing beside them.
_PERMALINKS = frozenset("#¶§🔗⚓")
_UNPRINTED = " \n\t\u00a0\u200b\ufe0e\ufe0f"
#: Elements that contain words, not blocks.
_OF_LINES = HEADINGS | {"p"}


class _Reader:
    """Makes a table of lines; its state describes what surrounds the current text.

    :param skipped: tags whose content is left out, in addition to those that are never shown.
    :param name_links: give links without any text (over a whole card) their ``aria-label``.
    """

    def __init__(self, skipped: frozenset[str] = frozenset(), *, name_links: bool = False) -> None:
        self.lines = Lines()
        self.nodes = self.lines.nodes
        self.skipped = skipped
        self.name_links = name_links
        self.runs: list[TextRun] = []
        self.times: list[str] = []
        self.breaks = 0
        self.link: _Element | None = None
        self.card = False
        self.strong = False
        self.depth = 0
        self.in_article = 0  # an article's header and footer belong to its text, the page's do not

    def add(self, text: str | None, element: _Element) -> None:
        """Add text unchanged, but no white space at the start of a line."""
        if text and (self.runs or self.link is not None or not text.isspace()):
            self.runs.append(TextRun(text, element, self.link, self.card, self.strong))

    def end_line(self, node: Node) -> None:
        """End the line of a block; drop one without text and times."""
        if self.runs or self.times:
            lines, runs, times = self.lines, self.runs, self.times
            while len(runs) > 1 and runs[-1].text.isspace():
                runs.pop()  # white space at the end of a line is not a run
            line = Line(self.nodes, len(lines), node, runs, times=times or (), breaks=self.breaks)
            if line.text or times:
                lines.append(line)
                self.breaks = 0
                if "0" <= line.text[-1:] <= "9" and len(line.text) <= LONGEST_DAY:
                    join_day(lines)
            self.runs = []
            if times:
                self.times = []

    # -- the elements around lines

    def surrounding(self, element: _Element) -> Node:
        """Return the node of an element that is not read itself; make the nodes around it."""
        node = self.nodes.get(element)
        if node is None:
            parent = element.getparent()
            above = None if parent is None else self.surrounding(parent)
            node = self.nodes[element] = Node(element, above, len(self.lines))
            node.inline = node.tag not in BLOCKS
            if node.tag == "tr" and above is not None:
                # around everything that is read, it separates nothing
                node.around = node.around._replace(row=above.around.row)
        return node

    def leave_surrounding(self, node: Node) -> None:
        """Record that no more is read within an element for now."""
        self.end_line(node)
        around: Node | None = node
        while around is not None:
            around.end = len(self.lines)
            around = around.parent

    # -- one element

    def read(self, elements: Iterable[_Element], parent: _Element, node: Node) -> None:
        """Read elements of *parent* and the text after each; *node* is their block."""
        for element in elements:
            read = _READ.get(element.tag, _Reader.read_other)
            if read is None:
                self.lines.unseen.append(element)
            elif _is_hidden(element):
                self.lines.hidden.add(element)
            else:
                read(self, element, parent, node)
            text = element.tail
            if text and (self.runs or not text.isspace() or self.link is not None):
                self.add(text, parent)

    def read_within(self, element: _Element, node: Node) -> None:
        """Read the content of an element; *node*: its own, or that of the block around it."""
        text = element.text
        if text and (self.runs or not text.isspace() or self.link is not None):
            self.add(text, element)
        if self.depth == _DEEPEST:
            self.read_deep(element, node)
        elif len(element):
            self.depth += 1
            self.read(element, element, node)
            self.depth -= 1

    def read_deep(self, element: _Element, node: Node) -> None:
        """Read the content of an element line by line, all as one block."""
        walk = etree.iterwalk(element, events=("start", "end"))
        next(walk)
        for event, inner in walk:
            ends_line = inner.tag in BLOCKS or inner.tag == "br"
            if ends_line:
                self.end_line(node)
            if event == "end":
                if inner is not element:
                    self.add(inner.tail, element)
            elif inner.tag == "button" or _READ.get(inner.tag, _Reader.read_inline) is None:
                walk.skip_subtree()
            elif _is_hidden(inner):
                self.lines.hidden.add(inner)
                walk.skip_subtree()
            else:
                self.add(inner.text, element)

    def read_break(self, _element: _Element, _parent: _Element, node: Node) -> None:
        self.end_line(node)
        self.breaks += 1

    def read_block(self, element: _Element, parent: _Element, node: Node) -> None:
        if element.tag in self.skipped and not self.in_article:
            return
        if self.runs or self.times:
            self.end_line(node)
        if parent is not node.element:
            node = self.surrounding(parent)  # an inline element around the block
        own = self.nodes[element] = Node(element, node, len(self.lines))
        strong, self.strong, self.breaks = self.strong, False, 0
        is_article = own.tag == "article"
        self.in_article += is_article
        self.read_within(element, own)
        if element is self.link and self.name_links:
            self._name(element, self.runs)
        if self.runs or self.times:
            self.end_line(own)
        own.end = len(self.lines)
        while node.inline and node.parent is not None:
            node.end = own.end
            node = node.parent
        self.in_article -= is_article
        self.strong, self.breaks = strong, 0

    def read_inline(self, element: _Element, parent: _Element, node: Node) -> None:
        stamp = element.get("content")
        if stamp is not None and _is_stamp(element):
            element.tag = "time"  # so that searches for one find it
            element.set("datetime", stamp)
            self.read_time(element, parent, node)
        else:
            self.read_within(element, node)

    def read_other(self, element: _Element, parent: _Element, node: Node) -> None:
        self.lines.unseen.append(element)  # "embed", "amp-video"
        if "-" in str(element.tag) and is_block(element, parent):
            self.read_block(element, parent, node)
        else:
            self.read_within(element, node)

    def read_button(self, element: _Element, parent: _Element, node: Node) -> None:
        """Read the button that is all of a heading, and unfolds what is below it."""
        if parent.tag in HEADINGS and len(parent) == 1 and not (parent.text or "").strip():
            self.read_within(element, node)
        else:
            self.lines.unseen.append(element)

    def read_strong(self, element: _Element, _parent: _Element, node: Node) -> None:
        outer, self.strong = self.strong, True
        self.read_within(element, node)
        self.strong = outer

    def read_time(self, element: _Element, _parent: _Element, node: Node) -> None:
        if stamp := element.get("datetime"):
            self.times.append(stamp)
        self.read_within(element, node)

    def read_link(self, element: _Element, parent: _Element, node: Node) -> None:
        if _is_permalink(element):
            self.lines.hidden.add(element)
            return
        outer = self.link, self.card
        self.link = element
        self.card = len(element) > 0 and any(map(_parts_lines, element.iterdescendants()))
        if self.card:  # it wraps blocks, so it is a block itself
            self.read_block(element, parent, node)
        else:
            lines, before = len(self.lines), len(self.runs)
            if len(element) > 1 and not self.runs and _has_strong_title(element):
                self.read_pieces(element, node)
            else:
                self.read_within(element, node)
            ended = self.lines[lines:]  # by a break in it
            if self.name_links and (
                ended or len(self.runs) <= before or self.runs[-1].text.isspace()
            ):
                runs = [*(run for line in ended for run in line.runs), *self.runs]
                self._name(element, [run for run in runs if run.link is element])
        self.link, self.card = outer

    def read_pieces(self, element: _Element, node: Node) -> None:
        """Read an element whose children are one line each."""
        self.end_line(node)
        for child in element:
            self.read([child], element, node)
            self.end_line(node)

    def _name(self, link: _Element, runs: Iterable[TextRun]) -> None:
        """Add a link's words for screen readers if it prints none."""
        if not any([run.text.strip() for run in runs]):
            self.add(link.get("aria-label"), link)


def is_block(element: _Element, parent: _Element) -> bool:
    """Return whether an element unknown to HTML ("x-fact") is a block, judging by its neighbours.

    Beside words or inline elements, it is a part of their line.
    """
    tag: Any = parent.tag
    holds = len(parent) > 1 if tag == "a" else tag in BLOCKS or "-" in tag
    if tag in _OF_LINES or not holds:
        return False
    before, behind = element.getprevious(), element.getnext()
    beside = (element.tail, parent.text if before is None else before.tail)
    return not any([text and not text.isspace() for text in beside]) and not any(
        [one.tag in INLINE or one.tag in STRONG for one in (before, behind) if one is not None]
    )


def _has_strong_title(link: _Element) -> bool:
    """Return whether a link is a card without blocks: facts in elements, and one strong title.

    There are no words beside those elements or after the link.
    """
    if [child.tag in STRONG for child in link].count(True) != 1:
        return False
    if not any(child.tag in {"span", "time"} for child in link):
        return False
    own = [link.text, link.tail, *(child.tail for child in link)]
    return not any(text and not text.isspace() for text in own)


def _parts_lines(element: _Element) -> bool:
    """Return whether an element within a link is a block."""
    if element.tag in BLOCKS:
        return True
    parent = element.getparent() if "-" in str(element.tag) else None
    return parent is not None and is_block(element, parent)


#: How an element is read; an element not listed is part of its line; None: not read at all.
_READ: dict[Any, Callable[[_Reader, _Element, _Element, Node], None] | None] = {
    **dict.fromkeys(BLOCKS, _Reader.read_block),
    **dict.fromkeys(INLINE, _Reader.read_inline),
    **dict.fromkeys(STRONG, _Reader.read_strong),
    **dict.fromkeys((*UNSEEN, etree.Comment, etree.ProcessingInstruction, etree.Entity), None),
    "br": _Reader.read_break,
    "button": _Reader.read_button,
    "meta": _Reader.read_inline,
    "time": _Reader.read_time,
    "a": _Reader.read_link,
}


def _is_stamp(element: _Element) -> bool:
    """Return whether RDFa or microdata marks an element as the day of publication."""
    names = f"{element.get('property') or ''} {element.get('itemprop') or ''}".split()
    return not _PUBLISHED.isdisjoint(names)


def _is_permalink(link: _Element) -> bool:
    """Return whether a link is the sign beside a heading that leads to the heading itself."""
    if not (link.get("href") or "").startswith("#"):
        return False
    words = "".join(map(str, link.itertext())).strip(_UNPRINTED)
    return words in _PERMALINKS or (bool(words) and link.get("aria-hidden") == "true")


def _is_hidden(element: _Element) -> bool:
    names = element.keys()  # most elements have neither; this is faster than asking for each
    return "hidden" in names or (
        "style" in names and "display:none" in element.get("style", "").replace(" ", "").lower()
    )


def shown_text(element: _Element) -> str:
    """Return the text of *element* on one line; line breaks and blocks separate words."""
    if not len(element):
        return "" if _is_hidden(element) else clean_text(element.text or "")
    reader = _Reader()
    if not _is_hidden(element):
        node = Node(element, None, 0)
        reader.read_within(element, node)
        reader.end_line(node)
    return " ".join([line.text for line in reader.lines])


def has_links(element: _Element, more_than: int) -> bool:
    """Return whether *element* holds more than this many links; does not count all of a menu."""
    return next(islice(element.iter("a"), more_than, None), None) is not None


def lines_before(element: _Element, skip: frozenset[str]) -> Lines:
    """Return the lines before *element* within its parent."""
    parent = element.getparent()
    if parent is None:
        return Lines()
    before = list(takewhile(lambda child: child is not element, parent))
    reader = _Reader(skip)
    node = reader.surrounding(parent)
    reader.add(parent.text, parent)
    reader.read(before, parent, node)
    reader.leave_surrounding(node)
    return reader.lines


def read_lines(
    elements: Iterable[_Element], skip: frozenset[str] = frozenset(), *, name_links: bool = False
) -> Lines:
    """Return the lines of *elements* (siblings or not) in document order.

    :param skip: tags whose content is left out, in addition to those that are never shown.
    :param name_links: give links without any text (over a whole card) their ``aria-label``.
    """
    reader = _Reader(skip, name_links=name_links)
    for parent, siblings in groupby(elements, _Element.getparent):
        if parent is None:
            for root in siblings:
                node = reader.surrounding(root)
                reader.read_within(root, node)
        else:
            node = reader.surrounding(parent)
            reader.read(siblings, parent, node)
        reader.leave_surrounding(node)
    return reader.lines
