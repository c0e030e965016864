"""The values of labels, printed beside or below them.

Where a value begins and ends follows from the structure around its label: the rest of the line, the
sibling element, the ``dd`` up to the next ``dt``, the cells of the row or of the column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element

from osce_crawl.normalise.dates import parse_date
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.labels import (
    LABEL_END,
    LONGEST_PART,
    TERMS,
    KeyOf,
    Label,
    labels_in,
    parts_of,
)
from osce_crawl.pages.reading.lines import SENTENCE_ENDS, Line, Lines, TextRun

#: Siblings that continue a value: many ``dd``, cells, list items.
_MANY = frozenset({"dd", "td", "li"})
#: Values are never outside these elements.
_CLOSED = frozenset(
    {"dl", "ul", "ol", "table", "tbody", "thead", "article", "main", "body", "section"}
)
_TABLE = frozenset({"table", "tbody"})
#: A value longer than this is prose that happens to follow a label.
_LONGEST_VALUE = 1200
#: One line of a value may hold many links.
_LONGEST_LINE = 800
#: Labels of one header are within this many lines of each other.
_NEAR = 12
#: The maximum number of columns with a label as head, each of which is read to its end.
_MOST_COLUMNS = 40


@dataclass(slots=True)
class Value:
    """The value of a label.

    :ivar parts: the values one by one, as printed.
    :ivar times: its ``datetime`` attributes.
    :ivar lines: indices of the lines of label and value; the first one is its position.
    :ivar run: index of the run of its line that the label begins with.
    :ivar colon: whether the label has a colon, or is in an element made for terms.
    :ivar heading: whether the label is a heading without a colon.
    :ivar repeated: whether the label heads a column of a table with several rows.
    """

    label: str
    key: str
    colon: bool
    heading: bool = False
    parts: list[str] = field(default_factory=list)
    times: Sequence[str] = ()
    lines: list[int] = field(default_factory=list)
    run: int = 0
    repeated: bool = False

    @property
    def text(self) -> str | None:
        """The value as one text, or None if nothing is printed."""
        return ", ".join(self.parts) or None

    @property
    def dated(self) -> bool:
        """Whether it has the label of a date and can be read as a date."""
        if self.key != "date":
            return False
        return bool(self.times) or bool(self.parts and parse_date(", ".join(self.parts)))


def read_values(
    lines: Lines, key_of: KeyOf, *, bare_until: int = 0, dated: bool = False, lone: bool = False
) -> list[Value]:
    """Return every label of *lines* with its value, in order.

    :param key_of: returns the key of a label for its words.
    :param bare_until: up to this line, labels without a colon count, too, if there are two
        different ones, which make a header. After it, bare labels count only in ``dt`` and ``th``,
        because prose and side columns use the same words.
    :param dated: whether a date elsewhere belongs to labels that are bare headings.
    :param lone: whether a single bare label counts.
    """
    labels = {
        index: found for index, line in enumerate(lines) if (found := labels_in(line, key_of))
    }
    values: list[Value] = []
    columns = 0
    for index, found in labels.items():
        line = lines[index]
        in_term = line.block.tag in TERMS
        for position, label in enumerate(found):
            if not (label.colon or in_term or index < bare_until):
                continue
            colon = label.colon or in_term
            value = Value(label.words, label.key, colon, lines=[index], run=label.run)
            value.heading = not label.colon and line.block.tag in HEADINGS
            last = position + 1 == len(found)
            stop = len(line.runs) if last else found[position + 1].run
            inline = line.runs[label.after : stop]
            value.parts = parts_of(inline, label.rest)
            value.times = line.times if len(found) == 1 else _times_in(inline)
            alone = last and not value.parts and not value.times
            may_head = alone and line.node.around.row is not None and columns < _MOST_COLUMNS
            if may_head and _is_column_head(line, lines, index, labels):
                columns += 1
                value.colon = True
                values += _read_columns(value, lines, index)
            elif alone:
                _read_below(value, lines, index, label, labels)
            if sum(map(len, value.parts)) > _LONGEST_VALUE:
                value.parts, value.lines = [], [index]
            values.append(value)
    values.sort(key=lambda value: value.lines[0])
    return values if lone else _without_strays(values, dated=dated)


def _without_strays(values: list[Value], *, dated: bool) -> list[Value]:
    """Drop single bare labels, and bare headings without a date among them.

    A unit's page has chapters titled "What we do" and "Where we are".
    """
    keys = {value.key for value in values if value.parts or value.times or value.key == "date"}
    dated = dated or any(is_header_date(value) for value in values)
    return [
        value for value in values if value.colon or (len(keys) > 1 and (dated or not value.heading))
    ]


def is_header_date(value: Value) -> bool:
    """Return whether a date label belongs to a header: it has a date, or no value at all.

    A facet with the same label counts years instead.
    """
    return value.dated or (value.key == "date" and not value.parts)


def _times_in(runs: Sequence[TextRun]) -> list[str]:
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
    label: Label,
    labels: dict[int, list[Label]],
) -> None:
    """Fill *value* from what follows a label that closes its line *index*."""
    line = lines[index]
    following = index + 1
    if following < len(lines) and lines[following].block is line.block and lines[following].breaks:
        # "Date:<br>9 June 2017<br>Place:<br>VIENNA": the next line of the same block
        if following not in labels:
            _take(value, lines, [following])
        return
    if following < len(lines) and _is_within(lines[following], line.block):
        # <div>Date<div>9 June 2017</div></div>: the value is in the block of the label
        within = lines.unbroken(line.block, following)
        if not any(one in labels or _ends_as_sentence(lines[one]) for one in within):
            _take(value, lines, within)
        return
    element = _with_siblings(_child_of(line.block, line.runs[label.run].element), lines, index)
    parent = element.getparent() if element is not None else None
    if element is None or parent is None:
        return
    if following < len(lines) and lines[following].block is parent:
        # a block with the label, then the value as plain text or links separated by breaks
        while following < len(lines) and following not in labels:
            _take(value, lines, [following])
            following += 1
            if not _goes_on(lines, following, parent):
                break
        return
    _take_siblings(value, lines, element, index, labels)


def _ends_as_sentence(line: Line) -> bool:
    return line.sentence and line.text.endswith(SENTENCE_ENDS)


def _is_within(line: Line, block: _Element) -> bool:
    """Return whether a line is in a child of *block*, which itself has the words of a label."""
    return line.block.getparent() is block and line.block.getprevious() is None


def _goes_on(lines: Lines, index: int, block: _Element) -> bool:
    """Return whether a line is one more value of a block: a name after a single line break."""
    if index >= len(lines):
        return False
    line = lines[index]
    is_name = len(line.text) <= LONGEST_PART and not line.text.endswith(SENTENCE_ENDS)
    return line.block is block and line.breaks == 1 and is_name


def _child_of(block: _Element, element: _Element) -> _Element:
    """Return the child of *block* that contains *element*, or *block* if they are the same."""
    while element is not block:
        parent = element.getparent()
        if parent is None or parent is block:
            return element
        element = parent
    return block


def _with_siblings(element: _Element, lines: Lines, index: int) -> _Element | None:
    """Return the nearest element around *element* that something follows, or None.

    It may be outside a table that contains only line *index*.
    """
    while True:
        if (element.tail or "").strip(f"{LABEL_END}\n\t\u00a0") or next(
            _siblings_after(element), None
        ) is not None:
            return element
        parent = element.getparent()
        if parent is None:
            return None
        if parent.tag in _CLOSED and not (
            parent.tag in _TABLE and lines.within(parent, index - 1) == range(index, index + 1)
        ):
            return None
        element = parent


def _take_siblings(
    value: Value,
    lines: Lines,
    element: _Element,
    index: int,
    labels: dict[int, list[Label]],
) -> None:
    """Fill *value* from the siblings after the label's *element*.

    The first sibling is the value, even if empty. Others belong to it if they are ``dd``, cells or
    list items, look like the first, or come before another label.
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
    labels: dict[int, list[Label]],
) -> bool:
    """Return whether another label follows *sibling* among the siblings of *element*."""
    parent = element.getparent()
    for index in range(following, min(following + _NEAR, len(lines))):
        if parent is None or not lines[index].inside(parent):
            return False
        if index in labels and not lines[index].inside(sibling):
            return True
    return False


