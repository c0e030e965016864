"""The ledger of a release page: where each line of its main part goes.

A line goes to one key of the item, or is left out for one reason, which is counted. Prose without
either is an issue of the item, so that no text is lost silently. The ledger reads nothing itself:
it records the results of header, panes and text.

Parts removed before the page is read into lines are accounted for already: tooltips go to
``definitions``, pictures with their captions to ``images``. Copies (``body_html``, the links of the
text) do not count.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

from lxml.etree import _Element

from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.reachable import reached_in
from osce_crawl.pages.facts import LONGEST_FACTS, read_facts
from osce_crawl.pages.reading.lines import PROSE, Line, Node
from osce_crawl.pages.release.captions import take_loose_caption
from osce_crawl.pages.release.fields import Fields
from osce_crawl.pages.release.parts import Parts
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary.labels import is_furniture

#: The reasons for leaving out a line.
Reason = Literal[
    "aside",
    "caption",
    "card",
    "contacts",
    "frame",
    "furniture",
    "label",
    "latest",
    "menu",
    "pane-heading",
    "post",
    "repeated",
    "share",
    "words",
]

#: Which lines each reason applies to.
REASONS: dict[Reason, str] = {
    "aside": "in an element that never holds the text: `aside`, `nav`, `footer`, `form`, `dialog`",
    "caption": "the words below a video, a frame, an audio player or a missing picture",
    "card": "the teaser of another item, up to two paragraphs below its linked headline",
    "contacts": "press contacts; they go to `contacts`, which is empty unless `OSCE_CONTACTS=1`",
    "frame": "the site's frame: above the main part, below the footer, or in a box with menus or a"
    " copyright line",
    "furniture": "standard wording of the site, as listed in `labels.json`",
    "label": "labels and values that belong to no key, such as a second date",
    "latest": "lists of the latest or most read items",
    "menu": "lists of links to other parts of the site",
    "pane-heading": "the heading of a pane, such as “Contacts”",
    "post": "a social network post that the page embeds",
    "repeated": "headline, date, kind, unit or teaser repeated; the page's own address",
    "share": "links and buttons that share, print or subscribe",
    "words": "a few words that are not prose and that nothing around them explains",
}
#: The keys of the header's labels; other labels do not occur on releases.
_OF_LABELS = {
    "date": "dates",
    "place": "places",
    "location": "places",
    "source": "sources",
    "publisher": "sources",
    "author": "sources",
    "fields": "fields_of_work",
    "content_type": "content_type",
    "translations": "translations",
}
#: Panes that go to the key of their name, and panes whose links alone do.
_PANES = frozenset({"contacts", "documents", "links", "translations"})
_LINKED_PANES = _PANES - {"contacts"}
#: The maximum number of lines of prose in another item's teaser, and their maximum distance.
_LONGEST_TEASER, _NEAR = 2, 12
#: The maximum number of lines of prose beside a field for an address.
_FEW = 3
#: Marks between breadcrumbs.
_CRUMB_MARKS = " »›>/|·→"
#: This many characters of a text identify it.
_FIRST_WORDS = 80


class Ledger:
    """Where the lines of a page go.

    :param kept: the lines of the text; ``lead``: those of the summary.
    :param title: the headline; ``kind``: the kind of page as printed; ``files``: the titles of the
        documents.
    :ivar ends: for each line after the headline, the key it went to, the reason why it is left out,
        or None for prose that went nowhere.
    :ivar left_out: reason → number of lines, including those above the headline.
    :ivar lost: the prose that went nowhere, in page order.
    """

    def __init__(
        self,
        parts: Parts,
        fields: Fields,
        kept: list[int],
        lead: list[int],
        *,
        title: str | None,
        kind: str | None,
        files: Iterable[str],
    ) -> None:
        self._parts = parts
        self._fields = fields
        self._kept = kept
        self._title = fold(title or "")
        self._kind = kind
        self._files = frozenset(files)
        self.ends: list[str | None] = [None] * len(parts.lines)
        for key, members in (("body", kept), ("summary", lead)):
            for index in members:
                self.ends[index] = key
        self._enter_header()
        for index, line in enumerate(parts.lines):
            if self.ends[index] is None:
                self.ends[index] = self._end(index, line)
        self._doubt_frame()
        above = [self._end_above(index, line) for index, line in enumerate(parts.above)]
        self.left_out: Counter[str] = Counter(
            end for end in (*self.ends, *above) if end and end in REASONS
        )
        self.lost = [
            line.text
            for lines, ends in ((parts.above, above), (parts.lines, self.ends))
            for line, end in zip(lines, ends, strict=True)
            if end is None
        ]

    def _doubt_frame(self) -> None:
        """Count prose in the frame as lost if it is longer than the text.

        Of the page's own footer only sentences count: it prints names and addresses.
        """
        lines, kinds = self._parts.lines, self._parts.sections.kinds
        framed = [
            index
            for index, end in enumerate(self.ends)
            if end == "frame" and (kinds.get(index) != "frame" or lines[index].sentence)
        ]
        if framed and sum(map(self._length, framed)) > sum(map(self._length, self._kept)):
            for index in framed:
                self.ends[index] = None if lines[index].prose else "frame"

    def _length(self, index: int) -> int:
        return len(self._parts.lines[index].text)

    def issues(self, body: str | None) -> Iterator[dict[str, str | None]]:
        """Yield the issues about prose that went nowhere."""
        for text in self.lost:
            yield {"code": "text-left-out", "value": first_words(text)}
        if body is None and not self.lost and self._has_prose():
            yield {"code": "body-missing", "value": None}

    def _has_prose(self) -> bool:
        """Return whether prose was left out for a reason, or went to a pane."""
        return any(line.sentence for line in self._parts.lines)

    def _enter_header(self) -> None:
        """Enter the lines of labels, their values and facts."""
        header = self._parts.header
        for index in header.taken:
            if self.ends[index] is None:
                self.ends[index] = "dates"
        for value in header.labels:
            served = value is header.values.get(value.key)
            end = _OF_LABELS.get(value.key, "label") if served else "label"
            for index in value.lines:
                if self.ends[index] == "dates":
                    self.ends[index] = end
        served = self._fields.ways.get("sources") == "unit-line"
        for line in self._fields.text.opening:
            if served:
                self.ends[line.index] = "sources"
            elif self.ends[line.index] == "dates":
                self.ends[line.index] = "label"
        for index in self._fields.text.teasers:
            self.ends[index] = "repeated"

    def _end(self, index: int, line: Line) -> str | None:
        """Return where a line goes that is neither text nor header; None for nowhere."""
        sections = self._parts.sections
        if index in sections.headings:
            return "pane-heading"
        kind = sections.kinds.get(index)
        if kind == "links" and line.prose and 2 * len(line.unlinked) > len(line.text):
            return "card" if self._is_teaser(index) else None
        if kind is not None and (kind not in _LINKED_PANES or line.links):
            return kind
        if kind == "documents" and any([title in line.text for title in self._files]):
            return kind
        if kind == "links":
            return "card"
        return self._end_of_words(line) or self._end_of_box(index, line)

    def _end_above(self, index: int, line: Line) -> str | None:
        """Return where a line above the headline goes.

        Most of them are the site's frame; only paragraphs within the smallest element around
        headline and text belong to the main part.
        """
        sections = self._parts.above_sections
        if index in sections.headings:
            return "pane-heading"
        kind = sections.kinds.get(index)
        if kind is not None and (kind not in _LINKED_PANES or line.links):
            return kind
        if line.block in self._parts.header.served_above:
            return "dates"
        if not self._parts.in_main(line):
            return "frame"
        return self._end_of_words(line)

    def _end_of_words(self, line: Line) -> str | None:
        """Return the reason for an unassigned line from its words; None: prose."""
        if line.text == self._kind:
            return "content_type"
        if is_furniture(line.text):
            return "furniture"
        if take_loose_caption(line.text):
            return "caption"
        if not (line.prose or len(line.text) >= PROSE):  # a link may contain all of the prose
            return "words"
        if line.links and parse_date(line.unlinked.strip(_CRUMB_MARKS), self._parts.language):
            return "card"  # the headline of another item, with its day
        return "repeated" if self._is_repeated(line) else None

    def _end_of_box(self, index: int, line: Line) -> str | None:
        """Return the reason for prose from the box around it; None if there is none.

        Below a linked headline it is the teaser of another item. Beside a menu or a copyright line
        it is the site's frame, and after the page's footer. Boxes that contain the text do not
        count.
        """
        if index >= self._parts.bottom:
            return "frame"
        node = line.node
        while node.parent is not None and not self._holds_text(node.parent):
            node = node.parent
            opening = self._parts.lines[node.first]
            if opening is not line and opening.linked and self._is_teaser(index):
                return "card"
            if _any_within(node, self._frames):
                return "frame"
            near = self._parts.lines[node.first : node.end]
            if _asks_for_address(node.element) and sum([one.prose for one in near]) <= _FEW:
                return "share"  # "Sign up to receive our news"
        return None

    def _is_teaser(self, index: int) -> bool:
        """Return whether prose is as short as teasers are: few lines from one link to the next."""
        lines = self._parts.lines
        prose = 0
        for way in (range(index, -1, -1), range(index + 1, len(lines))):
            for near in way[:_NEAR]:
                if lines[near].linked:
                    break
                prose += lines[near].prose
        return prose <= _LONGEST_TEASER

    def _holds_text(self, node: Node) -> bool:
        """Return whether an element holds a line of the text, or the headline."""
        return node.element in self._parts.around or _any_within(node, self._kept)

    @cached_property
    def _frames(self) -> list[int]:
        """The lines that occur only in the site's frame."""
        kinds = self._parts.sections.kinds
        return [
            index
            for index, line in enumerate(self._parts.lines)
            if kinds.get(index) == "menu" or is_furniture(line.text)
        ]

    def _is_repeated(self, line: Line) -> bool:
        """Return whether a line repeats the headline, or only gives date, kind and unit."""
        if len(line.text) > LONGEST_FACTS:
            return False
        return (
            fold(line.text) == self._title
            or (bool(line.links) and fold(line.unlinked.strip(_CRUMB_MARKS)) == self._title)
            or self._parts.prints_own_address(line)
            or (bool(line.times) and not line.sentence)
            or not read_facts(line, self._parts.language).rest
        )


def _asks_for_address(box: _Element) -> bool:
    """Return whether a box has a field for an e-mail address, as for a newsletter."""
    return any(field.get("type") == "email" for field in box.iter("input"))


def _any_within(node: Node, indices: Sequence[int]) -> bool:
    """Return whether one of the line numbers *indices* (sorted) is in an element."""
    following = bisect_left(indices, node.first)
    return following < len(indices) and indices[following] < node.end


def first_words(text: str) -> str | None:
    """Return the first words of a text, without personal addresses and numbers."""
    for begin, end in sorted(reached_in(text), reverse=True):
        text = f"{text[:begin]}…{text[end:]}"
    start = text[:_FIRST_WORDS]
    if len(start) == _FIRST_WORDS:
        start = start.rpartition(" ")[0] or start
    return start or None
