"""The labels of a header after the text or in a column beside it.

Boxes there may be about another item, an event or a publication, and print the same labels. So
such labels count only if nothing contradicts them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.normalise.dates import find_date, parse_date
from osce_crawl.normalise.place_names import places_named
from osce_crawl.pages.facts import MOST_FIELDS
from osce_crawl.pages.link_targets import leads_to_page
from osce_crawl.pages.reading.labels import TERMS, KeyOf, names_of
from osce_crawl.pages.reading.lines import PROSE, Line, Lines
from osce_crawl.pages.reading.values import Value
from osce_crawl.pages.release.boxes import opens_pane
from osce_crawl.pages.release.fact_lines import is_unit
from osce_crawl.pages.release.label_groups import GAP, OF_OTHERS, label_groups
from osce_crawl.pages.release.opening import Opening
from osce_crawl.pages.settled_values import read_settled
from osce_crawl.pages.unknown_labels import UNKNOWN
from osce_crawl.vocabulary import (
    other_kind_in,
    resolve_content_type,
    resolve_field,
    resolve_language_name,
    resolve_source,
)
from osce_crawl.vocabulary.bylines import says_changed
from osce_crawl.vocabulary.labels import header_key, heads_facts, is_furniture

#: The headline of another item is at most this many lines after its labels.
_BEHIND = 2
#: A heading with more words than this describes the box below it.
_MOST_WORDS = 2
#: This many labels make a header even if none of their values is known.
_SEVERAL = 3
#: Labels of the issuer of a release.
SOURCES = frozenset({"source", "publisher", "author"})
_MOST_UNITS = 4
#: Those of them whose value is no person.
_OF_UNITS = frozenset({"source", "publisher"})
#: Elements for the name of a table of labels, and for labels.
_OF_LABELS = TERMS | {"caption"}
#: The maximum length of a label.
_LONGEST_LABEL = 80


def labels_below(
    lines: Lines, key_of: KeyOf, boxes: Collection[int], above: Iterable[Line], language: str
) -> list[Value]:
    """Return the labels of a header far from the headline, or an empty list.

    It must have a date and a unit together. If the page prints its day at the headline or in the
    dateline, the date must be that day. Otherwise the labels must not have a headline of their own,
    and all such labels must give one and the same day. After a box of other items only that day
    shows that labels are not theirs.

    :param boxes: the lines of boxes of other items.
    :param above: the lines right above the headline.
    """
    text = _behind_lead(lines, _start_of_text(lines))
    if text is None:
        return []
    own = own_day(lines, language, above)
    groups: list[list[Value]] = []
    days: set[date] = set()
    others = min(boxes, default=len(lines))
    for group in label_groups(lines, key_of, boxes, dated=own is not None):
        if any(value.key in OF_OTHERS for value in group):
            continue
        day = _day_of(group, language)
        if group[0].lines[0] > others and (day is None or day != own):
            continue
        headed = heads_facts(lines[min(group[0].lines) - 1].text)
        several = _are_several(lines, group)
        complete = _is_header(group, day) or _is_alone(lines, group, day, lines[text])
        free = own is None or day is None
        if not free and own != day and complete and (several or headed):
            # header and dateline may disagree, but not two headers
            free = own_day(lines, language, above, dateline=False) is None
        certain = own is not None and (own == day or (free and headed))
        if not (certain or (free and (several or complete))):
            continue
        strange = (
            value.heading and value.key != UNKNOWN and not _is_known(value) for value in group
        )
        if day is None and not several and any(strange):
            continue  # chapters of a text
        certain = certain or (several and _names_kind(group))
        if not _is_of_another(lines, group, lines[text], certain=certain):
            groups.append(group)
            days |= {day} if day is not None else set()
    return groups[0] if groups and len(days) <= 1 else []


def fields_below(lines: Lines, boxes: Collection[int], start: int) -> Value | None:
    """Return the label of the fields of work if it is alone after or beside the text.

    Templates print date, place and unit at the headline, and the categories of a release below it.
    All values must be known, or linked apart from the text, and there must be only one such label:
    cards of other items have it too.

    :param boxes: lines of boxes of other items.
    :param start: the line after the header, which a lead may come before.
    """
    found = _lone_below(lines, boxes, start, _fields_key)
    if found is None or len(found.parts) > MOST_FIELDS:
        return None
    found.parts = names_of(found.parts, resolve_field)
    known = [resolve_field(part) is not None for part in found.parts]
    prose = any(lines[index].sentence for index in found.lines)
    if not all(known) and (prose or not any(known)) and not _is_filed(lines, found, start):
        return None  # a chapter of the text
    return found


def units_below(lines: Lines, boxes: Collection[int], start: int) -> Value | None:
    """Return the label of the units if it is alone after or beside the text.

    As in `fields_below`, but the units must be few: more are a menu.
    """
    found = _lone_below(lines, boxes, start, _unit_key)
    if found is None or len(found.parts) > _MOST_UNITS:
        return None
    filed = found.key in _OF_UNITS and _is_filed(lines, found, start)
    return found if filed or all(map(is_unit, found.parts)) else None


def place_below(lines: Lines, boxes: Collection[int], start: int) -> Value | None:
    """Return the label of the place, under the conditions of `units_below`."""
    found = _lone_below(lines, boxes, start, _place_key)
    known = found is not None and Opening(lines).is_place(", ".join(found.parts))
    return found if known else None


def _lone_below(lines: Lines, boxes: Collection[int], start: int, key_of: KeyOf) -> Value | None:
    """Return the label after the text that has a key, if there is exactly one."""
    text = _behind_lead(lines, _start_of_text(lines[start:]))
    if text is None:
        return None
    values = read_settled(lines, header_key, bare_until=len(lines), lone=True)
    found = [
        value
        for value in values
        if key_of(value.label) is not None
        and text < value.lines[0]
        and value.lines[0] not in boxes
        and value.parts
        and not value.repeated
    ]
    if len(found) != 1:
        return None
    around = lines[text].block.getparent()
    boxed = lines[found[0].lines[0]].block.getparent() is not around
    for value in values:
        of_text = boxed and lines[value.lines[0]].block.getparent() is around  # "When:"
        if _is_beside(value, found[0]) and not of_text:
            return None
    others = {index for value in values for index in value.lines}.union(boxes)
    return None if _is_of_another(lines, found, lines[text], others, certain=False) else found[0]


def _is_filed(lines: Lines, value: Value, start: int) -> bool:
    """Return whether all names of a label with a colon are links, in a box apart from the text.

    So templates print what a release is filed under. Names are newer than the vocabulary.
    """
    text = _start_of_text(lines[start:])
    if text is None or not value.colon:
        return False
    around = lines[text].block.getparent()
    printed = [lines[index] for index in value.lines]
    links = [run for line in printed for run in line.runs if run.value_link is not None]
    apart = all(line.block.getparent() is not around and not line.sentence for line in printed)
    return apart and [run.clean for run in links] == value.parts


def _is_beside(value: Value, lone: Value) -> bool:
    """Return whether a label beside a lone one shows that it belongs to something else."""
    gap = max(min(value.lines), min(lone.lines)) - min(max(value.lines), max(lone.lines))
    return gap <= GAP and (value.key == "date" or value.key in OF_OTHERS)


def _fields_key(words: str) -> str | None:
    return "fields" if header_key(words) == "fields" else None


def _place_key(words: str) -> str | None:
    return "place" if header_key(words) == "place" else None


def _unit_key(words: str) -> str | None:
    return "source" if header_key(words) in SOURCES else None


def keys_below(lines: Lines) -> set[str | None]:
    """Return the keys of the labels that begin lines after the first line of the text."""
    text = _start_of_text(lines)
    if text is None:
        return set()
    return {_opening_key(line) for line in lines[text + 1 :]}


def _opening_key(line: Line) -> str | None:
    words = line.runs[0].text[:_LONGEST_LABEL].partition(":")[0] if line.runs else ""
    return header_key(words) if words and len(words) < _LONGEST_LABEL else None


def _start_of_text(lines: Sequence[Line]) -> int | None:
    """Return the index of the first line of running text; of a short sentence if there is none."""
    for is_text in (_is_text, _is_sentence):
        found = next((line.index for line in lines if is_text(line)), None)
        if found is not None:
            return found
    return None


def _behind_lead(lines: Lines, start: int | None) -> int | None:
    """Return the first line of the text in a box of its own right below a lead; else *start*."""
    if start is None or start + 1 >= len(lines) or not _is_text(lines[start + 1]):
        return start
    lead, following = lines[start], lines[start + 1]
    apart = [element for element in following.ancestors() if not lead.inside(element)]
    box = lines.within(apart[-1]) if apart else ()
    opens = bool(box) and box[0] == following.index
    goes_on = opens and any(lines[index].sentence for index in box[1:])
    return following.index if goes_on else start


def _is_sentence(line: Line) -> bool:
    return line.sentence and len(line.text) < PROSE and _opening_key(line) is None


def _is_text(line: Line) -> bool:
    """Return whether a line is running text: neither a long name nor a label with long names."""
    if not line.sentence or len(line.text) < PROSE:
        return False
    return resolve_source(line.text) is None and _opening_key(line) is None


def own_day(
    lines: Lines, language: str, above: Iterable[Line] = (), *, dateline: bool = True
) -> date | None:
    """Return the day printed at the headline or in the dateline.

    :param above: the lines right above the headline.
    :param dateline: whether the day of the dateline counts.
    """
    start = _behind_lead(lines, _start_of_text(lines))
    text = len(lines) if start is None else start
    behind = [
        line
        for line in lines[text + 1 : text + 2]
        if len(line.text) < PROSE and parse_date(line.text, language)
    ]
    for line in (*lines[:text], *behind, *above):  # a day alone may follow a lead
        if says_changed(line.text):
            continue
        if line.times and (day := parse_date(line.times[0])) is not None:
            return day
        found = None if line.sentence else find_date(line.text, language)
        if found is not None:
            return found.date
    opening = parse_dateline(lines[text].text) if dateline and text < len(lines) else None
    return date.fromisoformat(opening["date"]) if opening and opening["date"] else None


def _day_of(group: Sequence[Value], language: str) -> date | None:
    dated = next((value for value in group if value.dated), None)
    if dated is None:
        return None
    printed = parse_date(", ".join(dated.parts), language)
    return printed if printed is not None or not dated.times else parse_date(dated.times[0])


def _is_known(value: Value) -> bool:
    """Return whether everything below a heading is a known value of what it announces."""
    if value.key == "place":
        return bool(places_named(", ".join(value.parts)))
    if value.key == "fields":
        return all(map(resolve_field, value.parts))
    return value.key in SOURCES and all(map(resolve_source, value.parts))


def _names_kind(group: Sequence[Value]) -> bool:
    """Return whether one of the labels says that it is a release."""
    kinds = [resolve_content_type(one.text or "") for one in group if one.key == "content_type"]
    return any(kind is not None and kind["release"] for kind in kinds)


def _is_header(group: Sequence[Value], day: date | None) -> bool:
    """Return whether labels name a known unit; of one alone, all units: it may be a note."""
    keys = {value.key for value in group}
    enough = any if len(group) > 1 else all
    known = any(
        value.key in SOURCES and value.parts and enough(map(resolve_source, value.parts))
        for value in group
    )
    return known and ("date" not in keys or day is not None)


def _are_several(lines: Lines, group: Sequence[Value]) -> bool:
    """Return whether there are too many labels together, none with a sentence, for a text."""
    keys = {value.key for value in group if value.parts}
    return len(keys) >= _SEVERAL and not any(
        lines[index].sentence
        for value in group
        if value.key != "date"  # "1 сентября 2022 г." only ends like one
        for index in value.lines
    )


def _is_of_another(
    lines: Lines,
    group: Sequence[Value],
    text: Line,
    others: Collection[int] = (),
    *,
    certain: bool,
) -> bool:
    """Return whether the labels are in a box with its own headline, apart from the *text*.

    :param others: lines of other labels and their values, and of boxes of other items.
    :param certain: whether they give the page's own day.
    """
    last = max(group[-1].lines)
    beside = [line for line in _lines_beside(lines, group, text) if line.index not in others]
    return any(_is_headline(one, certain=certain) for one in beside if one.index <= last + _BEHIND)


def _is_alone(lines: Lines, group: Sequence[Value], day: date | None, text: Line) -> bool:
    """Return whether a day and other known values are all that a box holds.

    Boxes about other things have a title.
    """
    others = [value for value in group if value.key != "date"]
    if day is None or not others or not all(map(_is_known, others)):
        return False
    return all(heads_facts(line.text) for line in _lines_beside(lines, group, text))


def _lines_beside(lines: Lines, group: Sequence[Value], text: Line) -> Iterator[Line]:
    """Yield the other lines of the box with labels, apart from the *text*, up to another pane."""
    first, last = min(group[0].lines), max(group[-1].lines)
    apart = [element for element in lines[first].ancestors() if not text.inside(element)]
    consumed = {index for value in group for index in value.lines}
    for index in lines.within(apart[-1]) if apart else ():
        line = lines[index]
        if index > last and opens_pane(lines, line):
            return
        if index not in consumed and not _is_of_menu(line, lines[first]):
            yield line


def _is_of_menu(line: Line, label: Line) -> bool:
    """Return whether a line is in a menu that a label is not in: the contents of a page."""
    aside = line.node.around.aside
    return aside is not None and aside.tag == "nav" and not label.inside(aside)


def _is_headline(line: Line, *, certain: bool) -> bool:
    """Return whether a line heads another item, or names a kind that no release has."""
    if line.linked:
        if len(line.links) != 1 or _is_name(line.text):
            return False  # a mark, a bar of links, or what the page is filed under
        return leads_to_page(line.links[0])
    if heads_facts(line.text) or line.block.tag in _OF_LABELS:
        return False
    kind = resolve_content_type(line.text) or (other_kind_in(line.text) if line.heading else None)
    if kind is not None:
        return not kind["release"]
    return not certain and line.heading and line.text.count(" ") >= _MOST_WORDS


def _is_name(words: str) -> bool:
    """Return whether words are a kind, a unit, a field of work, a language, or the page's own."""
    known = (resolve_content_type, resolve_source, resolve_field, resolve_language_name)
    return is_furniture(words) or any(resolve(words) for resolve in known)


def is_certain(value: Value) -> bool:
    """Return whether a value is one of a header's label: "Source: interviews" is text."""
    if value.key in SOURCES:
        return any(map(resolve_source, value.parts))
    return value.dated
