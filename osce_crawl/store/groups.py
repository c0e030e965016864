"""Which releases are one work in several languages, by what their pages name: pure.

What one page names may be wrong. So a work never has two releases of one language, nor releases
more than a month apart, and of what pages name the surest is taken first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from osce_crawl.normalise.urls import lowest_node

#: Translations are published within this many days of each other.
MOST_DAYS = 31


@dataclass(frozen=True)
class Node:
    """A node of the site, whose items are one work in any case.

    :ivar languages: of its items.
    :ivar day: the earliest on which one of them was published, None: unknown.
    :ivar names: known node that its pages name as a translation → the languages they say it is in.
    """

    name: str
    languages: frozenset[str]
    day: date | None
    names: Mapping[str, Collection[str]]

    def may_go_with(self, other: "Node") -> bool:
        """Return whether two nodes may be one work, whatever else belongs to it."""
        return self.languages.isdisjoint(other.languages) and _are_near(self, other)


def work_ids(nodes: Iterable[Node]) -> dict[str, str]:
    """Return the `work_id` of each node; the same whatever their order.

    Pages that name each other come first, then those of which one names the other; of equals those
    nearest in time, then in number. Each is taken unless the work would break a rule by it.
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
    """Yield what pages name: how unsure it is, and two nodes."""
    for name, node in known.items():
        for other_name in node.names:
            other = known.get(other_name)
            if other is None or not node.may_go_with(other):
                continue
            mutual = name in other.names
            if mutual and name > other_name:
                continue  # said once
            if mutual or not _names_another(other, node):
                unsure = (not mutual, _days_between(node, other), _distance(name, other_name))
                yield unsure, min(name, other_name), max(name, other_name)


def _names_another(node: Node, instead_of: Node) -> bool:
    """Return whether a node's pages name another node in a language of the one that names it."""
    return any(not instead_of.languages.isdisjoint(said) for said in node.names.values())


def _are_near(one: Node, other: Node) -> bool:
    return one.day is None or other.day is None or abs((one.day - other.day).days) <= MOST_DAYS


def _days_between(one: Node, other: Node) -> int:
    if one.day is None or other.day is None:
        return MOST_DAYS + 1
    return abs((one.day - other.day).days)


def _distance(one: str, other: str) -> int:
    return abs(int(one) - int(other)) if one.isdigit() and other.isdigit() else 10**7
