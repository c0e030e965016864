"""Panes that a heading opens: contacts, downloads, related links, other languages and the like.

A pane is the box around the heading, or what is below it up to the next heading. A heading of the
same words within the text, above prose, opens a chapter and no pane.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from lxml.etree import _Element

from osce_crawl.pages.link_targets import leads_to_file
from osce_crawl.pages.reading.lines import PROSE, Line, Lines, Node
from osce_crawl.pages.release.contact_words import is_running_text
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary import resolve_content_type, resolve_field
from osce_crawl.vocabulary.labels import is_furniture, section_of

_RANKS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_SHORT_HEADING = 40
#: The maximum number of panes of a page.
_MOST_PANES = 200
#: A kind of page below the headline is among the first lines, up to this many.
_KIND_LINES = 3
#: Panes that must contain links.
_MADE_OF_LINKS = frozenset({"documents", "links", "translations"})
#: The maximum number of lines beside a button: title, format, size and language of a file.
_MOST_OF_ROW = 5
_FRAGMENT = re.compile(r"#\w")


class HeadedPanes:
    """The panes under headings among the lines of one page.

    :param lines: the lines after the headline.
    :param taken: lines of header labels and their values.
    :param around: the headline's ancestors: every pane is within one of their children.
    :param kinds: the kinds of lines already assigned; those of the panes are added.
    :ivar headings: the lines that open a pane; ``lone``: those without anything below.
    :ivar first_sentence: index of the first line of text.
    """

    def __init__(
        self, lines: Lines, taken: set[int], around: set[_Element], kinds: dict[int, str]
    ) -> None:
        self.lines = lines
        self.taken = taken
        self.around = around
        self.kinds = kinds
        self.headings: set[int] = set()
        self.lone: set[int] = set()
        self._prose = [
            index
            for index, line in enumerate(lines)
            if index not in taken and len(line.text) >= PROSE and not line.linked
        ]
        self._first_prose = self._prose[0] if self._prose else len(lines)
        self.first_sentence = next(
            (i for i, line in enumerate(lines) if line.sentence and i not in taken), len(lines)
        )
        self._headings = [
            index
            for index, line in enumerate(lines)
            if index not in taken
            and len(line.text) <= _SHORT_HEADING
            and section_of(line.text) is not None
        ][:_MOST_PANES]

    def mark(self) -> None:
        """Mark the panes and their headings."""
        for index in self._headings:
            if index not in self.kinds:
                self._mark(index)

    def _mark(self, index: int) -> None:
        line = self.lines[index]
        kind = self._kind_of_heading(index)
        if kind == "documents" and line.linked and _leads_to_file(line):
            self._mark_row(index)
            return  # a button beside the title of a file
        if kind is None or not (line.heading or line.text.endswith(":") or self._alone(index)):
            return
        box = self._box(line.block, index)
        boxed = self.lines.within(box, index)
        members = list(boxed)
        if len(members) == 1 and not _holds_icons(box):
            members += self._flat(box, index, kind)
        if kind == "documents":
            below = self._items_below(line.block, members)
            self.kinds.update(dict.fromkeys(below, "links"))
        if self._heads_chapter(kind, members, boxed):
            return
        for member in members:
            if member not in self.taken:
                self.kinds.setdefault(member, kind)
        self.headings.add(index)
        if len(members) == 1:
            self.lone.add(index)

    def _kind_of_heading(self, index: int) -> str | None:
        """Return the kind of pane that the words of a line may head, or None."""
        words = self.lines[index].text
        if index < _KIND_LINES and resolve_content_type(words) is not None:
            return None  # "News" under the headline is the kind of page
        return section_of(words) if len(words) <= _SHORT_HEADING else None

    def _heads_chapter(self, kind: str, members: Sequence[int], boxed: Sequence[int]) -> bool:
        """Return whether a heading with the words of a pane is above text: "Events".

        :param members: the heading and what is below it, perhaps up to the end of the text.
        :param boxed: those of them in a box of its own.
        """
        heading, *below = members
        if kind in _MADE_OF_LINKS and not any(self.lines[index].links for index in members):
            return True
        following = [self.lines[index] for index in below[:1]]
        return (
            kind == "latest"
            and self._text_before(heading)
            and self.lines[heading].node.around.aside is None
            and any(line.sentence and not line.links for line in following)
            and not any(self.lines[index].linked for index in boxed)
        )

    def _mark_row(self, index: int) -> None:
        """Mark the box of a button that leads to a file, with its title and notes."""
        row = range(index, index + 1)
        node: Node | None = self.lines[index].node
        while node is not None and node.element not in self.around:
            near = range(node.first, node.end)
            others = [self.lines[one] for one in near if one != index]
            free = self.taken.isdisjoint(near) and len(near) <= _MOST_OF_ROW
            if not free or any(other.links or other.sentence for other in others):
                break
            row, node = near, node.parent
        self.kinds.update((one, "documents") for one in row)

    def _alone(self, index: int) -> bool:
        """Return whether a short line opens a box of its own (``div`` around heading and list)."""
        block = self.lines[index].block
        following = block.getnext()
        if block.tag == "p":
            heads_list = following is not None and following.tag in {"ul", "ol"}
            in_aside = self.lines[index].node.around.aside is not None
            return (heads_list and in_aside) or self._heads_links(index)
        return block.tag in {"div", "span", "header"} and following is not None

    def _heads_links(self, index: int) -> bool:
        """Return whether a paragraph opens a box that otherwise has only links, in blocks."""
        box = self.lines[index].block.getparent()
        if box is None or box in self.around:
            return False
        members = self.lines.within(box)
        opens = len(members) > 1 and members[0] == index
        return opens and all(self.lines[one].linked for one in members[1:])

    def _box(self, element: _Element, index: int) -> _Element:
        """Return the largest element that opens with line *index*."""
        while True:
            parent = element.getparent()
            if parent is None or parent in self.around or parent.tag == "body":
                return element
            if index and self.lines[index - 1].inside(parent):
                return element
            if self._holds_more(parent, index):
                return element
            element = parent

    def _holds_more(self, element: _Element, index: int) -> bool:
        """Return whether *element* also contains other panes, or text that has not begun yet."""
        if any(other != index for other in self._within(element, self._headings)):
            return True
        if self._text_before(index):
            return False
        return self._length(self._within(element, self._prose)) > self._length(self._prose) / 2

    def _length(self, indices: Sequence[int]) -> int:
        return sum([len(self.lines[index].text) for index in indices])

    def _within(self, element: _Element, indices: Sequence[int]) -> Sequence[int]:
        """Return the line numbers of *indices* (sorted) that are in *element*."""
        node = self.lines.nodes.get(element)
        if node is None:
            return ()
        near = indices[bisect_left(indices, node.first) : bisect_left(indices, node.end)]
        return [i for i in near if self.lines[i].inside(element)] if node.inline else near

    def _text_before(self, index: int) -> bool:
        """Return whether the text has begun before line *index*."""
        return self.first_sentence < index

    def _flat(self, box: _Element, index: int, kind: str) -> list[int]:
        """Return the lines below a heading whose section is beside it and not around it."""
        parent = box.getparent()
        rank = _RANKS.get(self.lines[index].node.tag, 7)
        members: list[int] = []
        before_text = not self._text_before(index)
        opens_text = kind == "share" and (before_text or self._is_below_lead(index))
        for later in range(index + 1, len(self.lines)):
            line = self.lines[later]
            if before_text and later >= self._first_prose:
                break  # the text itself begins
            if opens_text and line.sentence and not line.links:
                break  # the text begins, or a note above it
            if parent is None or not line.inside(parent):
                break
            section = section_of(line.text)
            labelled = section not in {None, kind} and line.text.endswith(":")  # "Available in:"
            shares = section == "share" and not line.links
            heads_column = section == kind and later == index + 1 and line.node.tag == "th"
            if section is not None and (line.heading or shares or labelled) and not heads_column:
                break
            if line.node.around.aside is not None and line.node.around.aside.tag == "nav":
                break  # navigation to other pages begins
            if _RANKS.get(line.node.tag, 9) <= rank:
                break
            if kind == "contacts" and (is_running_text(line) or _is_tag(line)):
                break  # the text continues, or tags close it
            if kind == "documents" and self._turns_page(line):
                break  # "Previous", "Next"
            members.append(later)
        return self._up_to_last_file(members) if kind == "documents" else members

    def _is_below_lead(self, index: int) -> bool:
        """Return whether there is more prose behind a line than before it."""
        parted = bisect_left(self._prose, index)
        return self._length(self._prose[parted:]) > self._length(self._prose[:parted])

    def _turns_page(self, line: Line) -> bool:
        """Return whether a line is only a link to another page in standard words."""
        return line.linked and is_furniture(line.text) and not _leads_to_file(line)

    def _up_to_last_file(self, members: list[int]) -> list[int]:
        """Return the lines up to the end of the last list of files: tags may follow."""
        files = [index for index in members if _leads_to_file(self.lines[index])]
        last = self.lines[files[-1]].node.around.list if files else None
        if last is None:
            return members
        return [index for index in members if index < files[-1] or self.lines[index].inside(last)]

    def _items_below(self, heading: _Element, members: list[int]) -> list[int]:
        """Return the *members* behind the box of a heading and its files: links to other items.

        An item may be a document, but not if the box of the heading has files.
        """
        box = heading.getparent()
        files = [index for index in members if _leads_to_file(self.lines[index])]
        if box is None or not files or not self.lines[files[-1]].inside(box):
            return []
        below = [index for index in members if index > files[-1] and index not in self.taken]
        return [index for index in below if not self.lines[index].inside(box)]


def _leads_to_file(line: Line) -> bool:
    return any(map(leads_to_file, line.links))


def _is_tag(line: Line) -> bool:
    """Return whether a line is a link to a field of work."""
    return line.linked and resolve_field(line.text) is not None


def _holds_icons(box: _Element) -> bool:
    """Return whether a box contains links or buttons without words, such as those for sharing.

    A link to the heading itself ("#downloads") is not one.
    """
    return any(
        not clean_text("".join(map(str, one.itertext())))
        and not _FRAGMENT.match(one.get("href") or "")
        for one in box.iter("a", "button")
    )
