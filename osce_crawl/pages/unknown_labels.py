"""Labels that no vocabulary knows, recognised by the known ones beside them.

If a page prints "Date: …", "Editor: …", "Source: …", the second is a label, too. Its words are
counted, and its value ends where the next label begins, so that no other key gets it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from osce_crawl.normalise.dates import find_date, parse_date
from osce_crawl.normalise.place_names import places_named
from osce_crawl.normalise.reachable import signs_in
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.labels import LABEL_END, TERMS, KeyOf
from osce_crawl.pages.reading.lines import Line, Lines
from osce_crawl.pages.reading.values import Value
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary import (
    resolve_content_type,
    resolve_field,
    resolve_language_name,
    resolve_source,
)
from osce_crawl.vocabulary.bylines import byline_opening
from osce_crawl.vocabulary.contacts import without_channels
from osce_crawl.vocabulary.labels import header_key, is_counter, is_furniture, section_of

#: The key of such a label's value.
UNKNOWN = "unknown"
#: The maximum numbers of letters and words of a label.
_LONGEST, _MOST_WORDS = 40, 5
_BETWEEN = frozenset(" '’ʼʻ‘-–/().&") | {"\u0301"}
_COLONS = (":", "\uff1a")
#: Labels of one entry of a listing are within this many lines of each other.
_NEAR = 8
#: The maximum number of a listing's labels to examine.
_FIRST_LABELS = 24
#: Tags and classes of a label's block and element.
_Look = tuple[object, ...]
#: The number of cells of a row with a label and its value.
_PAIR = 2
#: Elements that contain more than a header.
_PAGE = frozenset({"html", "body", "main", "article"})


def key_with(unknown: Iterable[str]) -> KeyOf:
    """Return the look-up of labels, extended by these words with the key `UNKNOWN`."""
    words = frozenset(unknown)

    def key_of(text: str) -> str | None:
        key = header_key(text)
        return UNKNOWN if key is None and fold(text) in words else key

    return key_of


def unknown_labels(lines: Lines, values: Sequence[Value], end: int) -> dict[str, str]:
    """Return the unknown labels of one header: folded form → words.

    :param values: the known labels; lines before *end* may belong to the header.
    """
    found: dict[str, str] = {}
    if not values:
        return found
    heads = {min(value.lines) for value in values}
    consumed = {index for value in values for index in value.lines}
    looks = {_look(lines[index]) for index in heads}
    labels = {_place(lines[index]) for index in heads}
    beside = {_place(lines[one]) for value in values for one in sorted(value.lines)[1:2]}
    around = lines_around(lines, values)
    for index in [*_days_above(lines, around[0], looks), *around]:
        line = lines[index]
        if index in heads:
            if len(line.runs) == 1:
                continue  # a known label, and nothing more
        elif index >= end or line.sentence or _is_of_contact(line.text):
            continue
        several = len(values) > 1
        plain = several and index not in consumed
        if several and _place(line) in labels - beside:
            following = lines[index + 1 : index + 2]
            if any(_place(one) in beside for one in following) and _may_be_label(line.text):
                found.setdefault(fold(line.text), line.text)
        for words in _label_words(line, looks, plain=plain):
            if _may_be_label(words):
                found.setdefault(fold(words), words)
    return found


def is_explained(value: Value) -> bool:
    """Return whether an unknown label says when the page was changed, or counts: "Hits: 1204".

    Templates of many systems print these, and they say nothing about a release.
    """
    changed = byline_opening(value.label) == ("changed", "")
    dated = bool(value.times) or parse_date(value.text or "") is not None
    return (changed and dated) or is_counter(value.label)


def unknown_in_entries(lines: Lines, values: Sequence[Value]) -> set[str]:
    """Return the folded words of unknown labels between two known ones of one listing entry.

    Entries are alike, so the first ones are enough. Titles separate the labels of two entries.
    """
    heads = sorted({min(value.lines) for value in values})[:_FIRST_LABELS]
    looks = {_look(lines[index]) for index in heads}
    found: set[str] = set()
    for low, high in pairwise(heads):
        between = range(low, high)
        if high - low > _NEAR or any(lines[one].heading and lines[one].links for one in between):
            continue
        for index in between:
            if index == low or not lines[index].sentence:
                words = _label_words(lines[index], looks, plain=False)
                found.update(fold(one) for one in words if _may_be_label(one))
    return found


def lines_around(lines: Lines, values: Sequence[Value]) -> Sequence[int]:
    """Return the lines among and beside the labels of one header.

    These are the lines of the box with the labels and no prose. Otherwise they are the lines among
    the labels, and similar ones after the last, unless the text begins beside it: a text may open
    with labels of its own.
    """
    first, last = min(min(one.lines) for one in values), max(min(one.lines) for one in values)
    if first == last:
        box = lines[first].node.around.list if lines[first].block.tag == "dt" else None
    else:
        around = lines[first].ancestors()
        box = next((element for element in around if lines[last].inside(element)), None)
    consumed = {index for value in values for index in value.lines}
    if box is not None and box.tag not in _PAGE:
        members = lines.within(box)
        if not any([lines[one].sentence for one in members if one not in consumed]):
            return members
    looks = {_look(lines[min(value.lines)]) for value in values}
    stop = behind = max(consumed) + 1
    while stop < len(lines) and not lines[stop].sentence and _look(lines[stop]) in looks:
        stop += 1
    parent = lines[last].block.getparent()
    beside = stop < len(lines) and lines[stop].block.getparent() is parent
    strayed = any(lines[one].block.getparent() is not parent for one in range(behind, stop))
    return range(first, behind if beside or strayed else stop)


def _days_above(lines: Lines, first: int, looks: set[_Look]) -> Sequence[int]:
    """Return the lines right above the first label that look like it and print a day.

    A place before a day is none of them: "Vienna: 5 May 2021".
    """
    start = first
    while start > 0 and _look(lines[start - 1]) in looks:
        line = lines[start - 1]
        day = None if line.sentence else find_date(line.text)
        if day is None or places_named(line.text[: day.start].strip(LABEL_END)):
            break
        start -= 1
    return range(start, first)


def _look(line: Line) -> _Look:
    """Return the look of a line that is or begins with a label, for comparison with others."""
    element = next((run.element for run in line.runs if run.clean), line.block)
    return line.block.tag, line.block.get("class"), element.tag, element.get("class")


def _place(line: Line) -> _Look:
    """Return the look of a line, and whether it is in the first cell of a row of two."""
    cell = line.node.around.cell
    row = None if cell is None else cell.getparent()
    return *_look(line), row is not None and len(row) == _PAIR and row[0] is cell


def _label_words(line: Line, looks: set[_Look], *, plain: bool) -> Iterator[str]:
    """Yield the words in *line* that look like labels.

    These are a whole line or element that ends in a colon, a ``dt``, ``th`` or heading with the
    look of the known labels, and, if *plain*, the words before the colon of a line.
    """
    text = line.text
    colon = ":" in text or "\uff1a" in text
    if not colon and _look(line) not in looks:
        return
    if text.endswith(_COLONS) or line.block.tag in TERMS or line.block.tag in HEADINGS:
        yield line.runs[0].clean.rstrip(LABEL_END) if line.links else text.rstrip(LABEL_END)
        return
    if plain and colon and not line.links:
        yield text.replace("\uff1a", ":").partition(":")[0].strip()
    for position, run in enumerate(line.runs):
        if run.value_link is not None or (run.element is line.block and not run.strong):
            continue
        following = "".join([one.text for one in line.runs[position + 1 : position + 2]]).lstrip()
        if run.clean.endswith(_COLONS) or following.startswith(_COLONS):
            yield run.clean.rstrip(LABEL_END)
        elif not colon and position == 0 and len(line.runs) > 1 and not _opens_byline(run.clean):
            yield run.clean


def _is_of_contact(text: str) -> bool:
    """Return whether a line is a number or an address of a contact: "Mobile: +43 …"."""
    words, colon, _ = text.partition(":")
    named = bool(colon) and not without_channels(words).strip()
    return named and bool(signs_in(text))


def _opens_byline(words: str) -> bool:
    """Return whether *words* announce who wrote what is beside them: "by"."""
    return byline_opening(words) == ("author", "")


def _may_be_label(words: str) -> bool:
    """Return whether *words* are short, begin with a letter, and are in no vocabulary."""
    return (
        header_key(words) is None
        and 0 < len(words) <= _LONGEST
        and words.count(" ") < _MOST_WORDS
        and words[0].isalpha()
        and all([one.isalpha() or one in _BETWEEN for one in words])
        and section_of(words) is None
        and not is_furniture(words)
        and not any(resolve(words) for resolve in _VALUES)
        and parse_date(words) is None
    )


_VALUES = (resolve_source, resolve_field, resolve_content_type, resolve_language_name)
