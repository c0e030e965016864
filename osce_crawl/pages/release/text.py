"""Which lines of a release page are its text: those that are neither header nor pane.

Prose is chosen by structure (`body`). Lines around it that are not part of it are removed: a
teaser, a repeated header, tags and names at the end. Lines above the header's labels that open the
text are added.
"""

import re

from osce_crawl.normalise.dates import find_date, parse_date
from osce_crawl.normalise.place_names import places_named
from osce_crawl.normalise.preambles import is_note
from osce_crawl.pages.facts import announces, days_printed, read_facts
from osce_crawl.pages.reading.lines import PROSE, Line
from osce_crawl.pages.reading.reader import shown_text
from osce_crawl.pages.release.captions import take_loose_caption
from osce_crawl.pages.release.fact_lines import is_owned, is_signed, units_named
from osce_crawl.pages.release.link_notes import is_link_note
from osce_crawl.pages.release.main_part import choose_lines, names_text
from osce_crawl.pages.release.parts import Parts
from osce_crawl.pages.release.tags import names_at_end, tagged_names
from osce_crawl.text.forms import starts_small
from osce_crawl.vocabulary import resolve_content_type, resolve_source
from osce_crawl.vocabulary.bylines import byline_opening, says_changed
from osce_crawl.vocabulary.labels import header_key, is_furniture, section_of

#: How many lines below the headline may name a unit alone.
_NEAR = 6
#: Panes whose headings say nothing else.
_HEADED = frozenset({"contacts", "documents", "latest", "links", "translations"})
#: Marks that adorn a quotation.
_QUOTES = frozenset('“”„«»❝❞"')
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)\s*$")


