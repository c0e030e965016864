"""Boxes of a listing page that are not part of the listing: "Upcoming events", "Most read".

Below "Latest news" may be a box in a side column or, on a page of several listings, one of these.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml.etree import _Element

from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.lines import Line, Lines
from osce_crawl.vocabulary import resolve_content_type
from osce_crawl.vocabulary.labels import section_of, stands_apart

#: Sections of other items than those of the listing; what is in "latest" may be part of it.
_OF_OTHERS = frozenset({"latest", "links"})
#: The block around a line and its class: lines of one kind share them.
_Look = tuple[object, ...]


def boxes_of_others(
    lines: Lines, links: Sequence[int], headings: Sequence[int], *, latest: bool
) -> list[range]:
    """Return the lines of each box of other items.

    A box of events holds up to half of the links, or more beside news; another one fewer than half
    of the linked headings. "Latest news" beside "Press releases", with a heading and titles in the
    same elements, is a listing itself.

    :param links: the first lines with a link to each item, in order.
    :param headings: those of all linked headings; without any, of all links.
    :param latest: whether "Latest news" heads such a box, too.
    """
    found = _large_boxes_apart(lines, links)
    links, headings = _outside(links, found), _outside(headings, found)
    listed: dict[_Look, Counter[_Look]] = {}
    for line in _headings(lines):
        apart = stands_apart(line.text)
        if not (apart or latest or section_of(line.text) == "links"):
            continue
        titles = links if apart else headings
        box = _box_below(lines, line, titles)
        held = 0 if box is None else _held(titles, box)
        if box is None or not held or 2 * held > len(titles) - (not apart):
            continue
        if apart:
            found.append(box)
        elif held > 1 or resolve_content_type(line.text) is None:  # else it is the kind of an entry
            look = _look(line)
            if look not in listed:
                listed[look] = _listings_below(lines, look, headings)
            own = _looks(lines, box, headings)
            if section_of(line.text) == "links" or all(listed[look][one] <= 1 for one in own):
                found.append(box)
    return found


def _large_boxes_apart(lines: Lines, links: Sequence[int]) -> list[range]:
    """Return the boxes of events that hold more than half of the links, if news are beside them.

    A page that is itself about events may have a box of news.
    """
    large = [box for box in boxes_apart(lines, links) if 2 * _held(links, box) > len(links)]
    own = [line for line in lines if line.block.tag == "h1"]
    if not large or any(stands_apart(line.text) for line in own):
        return []
    others = _outside(links, large)
    heads = [*own, *(line for line in lines if line.heading and not line.links)]
    for line in heads:
        if not stands_apart(line.text) and _names_news(line.text):
            box = _box_below(lines, line, others)
            if box is not None and _held(others, box):
                return large
    return []


def _names_news(words: str) -> bool:
    return section_of(words) == "latest" or resolve_content_type(words) is not None


def _outside(titles: Sequence[int], boxes: Sequence[range]) -> list[int]:
    return [title for title in titles if not any(title in box for box in boxes)]


def boxes_headed(lines: Lines, titles: Sequence[int]) -> Iterator[range]:
    """Yield the boxes headed "Latest news", "Most read" and the like, whatever they hold."""
    for line in _headings(lines):
        box = _box_below(lines, line, titles)
        if box is not None:
            yield box


def boxes_apart(lines: Lines, titles: Sequence[int]) -> list[range]:
    """Return the boxes headed "Upcoming events", "Most read" and the like, whatever they hold."""
    heads = [line for line in _headings(lines) if stands_apart(line.text)]
    return [box for line in heads if (box := _box_below(lines, line, titles)) is not None]


def _headings(lines: Lines) -> Iterator[Line]:
    """Yield the headings "Latest news", "Most read" and the like, and such words alone."""
    for line in lines:
        if line.links or line.block.tag == "h1":
            continue
        section = section_of(line.text)
        if section in _OF_OTHERS and (line.heading or stands_apart(line.text)):
            yield line


def _box_below(lines: Lines, heading: Line, titles: Sequence[int]) -> range | None:
    """Return the lines of the box that a heading opens; None if it opens none.

    A box is the smallest element that opens with the heading and holds titles, or all that is
    beside the heading up to the next one. "Related" opens no box in an element with more above it.
    Words that are not in a heading open only boxes of several: in a card, they may be its kind.
    """
    opened = heading.block
    for element in heading.ancestors():
        node = lines.nodes[element]
        if node.first != heading.index:
            break
        box = range(node.first, min(node.end, _next_beside(lines, opened)))
        if held := _held(titles, box):
            return box if held > 1 or heading.heading else None
        opened = element
    around = opened.getparent()
    outer = None if around is None else lines.nodes.get(around)
    if outer is None or not heading.heading:
        return None
    if section_of(heading.text) == "links":
        return range(outer.first, outer.end)
    return range(heading.index, min(outer.end, _next_beside(lines, opened)))


def _next_beside(lines: Lines, opened: _Element) -> int:
    """Return the first line of the next element beside this one that is like it."""
    tag = str(opened.tag)
    for other in opened.itersiblings(tag):
        node = lines.nodes.get(other)
        alike = tag in HEADINGS or other.get("class") == opened.get("class")
        if node is not None and alike and not lines[node.first].links:
            return node.first
    return len(lines)


def _listings_below(lines: Lines, look: _Look, titles: Sequence[int]) -> Counter[_Look]:
    """Return how many headings with this look are above titles of each look."""
    found: Counter[_Look] = Counter()
    heads = [line for line in lines if not line.links and _look(line) == look]
    for position, line in enumerate(heads):
        if stands_apart(line.text) or section_of(line.text) == "links":
            continue
        box = _box_below(lines, line, titles)
        if box is not None:
            stop = heads[position + 1].index if position + 1 < len(heads) else len(lines)
            found.update(_looks(lines, range(box.start, min(box.stop, stop)), titles))
    return found


def _looks(lines: Lines, box: range, titles: Sequence[int]) -> set[_Look]:
    """Return the looks of the titles in a box."""
    first, end = bisect_left(titles, box.start), bisect_left(titles, box.stop)
    return {_look(lines[title]) for title in titles[first:end]}


def _held(titles: Sequence[int], box: range) -> int:
    """Return how many of the titles are in a box."""
    return bisect_left(titles, box.stop) - bisect_left(titles, box.start)


def _look(line: Line) -> _Look:
    return (line.block.tag, line.block.get("class"))
