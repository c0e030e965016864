"""Labels ("Date:", "Where we are:") and the values printed beside or below them.

The words of the labels are data (``data/labels.json``). Where a value begins and ends follows from
the structure around its label: the rest of the line, the sibling element, the ``dd`` up to the next
``dt``, the cells of the row or of the column.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from lxml.etree import _Element

from osce_crawl.contracts.elements import HEADINGS
from osce_crawl.contracts.lines import Line, Lines, Run
from osce_crawl.normalise.dates import parse_date
from osce_crawl.normalise.remember import remember
from osce_crawl.normalise.text import clean_text, fold

#: A label ends in a colon, ASCII or full-width.
_COLON = re.compile(r"\s*[:\uff1a]\s*")
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:[,;|·•\n]|\s[-–]\s)\s*")
#: What screen readers are told of a link is no part of its name.
_ASIDE = re.compile(r"\s*\((?:link )?(?:opens|external)[^()]*\)$", re.IGNORECASE)
#: Words between two values.
_AND = frozenset({"and", "&", "i", "и", "und", "et", "e", "y", "dhe", "și", "та", "й"})
#: Siblings that continue a value: many ``dd``, cells, list items.
_TERMS = frozenset({"dt", "th"})
_MANY = frozenset({"dd", "td", "li"})
#: Elements that change how a word looks and do not end it.
_FORM = frozenset({"sup", "sub", "b", "strong", "i", "em", "u", "small", "font", "abbr", "mark"})
#: No value is looked for outside of these.
_CLOSED = frozenset(
    {"dl", "ul", "ol", "table", "tbody", "thead", "article", "main", "body", "section"}
)
#: A value longer than this is prose that happens to follow a label.
_LONGEST_VALUE = 1200
_LONGEST_PART = 160
#: Words longer than this are text, not a label: folding paragraphs costs.
_LONGEST_WORDS = 200
#: One line of a value may hold many links.
_LONGEST_LINE = 800
#: Labels of one header stand within so many lines of each other.
_NEAR = 12
#: No page has more columns with a label at their head, each of which is read to its end.
_MOST_COLUMNS = 40
_COLONS = (":", "\uff1a")
_LABEL_END = " :\uff1a"


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    text = resources.files("osce_crawl").joinpath("data/labels.json").read_text("utf-8")
    data = json.loads(text)
    tables = {
        table: {fold(word): key for key, words in data[table].items() for word in words}
        for table in ("header", "sections")
    }
    tables["furniture"] = dict.fromkeys(map(fold, data["furniture"]), "furniture")
    return tables


@lru_cache(maxsize=16_384)
def _roles(words: str) -> tuple[str | None, str | None, bool]:
    """Return what *words* are to the vocabulary: a section, a header label, furniture."""
    tables, known = _vocabulary(), fold(words)
    return tables["sections"].get(known), tables["header"].get(known), known in tables["furniture"]


def section_of(words: str) -> str | None:
    """Return the kind of section that a heading of these *words* opens, or None."""
    return None if len(words) > _LONGEST_WORDS else _roles(words)[0]


def is_furniture(words: str) -> bool:
    """Tell whether *words* belong to the page, not to the release ("Newsroom", "Skip Links")."""
    return (len(words) <= _LONGEST_WORDS and _roles(words)[2]) or bool(_COPYRIGHT.match(words))


def header_key(words: str) -> str | None:
    """Return the key of the header label *words* (``date``, ``place``, …), or None."""
    return None if len(words) > _LONGEST_WORDS else _roles(words)[1]


@dataclass(slots=True)
class Value:
    """What stands behind a label.

    :ivar parts: the values one by one, as printed.
    :ivar times: ``datetime`` attributes met.
    :ivar lines: indices of the lines that label and value take up, the first that says where it is.
    :ivar colon: whether the label was printed with a colon, or in an element made for terms.
    :ivar heading: whether it is a heading without a colon.
    """

    label: str
    key: str
    colon: bool
    heading: bool = False
    parts: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        """The value as one text, or None where nothing was printed."""
        return ", ".join(self.parts) or None

    @property
    def dated(self) -> bool:
        """Whether it is a date: of the label for one, and read as one."""
        if self.key != "date":
            return False
        return bool(self.times) or bool(self.parts and parse_date(", ".join(self.parts)))


@dataclass(slots=True)
class _Label:
    """A label within its line.

    :ivar run: index of the run it stands in; ``after``: of the first run behind it.
    :ivar rest: what its own run prints behind the colon.
    """

    key: str
    words: str
    colon: bool
    run: int
    after: int
    rest: str = ""


def _labels_in(line: Line) -> list[_Label]:
    """Return the labels of one line.

    A label is a whole line; or begins an element or the line and ends in a colon; or is all that an
    element of its own prints, with more beside it.
    """
    runs, text = line.runs, line.text
    whole = header_key(text)
    if whole is None and len(runs) == 1 and not _has_colon(text):
        return []
    first = next((index for index, run in enumerate(runs) if run.clean), 0)
    linked = any(run.value_link is not None for run in runs)
    if whole is not None and (not linked or line.node.tag in _TERMS):
        return [_Label(whole, text.rstrip(_LABEL_END), text.endswith(_COLONS), first, len(runs))]
    labels = (_label_at(line, index, index == first) for index in range(first, len(runs)))
    return [label for label in labels if label is not None]


def _has_colon(text: str) -> bool:
    return ":" in text or "\uff1a" in text


def _label_at(line: Line, index: int, opens: bool) -> _Label | None:
    """Return the label that begins with run *index*, or None.

    :param opens: whether the run opens the line.
    """
    runs = line.runs
    run = runs[index]
    text = run.clean
    key = header_key(text)
    own_element = run.element is not line.block
    if key is None:
        if run.value_link is not None or not (opens or own_element):
            return None
        colon = _COLON.search(text) if _has_colon(text) else None
        words = text[: colon.start()] if colon else ""
        key = header_key(words)
        if colon is None or key is None:
            return None
        return _Label(key, words, True, index, index + 1, text[colon.end() :])
    label = _Label(key, text.rstrip(_LABEL_END), True, index, index + 1)
    if text.endswith(_COLONS):
        return label
    if _colon_follows(runs, index):
        # <strong>Date</strong>: 5 May -> the colon opens the run behind the label
        while not runs[label.after].clean:
            label.after += 1
        label.rest = _COLON.sub("", runs[label.after].text, count=1)
        label.after += 1
        return label
    label.colon = False
    return label if run.value_link is None and own_element else None


def _colon_follows(runs: Sequence[Run], index: int) -> bool:
    following = next((run.clean for run in runs[index + 1 :] if run.clean), "")
    return following.startswith(_COLONS)


@remember
def _split(text: str) -> Sequence[str]:
    parts = [part.strip(" ,;") for part in _SEPARATORS.split(text)]
    return tuple(part for part in parts if part)


def parts_of(runs: Sequence[Run], lead: str = "") -> list[str]:
    """Return the single values that *runs* print.

    A link is one value whatever it contains; between links, elements and separators values end.
    """
    if len(runs) == 1 and not lead:
        return _kept([runs[0].clean] if runs[0].value_link is not None else _split(runs[0].clean))
    parts = [*_split(clean_text(lead))]
    pending = ""
    owner: _Element | None = None
    for run in runs:
        text = run.clean
        if run.value_link is not None:
            parts += _split(clean_text(pending))
            pending = ""
            if text:
                if owner is run.value_link and parts:
                    parts[-1] = clean_text(f"{parts[-1]}{_gap(run.text)}{run.text}")
                else:
                    parts.append(text)
            owner = run.value_link
            continue
        if owner is not run.element and not _joins(pending, run, owner):
            parts += _split(clean_text(pending))
            pending = ""
        owner = run.element
        pending += run.text
    parts += _split(clean_text(pending))
    return _kept(parts)


def _kept(parts: Sequence[str]) -> list[str]:
    """Return the parts that are values, without what only screen readers are told."""
    parts = [
        _ASIDE.sub("", part) if part[-1:] == ")" else part
        for part in parts
        if len(part) <= _LONGEST_PART
    ]
    if len(parts) > 1:
        parts = [part for part in parts if part.casefold() not in _AND]
    return [part for part in parts if part]


def _gap(text: str) -> str:
    return " " if text[:1].isspace() else ""


def _joins(before: str, run: Run, owner: _Element | None) -> bool:
    """Tell whether two neighbouring texts are one value cut by an element (``4<sup>th</sup>``)."""
    if not before.strip() or not run.text.strip():
        return True
    cut_by_form = run.element.tag in _FORM or (owner is not None and owner.tag in _FORM)
    return cut_by_form and before[-1] not in ",;|:"


def read_values(lines: Lines, *, bare_until: int = 0) -> list[Value]:
    """Return every label of *lines* with its value, in order.

    :param bare_until: up to this line a label counts without a colon too, if it does not stand
        alone: two different ones make a header. Behind it bare labels count in ``dt`` and ``th``
        only, for prose and side columns use the same words.
    """
    labels = {index: found for index, line in enumerate(lines) if (found := _labels_in(line))}
    values: list[Value] = []
    columns = 0
    for index, found in labels.items():
        line = lines[index]
        in_term = line.block.tag in _TERMS
        for position, label in enumerate(found):
            if not (label.colon or in_term or index < bare_until):
                continue
            value = Value(label.words, label.key, label.colon or in_term, lines=[index])
            value.heading = not label.colon and line.block.tag in HEADINGS
            last = position + 1 == len(found)
            stop = len(line.runs) if last else found[position + 1].run
            inline = line.runs[label.after : stop]
            value.parts = parts_of(inline, label.rest)
            value.times = list(line.times) if len(found) == 1 else _times_in(inline)
            may_head = last and line.node.around.row is not None and columns < _MOST_COLUMNS
            if may_head and _is_column_head(line, lines, index, labels):
                columns += 1
                value.colon = True
                values += _read_columns(value, lines, index)
            elif not value.parts and not value.times and last:
                _read_below(value, lines, index, label, labels)
            if sum(map(len, value.parts)) > _LONGEST_VALUE:
                value.parts, value.lines = [], [index]
            values.append(value)
    return _without_strays(sorted(values, key=lambda value: value.lines[0]))


def _without_strays(values: list[Value]) -> list[Value]:
    """Leave out bare labels that stand alone, and bare headings where no date stands with them.

    A unit's page has chapters called "What we do" and "Where we are".
    """
    keys = {value.key for value in values if value.parts or value.times or value.key == "date"}
    dated = any(is_header_date(value) for value in values)
    return [
        value for value in values if value.colon or (len(keys) > 1 and (dated or not value.heading))
    ]


def is_header_date(value: Value) -> bool:
    """Tell whether a label is a header's for the date: with a date, or with nothing behind it.

    A facet called so counts years instead.
    """
    return value.dated or (value.key == "date" and not value.parts)


def _times_in(runs: Sequence[Run]) -> list[str]:
    return [
        stamp
        for run in runs
        if run.element.tag == "time" and (stamp := run.element.get("datetime"))
    ]


def _siblings_after(element: _Element) -> Iterator[_Element]:
    for sibling in element.itersiblings():
        if isinstance(sibling.tag, str) and sibling.tag not in {"br", "script", "style", "hr"}:
            yield sibling


def _read_below(
    value: Value,
    lines: Lines,
    index: int,
    label: _Label,
    labels: dict[int, list[_Label]],
) -> None:
    """Fill *value* from what follows a label that closes its line *index*."""
    line = lines[index]
    following = index + 1
    if following < len(lines) and lines[following].block is line.block and lines[following].breaks:
        # "Date:<br>9 June 2017<br>Place:<br>VIENNA": the next line of the same block
        if following not in labels:
            _take(value, lines, [following])
        return
    element = _with_siblings(_child_of(line.block, line.runs[label.run].element))
    parent = element.getparent() if element is not None else None
    if element is None or parent is None:
        return
    if following < len(lines) and lines[following].block is parent:
        # a block with the label, and the value as plain text or links behind it
        if following not in labels:
            _take(value, lines, [following])
        return
    _take_siblings(value, lines, element, index, labels)


def _child_of(block: _Element, element: _Element) -> _Element:
    """Return the child of *block* that holds *element*, or *block* where that is itself."""
    while element is not block:
        parent = element.getparent()
        if parent is None or parent is block:
            return element
        element = parent
    return block


def _with_siblings(element: _Element) -> _Element | None:
    """Return the nearest element around *element* that something follows, or None."""
    while True:
        if (element.tail or "").strip(f"{_LABEL_END}\n\t\u00a0") or next(
            _siblings_after(element), None
        ) is not None:
            return element
        parent = element.getparent()
        if parent is None or parent.tag in _CLOSED:
            return None
        element = parent


def _take_siblings(
    value: Value,
    lines: Lines,
    element: _Element,
    index: int,
    labels: dict[int, list[_Label]],
) -> None:
    """Fill *value* from the siblings behind the label's *element*.

    The first sibling is the value, even an empty one. More belong to it where they are ``dd``,
    cells or list items, look like the first, or stand before another label.
    """
    first: _Element | None = None
    following = index + 1
    for sibling in _siblings_after(element):
        within = lines.unbroken(sibling, following)
        following = within.stop
        if any(position in labels for position in within):
            return
        if first is None:
            if not within and sibling.tag == "p" and _only_values(element, lines, index, labels):
                continue  # <p><div>: parsers close the paragraph before the value
            first = sibling
            if not within and sibling.tag not in _MANY:
                return
        elif sibling.tag != first.tag or not (
            sibling.tag in _MANY
            or (sibling.get("class") and sibling.get("class") == first.get("class"))
            or _label_ahead(element, sibling, lines, following, labels)
            or _only_values(element, lines, index, labels)
        ):
            return
        if any(len(lines[position].text) > _LONGEST_LINE for position in within):
            return
        _take(value, lines, within)


def _label_ahead(
    element: _Element,
    sibling: _Element,
    lines: Lines,
    following: int,
    labels: dict[int, list[_Label]],
) -> bool:
    """Tell whether another label stands behind *sibling* among the siblings of *element*."""
    parent = element.getparent()
    for index in range(following, min(following + _NEAR, len(lines))):
        if parent is None or not lines[index].inside(parent):
            return False
        if index in labels and not lines[index].inside(sibling):
            return True
    return False


def _only_values(
    element: _Element, lines: Lines, index: int, labels: dict[int, list[_Label]]
) -> bool:
    """Tell whether a box opens with the label on line *index* and holds short lines alone."""
    parent = element.getparent()
    if parent is None or parent.tag in _CLOSED or (index and lines[index - 1].inside(parent)):
        return False
    for other in lines.unbroken(parent, index + 1):
        line = lines[other]
        if other in labels or len(line.text) > _LONGEST_PART or line.heading:
            return False
    return True


def _is_column_head(line: Line, lines: Lines, index: int, labels: dict[int, list[_Label]]) -> bool:
    """Tell whether a label heads a column: at least two labels in its row, and nothing linked."""
    row = line.node.around.row
    near = range(max(0, index - _NEAR), min(len(lines), index + _NEAR))
    cells = [position for position in near if lines[position].node.around.row is row]
    known = [position for position in cells if position in labels]
    return (
        len(known) > 1
        and not any(lines[position].links for position in cells)
        and (len(known) == len(cells) or line.block.tag == "th")
    )


def _read_columns(value: Value, lines: Lines, index: int) -> list[Value]:
    """Fill *value* from the row below its head; return one more value for each further row."""
    row, cell = lines[index].node.around.row, lines[index].node.around.cell
    if row is None or cell is None:
        return []
    column = sum(1 for _ in cell.itersiblings("td", "th", preceding=True))
    group = row.getparent()
    rows = list(row.itersiblings("tr"))
    if not rows and group is not None:  # the heads stand in a thead of their own
        rows = [below for body in group.itersiblings("tbody") for below in body.iter("tr")]
    cells = {below[column]: number for number, below in enumerate(rows) if column < len(below)}
    more = [Value(value.label, value.key, colon=True) for _ in rows[1:]]
    values = [value, *more]
    for position in range(index + 1, len(lines)):
        owner = next((cells[one] for one in lines[position].ancestors() if one in cells), None)
        if owner is not None:
            _take(values[owner], lines, [position])
    value.lines = [*value.lines[1:], index]  # a value stands where its cell is, not its head
    return [one for one in more if one.lines]


def _take(value: Value, lines: Lines, positions: Sequence[int]) -> None:
    for position in positions:
        line = lines[position]
        value.parts += parts_of(line.runs)
        value.times += line.times
        value.lines.append(position)
