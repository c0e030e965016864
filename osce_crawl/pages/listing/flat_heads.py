"""Headings as titles of a flat listing: heading, text, "Read more", the next heading."""

from collections.abc import Sequence

from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.lines import Lines


def flat_heads(lines: Lines, links: Sequence[int]) -> list[int]:
    """Return the heading before each link; empty unless each has one, all of the same rank.

    Only one heading of that rank may be between two links. More may be before the first one.

    :param links: the lines of the links, in order.
    """
    heads = [line.index for line in lines if line.node.tag in HEADINGS and not line.links]
    found: list[int] = []
    before = -1
    for link in links:
        between = [head for head in heads if before < head < link]
        if not between:
            return []
        found.append(between[-1])
        before = link
    if not found:
        return []
    tag = lines[found[0]].node.tag
    ranked = [head for head in heads if lines[head].node.tag == tag]
    inside = [head for head in ranked if found[0] <= head < before]
    return found if len(found) > 1 and inside == found else []
