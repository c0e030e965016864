"""Releases that are translations of each other: those that share their `work_id`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from osce_crawl.links.link import Link, Release, between
from osce_crawl.normalise.urls import node_of

#: Scores: both pages name each other or share a node; one page names the other; neither does.
_BOTH, _ONE, _NONE = 1.0, 0.8, 0.6
Named = Mapping[str, str]


class Translations:
    """The groups of a snapshot: `add` its rows, then call `links`."""

    def __init__(self) -> None:
        self._works: defaultdict[str, list[tuple[Release, Named]]] = defaultdict(list)

    def add(self, release: Release, row: Mapping[str, Any]) -> None:
        """Add an item."""
        named = {node_of(one["url"]): one["url"] for one in row["translations"]}
        self._works[row["work_id"]].append((release, named))

    def links(self) -> Iterator[Link]:
        """Yield a link for each pair of releases of the same work."""
        for work in self._works.values():
            for (one, names), (other, names_too) in combinations(work, 2):
                if one.language != other.language:
                    score, evidence = _known_by(one, names, other, names_too)
                    yield between(one, other, "translation", score, evidence)


def _known_by(one: Release, names: Named, other: Release, names_too: Named) -> tuple[float, str]:
    if one.node == other.node:
        return _BOTH, f"both are node {one.node}"
    there, back = names.get(other.node), names_too.get(one.node)
    if there and back:
        return _BOTH, "each names the other"
    if there or back:
        namer = one if there else other
        return _ONE, f"{namer.id} names {there or back}"
    return _NONE, "named by way of a third"
