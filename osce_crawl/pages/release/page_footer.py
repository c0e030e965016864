"""The footer of a page in an element that is none: ``<div id="footer">``.

It prints the address of the organisation and its telephone number, which are not a contact of the
release. A ``footer`` element outside the article is not read at all.
"""

import re
from collections.abc import Container, Iterator, Sequence

from lxml.etree import _Element

from osce_crawl.pages.reading.lines import PROSE, Lines
from osce_crawl.pages.release.fact_lines import is_organisation
from osce_crawl.vocabulary.contacts import holds

_NAME = re.compile(r"(?:^|[\s_-])(?:footer|contentinfo|colophon)(?:$|[\s_-])", re.IGNORECASE)
#: Footers of one item, not of the page.
_OF_ITEM = re.compile(
    r"article|block|card|content(?!info)|entry|item|modal|news|node|panel|post|press|release|text",
    re.IGNORECASE,
)
#: The number is in one of the first lines, up to this many.
_NEAR = 4
#: Elements whose footers are not the page's.
_CLOSED = frozenset({"article", "main", "section", "aside", "blockquote"})


def lines_of_footer(
    heading: _Element, lines: Lines, reaching: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """Yield the *lines* of the page's footer, each with ``frame``, except links to pages.

    The footer is beside the element that contains both headline and text, or directly in the body.

    :param reaching: the lines that may contain a number or an address.
    """
    reached = frozenset(reaching)
    path = [heading, *heading.iterancestors()]
    closed = [at for at, element in enumerate(path) if element.tag in _CLOSED]
    inner = closed[-1] if closed else 0
    complete = False
    for holder, parent in zip(path[inner:], path[inner + 1 :], strict=False):
        complete = complete or any(lines[index].sentence for index in lines.within(holder))
        if not complete and parent.tag != "body":
            continue
        for sibling in holder.itersiblings():
            members = lines.within(sibling)
            if not members or not (
                _is_called_footer(sibling) or _gives_address(lines, members, reached)
            ):
                continue
            if any(holds("roles", lines[index].text) for index in members):
                continue  # of a press office
            for index in members:
                if not lines[index].links or index in reached:
                    yield index, "frame"


def _is_called_footer(element: _Element) -> bool:
    names = " ".join([element.get(name) or "" for name in ("class", "id", "role")])
    return _NAME.search(names) is not None and _OF_ITEM.search(names) is None


def _gives_address(lines: Lines, members: Sequence[int], reached: Container[int]) -> bool:
    """Return whether lines open with the organisation's full name and a number near it."""
    if not any(index in reached for index in members[:_NEAR]):
        return False
    name = lines[members[0]].text.partition(",")[0]
    return " " in name and len(name) < PROSE and is_organisation(name)
