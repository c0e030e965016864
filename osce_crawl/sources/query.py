"""The query of a listing's address, parameter by parameter."""

from collections.abc import Collection
from urllib.parse import unquote_plus, urlunsplit

from osce_crawl.normalise.web import split_address


def parameters(url: str) -> dict[str, str]:
    """Return the decoded parameters of an address, names in lower case; the first of each name.

    >>> parameters("https://osce.org/press-releases?Rows=50&solrsort=ds_date+desc")
    {'rows': '50', 'solrsort': 'ds_date desc'}
    """
    found: dict[str, str] = {}
    for pair in _pairs(url):
        found.setdefault(_name(pair), unquote_plus(pair.partition("=")[2]))
    return found


def without(url: str, names: Collection[str]) -> str:
    """Return an address without some parameters; the others stay as they are spelled.

    >>> without("https://osce.org/news?filters=x%3Ay&%72ows=50&page=0", {"rows", "page"})
    'https://osce.org/news?filters=x%3Ay'
    """
    parts = split_address(url)
    kept = [pair for pair in _pairs(url) if _name(pair) not in names]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(kept), ""))


def _pairs(url: str) -> list[str]:
    return [pair for pair in split_address(url).query.split("&") if pair]


def _name(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0]).strip().lower()
