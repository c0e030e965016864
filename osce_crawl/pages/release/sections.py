"""Which lines of a release page are its text, and which belong to the panes around it.

Contacts, downloads, related links, other languages and the like are recognised by the heading that
opens them, by the element around them, or because they are only links. A class name helps only if
these give no result, and never removes the main text.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element

from osce_crawl.normalise.urls import absolute, is_file_address, is_item_address, read_address
from osce_crawl.pages.file_notes import is_file_note
from osce_crawl.pages.link_targets import leads_to_file
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.lines import PROSE, Line, Lines, Node
from osce_crawl.pages.release.contact_words import is_running_text
from osce_crawl.pages.release.contacts import Contacts
from osce_crawl.pages.release.link_lines import (
    invites,
    is_bar,
    is_own_link,
    leads_on,
    leads_within,
    may_be_file,
    names_languages,
    reaches_person,
    signs_in,
    turns_pictures,
)
from osce_crawl.pages.release.pane_classes import kind_of_class
from osce_crawl.pages.release.related_cards import MOST_OF_CARD, related_cards
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary import resolve_content_type, resolve_field, resolve_language_name
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
#: Elements of a text; their class names describe their appearance.
_OF_TEXT = frozenset({"p", *HEADINGS})
#: Marks between links.
_BETWEEN = " \u00a0|,·•/"
#: How links to the items before and after this one are marked.
_TURNS = frozenset({"prev", "next"})
_FRAGMENT = re.compile(r"#\w")


@dataclass
class Sections:
    """The lines of the panes, by kind, as indices into the page's lines."""

    kinds: dict[int, str] = field(default_factory=dict)
    headings: set[int] = field(default_factory=set)

    def of(self, kind: str) -> list[int]:
        """Return the lines of the sections of one *kind*, without headings."""
        found = [index for index, one in self.kinds.items() if one == kind]
        return sorted([index for index in found if index not in self.headings])


