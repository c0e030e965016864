"""Texts that were issued again: word for word, or with edits."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from osce_crawl.links.link import Link, Release, between
from osce_crawl.links.nearness import Nearness, Words

#: A text with fewer words than this is no text of its own: "See the attached document."
LEAST_WORDS = 20
#: The opening of a text is its first paragraphs up to at least this many words, cut after that
#: many. It has the news; the passages that a project's releases share come after it.
LEAST_OPENING, MOST_OPENING = 8, 20
#: If at least this share of the numbers differ, it is the same form with other news.
MOST_NUMBERS = 0.25
#: A text with another number more than this many days later is the next one of a series.
MOST_DAYS = 31

_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Copies:
    """The texts of a snapshot: `add` its rows, then call `links`.

    Each text is kept as numbers, one per word, with the length of its opening.
    """

    def __init__(self) -> None:
        self._words: defaultdict[str, int] = defaultdict()
        self._words.default_factory = self._words.__len__
        self._texts: defaultdict[str, dict[bytes, list[Release]]] = defaultdict(dict)
        self._openings: dict[str, int] = {}

    def add(self, release: Release, row: Mapping[str, Any]) -> None:
        """Add an item; one without a text of its own is ignored."""
        text = _proper_text(row).casefold()
        words = _WORD.findall(text)
        if len(words) >= LEAST_WORDS:
            self._openings[release.id] = _opening(text)
            numbered = np.fromiter(map(self._words.__getitem__, words), np.uint32, len(words))
            self._texts[release.language].setdefault(numbered.tobytes(), []).append(release)

    def links(self) -> Iterator[Link]:
        """Yield a link from each copy to the first issue of its text, and between similar texts."""
        for texts in self._texts.values():
            firsts, words = [], []
            for numbered, releases in texts.items():
                first, *later = sorted(releases, key=lambda release: release.order)
                firsts.append(first)
                words.append(np.frombuffer(numbered, np.uint32))
                for copy in later:
                    yield between(first, copy, "copy", 1.0, f"the same {len(words[-1])} words")
            yield from self._near(firsts, words)

    def _near(self, releases: list[Release], words: list[Words]) -> Iterator[Link]:
        nearness = Nearness(words, [self._openings[release.id] for release in releases])
        is_number, is_year = self._numbers()
        for near in nearness.near():
            if not nearness.open_alike(near.one, near.other):
                continue  # one form, other news
            one, other = releases[near.one], releases[near.other]
            here, there = nearness.own_words(near.one), nearness.own_words(near.other)
            gone, come = np.setdiff1d(here, there), np.setdiff1d(there, here)
            replaced = min(is_number[gone].sum(), is_number[come].sum())
            fewest = min(is_number[here].sum(), is_number[there].sum())
            of_another_year = is_year[gone].any() and is_year[come].any()
            if replaced and (replaced >= MOST_NUMBERS * fewest or of_another_year):
                continue
            if replaced and _days_between(one, other) > MOST_DAYS:
                continue
            evidence = f"{near.shared} of {near.either} pairs of words are in both"
            yield between(one, other, "near-copy", round(near.shared / near.either, 3), evidence)

    def _numbers(self) -> tuple[Any, Any]:
        """Return for each word whether it is a number, and whether it is a year."""
        count = len(self._words)
        return (
            np.fromiter((word[0].isdigit() for word in self._words), bool, count),
            np.fromiter((bool(_YEAR.fullmatch(word)) for word in self._words), bool, count),
        )


def _proper_text(row: Mapping[str, Any]) -> str:
    """Return the text of an item without the dateline, which each unit writes in its own way."""
    body: str = row["body"] or ""
    return body[row["dateline"]["end"] :] if row["dateline"] else body


def _opening(text: str) -> int:
    """Return the number of words in the opening of a text."""
    count = 0
    for paragraph in text.split("\n\n"):
        count += len(_WORD.findall(paragraph))
        if count >= LEAST_OPENING:
            break
    return min(count, MOST_OPENING)


def _days_between(one: Release, other: Release) -> int:
    if one.day is None or other.day is None:
        return 0
    return abs((one.day - other.day).days)
