"""The borders between the pages of a listing that moves while it is read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Key = tuple[str, str]


@dataclass
class Borders:
    """What the readings of a listing's pages prove about the borders between them.

    Dates do not change, so entries keep their order, and between two entries of one answer there is
    nothing that it does not show. Border ``n`` lies between pages ``n`` and ``n + 1``; nothing that
    was there all the time was missed at it

    - if one answer showed entries from both its sides;
    - if page ``n`` ended the same before and after page ``n + 1`` was read;
    - if page ``n + 1`` began the same before and after page ``n`` was read again.

    :ivar first: keys of each page when it was first read, in the listing's order; ``again`` when it
        was read again, by the page's number.
    """

    first: list[list[Key]] = field(default_factory=list)
    again: dict[int, list[Key]] = field(default_factory=dict)
    _seen: set[Key] = field(default_factory=set)
    _home: dict[Key, int] = field(default_factory=dict)
    _shown: set[int] = field(default_factory=set)

    def repeats(self, keys: Sequence[Key]) -> bool:
        """Return whether a page lists nothing that pages before it did not list."""
        return bool(keys) and self._seen.issuperset(keys)

    def add(self, keys: list[Key]) -> None:
        """Take the first reading of the next page."""
        known = [place for place, key in enumerate(keys) if key in self._seen]
        # what is new above an entry of a page before belongs there, wherever it was seen
        below = keys[known[-1] + 1 :] if known else keys
        self._home.update(dict.fromkeys(below, len(self.first)))
        self.first.append(keys)
        self._show(keys)

    def add_again(self, number: int, keys: list[Key]) -> None:
        """Take the second reading of a page."""
        self.again[number] = keys
        self._show(keys)

    def _show(self, keys: Iterable[Key]) -> None:
        self._seen.update(keys)
        homes = {self._home[key] for key in keys if key in self._home}
        self._shown |= {number for number in homes if number + 1 in homes}

    def joins(self, number: int) -> bool:
        """Return whether a page showed an entry of its first reading when it was read again."""
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
        """Return whether a page's top was seen a page up in between: entries slipped up and back.

        An entry that stands on both pages from the start, listed twice, has not slipped.
        """
        top = self.first[number][:1]
        above = self.again.get(number - 1, [])
        return any(key in above and key not in self.first[number - 1] for key in top)
