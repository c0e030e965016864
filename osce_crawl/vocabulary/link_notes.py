"""What a link prints for screen readers about where it leads, in the site's languages."""

from functools import cache

from osce_crawl.data_files import read_data
from osce_crawl.text.forms import fold

_AROUND = " ()[],;:–—-"
#: Longer words are text.
_LONGEST = 60


@cache
def _notes() -> frozenset[str]:
    return frozenset(map(fold, read_data("link_notes")))


def says_where_link_leads(words: str) -> bool:
    """Return whether *words* say how a link opens, and nothing else.

    >>> says_where_link_leads(" (opens in a new tab)"), says_where_link_leads("the report")
    (True, False)
    """
    return 0 < len(words) <= _LONGEST and fold(words.strip(_AROUND)) in _notes()
