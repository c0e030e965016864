"""The words of links to listings of news, in the site's languages: data, looked up exactly."""

import json
from functools import cache
from importlib import resources

from osce_crawl.text.forms import fold

#: Words longer than this are a title or a sentence.
_LONGEST = 60


@cache
def _kinds() -> dict[str, int]:
    text = resources.files("osce_crawl").joinpath("data/news_links.json").read_text("utf-8")
    data: dict[str, list[str]] = json.loads(text)
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