class TextReader:
    """Reads the text of one page.

    :ivar teasers: lines that the first paragraph repeats.
    :ivar opening: the lines between headline and text that name a unit alone, once `read` is done;
        ``signatures``: lines of names that close the text but do not belong to it.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.headline = shown_text(parts.heading)
        self.around = parts.around
        self.lines = parts.lines
        self.language = parts.language
        self.header = parts.header
        self.taken = parts.header.taken
        self.sections = parts.sections
        self.teasers: set[int] = set()
        self.opening: list[Line] = []
        self.signatures: set[int] = set()

    def read(self) -> list[int]:
        """Return the lines of the text, by structure."""
        free = [
            index for index in range(self.header.start, len(self.lines)) if self._is_free(index)
        ]
        free = self._without_teaser(free)
        while free and self._precedes_text(free[0]):
            free.pop(0)
        behind_lead = self._units_behind_lead(free)
        kept = self._without_repeat(choose_lines(self.lines, free, self.around))
        if kept and kept[0] - 1 in free and starts_small(self.lines[kept[0]].text):
            kept.insert(0, kept[0] - 1)  # the sentence begins there
        for _ in range(names_at_end(self.lines, kept)):
            self.signatures.add(kept.pop())
        self.taken.update(self.signatures)
        while len(kept) > 1 and self._closes(self.lines[kept[-1]], self.lines[kept[-2]]):
            self.taken.add(kept.pop())
        while len(kept) > 1 and self._heads_pane(kept[-1]):
            self.sections.headings.add(kept.pop())
        if names_text(self.lines, kept):
            self.taken.add(kept.pop(0))
        self.opening = behind_lead or self._unit_lines(kept)
        if not any(self.lines[i].prose or len(self.lines[i].text) >= PROSE for i in kept):
            kept = [*self._text_above(), *kept]  # the only prose of a page is its text
        else:
            kept = [*self._opening_of(kept), *kept]
        return kept

    def _is_free(self, index: int) -> bool:
        """Return whether a line is of neither header nor pane, and no words of the frame."""
        words = self.lines[index].text
        return (
            index not in self.taken
            and index not in self.sections.kinds
            and words not in _QUOTES
            and not take_loose_caption(words)
            and not is_furniture(words)
            and not self.parts.prints_own_address(self.lines[index])
        )

    def _precedes_text(self, index: int) -> bool:
        """Return whether a line before the text repeats the header, or names a place."""
        if index == self.header.numbered:
            return False
        return self._is_header_rest(self.lines[index]) or self.is_place(index)

    def _units_behind_lead(self, free: list[int]) -> list[Line]:
        """Take the lines between a lead and the text that name units, and return them.

        Places beside them and reading times are left out, too.
        """
        end = 1
        while end < len(free) and self._may_be_below_lead(free[end]):
            end += 1
        headed = (
            "source" not in self.header.values
            and len(free) > end
            and self.lines[free[end]].node.around.heading
        )
        opening = end + bool(headed)  # "Summary"
        if len(free) <= opening or not all(self.lines[free[one]].sentence for one in (0, opening)):
            return []
        between = [self.lines[index] for index in free[1:end]]
        beside = self.lines[free[opening]].block.getparent()
        if any(not line.linked and line.block.getparent() is beside for line in between):
            return []  # a paragraph among others
        del free[1:end]
        units = [line for line in between if units_named(line)]
        self.taken.update(line.index for line in units)
        return units

    def _may_be_below_lead(self, index: int) -> bool:
        line = self.lines[index]
        return self._is_unit_alone(line) or self.is_place(index) or announces(line.text)

    def _is_unit_alone(self, line: Line) -> bool:
        """Return whether a line names units: in links, or unlinked if nothing above names any."""
        plain = not (line.heading or line.node.around.item is not None)
        unsaid = "source" not in self.header.values and not self.header.facts.sources
        return (line.linked or (plain and unsaid)) and bool(units_named(line))

    def _closes(self, line: Line, before: Line) -> bool:
        """Return whether a line after the text has tags, its unit, an address, or a day."""
        if tagged_names([line], before).fields or (is_signed(line) and not line.heading):
            return True
        if is_link_note(line.text) or (line.heading and section_of(line.text) == "links"):
            return True
        opening = byline_opening(line.unlinked.rstrip(" :")) if len(line.text) <= PROSE else None
        if opening is None or opening[0] not in {"changed", "published"}:
            return self._repeats_day(line)
        linked = parse_date(opening[1], self.language)  # to the change
        return linked is not None or not read_facts(line, self.language).rest

    def _repeats_day(self, line: Line) -> bool:
        """Return whether a line is a label and the day of the header again: "Datum 9.5.2021"."""
        day = find_date(line.text, self.language) if len(line.text) <= PROSE else None
        if day is None or header_key(line.text[: day.start].rstrip(": ")) != "date":
            return False
        header = [self.lines[index] for index in sorted(self.header.taken)]
        printed = days_printed([*self.header.before, *self.header.boxed, *header], self.language)
        return day.date in printed and not line.text[day.end :].strip(" .")

    def _heads_pane(self, index: int) -> bool:
        """Return whether a heading after the text, in whatever words, has only a pane below it."""
        line = self.lines[index]
        if line.sentence:
            return False
        following = self.sections.kinds.get(index + 1)
        if line.node.around.heading:
            return following in _HEADED
        return following == "documents" and (line.heading or self._opens_files(line))

    def _opens_files(self, line: Line) -> bool:
        """Return whether a line opens a box that otherwise has only links to files."""
        for box in (line.node, line.node.parent):
            if box is not None and box.first == line.index and not box.inline:
                below = range(box.first + 1, box.end)
                if below and all(self.sections.kinds.get(one) == "documents" for one in below):
                    return True
        return False

    def is_place(self, index: int) -> bool:
        """Return whether a line is a place beside the line of a unit, and nothing else."""
        if len(words := self.lines[index].text) > PROSE or not places_named(words):
            return False
        beside = [*self.lines[max(0, index - 1) : index], *self.lines[index + 1 : index + 2]]
        return any(bool(units_named(line)) for line in beside)

    def _without_repeat(self, kept: list[int]) -> list[int]:
        """Leave out the header that is printed once more below the text, from its headline on."""
        texts = [self.lines[one].text for one in kept]
        again = texts.index(self.headline) if self.headline in texts else 0
        below = [self.lines[one] for one in kept[again + 1 :]]
        if not again or any(one.sentence and not self._is_header_rest(one) for one in below):
            return kept
        while again and self._is_header_rest(self.lines[kept[again - 1]]):
            again -= 1
        return kept[:again]

    def _unit_lines(self, kept: list[int]) -> list[Line]:
        """Return the lines between headline and text that name a unit and nothing else."""
        start = kept[0] if kept else 0
        return [
            line
            for index, line in enumerate(self.lines[: min(start, _NEAR)])
            if index not in self.taken
            and index not in self.sections.kinds
            and not is_owned(line)
            and units_named(line)
        ]

    def _is_header_rest(self, line: Line) -> bool:
        words = line.text
        if len(words) > PROSE:
            return bool(units_named(line))
        return (
            announces(words)
            or resolve_content_type(words) is not None
            or parse_date(words, self.language) is not None
            or resolve_source(words) is not None
            or bool(units_named(line))
            or bool(line.times)
            or (says_changed(words) and not read_facts(line, self.language).rest)
        )

    def _without_teaser(self, free: list[int]) -> list[int]:
        """Leave out a teaser (it ends in dots) that the first paragraph repeats."""
        if len(free) > 1:
            teaser = self.lines[free[0]].text
            start = _ELLIPSIS.sub("", teaser)
            rest = self.lines[free[1]].text
            if start != teaser and len(start) > PROSE / 2 and rest.startswith(start[:-15] or start):
                self.taken.add(free[0])
                self.teasers.add(free[0])
                return free[1:]
        return free

    def _leading(self) -> list[int]:
        """Return the lines of prose between headline and header labels."""
        return [
            index
            for index, line in enumerate(self.lines[: self.header.start])
            if index not in self.taken
            and index not in self.sections.kinds
            and line.prose
            and not take_loose_caption(line.text)
            and not self._is_header_rest(line)
            and read_facts(line, self.language).rest
        ]

    def _text_above(self) -> list[int]:
        """Return the text above the labels: its prose, the lines within it and in its box."""
        prose = self._leading()
        if not prose:
            return []
        box = self.lines[prose[-1]].block.getparent()
        end = prose[-1] + 1
        if box is not None and box not in self.around:
            end = self.lines.unbroken(box, end).stop
        return [
            index
            for index in range(prose[0], end)
            if index in prose
            or (self._is_free(index) and not self._is_header_rest(self.lines[index]))
        ]

    def _opening_of(self, kept: list[int]) -> list[int]:
        """Return the lines between headline and header labels that open the text.

        These are notes about the text, and a line whose sentence the text continues. Others are
        the summary.
        """
        goes_on = bool(kept) and starts_small(self.lines[kept[0]].text)
        leading = [index for index in self._leading() if kept and index < kept[0]]
        return [index for index in leading if goes_on or is_note(self.lines[index].text)]

    def lead(self, kept: list[int], body: str | None) -> list[int]:
        """The lines between headline and header labels that are not part of the text."""
        if kept and kept[0] < self.header.start:
            return []
        return [index for index in self._leading() if self.lines[index].text not in (body or "")]
