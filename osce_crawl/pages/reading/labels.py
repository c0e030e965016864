"""Labels ("Date:", "Where we are:"): their position in a line, and the values that it prints.

The readers of a page supply the look-up of label words (`KeyOf`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from osce_crawl.normalise.conjunctions import conjunctions
from osce_crawl.pages.reading.lines import Line, TextRun
from osce_crawl.text.cache import cache_short
from osce_crawl.text.forms import clean_text, starts_small

#: A label ends in a colon, ASCII or full-width.
_COLON = re.compile(r"\s*[:\uff1a]\s*")
#: A separator between two linked names: "Elections / Policing".
_MARK = re.compile(r"[\W_]")
_SEPARATORS = re.compile(r"\s*(?:[,;|·•\n]|\s[-–]\s)\s*")
#: Notes on a link for screen readers, which are not part of its name.
_ASIDE = re.compile(r"\s*\((?:link )?(?:opens|external)[^()]*\)$", re.IGNORECASE)
#: Elements made for terms, which need no colon.
TERMS = frozenset({"dt", "th"})
#: Elements that change the appearance of a word without ending it.
_FORM = frozenset({"sup", "sub", "b", "strong", "i", "em", "u", "small", "font", "abbr", "mark"})
#: Arrows in column heads that sort a table.
_ARROWS = " ▲▼△▽▴▾↑↓↕⇅⬆⬇"
LONGEST_PART = 160
#: The maximum length of a label, including white space.
_LONGEST_OPENING = 400
_COLONS = (":", "\uff1a")
LABEL_END = " :\uff1a"


#: Returns the key of a label (``date``, ``place``, …) for its words, or None.
KeyOf = Callable[[str], str | None]


@dataclass(slots=True)
class Label:
    """A label within its line.

    :ivar run: index of its run; ``after``: of the first run after it.
    :ivar rest: the text of its own run after the colon.
    """

    key: str
    words: str
    colon: bool
    run: int
    after: int
    rest: str = ""


def labels_in(line: Line, key_of: KeyOf) -> list[Label]:
    """Return the labels of one line.

    A label is a whole line; or begins an element or the line and ends in a colon; or is the whole
    text of an element with more text beside it.
    """
    runs, text = line.runs, line.text
    if line.node.tag == "td" and (words := line.block.get("data-label")):
        key = key_of(clean_text(words))  # an attribute that a style sheet prints before the cell
        if key is not None:
            return [Label(key, clean_text(words), True, 0, 0)]
    whole = key_of(text)
    if whole is None and line.node.tag == "th" and (line.links or text[-1:] in _ARROWS):
        return _sorting(line, key_of)
    if whole is None and len(runs) == 1 and not _has_colon(text):
        return []
    first = next((index for index, run in enumerate(runs) if not run.blank), 0)
    if whole is not None and (
        not line.links or line.node.tag in TERMS or all([run.value_link is None for run in runs])
    ):
        return [Label(whole, text.rstrip(LABEL_END), text.endswith(_COLONS), first, len(runs))]
    labels = [_label_at(line, index, index == first, key_of) for index in range(first, len(runs))]
    return [label for label in labels if label is not None]


def _sorting(line: Line, key_of: KeyOf) -> list[Label]:
    """Return the label of a sorting column head: "Date", an arrow, "Sort ascending"."""
    first = next((index for index, run in enumerate(line.runs) if run.clean), 0)
    words = line.runs[first].clean.rstrip(_ARROWS)
    key = key_of(words)
    return [] if key is None else [Label(key, words, False, first, len(line.runs))]


def _has_colon(text: str) -> bool:
    return ":" in text or "\uff1a" in text


def _label_at(line: Line, index: int, opens: bool, key_of: KeyOf) -> Label | None:
    """Return the label that begins with run *index*, or None.

    :param opens: whether the run opens the line.
    """
    runs = line.runs
    run = runs[index]
    if len(run.text) > _LONGEST_OPENING and not _has_colon(run.text[:_LONGEST_OPENING]):
        return None
    text = run.clean if len(runs) > 1 else line.text
    own_element = run.element is not line.block
    key = key_of(text)
    if key is None:
        colon = _COLON.search(text) if _has_colon(text) else None
        if colon is None or run.value_link is not None or not (opens or own_element):
            return None
        words = text[: colon.start()]
        key = key_of(words)
        return Label(key, words, True, index, index + 1, text[colon.end() :]) if key else None
    label = Label(key, text.rstrip(LABEL_END), True, index, index + 1)
    if text.endswith(_COLONS):
        return label
    if _colon_follows(runs, index):
        # <strong>Date</strong>: 5 May -> the colon opens the run after the label
        while not runs[label.after].clean:
            label.after += 1
        label.rest = _COLON.sub("", runs[label.after].text, count=1)
        label.after += 1
        return label
    label.colon = False
    if not opens and starts_small(text) and runs[index - 1].element is line.block:
        return None  # a word of a sentence: "from", set off by a search
    return label if run.value_link is None and own_element else None


def _colon_follows(runs: Sequence[TextRun], index: int) -> bool:
    following = next((run.clean for run in runs[index + 1 :] if run.clean), "")
    return following.startswith(_COLONS)


@cache_short
def _split(text: str) -> Sequence[str]:
    parts = [part.strip(" ,;") for part in _SEPARATORS.split(clean_text(text))]
    return tuple(part for part in parts if part)


@cache_short
def _split_values(text: str) -> Sequence[str]:
    return tuple(_kept(_split(text)))


@cache_short
def _one_value(text: str) -> Sequence[str]:
    return tuple(_kept([clean_text(text)]))


def parts_of(runs: Sequence[TextRun], lead: str = "") -> list[str]:
    """Return the single values in *runs*.

    A link is one value whatever it contains; links, elements and separators end a value.
    """
    if len(runs) == 1 and not lead:
        run = runs[0]
        return [*(_split_values if run.value_link is None else _one_value)(run.text)]
    if not runs:
        return [*_split_values(lead)]
    parts = [*_split(lead)]
    pending = ""
    owner: _Element | None = None
    for run in runs:
        link = run.value_link
        if link is not None:
            parts += _split(pending)
            pending = ""
            if text := run.clean:
                if owner is link and parts:
                    parts[-1] = clean_text(f"{parts[-1]}{_gap(run.text)}{run.text}")
                else:
                    parts.append(text)
            owner = link
            continue
        if owner is not run.element and not joins(pending, run, owner):
            parts += _split(pending)
            pending = ""
        owner = run.element
        pending += run.text
    parts += _split(pending)
    return _kept(parts)


def names_of(parts: Sequence[str], known: Callable[[str], object]) -> list[str]:
    """Return names, split at a slash or at the word for "and" if each part is known by itself."""
    return [name for part in parts for name in _names_in(part, known)]


def _names_in(part: str, known: Callable[[str], object]) -> Sequence[str]:
    if " " not in part or known(part) is not None:
        return [part]
    pieces = part.split(" / ")
    if len(pieces) > 1 and all(map(known, pieces)):
        return pieces
    words = part.split()
    for at in [at for at, word in enumerate(words) if word.casefold() in conjunctions()]:
        first, rest = " ".join(words[:at]), " ".join(words[at + 1 :])
        names = [first, *_names_in(rest, known)] if first and rest and known(first) else []
        if names and all(map(known, names)):
            return names  # not at the "and" within a name
    return [part]


def _kept(parts: Sequence[str]) -> list[str]:
    """Return the parts that are values, without notes for screen readers."""
    parts = [
        _ASIDE.sub("", part) if part[-1:] == ")" else part
        for part in parts
        if len(part) <= LONGEST_PART
    ]
    if len(parts) > 1:
        words = conjunctions()
        parts = [one for one in parts if one.casefold() not in words and not _MARK.fullmatch(one)]
    return [part for part in parts if part]


def _gap(text: str) -> str:
    return " " if text[:1].isspace() else ""


def joins(before: str, run: TextRun, owner: _Element | None) -> bool:
    """Return whether two adjacent texts are one value cut by an element (``4<sup>th</sup>``)."""
    if not before.strip() or not run.text.strip():
        return True
    cut_by_form = run.element.tag in _FORM or (owner is not None and owner.tag in _FORM)
    return cut_by_form and before[-1] not in ",;|:" and not _are_apart(run.element, owner)


def _are_apart(one: _Element, other: _Element | None) -> bool:
    """Return whether small print is beside another element, such as a date beside a kind."""
    if other is None:
        return False
    one, other = _small_around(one), _small_around(other)
    beside = one is not other and one.getparent() is other.getparent()
    return beside and "small" in (one.tag, other.tag)


def _small_around(element: _Element) -> _Element:
    """Return the small print that a link is all of; else the element itself."""
    above = element.getparent()
    return above if above is not None and above.tag == "small" else element
