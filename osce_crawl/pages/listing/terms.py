"""Listings that are lists of terms, as of 1996: ``<dl><dt>2 May 1996<dd><a href=…>Headline</a>``.

The text of a ``dt`` applies to each ``dd`` after it, up to the next ``dt``.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from lxml.etree import _Element

from osce_crawl.pages.reading.lines import Line, Lines


def entries_by_terms(
    lines: Lines, titles: Sequence[int], has_date: Callable[[int], bool]
) -> dict[int, list[int]]:
    """Return the lines of each entry in a list of terms, by the line of its title.

    Only lists with several titles count in which half of the entries print a day: others are lists
    of labels.

    :param titles: the lines of all titles; ``has_date``: whether a line prints a day.
    """
    lists: dict[_Element, set[int]] = defaultdict(set)
    for index in titles:
        around = lines[index].node.around.list
        if around is not None and around.tag == "dl":
            lists[around].add(index)
    entries: dict[int, list[int]] = {}
    for around, members in lists.items():
        found = _entries(lines, around, members) if len(members) > 1 else {}
        if 2 * sum([any(map(has_date, entry)) for entry in found.values()]) >= len(members):
            entries.update(found)
    return entries


def _entries(lines: Lines, around: _Element, titles: set[int]) -> dict[int, list[int]]:
    """Return each title's lines: those of its term, and its own ones up to the next title."""
    entries: dict[int, list[int]] = {}
    part: _Element | None = None
    term: list[int] = []
    entry: list[int] = []
    opening: list[int] | None = []  # lines of a part whose title may still follow
    for index in lines.within(around):
        here = _part(lines[index], around)
        if here is not part:
            if opening and part is not None and part.tag == "dt":
                term = opening
            else:
                entry += opening or ()
            if here is not None and here.tag == "dt":
                term, entry = [], []
            part, opening = here, []
        if index in titles:
            entry = entries[index] = [*term, *(opening or ()), index]
            opening = None
        else:
            (entry if opening is None else opening).append(index)
    entry += opening or ()
    return entries


def _part(line: Line, around: _Element) -> _Element | None:
    """Return the ``dt`` or ``dd`` around a line that belongs to this list, not to a nested one.

    If ``dd`` is not closed, one is inside the other.
    """
    part: _Element | None = None
    for element in line.ancestors():
        if element is around:
            break
        if element.tag == "dl":
            part = None
        elif part is None and element.tag in {"dt", "dd"}:
            part = element
    return part
