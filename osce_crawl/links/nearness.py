"""Which texts are similar, measured by the pairs of neighbouring words they share.

Word pairs that more than a few texts have are ignored: a standard ending, a title of office or a
form letter does not make a copy. Each remaining pair has few owners, so all texts that share one
are compared exactly, in time linear in the number of words.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: A word pair in more texts than this is common: it says nothing about copies.
MOST_OWNERS = 8
#: Least share of word pairs in common: about 20 % of the words edited.
LEAST_SHARED = 0.4
#: A text with fewer word pairs that are not common proves nothing.
LEAST_PAIRS = 10
#: This many common word pairs in a row make a common passage.
LEAST_PASSAGE = 8
#: Two texts open alike if at least this share of one opening is in the other text.
LEAST_OF_OPENING = 0.4

Words = NDArray[np.uint32]
Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]
#: The word pairs are sorted in this many parts.
_PARTS = 8


class Near(NamedTuple):
    """Two texts, by position; how many word pairs are in both, and how many in either."""

    one: int
    other: int
    shared: int
    either: int


class Nearness:
    """The texts of one language, with their words as numbers."""

    def __init__(self, texts: Sequence[Words], openings: Sequence[int]) -> None:
        """Take at least one text; each has two words or more.

        :param openings: number of words in the opening of each text, two or more.
        """
        self._texts = texts
        self._openings = openings
        self._everybodys: Keys = np.empty(0, np.uint64)
        #: for each text, the number of its word pairs that are not common
        self._own = np.zeros(len(texts), np.int64)
        #: two texts encoded as one number, once for each word pair that both have
        self._met = np.empty(0, np.int64)
        self._compare()

    def _compare(self) -> None:
        """Find the owners of the word pairs, one part at a time to save memory."""
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
        """Yield the pairs of similar texts."""
        pairs, shared = np.unique(self._met, return_counts=True)
        one, other = pairs // len(self._texts), pairs % len(self._texts)
        either = self._own[one] + self._own[other] - shared
        enough = np.minimum(self._own[one], self._own[other]) >= LEAST_PAIRS
        for found in np.flatnonzero(enough & (shared >= LEAST_SHARED * either)):
            yield Near(int(one[found]), int(other[found]), int(shared[found]), int(either[found]))

    def own_words(self, text: int) -> Words:
        """Return the distinct words of a text, without those of common passages.

        A date is a common word pair too, but not a passage.
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
        """Return whether enough of the opening of either text is in the other text."""
        texts, openings = self._texts, self._openings
        return any(
            np.isin(_neighbours(texts[here][: openings[here]]), _neighbours(texts[there])).mean()
            >= LEAST_OF_OPENING
            for here, there in ((one, other), (other, one))
        )


class _Owned:
    """Word pairs, and the texts that own each."""

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
        """Return for each text how many word pairs it owns that are not common."""
        return np.bincount(self._owners[self._of_few], minlength=texts)

    def meetings(self) -> Iterator[tuple[Counts, Counts]]:
        """Yield the lower and the higher of two owners, for each word pair that both own."""
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
