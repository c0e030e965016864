"""Days in items or rows of their own, above those of their entries: ``<li>5 May 2021</li>``."""

from collections.abc import Sequence

from lxml.etree import _Element

from osce_crawl.pages.facts import read_facts
from osce_crawl.pages.reading.days import LONGEST_DAY
from osce_crawl.pages.reading.lines import Line, Lines


def dates_of_items(lines: Lines, titles: Sequence[int], language: str) -> dict[int, str]:
    """Return the days of such items by their lines.

    The first one comes before the first title of its list. Otherwise they belong to the titles
    above them.

    :param titles: the lines of all titles.
    """
    firsts = _first_lines(lines, titles)
    found: dict[int, str] = {}
    opened: set[_Element | None] = set()
    for line in lines if firsts else ():
        item = line.node.around.item
        if item is None or not _may_be_day(line):
            continue
        around = item.getparent()
        if around not in firsts or len(lines.within(item)) > 1:
            continue
        day = _day_of(line, language)
        if day is not None and (around in opened or line.index < firsts[around]):
            opened.add(around)
            found[line.index] = day
    return found


def _first_lines(lines: Lines, titles: Sequence[int]) -> dict[_Element | None, int]:
    """Return the first line of the first item with a title, by the list or table around it."""
    firsts: dict[_Element | None, int] = {}
    for title in titles:
        item = lines[title].node.around.item
        if item is not None:
            firsts.setdefault(item.getparent(), lines.nodes[item].first)
    return firsts


def _may_be_day(line: Line) -> bool:
    return not line.links and any(map(str.isdigit, line.text[:LONGEST_DAY]))


def _day_of(line: Line, language: str) -> str | None:
    """Return the day of a line that is nothing else, except the number of entries below it."""
    facts = read_facts(line, language)
    return facts.date if all(map(str.isdigit, facts.rest)) else None
