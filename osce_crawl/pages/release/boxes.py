"""The boxes on a release page: of other items ("Latest news", "Related"), of labels, of files."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from lxml.etree import _Element

from osce_crawl.pages.link_targets import leads_to_file
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.lines import Line, Lines
from osce_crawl.pages.reading.values import Value
from osce_crawl.pages.unknown_labels import UNKNOWN
from osce_crawl.vocabulary import resolve_content_type
from osce_crawl.vocabulary.contacts import holds, opens_with
from osce_crawl.vocabulary.labels import header_key, section_of

#: The maximum length of the heading of a pane.
_LONGEST_HEADING = 40


def opens_box(line: Line) -> bool:
    """Return whether a heading opens a box of other items, whose dates belong to these items."""
    words = line.text
    is_box = line.heading and section_of(words) in {"latest", "links"}
    return is_box and resolve_content_type(words) is None


def headings_of_others(lines: Lines) -> Iterator[int]:
    """Yield the headings of boxes of other items; below "News" may be the release's labels."""
    for index, line in enumerate(lines):
        if opens_box(line) and not any(
            header_key(one.text) for one in lines[index + 1 : index + 2]
        ):
            yield index


def opens_pane(lines: Lines, line: Line) -> bool:
    """Return whether a line heads a pane; buttons to share need no heading.

    A kind of items may be that of a card: "News". "Documents" above files is none.
    """
    section = section_of(line.text)
    if section is None:
        return line.heading and _heads_contacts(line.text)
    if section == "share" or line.heading:
        return True
    if resolve_content_type(line.text) is not None:
        return section == "documents" and _opens_files(lines, line)
    return not line.links


def _heads_contacts(words: str) -> bool:
    """Return whether the words of a heading announce press contacts: "Kontakt për mediat"."""
    short = len(words) <= _LONGEST_HEADING
    return short and opens_with("openings", words) and holds("words", words)


def _opens_files(lines: Lines, line: Line) -> bool:
    """Return whether a line is the first of a box with links to files."""
    box = line.node.parent
    if box is None or box.inline or box.first != line.index:
        return False
    files = lines[box.first : box.end]
    return any(leads_to_file(link) for one in files for link in one.links)


def heads_labels(line: Line, labels: Iterable[Value]) -> bool:
    """Return whether a heading opens a box that otherwise only contains known labels."""
    box = line.node.parent
    if line.node.tag not in HEADINGS or box is None or box.inline or box.first != line.index:
        return False
    if line.sentence:
        return False  # a lead
    within = range(box.first + 1, box.end)
    known = [one for one in labels if one.key != UNKNOWN and one.lines[0] in within]
    return len(known) > 1 and {index for one in known for index in one.lines} == set(within)


def _next_heading(lines: Lines, first: int) -> int:
    """Return the index of the next heading of the rank of line *first* and beside it."""
    block = lines[first].block
    for heading in block.itersiblings(block.tag) if block.tag in HEADINGS else ():
        node = lines.nodes.get(heading)
        if node is not None and not lines[node.first].linked:
            return node.first
    return len(lines)


def lines_of_others(lines: Lines, around: Collection[_Element]) -> set[int]:
    """Return the lines of the boxes of other items.

    A box is an element with its heading and more, or everything after a heading that has no element
    of its own, up to the next such heading beside it. A column of boxes is not one.

    :param around: the elements around the headline.
    """
    found: set[int] = set()
    for first in headings_of_others(lines):
        end = _next_heading(lines, first)
        box: Sequence[int] = ()
        for element in lines[first].ancestors():
            inside = lines.within(element)
            if element in around or inside[0] < first or inside[-1] >= end:
                break
            if box and any(_is_like(lines[first], lines[one]) for one in inside[len(box) :]):
                break
            box = inside if len(inside) > 1 else box
        found.update(box or range(first, end))
    return found


def _is_like(heading: Line, line: Line) -> bool:
    """Return whether a line is a heading like another one, and not the title of an item."""
    return line.heading and line.block.tag == heading.block.tag and not line.links
