"""Which lines of a release page are its text, and which belong to the panes around it.

Contacts, downloads, related links, other languages and the like are recognised by the heading that
opens them, by the element around them, or because they are only links. A class name helps only if
these give no result, and never removes the main text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element

from osce_crawl.normalise.urls import absolute, is_file_address, is_item_address, read_address
from osce_crawl.pages.file_notes import is_file_note
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.lines import PROSE, Line, Lines, Node
from osce_crawl.pages.release.contacts import Contacts
from osce_crawl.pages.release.headed_panes import HeadedPanes
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
from osce_crawl.vocabulary import resolve_language_name
from osce_crawl.vocabulary.labels import is_furniture, section_of

#: Elements of a text; their class names describe their appearance.
_OF_TEXT = frozenset({"p", *HEADINGS})
#: Marks between links.
_BETWEEN = " \u00a0|,·•/"
#: How links to the items before and after this one are marked.
_TURNS = frozenset({"prev", "next"})


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
        self._headed = HeadedPanes(lines, taken, around, self.found.kinds)
        self._judged: set[tuple[_Element, str]] = set()

    def read(self, start: int) -> Sections:
        """Mark the panes from line *start* on."""
        self._headed.mark()
        self.found.headings |= self._headed.headings
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

    def _by_reach(self) -> None:
        """Mark press contacts: they are personal data, not text."""
        if not self.reaching:
            return
        kinds = self.found.kinds
        found = {index for index, kind in kinds.items() if kind == "contacts"}
        known = found - self._headed.lone  # their contacts may be in a box elsewhere
        closed = self.taken | (kinds.keys() - found)
        contacts = Contacts(self.lines, self.reaching, closed, known)
        kinds.update(dict.fromkeys(contacts.members, "contacts"))
        self.found.headings.update(contacts.headings)

    def _by_cards(self, start: int) -> None:
        """Mark the cards of other items after the text's first sentence."""
        closed = self.taken | self.found.kinds.keys()
        begin = max(start, self._headed.first_sentence + 1)
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
        for index in range(len(self.lines) - 1, max(start, self._headed.first_sentence), -1):
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
