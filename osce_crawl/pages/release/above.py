"""The lines right above a headline, up to the site's menus."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from lxml.etree import XPath, _Element

from osce_crawl.normalise.dates import parse_date
from osce_crawl.pages.facts import LONGEST_FACTS, days_printed, read_facts
from osce_crawl.pages.reading.lines import Line
from osce_crawl.pages.reading.reader import has_links, lines_before, read_lines
from osce_crawl.pages.reading.values import Value, is_header_date
from osce_crawl.pages.settled_values import read_settled
from osce_crawl.pages.unknown_labels import is_explained, key_with, unknown_labels
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary import resolve_content_type, resolve_field
from osce_crawl.vocabulary.labels import header_key, is_furniture

_SKIPPED_BEFORE = frozenset(
    {"nav", "form", "ul", "ol", "li", "footer", "header", "script", "style", "aside"}
)
_MENUS = frozenset({"nav", "form", "header"})
_OF_TABLES = frozenset({"table", "tbody", "tr", "td", "th"})
_BOXES = frozenset({"ul", "ol", "header"})
NEVER_ABOVE = frozenset({"nav", "form", "footer", "script", "style"})
#: The numbers of lines above a headline, links in one box, and levels of elements to examine.
MOST_ABOVE = 6
#: A list of fewer links is not a menu.
_FEWEST_OF_MENU = 3
#: How far up the element for breadcrumbs may be.
_CRUMB_DEPTH = 3
#: Elements used as columns, and the maximum length of a column that is not text.
_COLUMNS = frozenset({"div", "aside", "section"})
_LONGEST_COLUMN = 600
_LENGTH = XPath("string-length(.)")
#: The longest header above the headline; longer blocks there are menus.
_LONGEST_ABOVE = 1500
#: Every header has at least one of these labels.
LEADING = frozenset({"date", "source", "publisher", "author"})


def _steps_up(heading: _Element) -> Iterator[_Element]:
    """Yield the headline and a few of the elements around it.

    An element with a single child, or in a table with nothing before it, does not count as a step:
    layouts nest them by the dozen.
    """
    element: _Element | None = heading
    steps = 0
    while element is not None and steps < MOST_ABOVE:
        parent = element.getparent()
        if parent is None or parent.tag == "html":
            return
        text = parent.text
        opens = element.getprevious() is None and not (text and not text.isspace())
        if not opens or (parent.tag not in _OF_TABLES and element.getnext() is not None):
            steps += 1
            yield element
        element = parent


def lines_above(heading: _Element) -> list[Line]:
    """Return the few lines before the headline, nearest first, up to a menu or a list."""
    found: list[Line] = []
    for element in _steps_up(heading):
        above = list(element.itersiblings(preceding=True))
        if any(map(_is_menu, above)):
            found += _nearest_lines(above)
            break
        found += reversed(lines_before(element, _SKIPPED_BEFORE))
        if len(found) >= MOST_ABOVE:
            break
    near = _without_menus(found[:MOST_ABOVE])
    return [line for line in near if not _is_of_menu(line, found)]


def _is_of_menu(line: Line, lines: list[Line]) -> bool:
    """Return whether a link is in a menu: another one of its block is a word of the site's frame.

    Layouts of tables print the links of a menu below one another in one cell.
    """
    return line.linked and any(
        other.linked and other.block is line.block and is_furniture(other.text) for other in lines
    )


def boxed_above(heading: _Element) -> list[Line]:
    """Return the lines of a short list or header right above the headline, nearest first."""
    near = (heading, heading.getparent())
    wide = next((one for one in _steps_up(heading) if one.getprevious() is not None), None)
    for element in dict.fromkeys((*near, wide)):
        above = None if element is None else element.getprevious()
        while above is not None and above.tag == "div" and len(above) == 1:
            above = above[0]
        if above is not None and above.tag in _BOXES:
            if element not in near and len(above) > 1:
                return []  # a list that far away is a menu
            if _LENGTH(above) > LONGEST_FACTS or has_links(above, MOST_ABOVE):
                return []
            return _without_menus(read_lines([above], NEVER_ABOVE)[::-1])
    return _column_before(heading)


def _without_menus(lines: Iterable[Line]) -> list[Line]:
    """Leave out the links one below the other that are a menu."""
    kept: list[Line] = []
    for linked, group in groupby(lines, lambda line: line.linked and not line.times):
        near = list(group)
        kept += [] if linked and _are_menu(near) else near
    return kept


def _are_menu(links: Sequence[Line]) -> bool:
    """Return whether links one below the other are a menu, and not the facts of a release.

    A menu has words of the site's frame, names several kinds of pages, or mostly says nothing: a
    release has one kind.
    """
    if len(links) > 1 and any(is_furniture(line.text) for line in links):
        return not any(map(_is_crumb, links))
    if len(links) < _FEWEST_OF_MENU or all(resolve_field(line.text) for line in links):
        return False
    kinds = sum(resolve_content_type(line.text) is not None for line in links)
    told = sum(bool(read_facts(line, "en").told) for line in links)
    return kinds != 1 or 2 * told < len(links)


def _is_crumb(link: Line) -> bool:
    """Return whether a link is in an element for breadcrumbs; the last of them names the kind."""
    near = islice(link.ancestors(), _CRUMB_DEPTH)
    return any("breadcrumb" in (one.get("class") or one.get("id") or "") for one in near)


def _column_before(heading: _Element) -> list[Line]:
    """Return the lines of a column before the one with the headline, nearest first.

    Both must be in the main part of the page, and the column must be short and not a menu.
    """
    main = next(heading.iterancestors("main"), None)
    if main is None:
        return []
    for element in _steps_up(heading):
        above = element.getprevious()
        if above is None or element is main or element is heading:
            continue
        short = _LENGTH(above) <= _LONGEST_COLUMN and not has_links(above, MOST_ABOVE)
        if above.tag in _COLUMNS and short:
            return _without_menus(read_lines([above], NEVER_ABOVE)[::-1])
    return []


def _is_menu(element: _Element) -> bool:
    return element.tag in _MENUS or has_links(element, MOST_ABOVE)


def _nearest_lines(above: list[_Element]) -> list[Line]:
    """Return the lines of elements, given nearest first, up to a menu."""
    found: list[Line] = []
    for sibling in above:
        if _is_menu(sibling):
            break
        if isinstance(sibling.tag, str) and sibling.tag not in _SKIPPED_BEFORE:
            found += reversed(read_lines([sibling], _SKIPPED_BEFORE))
    return found


class LabelsAbove(NamedTuple):
    """The labels of a header above the headline.

    :ivar unknown: the words of labels that no vocabulary knows; ``blocks``: their elements.
    """

    values: Sequence[Value] = ()
    unknown: Collection[str] = ()
    blocks: Collection[_Element] = ()


def labels_above(heading: _Element) -> LabelsAbove:
    """Return the labels of a header above the headline.

    There must be at least two different ones, including a date or a source: single words there
    belong to menus and boxes.
    """
    for element in _steps_up(heading):
        above = [
            sibling
            for sibling in element.itersiblings(preceding=True)
            if isinstance(sibling.tag, str)
            and sibling.tag not in NEVER_ABOVE
            and _LENGTH(sibling) <= _LONGEST_ABOVE
        ]
        if above:
            lines = read_lines(reversed(above), NEVER_ABOVE)
            values = read_settled(lines, header_key, bare_until=len(lines))
            if not any(is_header_date(value) for value in values):
                values = [value for value in values if value.colon]
            keys = {value.key for value in values}
            if len(keys) > 1 and keys & LEADING:
                unknown = unknown_labels(lines, values, len(lines))
                if unknown:
                    values = read_settled(lines, key_with(unknown), bare_until=len(lines))
                blocks = {lines[index].block for value in values for index in value.lines}
                known = {fold(value.label) for value in values if is_explained(value)}
                strange = [words for form, words in unknown.items() if form not in known]
                return LabelsAbove(values, strange, blocks)
    return LabelsAbove()


def prints_other_day(lines: Iterable[Line], values: Iterable[Value], language: str) -> bool:
    """Return whether *lines* print a day, but not that of the date among the labels."""
    above = days_printed(lines, language)
    dates = (value.text or "" for value in values if value.key == "date")
    day = parse_date(next(dates, ""), language)
    return bool(above) and day is not None and day not in above
