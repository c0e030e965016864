"""The header of a release page: labels, unlabelled lines and the lines above the headline."""

from collections.abc import Mapping
from functools import cached_property

from lxml.etree import _Element

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.normalise.header_lines import HeaderLine, split_header_line
from osce_crawl.pages.facts import is_numbered, read_facts
from osce_crawl.pages.reading.labels import KeyOf, names_of
from osce_crawl.pages.reading.lines import PROSE, Line, Lines
from osce_crawl.pages.reading.values import Value
from osce_crawl.pages.release.above import (
    LEADING,
    LabelsAbove,
    boxed_above,
    labels_above,
    lines_above,
    prints_other_day,
)
from osce_crawl.pages.release.boxes import (
    headings_of_others,
    heads_labels,
    lines_of_others,
    opens_box,
)
from osce_crawl.pages.release.fact_lines import (
    FactLines,
    goes_on_after_date,
    is_crumbs,
    is_labelled_day,
    is_menu_bar,
    is_owned,
    opened_by_facts,
    opens_text,
    place_and_date,
    units_named,
)
from osce_crawl.pages.release.label_groups import OF_OTHERS
from osce_crawl.pages.release.labels_below import (
    SOURCES,
    fields_below,
    is_certain,
    keys_below,
    labels_below,
    place_below,
    units_below,
)
from osce_crawl.pages.release.opening import Opening
from osce_crawl.pages.release.site_clock import SiteClock
from osce_crawl.pages.release.tags_above import tags_above
from osce_crawl.pages.settled_values import read_settled
from osce_crawl.pages.unknown_labels import (
    UNKNOWN,
    is_explained,
    key_with,
    lines_around,
    unknown_labels,
)
from osce_crawl.pages.unlabelled_facts import Facts
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary import (
    resolve_content_type,
    resolve_field,
    resolve_language_name,
    resolve_source,
)
from osce_crawl.vocabulary.bylines import says_changed
from osce_crawl.vocabulary.labels import header_key, heads_facts, is_furniture, section_of

#: Labels that may have several names, with the function that knows each; also in footers.
_NAMES = {
    **dict.fromkeys(("source", "publisher", "author"), resolve_source),
    "fields": resolve_field,
}
_OF_FOOTERS = {**_NAMES, "content_type": resolve_content_type}
#: How many lines below the headline may contain header facts without labels.
_NEAR = 3
#: Labels right after a lead paragraph begin within this many lines.
_CLOSE = 2