def _only_values(
    element: _Element, lines: Lines, index: int, labels: dict[int, list[Label]]
) -> bool:
    """Return whether a box opens with the label on line *index* and has only short lines."""
    parent = element.getparent()
    if parent is None or parent.tag in _CLOSED or (index and lines[index - 1].inside(parent)):
        return False
    for other in lines.unbroken(parent, index + 1):
        line = lines[other]
        if other in labels or len(line.text) > LONGEST_PART or line.heading:
            return False
    return True


def _is_column_head(line: Line, lines: Lines, index: int, labels: dict[int, list[Label]]) -> bool:
    """Return whether a label heads a column: labels in two cells of its row, without values.

    Heads that sort the table are linked. Two labels in one cell are a header in a layout table.
    If all cells of the row are heads and those below are not, one label is enough.
    """
    row = line.node.around.row
    near = range(max(0, index - _NEAR), min(len(lines), index + _NEAR))
    cells = [position for position in near if lines[position].node.around.row is row]
    known = [position for position in cells if position in labels]
    heads = all(lines[position].block.tag == "th" for position in cells)
    linked = any(lines[position].links for position in cells)
    headed = {lines[position].node.around.cell for position in known}
    if len(headed) > 1:
        return heads or (len(known) == len(cells) and not linked)
    below = next(iter(_rows_below(row)), None) if heads and row is not None else None
    return len(cells) > 1 and below is not None and len(cells) == len(list(below.iter("td")))


