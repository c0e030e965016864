"""The words of links to listings of news, in the site's languages: data, looked up exactly."""

from functools import cache

from osce_crawl.data_files import read_data
from osce_crawl.text.forms import fold

#: Words longer than this are a title or a sentence.
_LONGEST = 60


@cache
def _kinds() -> dict[str, int]:
    data: dict[str, list[str]] = read_data("news_links")
    words = {fold(one): rank for rank, kind in enumerate(data) for one in data[kind]}
    return {**{kind: rank for rank, kind in enumerate(data)}, **words}


def news_rank(words: str) -> int | None:
    """Return the rank of a link with these words as a listing of releases, 0 the best; or None.

    The last part of a path is looked up as well: ``news-and-press-releases``.

    >>> news_rank("Press releases"), news_rank("newsroom"), news_rank("Contacts")
    (0, 1, None)
    """
    if len(words) > _LONGEST:
        return None
    found = _kinds().get(fold(words))
    return _kinds().get(fold(words.replace("-", " "))) if found is None else found
