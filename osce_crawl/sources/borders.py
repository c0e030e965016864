"""The borders between the pages of a listing that changes while it is read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Key = tuple[str, str]


@dataclass
class Borders:
    """What the readings of a listing's pages prove about the borders between them.

    Dates do not change, so entries keep their order, and an answer shows every entry between its
    first and its last. Border ``n`` lies between pages ``n`` and ``n + 1``. No entry that stayed in
    the listing was missed there

    - if one answer showed entries from both sides;
    - if page ``n`` ended the same before and after page ``n + 1`` was read;
    - if page ``n + 1`` began the same before and after page ``n`` was read again.

    :ivar first: keys of each page at its first reading, in the listing's order; ``again``: at its
        second reading, by page number.
    """

    first: list[list[Key]] = field(default_factory=list)
    again: dict[int, list[Key]] = field(default_factory=dict)
    _seen: set[Key] = field(default_factory=set)
    _home: dict[Key, int] = field(default_factory=dict)
    _shown: set[int] = field(default_factory=set)

    def repeats(self, keys: Sequence[Key]) -> bool:
        """Return whether the pages before list everything that this page lists."""
        return bool(keys) and self._seen.issuperset(keys)

    def add(self, keys: list[Key]) -> None:
        """Add the first reading of the next page."""
        known = [place for place, key in enumerate(keys) if key in self._seen]
        # new entries above one of an earlier page belong to that page
        below = keys[known[-1] + 1 :] if known else keys
        self._home.update(dict.fromkeys(below, len(self.first)))
        self.first.append(keys)
        self._show(keys)

    def add_again(self, number: int, keys: list[Key]) -> None:
        """Add the second reading of a page."""
        self.again[number] = keys
        self._show(keys)

    def _show(self, keys: Iterable[Key]) -> None:
        self._seen.update(keys)
        homes = {self._home[key] for key in keys if key in self._home}
        self._shown |= {number for number in homes if number + 1 in homes}

    def joins(self, number: int) -> bool:
        """Return whether both readings of a page share an entry."""
        return not set(self.first[number]).isdisjoint(self.again.get(number, ()))

    def unproven(self) -> Iterator[int]:
        """Yield the borders that are not proven."""
        for number, (upper, lower) in enumerate(pairwise(self.first)):
            again, below = self.again.get(number, []), self.again.get(number + 1, [])
            ended_the_same = again[-1:] == upper[-1:]
            began_the_same = below[:1] == lower[:1] and self.joins(number)
            proven = (ended_the_same or began_the_same) and not (
                ended_the_same and self._wavered(number)
            )
            if not (proven or number in self._shown):
                yield number

    def _wavered(self, number: int) -> bool:
        """Return whether a page's first entry was on the page before in between.

        Entries then moved up and back. An entry listed on both pages from the start has not moved.
        """
        top = self.first[number][:1]
        above = self.again.get(number - 1, [])
        return any(key in above and key not in self.first[number - 1] for key in top)
