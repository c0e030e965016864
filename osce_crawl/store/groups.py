"""Which releases are one work in several languages, judged by the links between their pages.

A page may link the wrong release. So a work never has two releases in one language, nor releases
more than a month apart, and the most reliable links are used first. No input or output.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from osce_crawl.normalise.urls import lowest_node

#: Translations are published within this many days of each other.
MOST_DAYS = 31


@dataclass(frozen=True)
class Node:
    """A node of the site; its items are always one work.

    :ivar languages: the languages of its items.
    :ivar day: when the earliest of them was published; None if unknown.
    :ivar names: known node that its pages name as a translation → the languages stated for it.
    """

    name: str
    languages: frozenset[str]
    day: date | None
    names: Mapping[str, Collection[str]]

    def may_go_with(self, other: "Node") -> bool:
        """Return whether two nodes may be one work, regardless of its other nodes."""
        return self.languages.isdisjoint(other.languages) and _are_near(self, other)


def work_ids(nodes: Iterable[Node]) -> dict[str, str]:
    """Return the `work_id` of each node; the order of the nodes does not matter.

    Pairs that name each other come first, then pairs where only one names the other; ties go to the
    pair nearest in time, then in node number. A pair is joined unless that would break a rule.
    """
    known = {node.name: node for node in nodes}
    works: dict[str, tuple[Node, ...]] = {name: (node,) for name, node in known.items()}
    for _, one, other in sorted(_claims(known)):
        first, second = works[one], works[other]
        if first is second:
            continue
        if all(here.may_go_with(there) for here in first for there in second):
            both = (*first, *second)
            works.update((node.name, both) for node in both)
    return {name: lowest_node(node.name for node in work) for name, work in works.items()}


def _claims(known: Mapping[str, Node]) -> Iterator[tuple[tuple[bool, int, int], str, str]]:
    """Yield each pair that pages name: a sort key, the most reliable first, and two nodes."""
    for name, node in known.items():
        for other_name in node.names:
            other = known.get(other_name)
            if other is None or not node.may_go_with(other):
                continue
            mutual = name in other.names
            if mutual and name > other_name:
                continue  # yield the pair once
            if mutual or not _names_another(other, node):
                unsure = (not mutual, _days_between(node, other), _distance(name, other_name))
                yield unsure, min(name, other_name), max(name, other_name)


def _names_another(node: Node, instead_of: Node) -> bool:
    """Return whether a node names a third one in a language of *instead_of*."""
    return any(not instead_of.languages.isdisjoint(said) for said in node.names.values())


def _are_near(one: Node, other: Node) -> bool:
    return one.day is None or other.day is None or abs((one.day - other.day).days) <= MOST_DAYS


def _days_between(one: Node, other: Node) -> int:
    if one.day is None or other.day is None:
        return MOST_DAYS + 1
    return abs((one.day - other.day).days)


def _distance(one: str, other: str) -> int:
    return abs(int(one) - int(other)) if one.isdigit() and other.isdigit() else 10**7