class SectionReader:
    """Marks the panes among the lines of one page.

    :param lines: the lines after the headline; ``reaching``: those that `may_reach` found.
    :param taken: lines of header labels and their values.
    :param around: the headline's ancestors: every pane is within one of their children.
    :param url: address of the page.
    """

    def __init__(
        self,
        lines: Lines,
        reaching: Sequence[int],
        taken: set[int],
        around: set[_Element],
        url: str,
    ) -> None:
        self.lines = lines
        self.reaching = reaching
        self.taken = taken
        self.around = around
        self.url = url
        self.node = read_address(url).node
        self.found = Sections()
        self._lone: set[int] = set()
        self._judged: set[tuple[_Element, str]] = set()
        self._prose = [
            index
            for index, line in enumerate(lines)
            if index not in taken and len(line.text) >= PROSE and not line.linked
        ]
        self._first_prose = self._prose[0] if self._prose else len(lines)
        self._first_sentence = next(
            (i for i, line in enumerate(lines) if line.sentence and i not in taken), len(lines)
        )
        self._headings = [
            index
            for index, line in enumerate(lines)
            if index not in taken
            and len(line.text) <= _SHORT_HEADING
            and section_of(line.text) is not None
        ][:_MOST_PANES]

    def read(self, start: int) -> Sections:
        """Mark the panes from line *start* on."""
        for index in self._headings:
            if index not in self.found.kinds:
                self._by_heading(index)
        self._by_reach()
        for index, line in enumerate(self.lines):
            if line.node.around.aside is not None and index not in self.taken:
                kind = "translations" if line.linked and names_languages(line) else "aside"
                self.found.kinds.setdefault(index, kind)
        self._by_cards(start)
        self._by_links(start)
        self._by_notes()
        self._by_invitation(start)
        self._by_class(start)
        return self.found

    def _by_heading(self, index: int) -> None:
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
            self.found.kinds.update(dict.fromkeys(below, "links"))
        if self._heads_chapter(kind, members, boxed):
            return
        for member in members:
            if member not in self.taken:
                self.found.kinds.setdefault(member, kind)
        self.found.headings.add(index)
        if len(members) == 1:
            self._lone.add(index)

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
        self.found.kinds.update((one, "documents") for one in row)

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
        return self._first_sentence < index

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

    def _by_reach(self) -> None:
        """Mark press contacts: they are personal data, not text."""
        if not self.reaching:
            return
        kinds = self.found.kinds
        found = {index for index, kind in kinds.items() if kind == "contacts"}
        known = found - self._lone  # a heading alone may have its contacts in another box
        closed = self.taken | (kinds.keys() - found)
        contacts = Contacts(self.lines, self.reaching, closed, known)
        kinds.update(dict.fromkeys(contacts.members, "contacts"))
        self.found.headings.update(contacts.headings)

    def _by_cards(self, start: int) -> None:
        """Mark the cards of other items after the text's first sentence."""
        closed = self.taken | self.found.kinds.keys()
        begin = max(start, self._first_sentence + 1)
        for heading, members in list(related_cards(self.lines, begin, closed, self.url)):
            self.found.kinds.update(dict.fromkeys(members, "links"))
            if heading is not None:
                self.found.kinds[heading] = "links"
                self.found.headings.add(heading)

    def _by_links(self, start: int) -> None:
        """Mark lists of links only, and cards of other items after the text."""
        prose = [
            index
            for index in range(start, len(self.lines))
            if index not in self.found.kinds
            and index not in self.taken
            and len(self.lines[index].text) >= PROSE
            and not self.lines[index].linked
        ]
        first_prose, last_prose = (prose[0], prose[-1]) if prose else (start, start)
        for index, line in enumerate(self.lines):
            if index in self.found.kinds or index in self.taken or not line.links:
                continue
            kind = self._kind_of_links(line) if line.linked else self._called(line)
            if kind is None and may_be_file(line) and self._kind_of_links(line) == "documents":
                kind = "documents"
            behind = kind is None and index > last_prose
            alone = is_bar(line) or leads_on(line) or leads_within(line)
            turns = kind is None and (turns_pictures(line) or signs_in(line))
            if turns or (behind and (alone or self._is_stacked(index))):
                kind = "menu"
            if kind is None:
                continue
            container = line.node.around.list if line.linked else None
            if container is not None:
                self._mark_list(container, kind, within_text=first_prose < index < last_prose)
            elif kind != "links" or index > last_prose or line.heading or self._is_remark(line):
                self.found.kinds[index] = kind

    def _by_notes(self) -> None:
        """Mark the formats and sizes right below links to files: "PDF, 1.2 MB"."""
        kinds = self.found.kinds
        for index, line in enumerate(self.lines):
            free = index not in kinds and index not in self.taken
            if free and kinds.get(index - 1) == "documents" and is_file_note(line.text):
                kinds[index] = "documents"

    def _is_stacked(self, index: int) -> bool:
        """Return whether a link to the same site has another one above or below it in one block."""
        line = self.lines[index]
        near = self.lines[max(0, index - 1) : index + 2]
        return all(is_own_link(one) for one in near if one.block is line.block) and any(
            one is not line and one.block is line.block for one in near
        )

    def _by_invitation(self, start: int) -> None:
        """Mark the invitations to subscribe that close the text: "Get our news by e-mail"."""
        for index in range(len(self.lines) - 1, max(start, self._first_sentence), -1):
            line = self.lines[index]
            if index in self.found.kinds or index in self.taken or not line.sentence:
                continue
            if not invites(line):
                return
            self.found.kinds[index] = "share"

    def _is_remark(self, line: Line) -> bool:
        """Return whether a box between two paragraphs leads to another item: "Read also: …"."""
        urls = (absolute(self.url, link.get("href") or "") for link in line.links)
        boxed = line.block.tag == "div" and not line.linked
        return boxed and all(url is not None and is_item_address(url) for url in urls)

    def _mark_list(self, container: _Element, kind: str, *, within_text: bool) -> None:
        """Mark a list of links only; between paragraphs it is text unless its links are files."""
        if (kind in {"links", "menu"} and within_text) or (container, kind) in self._judged:
            return
        self._judged.add((container, kind))
        members = self.lines.within(container)
        if all(self._belongs(index, kind) for index in members):
            for index in members:
                own = self._kind_of_links(self.lines[index])
                self.found.kinds.setdefault(index, own or kind)

    def _belongs(self, index: int, kind: str) -> bool:
        """Return whether an item belongs to the list; the page's own language is not linked."""
        line = self.lines[index]
        return line.linked or (
            kind == "translations" and resolve_language_name(line.text) is not None
        )

    def _kind_of_links(self, line: Line) -> str | None:
        hrefs = [link.get("href") or "" for link in line.links]
        if names_languages(line):
            return "translations"
        if any(map(reaches_person, hrefs)):
            return None
        urls = [url for href in hrefs if (url := absolute(self.url, href))]
        in_list = line.block.tag == "li"
        if not urls:
            return "share" if in_list else None
        if any(is_file_address(url) for url in urls):
            return "documents"
        if len(urls) > 1 and all(is_furniture(run.clean) for run in line.runs if not run.blank):
            return "menu"  # "Newer", "Older"
        if any(not _TURNS.isdisjoint((link.get("rel") or "").split()) for link in line.links):
            return "menu"
        if any(is_item_address(url) and read_address(url).node != self.node for url in urls):
            return "links"
        if in_list:
            return "menu"
        return "links" if self._is_card(line) else None

    def _is_card(self, line: Line) -> bool:
        """Return whether a link around whole blocks holds a line, and no more than a card.

        A link that the page never closes also holds facts of the release, or its text.
        """
        runs = [run for run in line.runs if not run.blank]
        links = {run.link for run in runs if run.card and run.link is not None}
        if len(links) != 1 or not all(run.card for run in runs):
            return False
        members = self.lines.within(links.pop())
        return self.taken.isdisjoint(members) and len(members) <= MOST_OF_CARD

    def _by_class(self, start: int) -> None:
        """Mark elements that a class name identifies, unless they contain the main text."""
        holders: set[_Element] = set()
        for index in range(start, len(self.lines)):
            line = self.lines[index]
            if index not in self.found.kinds and len(line.text) >= PROSE and not line.linked:
                holders.update(line.ancestors())
                break
        known: dict[Node, str | None] = {}
        for index, line in enumerate(self.lines):
            if index not in self.found.kinds and index not in self.taken:
                kind = self._class_around(line.node, holders, known)
                if kind is not None:
                    self.found.kinds[index] = kind

    def _called(self, line: Line) -> str | None:
        """Return the pane that a line's unlinked words name: "Share: Facebook X".

        Any words before names of languages that lead to items offer translations.
        """
        kind = section_of(line.unlinked.strip(_BETWEEN))
        if kind is not None or line.sentence or line.runs[0].link is not None:
            return kind
        links = [run for run in line.runs if run.link is not None]
        behind = line.runs[line.runs.index(links[0]) :]
        urls = (absolute(self.url, link.get("href") or "") for link in line.links)
        offered = all(run.link is not None or not run.text.strip(_BETWEEN) for run in behind)
        if not offered or not all(resolve_language_name(run.clean) for run in links if run.clean):
            return None
        return "translations" if all(url and is_item_address(url) for url in urls) else None

    def _class_around(
        self, node: Node | None, holders: set[_Element], known: dict[Node, str | None]
    ) -> str | None:
        """Return the pane of the innermost known class name around; *known*: earlier results."""
        if node is None or node.element in holders or node.element in self.around:
            return None
        if node not in known:
            own = None if node.tag in _OF_TEXT else kind_of_class(node.element)
            if own == "links" and not any(one.links for one in self.lines[node.first : node.end]):
                own = None  # "teaser-text" is the lead
            known[node] = own or self._class_around(node.parent, holders, known)
        return known[node]


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
