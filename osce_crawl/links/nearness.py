"""Which texts are near each other: by the pairs of neighbouring words that both have.

Pairs of words that more than a few texts have are left out: an ending, a title of office, a form
letter make no copy. What is left has few owners each, so all texts that share anything are compared
exactly, in time linear in the words.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Pairs of words that more texts have are everybody's.
MOST_OWNERS = 8
#: Of the pairs of words that two texts have, so many are in both: about 20 % of words edited.
LEAST_SHARED = 0.4
#: Fewer own pairs of words tell nothing.
LEAST_PAIRS = 10
#: So many pairs of words in a row that are everybody's are a passage that is.
LEAST_PASSAGE = 8

Words = NDArray[np.uint32]
Keys = NDArray[np.uint64]


class Near(NamedTuple):
    """Two texts, by their places; how many pairs of words are in both, and how many in either."""

    one: int
    other: int
    shared: int
    either: int


class Nearness:
    """The texts of one language, their words as numbers."""

    def __init__(self, texts: Sequence[Words]) -> None:
        """Take at least one text, of two words or more."""
        self._texts = texts
        keys = [_pairs_of_words(words) for words in texts]
        owners = np.repeat(np.arange(len(keys), dtype=np.uint32), [len(one) for one in keys])
        together = np.concatenate(keys)
        del keys
        order = np.argsort(together, kind="stable")
        together, owners = together[order], owners[order]
        del order
        starts = np.flatnonzero(np.concatenate(([True], together[1:] != together[:-1])))
        counts = np.diff(np.append(starts, len(together)))
        few = counts <= MOST_OWNERS
        self._everybodys: Keys = together[starts[~few]]
        self._own = np.bincount(owners[np.repeat(few, counts)], minlength=len(texts))
        self._owners, self._starts, self._counts = owners, starts[few], counts[few]

    def near(self) -> Iterator[Near]:
        """Yield the texts that are near each other."""
        pairs, shared = self._shared()
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

    def _shared(self) -> tuple[Any, Any]:
        """Return the pairs of texts that own something together, as numbers, and how much."""
        found = [np.empty(0, np.int64)]
        for count in range(2, MOST_OWNERS + 1):
            first = self._starts[self._counts == count]
            columns = [self._owners[first + place].astype(np.int64) for place in range(count)]
            for place, column in enumerate(columns):
                found += [column * len(self._texts) + later for later in columns[place + 1 :]]
        return np.unique(np.concatenate(found), return_counts=True)


def _pairs_of_words(words: Words) -> Keys:
    return np.unique(_neighbours(words))


def _neighbours(words: Words) -> Keys:
    """Return the pairs of neighbouring words, as numbers."""
    wide = words.astype(np.uint64)
    return wide[:-1] << np.uint64(32) | wide[1:]
