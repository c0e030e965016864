"""Limits on the size of a page: far above any page of the site, and small enough to read quickly.

The readers compare lines and elements with one another, so a maliciously large page would keep them
busy for minutes. The largest known page of the site has 1,400 elements and 60 KB.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from lxml.etree import XPath, _Element

from osce_crawl.pages.reading.lines import Lines

#: The size of a page as received, in bytes.
LONGEST = 2_097_152
#: Attributes of one element: the parser compares each of them with all before it.
MOST_ATTRIBUTES = 2_000
MOST_ELEMENTS = 10_000
MOST_PICTURES = 500
#: The depth of nesting, because the readers recurse into elements.
DEEPEST = 400
MOST_LINES = 4_000
#: The length of one line, in characters: five thousand words without a paragraph or line break.
LONGEST_LINE = 30_000

_ELEMENTS, _PICTURES = XPath("count(descendant::*)"), XPath("count(descendant::img)")
_TOO_DEEP = XPath(f"boolean(*{'/*' * DEEPEST})")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_WORD = re.compile(rb"[^\s/]+")


class TooLargeError(ValueError):
    """The page is larger than any page of the site."""


def within_length(body: bytes | str) -> None:
    """Refuse a page that is too long, before it is processed.

    :raises TooLargeError: with the limit.
    """
    if len(body) > LONGEST:
        raise TooLargeError(f"it has more than {LONGEST} bytes")


def within_attributes(data: bytes) -> None:
    """Refuse a page with an element of too many attributes, before it is parsed.

    :raises TooLargeError: with the limit.
    """
    end = 0
    # this many attributes fill at least one of these blocks and leave no "<" in it
    for start in range(0, len(data), MOST_ATTRIBUTES):
        if start < end or data.find(b"<", start, start + MOST_ATTRIBUTES) >= 0:
            continue
        end = data.find(b"<", start) % (len(data) + 1)
        piece = data[data.rfind(b"<", 0, start) + 1 : end]
        words = _QUOTED.sub(b"=", piece).partition(b">")[0] if piece[:1].isalpha() else b""
        if len(_WORD.findall(words)) > MOST_ATTRIBUTES:
            raise TooLargeError(f"an element has more than {MOST_ATTRIBUTES} attributes")


def within_elements(root: _Element) -> None:
    """Refuse a page with too many elements or pictures, or nested too deeply.

    :raises TooLargeError: with the limit.
    """
    _check(int(_ELEMENTS(root)), int(_PICTURES(root)), [root])


def elements_in(regions: Sequence[_Element]) -> list[list[_Element]]:
    """Return the elements of each region in document order, the region itself first.

    :raises TooLargeError: when there are too many elements or pictures, or they nest too deeply.
    """
    found = [list(islice(region.iter("*"), MOST_ELEMENTS + 1)) for region in regions]
    count = sum(map(len, found))
    pictures = sum([[one.tag for one in elements].count("img") for elements in found])
    _check(count, pictures, [elements[0] for elements in found if len(elements) > DEEPEST])
    return found


def _check(elements: int, pictures: int, regions: Iterable[_Element]) -> None:
    if elements > MOST_ELEMENTS:
        raise TooLargeError(f"it has more than {MOST_ELEMENTS} elements")
    if pictures > MOST_PICTURES:
        raise TooLargeError(f"it has more than {MOST_PICTURES} pictures")
    if any(map(_TOO_DEEP, regions)):
        raise TooLargeError(f"it nests deeper than {DEEPEST} elements")


def within_depth(depth: int) -> None:
    """Refuse a headline that is nested too deeply.

    :raises TooLargeError: with the limit.
    """
    if depth > DEEPEST:
        raise TooLargeError(f"it nests deeper than {DEEPEST} elements")


def within_lines(lines: Lines) -> Lines:
    """Return *lines* unless there are too many or one is too long.

    :raises TooLargeError: with the limit.
    """
    if len(lines) > MOST_LINES:
        raise TooLargeError(f"it has more than {MOST_LINES} lines")
    if any(len(line.text) > LONGEST_LINE for line in lines):
        raise TooLargeError(f"it has a line of more than {LONGEST_LINE} characters")
    return lines