def _rows_below(row: _Element) -> Sequence[_Element]:
    group = row.getparent()
    rows = list(row.itersiblings("tr"))
    if not rows and group is not None:  # the heads are in a thead of their own
        rows = [below for body in group.itersiblings("tbody") for below in body.iter("tr")]
    return rows


def _read_columns(value: Value, lines: Lines, index: int) -> list[Value]:
    """Fill *value* from the row below its head; return one more value for each further row."""
    row, cell = lines[index].node.around.row, lines[index].node.around.cell
    if row is None or cell is None:
        return []
    column = sum(1 for _ in cell.itersiblings("td", "th", preceding=True))
    rows = _rows_below(row)
    cells = [(number, below[column]) for number, below in enumerate(rows) if column < len(below)]
    # rows within a cell come after its own row, so the innermost cell keeps a line
    owners = {line: number for number, cell in cells for line in lines.within(cell, index + 1)}
    more: dict[int, Value] = {}
    for position, number in owners.items():
        if number and number not in more:
            more[number] = Value(value.label, value.key, colon=True)
            value.repeated = value.repeated or _has_several_cells(rows[number], lines)
        _take(more.get(number, value), lines, [position])
    value.lines = [*value.lines[1:], index]  # the position of a value is its cell, not its head
    for other in more.values():
        other.repeated = value.repeated
    return [*more.values()]


def _has_several_cells(row: _Element, lines: Lines) -> bool:
    """Return whether a row has more than one cell with words: else it continues the row above."""
    members = lines.within(row)
    return len(members) > 1 and lines[members[0]].node.around.cell is not (
        lines[members[-1]].node.around.cell
    )


def _take(value: Value, lines: Lines, positions: Sequence[int]) -> None:
    for position in positions:
        line = lines[position]
        value.parts += parts_of(line.runs)
        value.times = [*value.times, *line.times] if line.times else value.times
        value.lines.append(position)
