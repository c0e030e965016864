"""Cards of other releases below a text, whatever the heading above them says.

A card is a box of its own with a linked headline and a teaser, which reads like text. Several alike
boxes that lead to different items are cards; a text that links other items has no such boxes.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import groupby

from lxml.etree import _Element

from osce_crawl.normalise.urls import absolute, is_item_address, read_address
from osce_crawl.pages.reading.lines import Line, Lines, Node

#: The maximum number of lines of a card: kind, day, unit, title, place and teaser.
MOST_OF_CARD = 6
_SEVERAL = 2
_LONGEST_HEADING = 40


def related_cards(
    lines: Lines, start: int, closed: Container[int], url: str
) -> Iterator[tuple[int | None, list[int]]]:
    """Yield the heading and the lines of each row of cards from line *start* on.

    :param closed: lines already assigned to something else.
    :param url: the address of the page, which none of the cards leads to.
    """
    linked = [line for line in lines[start:] if line.linked and line.index not in closed]
    by_item = groupby(linked, key=lambda line: _items([line], url))
    heads = [next(same) for items, same in by_item if len(items) == 1]  # then "Read more"
    around: list[set[_Element]] = [set(), *(set(head.ancestors()) for head in heads), set()]
    boxes = [
        box
        for at, head in enumerate(heads)
        if (box := _box(head, around[at] | around[at + 2])) is not None
        and _is_card(box, head, lines, url)
    ]
    for _, row in groupby(boxes, key=lambda box: (box.parent, box.tag, box.element.get("class"))):
        cards = list(row)
        if len(cards) >= _SEVERAL:
            members = [index for card in cards for index in range(card.first, card.end)]
            yield _heading(cards[0], lines, closed), [one for one in members if one not in closed]


def _box(head: Line, others: set[_Element]) -> Node | None:
    """Return the largest box around a headline that is not around the ones beside it."""
    box: Node | None = None
    node: Node | None = head.node
    while node is not None and node.element not in others:
        box, node = node, node.parent
    return box


def _is_card(box: Node, head: Line, lines: Lines, url: str) -> bool:
    """Return whether a box holds a headline and a teaser, and leads to one item."""
    if box.inline or box.end - box.first > MOST_OF_CARD:
        return False
    members = lines[box.first : box.end]
    teaser = any(line.prose and not line.links for line in members if line.index > head.index)
    return teaser and len(_items(members, url)) == 1


def _items(lines: Sequence[Line], url: str) -> set[str | None]:
    """Return the node ids of the other items that lines link."""
    urls = (absolute(url, link.get("href") or "") for line in lines for link in line.links)
    nodes = {read_address(one).node for one in urls if one and is_item_address(one)}
    return nodes - {read_address(url).node}


def _heading(first: Node, lines: Lines, closed: Container[int]) -> int | None:
    """Return the heading of a row of cards: a heading right above, or few words in their box."""
    above = first.first - 1
    if above < 0 or above in closed or len(lines[above].text) > _LONGEST_HEADING:
        return None
    box: Node | None = first.parent
    while box is not None and box.first > above:
        box = box.parent
    boxed = box is not None and box.first == above and not lines[above].sentence
    return above if boxed or lines[above].node.around.heading else None
