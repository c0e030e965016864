"""Which places open the text: the header may print one that only the dateline shows to be one."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from osce_crawl.normalise.datelines import parse_dateline
from osce_crawl.normalise.place_names import places_named
from osce_crawl.pages.reading.lines import Line
from osce_crawl.text.forms import fold

#: The dateline opens one of the first sentences: leads may come before.
_FIRST = 3


class Opening:
    """The places of the dateline that opens the text among *lines*."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(_places_in(self._lines))

    def is_place(self, words: str) -> bool:
        """Return whether words only name places: well known ones, or one that opens the text."""
        return bool(places_named(words)) or fold(words) in self._places


def _places_in(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the places of the first dateline with a day, in folded form."""
    for line in islice((one for one in lines if one.sentence), _FIRST):
        dateline = parse_dateline(line.text)
        if dateline is not None and dateline["date"]:
            yield from map(fold, dateline["places"])
            return
