"""Releases that a release cites: OSCE addresses in its text that belong to known releases."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from osce_crawl.links.link import Link, Release
from osce_crawl.normalise.urls import clean_address, is_item_address, is_visited, read_address

#: Attributes of our own sanitised HTML.
_HREF = re.compile(r'href="([^"]+)"')
#: An address printed in the text, without the punctuation that ends a sentence.
_PRINTED = re.compile(r"https?://[^\s<>\"'«»“”]+[^\s<>\"'«»“”.,;:!?)\]]")


class Citations:
    """The addresses in a snapshot's texts: `add` its rows, then call `links`."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        """Start without rows.

        :param aliases: clean address → id of the item it leads to.
        """
        self._aliases = aliases
        self._at: dict[str, str] = {}
        self._of: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._works: dict[str, str] = {}
        self._cited: list[tuple[Release, str]] = []

    def add(self, release: Release, row: Mapping[str, Any]) -> None:
        """Add an item."""
        self._at[clean_address(row["url"])] = release.id
        self._of[release.node][release.language] = release.id
        self._works[release.id] = row["work_id"]
        self._cited += [(release, address) for address in _addresses(row)]

    def links(self) -> Iterator[Link]:
        """Yield a link for each release that another cites, except its own translations."""
        done = set()
        for release, address in self._cited:
            cited = self._resolve(address, release.language)
            if cited is None or (release.id, cited) in done:
                continue
            done.add((release.id, cited))
            if self._works[cited] != self._works[release.id]:
                yield Link(release.id, cited, "cites", 1.0, address)

    def _resolve(self, address: str, language: str) -> str | None:
        """Return the id of the item at an address; if a node has several, the likeliest."""
        cleaned = clean_address(address)
        found = self._at.get(cleaned) or self._known(self._aliases.get(cleaned))
        if found is not None or not is_item_address(cleaned):
            return found
        stated = read_address(cleaned)
        of = self._of.get(stated.node or "", {})
        for wanted in (stated.language, language, "en"):
            if wanted in of:
                return of[wanted]
        return min(of.values(), default=None)

    def _known(self, item_id: str | None) -> str | None:
        return item_id if item_id in self._works else None


def _addresses(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses on the newsroom's hosts that an item's text links to or prints."""
    for html in _HREF.findall(row["body_html"] or ""):
        address = unescape(html)
        if is_visited(address, row["url"]):
            yield address
    for address in _PRINTED.findall(row["body"] or ""):
        if is_visited(address, row["url"]):
            yield address
