"""The words for "and" between names, in the site's languages: `data/conjunctions.json`."""

from functools import cache

from osce_crawl.data_files import read_data


@cache
def conjunctions() -> frozenset[str]:
    """Return the words, in small letters."""
    return frozenset(read_data("conjunctions"))
