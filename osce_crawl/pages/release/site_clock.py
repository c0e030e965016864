"""The site's clock above a headline: it prints today, not the day of the release."""

import re
from datetime import date

from lxml.etree import _Element

from osce_crawl.normalise.dates import find_date
from osce_crawl.normalise.header_lines import split_header_line
from osce_crawl.pages.facts import read_facts
from osce_crawl.pages.reading.lines import Line, Lines
from osce_crawl.pages.release.labels_below import own_day
from osce_crawl.vocabulary.bylines import says_changed

_NAMES = re.compile(r"clock|today|top-?bar|current-?(?:date|time)", re.IGNORECASE)
#: Elements that contain the whole page, or all of it except the site's frame.
_WHOLE = frozenset({"main", "article", "body", "html"})


class SiteClock:
    """Distinguishes the site's clock above a headline, which prints today, from the release's day.

    A clock is a line of its own, not an item of a list that names kind or unit. It has the name of
    a clock, is outside the main part, or another day is printed at the headline. If other lines are
    between them, and no box without text contains both, the day of the dateline also decides.

    :param heading: the headline; ``lines``: the lines after it.
    """

    def __init__(self, heading: _Element, lines: Lines, language: str) -> None:
        self._heading = heading
        self._lines = lines
        self._language = language

    def without(self, above: list[Line]) -> list[Line]:
        """Return lines above the headline, nearest first, without the clock."""
        return [
            line
            for index, line in enumerate(above)
            if not self._prints(line, near=not index) or self._is_named(line, above)
        ]

    def _is_named(self, line: Line, above: list[Line]) -> bool:
        """Return whether another item of the line's list is a kind or a unit of a release."""
        of_list = [
            one for one in above if _list_of(one) is not None and _list_of(one) is _list_of(line)
        ]
        facts = (read_facts(one, self._language) for one in of_list if one is not line)
        return any((one.kind or one.sources) and not one.rest for one in facts)

    def _prints(self, line: Line, *, near: bool) -> bool:
        day = self._lone_day(line)
        if day is None:
            return False
        if _NAMES.search(f"{line.block.get('class') or ''} {line.block.get('id') or ''}"):
            return True
        if _is_in_main(self._heading) and not _is_in_main(line.block):
            return True
        near = near or self._shares_box(line)
        own = own_day(self._lines, self._language, dateline=not near)
        return own is not None and own != day

    def _shares_box(self, line: Line) -> bool:
        """Return whether a box without text contains both the line and the headline."""
        text = next((one for one in self._lines if one.sentence), None)
        for box in self._heading.iterancestors():
            if box.tag in _WHOLE or (text is not None and text.inside(box)):
                return False
            if any(one is box for one in line.block.iterancestors()):
                return True
        return False

    def _lone_day(self, line: Line) -> date | None:
        """Return the day of a line that otherwise prints only places and the time."""
        found = find_date(line.text, self._language)
        if found is None or says_changed(line.text):
            return None
        facts = read_facts(line, self._language)
        named = facts.kind or facts.sources or facts.fields
        is_lone = facts.date and not facts.rest and not named
        return found.date if is_lone or split_header_line(line.text, self._language) else None


def _list_of(line: Line) -> _Element | None:
    return line.node.around.list


def _is_in_main(element: _Element) -> bool:
    return element.tag == "main" or next(element.iterancestors("main"), None) is not None
