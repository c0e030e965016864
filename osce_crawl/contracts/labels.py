"""Labels ("Date:", "Where we are:") and the values printed beside or below them.

The words of the labels are data (``data/labels.json``). Where a value begins and ends follows from
the structure around its label: the rest of the line, the sibling element, the ``dd`` up to the next
``dt``, the cells of the row or of the column.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from lxml.etree import _Element

from osce_crawl.contracts.lines import Line, Run
from osce_crawl.normalise.text import clean_text, fold

#: A label ends in a colon, ASCII or full-width.
_COLON = re.compile(r"\s*[:\uff1a]\s*")
_SEPARATORS = re.compile(r"\s*(?:[,;|·•\n]|\s[-–]\s)\s*")
#: Siblings that continue a value: many ``dd``, cells, list items.
_MANY = frozenset({"dd", "td", "li"})
_PAGE_HEADINGS = frozenset({"h1", "h2", "h3"})
#: No value is looked for outside of these.
_CLOSED = frozenset(
    {"dl", "ul", "ol", "table", "tbody", "thead", "article", "main", "body", "section"}
)
#: A value longer than this is prose that happens to follow a label.
_LONGEST_VALUE = 1200
_LONGEST_PART = 160


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    text = resources.files("osce_crawl.data").joinpath("labels.json").read_text("utf-8")
    data = json.loads(text)
    tables = {
        table: {fold(word): key for key, words in data[table].items() for word in words}
        for table in ("header", "sections")
    }
    tables["furniture"] = dict.fromkeys(map(fold, data["furniture"]), "furniture")
    return tables


@cache
def _label_start() -> re.Pattern[str]:
    words = sorted(_vocabulary()["header"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})\s*[:\uff1a]\s*", re.IGNORECASE)


def section_of(words: str) -> str | None:
    """Return the kind of section that a heading of these *words* opens, or None."""
    return _vocabulary()["sections"].get(fold(words))


def is_furniture(words: str) -> bool:
    """Tell whether *words* belong to the page, not to the release ("Newsroom", "Skip Links")."""
    return fold(words) in _vocabulary()["furniture"]


def header_key(words: str) -> str | None:
    """Return the key of the header label *words* (``date``, ``place``, …), or None."""
    return _vocabulary()["header"].get(fold(words))


@dataclass(slots=True)
class Value:
    """What stands behind a label.

    :ivar parts: the values one by one, as printed.
    :ivar times: ``datetime`` attributes met.
    :ivar lines: indices of the lines that label and value take up.
    :ivar colon: whether the label was printed with a colon.
    """

    label: str
    key: str
    colon: bool
    parts: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        """The value as one text, or None where nothing was printed."""
        return ", ".join(self.parts) or None


@dataclass(slots=True)
class _Label:
    key: str
    words: str
    colon: bool
    after: int  # index of the first run behind the label
    rest: str  # what the run of the label prints behind the colon


def _labels_in(line: Line) -> list[tuple[int, _Label]]:
    """Return the labels of one line, each with the index of the run it starts in."""
    found: list[tuple[int, _Label]] = []
    whole = header_key(line.text)
    if whole is not None and not line.linked:
        colon = line.text.endswith((":", "\uff1a"))
        return [(0, _Label(whole, line.text.rstrip(" :\uff1a"), colon, len(line.runs), ""))]
    if ":" not in line.text and "\uff1a" not in line.text:
        return found
    runs = line.runs
    for index, run in enumerate(runs):
        if run.link is not None and header_key(run.text) is None:
            continue
        text = clean_text(run.text)
        key = header_key(text)
        if key is not None and _colon_follows(text, runs, index):
            after = index + 1
            rest = ""
            if not text.endswith((":", "\uff1a")):
                # <strong>Date</strong>: 5 May -> the colon opens the run behind the label
                while not clean_text(runs[after].text):
                    after += 1
                rest = _COLON.sub("", runs[after].text, count=1)
                after += 1
            found.append((index, _Label(key, text.rstrip(" :\uff1a"), True, after, rest)))
            continue
        match = _label_start().match(text)
        if match and (index == 0 or run.element is not line.block or not _text_before(runs, index)):
            key = header_key(match.group())
            if key is not None:
                words = match.group().rstrip(" :\uff1a")
                found.append((index, _Label(key, words, True, index + 1, text[match.end() :])))
    return found


def _text_before(runs: Sequence[Run], index: int) -> bool:
    return any(run.text.strip() for run in runs[:index])


def _colon_follows(text: str, runs: Sequence[Run], index: int) -> bool:
    if text.endswith((":", "\uff1a")):
        return True
    following = next((run.text for run in runs[index + 1 :] if clean_text(run.text)), "")
    return following.lstrip(" \u00a0\n\t").startswith((":", "\uff1a"))


def _split(text: str) -> list[str]:
    parts = [part.strip(" ,;") for part in _SEPARATORS.split(text)]
    return [part for part in parts if part]


def parts_of(runs: Sequence[Run], lead: str = "") -> list[str]:
    """Return the single values that *runs* print.

    A link is one value whatever it contains; between links, elements and separators values end.
    """
    parts = _split(clean_text(lead)) if lead.strip() else []
    pending = ""
    owner: _Element | None = None
    for run in runs:
        text = clean_text(run.text)
        if run.link is not None:
            parts += _split(clean_text(pending))
            pending = ""
            if text:
                if owner is run.link and parts:
                    parts[-1] = clean_text(f"{parts[-1]}{_gap(run.text)}{run.text}")
                else:
                    parts.append(text)
            owner = run.link
            continue
        if owner is not run.element and not _joins(pending, run.text):
            parts += _split(clean_text(pending))
            pending = ""
        owner = run.element
        pending += run.text
    parts += _split(clean_text(pending))
    return [part for part in parts if len(part) <= _LONGEST_PART]


def _gap(text: str) -> str:
    return " " if text[:1].isspace() else ""


def _joins(before: str, text: str) -> bool:
    """Tell whether two neighbouring texts are one value cut by an element (``4<sup>th</sup>``)."""
    if not before.strip() or not text.strip():
        return True
    return not before[-1:].isspace() and not text[:1].isspace() and before[-1] not in ",;|:"


def read_values(lines: Sequence[Line], *, bare_until: int = 0) -> list[Value]:
    """Return every label of *lines* with its value, in order.

    :param bare_until: up to this line a label counts without a colon too, where structure makes it
        one (``dt``, ``th``, an element of its own with a sibling); behind it only with a colon or in
        ``dt`` and ``th``, for prose and side columns use the same words.
    """
    labels = {index: found for index, line in enumerate(lines) if (found := _labels_in(line))}
    values: list[Value] = []
    for index, found in labels.items():
        line = lines[index]
        for position, (_, label) in enumerate(found):
            if not label.colon and not _may_be_bare(line, index, bare_until):
                continue
            value = Value(label.words, label.key, label.colon, lines=[index])
            stop = found[position + 1][0] if position + 1 < len(found) else len(line.runs)
            inline = line.runs[label.after : stop]
            value.parts = parts_of(inline, label.rest)
            value.times = list(line.times) if len(found) == 1 else _times_in(inline)
            last = position + 1 == len(found)
            if not value.parts and not value.times and last and not _empty_slot(line, label):
                _read_below(value, lines, index, labels)
            if sum(map(len, value.parts)) > _LONGEST_VALUE:
                value.parts, value.lines = [], [index]
            values.append(value)
    return values


def _times_in(runs: Sequence[Run]) -> list[str]:
    return [
        stamp
        for run in runs
        if run.element.tag == "time" and (stamp := run.element.get("datetime"))
    ]


def _may_be_bare(line: Line, index: int, bare_until: int) -> bool:
    if line.block.tag in {"dt", "th"}:
        return True
    if index >= bare_until or line.links:
        return False
    element: _Element = line.block
    if element.tag in _PAGE_HEADINGS:
        return False  # "What we do" over a chapter of a unit's page
    return element.tag != "li" or element.getnext() is not None


def _empty_slot(line: Line, label: _Label) -> bool:
    """Tell whether an empty element beside the label holds the place of its value."""
    if label.after > len(line.runs):
        return False
    element = next((run.element for run in line.runs if clean_text(run.text)), line.block)
    if element is line.block:
        return False
    while element.getparent() is not line.block:
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    following = element.getnext()
    return following is not None and following.tag not in {"br", "script", "style"}


def _siblings_after(element: _Element) -> Iterator[_Element]:
    for sibling in element.itersiblings():
        if isinstance(sibling.tag, str) and sibling.tag not in {"br", "script", "style", "hr"}:
            yield sibling


def _read_below(
    value: Value,
    lines: Sequence[Line],
    index: int,
    labels: dict[int, list[tuple[int, _Label]]],
) -> None:
    """Fill *value* from the lines behind a label that stands alone on its line *index*."""
    line = lines[index]
    if line.row is not None and _is_column_head(line, lines, labels):
        _read_column(value, lines, index)
        return
    element = line.block
    following = index + 1
    if following < len(lines) and lines[following].block is line.block and lines[following].breaks:
        # "Date:<br>9 June 2017<br>Place:<br>VIENNA": the next line of the same block
        if following not in labels:
            _take(value, lines, [following])
        return
    while True:
        siblings = list(_siblings_after(element))
        bare_text = bool(element.tail and element.tail.strip())
        if siblings or bare_text:
            break
        parent = element.getparent()
        if parent is None or parent.tag in _CLOSED:
            return
        element = parent
    if bare_text:
        if following < len(lines) and following not in labels:
            _take(value, lines, [following])
        return
    first = siblings[0]
    for sibling in siblings:
        within = []
        while following < len(lines) and lines[following].inside(sibling):
            within.append(following)
            following += 1
        if any(
            position in labels and _is_label(lines[position], labels[position])
            for position in within
        ):
            return
        if sibling is not first and not (
            sibling.tag == first.tag
            and (sibling.tag in _MANY or _label_ahead(element, sibling, lines, following, labels))
        ):
            return
        _take(value, lines, within)
        if not within and sibling is first and first.tag not in {"dd", "td", "li"}:
            return


def _is_label(line: Line, found: list[tuple[int, _Label]]) -> bool:
    return (
        any(label.colon for _, label in found) or line.block.tag in {"dt", "th"} or not line.links
    )


def _label_ahead(
    element: _Element,
    sibling: _Element,
    lines: Sequence[Line],
    following: int,
    labels: dict[int, list[tuple[int, _Label]]],
) -> bool:
    """Tell whether another label stands behind *sibling* among the siblings of *element*."""
    parent = element.getparent()
    for index in range(following, min(following + 12, len(lines))):
        if parent is None or not lines[index].inside(parent):
            return False
        if index in labels and not lines[index].inside(sibling):
            return True
    return False


def _is_column_head(
    line: Line, lines: Sequence[Line], labels: dict[int, list[tuple[int, _Label]]]
) -> bool:
    row = line.row
    cells = [position for position, other in enumerate(lines) if other.row is row]
    return len(cells) > 1 and all(position in labels for position in cells)


def _read_column(value: Value, lines: Sequence[Line], index: int) -> None:
    row = lines[index].row
    cell = next(
        (element for element in lines[index].ancestors() if element.tag in {"td", "th"}), None
    )
    if row is None or cell is None:
        return
    column = sum(1 for _ in cell.itersiblings("td", "th", preceding=True))
    below = row.getnext()
    if below is None:  # the heads stand in a thead of their own
        group = row.getparent()
        body = group.getnext() if group is not None else None
        below = body[0] if body is not None and len(body) else None
    if below is None or column >= len(below):
        return
    target = below[column]
    _take(value, lines, [i for i, line in enumerate(lines) if line.inside(target)])


def _take(value: Value, lines: Sequence[Line], positions: Sequence[int]) -> None:
    for position in positions:
        line = lines[position]
        value.parts += parts_of(line.runs)
        value.times += line.times
        value.lines.append(position)
