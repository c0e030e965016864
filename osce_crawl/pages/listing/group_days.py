"""Days on lines of their own above groups of entries, in no heading: ``<div>5 May 2021</div>``."""

from bisect import bisect_left
from collections.abc import Sequence

from lxml.etree import _Element

from osce_crawl.pages.facts import read_facts
from osce_crawl.pages.reading.days import LONGEST_DAY
from osce_crawl.pages.reading.lines import Line, Lines


def group_days(lines: Lines, titles: Sequence[int], language: str) -> dict[int, str]:
    """Return line → day of the lines that are the day of the entries below them.

    The box around such lines, a list or one group, holds several titles, begins with a day and ends
    with a title. A day that looks like one of them may be above a single title.

    :param titles: the lines of all titles.
    """
    spots = sorted(titles)
    boxes: dict[_Element, dict[int, str]] = {}
    for line in lines:
        box = _box_around(line, lines, spots) if _may_be_day(line) else None
        day = None if box is None else _day_of(line, language)
        if box is not None and day is not None:
            boxes.setdefault(box, {})[line.index] = day
    found: dict[int, str] = {}
    single: dict[int, str] = {}
    for box, days in boxes.items():
        inside = _inside(lines, box, spots)
        if min(days) < spots[inside[0]] and max(days) < spots[inside[-1]]:
            (found if len(inside) > 1 else single).update(days)
    looks = {_look(lines[index]) for index in found}
    alike = {index: day for index, day in single.items() if _look(lines[index]) in looks}
    return found | alike


def _box_around(line: Line, lines: Lines, spots: Sequence[int]) -> _Element | None:
    """Return the element around a day, or around its item; None if that has no title.

    A day in the same item as a title is that of its entry.
    """
    item = line.node.around.item
    if item is not None and (_inside(lines, item, spots) or len(lines.within(item)) > 1):
        return None
    box = (line.block if item is None else item).getparent()
    return box if box is not None and _inside(lines, box, spots) else None


def _inside(lines: Lines, element: _Element, spots: Sequence[int]) -> Sequence[int]:
    """Return which of the titles are within an element."""
    node = lines.nodes.get(element)
    if node is None:
        return ()
    return range(bisect_left(spots, node.first), bisect_left(spots, node.end))


def _look(line: Line) -> tuple[object, ...]:
    return (line.block.tag, line.block.get("class"))


def _may_be_day(line: Line) -> bool:
    return not line.links and any(map(str.isdigit, line.text[:LONGEST_DAY]))


def _day_of(line: Line, language: str) -> str | None:
    """Return the day of a line that is nothing else, except the number of entries below it."""
    facts = read_facts(line, language)
    return facts.date if all(map(str.isdigit, facts.rest)) else None
