"""The text of a release as plain text and as HTML."""

from collections.abc import Sequence
from html import escape
from itertools import accumulate

from lxml import etree
from lxml.etree import _Element

from osce_crawl.pages.reading.lines import Line, Lines, Node
from osce_crawl.pages.release.tooltips import take_out

#: Bullets in elements of their own, which a style sheet separates from the words.
_BULLETS = frozenset("•‣◦▪●■")


def plain_text(lines: Lines, kept: Sequence[int]) -> str | None:
    """Return the kept lines as text.

    Blocks are paragraphs, separated by a blank line. A single ``<br>`` is a line break, two of them
    start a new paragraph. The cells of a table row are joined by `` | ``.
    """
    pieces: list[str] = []
    previous: Line | None = None
    for index in kept:
        line = lines[index]
        if not line.text:
            continue
        if previous is not None:
            here, before = line.node.around, previous.node.around
            if here.row is not None and here.row is before.row and here.cell is not before.cell:
                pieces.append(" | ")
            elif line.block is previous.block and line.breaks == 1:
                pieces.append("\n")
            else:
                pieces.append("\n\n")
        glued = line.text[0] in _BULLETS and line.text[1:2].isalnum()
        pieces.append(f"{line.text[0]} {line.text[1:]}" if glued else line.text)
        previous = line
    return "".join(pieces) or None


def markup(lines: Lines, kept: Sequence[int], around: set[_Element]) -> str:
    """Return the HTML of the kept lines, with whole elements if all of their lines are kept.

    Elements that the page does not show are removed. The result is the page's own HTML, not yet
    sanitised.

    :param around: the headline's ancestors, which contain more than the lines after it.
    """
    members = set(kept)
    before = list(accumulate((index in members for index in range(len(lines))), initial=0))
    whole: dict[Node, bool] = {}
    written: set[Node] = set()
    pieces: list[str] = []
    for index in kept:
        line = lines[index]
        largest: Node | None = None
        node: Node | None = line.node
        while node is not None and node.element not in around:
            if node not in whole:
                whole[node] = _is_whole(node, lines, before)
            if not whole[node]:
                break
            largest, node = node, node.parent
        if largest is None:
            pieces.append(f"<p>{escape(line.text, quote=False)}</p>")
        elif largest not in written:
            written.add(largest)
            if lines.hidden:
                members_of = largest.element.iterdescendants()
                for one in [one for one in members_of if one in lines.hidden]:
                    take_out(one)
            pieces.append(
                etree.tostring(largest.element, encoding="unicode", method="html", with_tail=False)
            )
    return "\n".join(pieces)


def _is_whole(node: Node, lines: Lines, before: Sequence[int]) -> bool:
    """Return whether all lines of an element are kept; *before*: how many are before each line."""
    if node.inline:
        members = lines.within(node.element)
        return all(before[index + 1] > before[index] for index in members)
    return before[node.end] - before[node.first] == node.end - node.first
