"""Which labels on a release page are beside one another, as those of one header are."""

from collections.abc import Collection, Iterator

from osce_crawl.pages.reading.labels import KeyOf
from osce_crawl.pages.reading.lines import SENTENCE_ENDS, Lines
from osce_crawl.pages.reading.values import Value
from osce_crawl.pages.settled_values import read_settled

#: The maximum number of lines without a label between two labels of one header.
GAP = 2
#: Labels of pages that are not releases.
OF_OTHERS = frozenset({"event", "publication", "project", "writer"})


def label_groups(
    lines: Lines, key_of: KeyOf, boxes: Collection[int], *, dated: bool
) -> Iterator[list[Value]]:
    """Yield the groups of adjacent labels outside the *boxes*.

    :param dated: whether the page prints its day elsewhere.
    """
    group: list[Value] = []
    for value in read_settled(lines, key_of, bare_until=len(lines), dated=dated):
        first = min(value.lines)
        if first in boxes or value.repeated:
            continue  # a table of several rows is text
        apart = bool(group) and _are_apart(lines, group[-1], first)
        # "When: …" opens the text of an advisory, in paragraphs, below a header of other elements
        apart = apart or (
            bool(group) and value.key in OF_OTHERS and _differ(lines, group[0], value)
        )
        another = value.key == "date" and any(one.key == "date" for one in group)
        if apart or another:
            yield group
            group = []
        group.append(value)
    if group:
        yield group


def _are_apart(lines: Lines, value: Value, following: int) -> bool:
    """Return whether the label on line *following* is not beside a label and its *value*.

    It is far away, or text comes before it: "Place: All offices take part."
    """
    last = max(value.lines)
    ends = value.key != "date" and lines[last].sentence  # "1 сентября 2022 г." only ends like one
    if following - last > GAP or (ends and lines[last].text.endswith(SENTENCE_ENDS)):
        return True
    return any(line.sentence for line in lines[last + 1 : following])


def _differ(lines: Lines, one: Value, other: Value) -> bool:
    """Return whether two labels are in different kinds of elements."""
    blocks = [lines[value.lines[0]].block for value in (one, other)]
    return len({(block.tag, block.get("class")) for block in blocks}) > 1