class Header:
    """The parts around the headline that are not text.

    :param heading: the headline's element.
    :param lines: the lines after it.
    :param language: tried first for the names of months.
    :ivar values: key → label with its value; ``labels``: all of them after the headline.
    :ivar unknown: the words of labels beside them that no vocabulary knows.
    :ivar served_above: the blocks above the headline that provided facts.
    :ivar taken: indices of the lines that belong to the header.
    :ivar start: index of the first line after the header.
    :ivar before: the few lines above the headline, nearest first; ``boxed``: those of a short list
        or header there.
    :ivar facts: the facts of lines without labels; ``fact_lines``: such lines after the headline.
    :ivar numbered: index of the line with kind and number that opens the text, if there is one.
    """

    def __init__(self, heading: _Element, lines: Lines, language: str) -> None:
        self.heading = heading
        self.lines = lines
        self.language = language
        clock = SiteClock(heading, lines, language)
        self.before: list[Line] = clock.without(lines_above(heading))
        self.boxed: list[Line] = clock.without(boxed_above(heading))
        self.values: dict[str, Value] = {}
        self.unknown: list[str] = []
        self.labels: list[Value] = []
        self.served_above: set[_Element] = set()
        self.taken: set[int] = set()
        self.start = self._read_labels()
        self.fact_lines: list[Line] = []
        self.numbered: int | None = None
        self.facts = self._read_facts()
        if not (self._says("source") or self.facts.sources) and self._keys_below & SOURCES:
            self._take_below("source", units_below(lines, self._of_others, self.start))

    @property
    def said(self) -> set[str]:
        """The keys of the labels, and ``date`` if a line without labels beside them has it."""
        dated = bool(self.facts.date or self.facts.times) and "fields" in self.values
        return self.values.keys() | ({"date"} if dated else set())

    @property
    def issued(self) -> bool:
        """Whether day and unit are those of a release, and not of a publication."""
        source = self.values.get("source")
        labelled = source is not None and source.key == "source" and "date" in self.values
        return labelled or (self.facts.signed and "author" not in self.values)

    def line(self, panes: set[int]) -> HeaderLine | None:
        """The older pages' single line ``PLACE D Month YYYY``, if labels give neither of the two.

        :param panes: lines of panes, which are skipped.
        """
        dated = self.values.get("date")
        if self._says("place"):
            return None
        if self.facts.places:
            return HeaderLine(self.facts.places, None)
        if dated is not None and dated.dated:
            return None
        for index, line in enumerate(self.lines[: self.start + 4]):
            if index in self.taken or index in panes or is_owned(line):
                continue
            found = place_and_date(line, self.language)
            if found is not None:
                self.taken.add(index)
                self.start = max(self.start, index + 1)
                return found
            if len(line.text) > PROSE * 2 or (line.sentence and parse_dateline(line.text)):
                break
        for line in [*self.before, *self.boxed]:
            found = place_and_date(line, self.language)
            if found is not None:
                self.served_above.add(line.block)
                return found
        return None

    def _read_labels(self) -> int:
        """Read the labels; return the index of the first line after the header."""
        header, limit = self._find_labels(header_key)
        firm = [value for value in header if value.key not in OF_OTHERS]
        unknown = unknown_labels(self.lines, firm, limit or len(self.lines))
        if unknown:
            header, limit = self._find_labels(key_with(unknown))
            header = self._note_unknown(header, unknown)
        end = 0
        keys = {value.key for value in header if value.parts or value.times}
        # above the headline the nearest label counts: menus are further up
        above = LabelsAbove() if keys & LEADING else labels_above(self.heading)
        self.unknown += above.unknown
        self.served_above.update(above.blocks)
        for value in [*reversed(above.values), *header]:
            if self._says(value.key) and not _names_better(value, self.values[value.key]):
                continue
            self.values[value.key] = value
        self.values.pop(UNKNOWN, None)
        for key in ("publisher", "author"):
            if key in self.values and not self._says("source"):
                self.values["source"] = self.values[key]
        if firm and len(firm) < len(header):
            around = lines_around(self.lines, firm)
            # "When: …" opens the text of an advisory
            header = [one for one in header if one.key not in OF_OTHERS or one.lines[0] in around]
        self.labels = header
        for value in header:
            self._complete(value)
        for value in header:
            self._take_heading(value.lines[0] - 1)
            self.taken.update(value.lines)
            if value.lines[0] < limit:
                end = max(end, *(index + 1 for index in value.lines))
        self._read_below(end)
        return end

    def _read_below(self, start: int) -> None:
        """Read single labels of place and fields of work: after the text, or tags before it."""
        if not self._says("fields"):
            self._take_below("fields", tags_above(self.lines))
        if "place" not in self.values and "place" in self._keys_below:
            self._take_below("place", place_below(self.lines, self._of_others, start))
        if not self._says("fields") and "fields" in self._keys_below:
            self._take_below("fields", fields_below(self.lines, self._of_others, start))

    def _take_below(self, key: str, value: Value | None) -> None:
        """Use a single label, if there is one."""
        if value is not None:
            self.values[key] = value
            self.labels.append(value)
            self._take_heading(value.lines[0] - 1)
            self.taken.update(value.lines)

    @cached_property
    def _keys_below(self) -> set[str | None]:
        """The keys of the labels that begin lines after the start of the text."""
        return keys_below(self.lines)

    @cached_property
    def _opening(self) -> Opening:
        """The places that open the text."""
        return Opening(self.lines)

    @cached_property
    def _boxes(self) -> int | None:
        """The first line of the boxes of other items."""
        return next(headings_of_others(self.lines), None)

    @cached_property
    def _of_others(self) -> set[int]:
        """The lines of the boxes of other items."""
        return lines_of_others(self.lines, set(self.heading.iterancestors()))

    def _says(self, key: str) -> bool:
        value = self.values.get(key)
        return value is not None and bool(value.parts)

    def _complete(self, value: Value) -> None:
        """Split names at slashes, and add those below the first one, after line breaks."""
        known = _NAMES.get(value.key)
        if known is None or not value.parts:
            return
        value.parts = names_of(value.parts, known)
        following = value.lines[-1] + 1
        for line in self.lines[following:]:
            beside = line.breaks == 1 and line.block is self.lines[following - 1].block
            if not beside or known(line.text) is None:
                return
            value.parts.append(line.text)
            value.lines.append(line.index)

    def read_footers(self, lines: Lines) -> None:
        """Use the labels in the article's footers for facts that no label before them gave.

        All their values must be known, and no label may be one of other kinds of pages.
        """
        values = read_settled(lines, header_key, bare_until=len(lines))
        known_in = {**_OF_FOOTERS, "place": self._opening.is_place}
        if any(value.key in OF_OTHERS for value in values):
            return
        for value in values:
            key = "source" if value.key in LEADING - {"date"} else value.key
            known = known_in.get(key)
            if known and value.parts and not self._says(key) and all(map(known, value.parts)):
                self.values[key] = value

    def _take_heading(self, index: int) -> None:
        """Use the line above a label if it heads a box of facts: "About this document"."""
        for line in self.lines[max(0, index) : index + 1]:
            if heads_facts(line.text) or heads_labels(line, self.labels):
                self.taken.add(index)

    def _find_labels(self, key_of: KeyOf) -> tuple[list[Value], int]:
        """Return the labels of the header, and the line they come before; 0 if beside it."""
        prose = [index for index, line in enumerate(self.lines) if self._is_text(line)]
        second_prose = prose[1] if len(prose) > 1 else len(self.lines)
        values = read_settled(self.lines, key_of, bare_until=second_prose)
        found = [value for value in values if not value.repeated]  # a table of the text
        boxes = self._boxes
        if boxes is not None:
            found = [value for value in found if value.lines[0] < boxes]
        consumed = {index for value in found for index in value.lines}
        limit = self._header_limit([index for index in prose if index not in consumed], found)
        header = [value for value in found if value.lines[0] < limit]
        keys = {value.key for value in header}
        if keys & {*LEADING, *OF_OTHERS} - {"date"}:
            return header, limit
        above = [*self.before, *self.boxed]
        below = labels_below(self.lines, key_of, self._of_others, above, self.language)
        if not header:
            return below, 0
        # templates print some labels above the text and the rest below it
        return [*header, *(value for value in below if value.key not in keys)], limit

    def _note_unknown(self, header: list[Value], words: Mapping[str, str]) -> list[Value]:
        """Record the unknown labels; return the header without those that head a text.

        One whose values are languages offers translations, whatever its words.
        """
        known = {index for value in header if value.key != UNKNOWN for index in value.lines}
        kept = []
        for value in header:
            if value.key == UNKNOWN:
                if any(self.lines[one].sentence for one in value.lines if one not in known):
                    continue
                if value.parts and all(map(resolve_language_name, value.parts)):
                    value.key = "translations"
            kept.append(value)
        strange = [value for value in kept if value.key == UNKNOWN and not is_explained(value)]
        self.unknown = [words[label] for label in dict.fromkeys(fold(one.label) for one in strange)]
        return kept

    def _read_facts(self) -> Facts:
        """Read lines beside the headline that print date, kind, unit and more without labels.

        Single words (a unit, a place) count if the line beside them is such a line, as with the
        items of one list.
        """
        found = FactLines(self.lines)
        index, stop, text = 0, self.start + _NEAR, len(self.lines)
        dated = self.values.get("date")
        mixed = set(dated.lines) if dated is not None and self.is_mixed(dated) else set()
        mixed |= opened_by_facts(self.lines, self.labels)
        while index < min(len(self.lines), stop):
            line = self.lines[index]
            passed = (index in self.taken and index not in mixed) or is_owned(line)
            facts = None if passed else self._facts_of(line) or self._goes_on(found, index)
            if index >= self.start and facts is None and (self._is_text(line) or opens_box(line)):
                if found.members or not self._is_lead(index):
                    break  # the text or another part of the page begins
                stop = index + 2
                text = text if parse_dateline(line.text) is None else index  # it opens the text
            # a mark between two list items does not count as a line, nor do buttons that share
            stop += len(line.text) == 1 or (facts is None and _is_tool(line))
            if facts is not None and self._begins_text(index, facts, found):
                break
            if facts is not None:
                if facts.kind != line.text:
                    stop = max(stop, index + 1 + _NEAR)
                if found.add(index, line, facts):
                    self.taken.update(found.members)
                    self.start = min(max(self.start, index + 1), text)
            index += 1
        above = [*self.before, *self.boxed]
        for distance, line in enumerate(above, 2):
            passed = is_owned(line) or is_crumbs(line) or is_menu_bar(line)
            facts = None if passed else self._facts_of(line)
            if facts is not None:
                found.add(-distance, line, facts)
        self.served_above.update(above[-index - 2].block for index in found.members if index < 0)
        found.place_rest(self._opening.is_place)
        self.fact_lines = [self.lines[index] for index in sorted(found.members) if index >= 0]
        return found.facts

    def _begins_text(self, index: int, facts: Facts, found: FactLines) -> bool:
        """Return whether a line of facts opens the text: it may only look like facts."""
        numbered = index >= self.start and is_numbered(self.lines[index].text)
        if numbered and self._repeats_kind(index, found):
            self.numbered = index
            return True
        return opens_text(self.lines, index, facts, self.values)

    def _repeats_kind(self, index: int, found: FactLines) -> bool:
        """Return whether the header states a kind before line *index*, and the text follows it."""
        above = (one for one in (*self.before, *self.boxed) if not is_crumbs(one))
        near = (self._facts_of(one) for one in (*above, *self.lines[:index]))
        stated = self._says("content_type") or found.facts.kind is not None
        following = self.lines[index + 1 : index + 2]
        told = stated or any(facts is not None and facts.kind for facts in near)
        return told and any(one.sentence for one in following)

    def _is_text(self, line: Line) -> bool:
        """Return whether a line is a sentence, and does not only end like one.

        "БИШКЕК 19 декабря 2024 г." and "Datum 5. maj 2021." do.
        """
        if not line.sentence or len(line.text) >= PROSE:
            return line.sentence
        printed = place_and_date(line, self.language)
        return printed is None and not is_labelled_day(line, self.language)

    def _goes_on(self, found: FactLines, index: int) -> Facts | None:
        """Return unknown words between two lines of facts as a line of facts."""
        if not found.may_go_on(index):
            return None
        following = self._facts_of(self.lines[index + 1])
        alone = following is not None and not following.rest
        return Facts(rest=[self.lines[index].text]) if alone else None

    def _is_lead(self, index: int) -> bool:
        """Return whether a paragraph is a lead: a line of facts and more prose follow it.

        The unit may be alone in the line above that of the day.
        """
        line, following = self.lines[index], self.lines[index + 1 : index + 2]
        signed = any(bool(units_named(one)) and not one.times for one in following)
        at = index + 1 + signed
        if at + 1 >= len(self.lines) or is_owned(self.lines[index + 1]):
            return False
        facts = self._facts_of(self.lines[at]) if at not in self.taken else None
        return (
            facts is not None
            and bool(facts.date or facts.times)
            and bool(signed or facts.kind or facts.sources or self._closes_box(at))
            and not facts.rest
            and any(one.sentence for one in self.lines[at + 1 : at + 3])
            and not opens_box(line)
        )

    def _closes_box(self, index: int) -> bool:
        """Return whether a line is the last one in the box of the headline."""
        box = self.heading.getparent()
        return (
            box is not None
            and self.lines[index].inside(box)
            and not self.lines[index + 1].inside(box)
        ) or says_changed(self.lines[index].text.partition(" – ")[2])

    def is_mixed(self, value: Value) -> bool:
        """Return whether the line of the date's label contains more than a date."""
        return goes_on_after_date(value, self.lines, self.language)

    def _facts_of(self, line: Line) -> Facts | None:
        """Return the facts of a line if it is a line of facts."""
        facts = read_facts(line, self.language)
        if facts.rest and not facts.is_header:
            return None
        if facts.rest and line.sentence and parse_dateline(line.text) is not None:
            return None
        if facts.places and facts.date and split_header_line(line.text, self.language) is not None:
            return None  # the older pages' line, which `line` reads
        return facts if facts.told else None

    def _header_limit(self, prose: list[int], found: list[Value]) -> int:
        """Return the line before which labels belong to the header.

        Labels follow the headline. One paragraph (a lead) may be in between if it has no dateline
        and more text follows the labels.
        """
        if not prose:
            return len(self.lines)
        first = prose[0]
        if any(value.lines[0] < first and value.key in LEADING for value in found):
            return first
        second = prose[1] if len(prose) > 1 else len(self.lines)
        between = [value for value in found if first < value.lines[0] < second]
        keys = {value.key for value in between}
        plain = any(value.colon and value.key in LEADING for value in between)
        close = bool(between) and between[0].lines[0] <= first + _CLOSE
        named = plain or (len(keys) > 1 and bool(keys & LEADING))
        if named and (len(prose) > 1 or (close and any(map(is_certain, between)))):
            dateline = parse_dateline(self.lines[first].text)
            if dateline is None or not any(map(str.isdigit, dateline["raw"])):
                above = [*self.lines[:first], *self.before, *self.boxed]
                return first if prints_other_day(above, between, self.language) else second
        return first


def _names_better(value: Value, first: Value) -> bool:
    """Return whether a second label names known units, and the first one only a stranger.

    "Von press" is the byline of an account, and "Source" below it names who issued the release.
    """
    if value.key != "source" or not value.parts or any(map(resolve_source, first.parts)):
        return False
    return all(map(resolve_source, value.parts))


def _is_tool(line: Line) -> bool:
    """Return whether a line is a button, or one of a list of links: "Facebook", "Print"."""
    in_list = line.linked and line.node.around.list is not None
    return in_list or section_of(line.text) == "share" or is_furniture(line.text)
