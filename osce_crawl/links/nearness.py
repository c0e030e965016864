"""Which texts are near each other: by the pairs of neighbouring words that both have.

Pairs of words that more than a few texts have are left out: an ending, a title of office, a form
letter make no copy. What is left has few owners each, so all texts that share anything are compared
exactly, in time linear in the words.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Pairs of words that more texts have are everybody's.
MOST_OWNERS = 8
#: Share of the pairs of words that both texts have: about 20 % of words edited.
LEAST_SHARED = 0.4
#: Fewer own pairs of words tell nothing.
LEAST_PAIRS = 10
#: How many pairs of words in a row that are everybody's are a passage that is.
LEAST_PASSAGE = 8
#: Two texts open alike where so much of one opening is in the other text.
LEAST_OF_OPENING = 0.4

Words = NDArray[np.uint32]
Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]
#: In this many parts the pairs of words are sorted.
_PARTS = 8


class Near(NamedTuple):
    """Two texts, by their places; how many pairs of words are in both, and how many in either."""

    one: int
    other: int
    shared: int
    either: int


class Nearness:
    """The texts of one language, their words as numbers."""

    def __init__(self, texts: Sequence[Words], openings: Sequence[int]) -> None:
        """Take at least one text, of two words or more.

        :param openings: how many words open each text, two or more.
        """
        self._texts = texts
        self._openings = openings
        self._everybodys: Keys = np.empty(0, np.uint64)
        #: of each text, how many pairs of words it has that are not everybody's
        self._own = np.zeros(len(texts), np.int64)
        #: two texts as one number, for each pair of words that both have
        self._met = np.empty(0, np.int64)
        self._compare()

    def _compare(self) -> None:
        """Find who owns what, a part of the pairs of words at a time: that takes less memory."""
        keys = np.empty(sum(map(len, self._texts)), np.uint64)
        owners = np.empty(len(keys), np.uint32)
        end = 0
        for place, words in enumerate(self._texts):
            pairs = _pairs_of_words(words)
            here = slice(end, end := end + len(pairs))
            keys[here], owners[here] = pairs, place
        keys, owners = keys[:end], owners[:end]
        part_of = (keys % np.uint64(_PARTS)).astype(np.uint8)
        everybodys, met = [], []
        for part in range(_PARTS):
            chosen = part_of == part
            shared = _Owned(keys[chosen], owners[chosen])
            everybodys.append(shared.everybodys)
            self._own += shared.own(len(self._texts))
            met += [one * len(self._texts) + other for one, other in shared.meetings()]
        self._everybodys = np.sort(np.concatenate(everybodys))
        self._met = np.concatenate(met)

    def near(self) -> Iterator[Near]:
        """Yield the texts that are near each other."""
        pairs, shared = np.unique(self._met, return_counts=True)
        one, other = pairs // len(self._texts), pairs % len(self._texts)
        either = self._own[one] + self._own[other] - shared
        enough = np.minimum(self._own[one], self._own[other]) >= LEAST_PAIRS
        for found in np.flatnonzero(enough & (shared >= LEAST_SHARED * either)):
            yield Near(int(one[found]), int(other[found]), int(shared[found]), int(either[found]))

    def own_words(self, text: int) -> Words:
        """Return the different words of a text, without those of passages that are everybody's.

        A date is everybody's pair of words as well, but no passage.
        """
        words = self._texts[text]
        keys = _neighbours(words)
        places = np.searchsorted(self._everybodys, keys)
        known = np.append(self._everybodys, ~np.uint64(0))
        edges = np.flatnonzero(np.diff(known[places] == keys, prepend=False, append=False))
        own = np.ones(len(words), bool)
        for first, end in edges.reshape(-1, 2):
            if end - first >= LEAST_PASSAGE:
                own[first : end + 1] = False
        return np.unique(words[own])

    def open_alike(self, one: int, other: int) -> bool:
        """Return whether the opening of either text is, in part, in the other."""
        texts, openings = self._texts, self._openings
        return any(
            np.isin(_neighbours(texts[here][: openings[here]]), _neighbours(texts[there])).mean()
            >= LEAST_OF_OPENING
            for here, there in ((one, other), (other, one))
        )


class _Owned:
    """Pairs of words, and which texts own each."""

    def __init__(self, keys: Keys, owners: Words) -> None:
        order = np.argsort(keys, kind="stable")
        keys, self._owners = keys[order], owners[order]
        starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
        counts = np.diff(np.append(starts, len(keys)))
        few = counts <= MOST_OWNERS
        self.everybodys = keys[starts[~few]]
        self._of_few = np.repeat(few, counts)
        self._starts, self._counts = starts[few], counts[few]

    def own(self, texts: int) -> Counts:
        """Return of each text how many it owns that are not everybody's."""
        return np.bincount(self._owners[self._of_few], minlength=texts)

    def meetings(self) -> Iterator[tuple[Counts, Counts]]:
        """Yield the lower and the higher of two owners, for each pair of words that both own."""
        for count in range(2, MOST_OWNERS + 1):
            first = self._starts[self._counts == count]
            columns = [self._owners[first + place].astype(np.int64) for place in range(count)]
            for place, column in enumerate(columns):
                for later in columns[place + 1 :]:
                    yield column, later


def _pairs_of_words(words: Words) -> Keys:
    return np.unique(_neighbours(words))


def _neighbours(words: Words) -> Keys:
    """Return the pairs of neighbouring words, as numbers."""
    wide = words.astype(np.uint64)
    return wide[:-1] << np.uint64(32) | wide[1:]
