"""Kinds of failure specific to sitemaps, feeds and the search service."""

import gzip
import json
import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from .faults import Kind, Request
from .server import wired
from .site import XML, Answer

_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_COMMENT = f"<!-- {'written by the machine ' * 40}-->\n"
#: The parameter with the depth of nested indexes.
_DEPTH = "depth="
#: Nine steps of a factor of ten turn one word into a billion.
_BOMB = "".join(
    f'<!ENTITY w{n + 1} "{f"&w{n};" * 10}">' if n else '<!ENTITY w1 "word">' for n in range(10)
)


def text_of(answer: Answer) -> str:
    """Return the decompressed body of an answer."""
    raw = getattr(answer, "raw", None)
    return answer.body if raw is None else gzip.decompress(raw).decode()


def xml(change: Callable[[str], str]) -> Kind:
    """The XML is changed."""

    def answer(request: Request) -> Answer:
        found = request.ask()
        if found.status != HTTPStatus.OK:
            return found
        return Answer(change(text_of(found)), headers={"Content-Type": XML})

    return answer


def bare() -> Kind:
    """The sitemap is complete and names no page."""
    body = f'<?xml version="1.0"?><urlset xmlns="{_SITEMAPS}"></urlset>'
    return lambda _request: Answer(body, headers={"Content-Type": XML})


def shortened(share: float = 0.5) -> Kind:
    """The file ends in the middle, but claims to be complete."""
    return xml(lambda text: text[: int(len(text) * share)])


def huge(size: int) -> Kind:
    """The file has this many bytes, give or take a line; most of them are comments."""

    def answer(request: Request) -> Answer:
        text = text_of(request.ask())
        head, mark, tail = text.rpartition("</")
        comments = _COMMENT * ((size - len(text.encode())) // len(_COMMENT))
        raw = f"{head}{comments}{mark}{tail}".encode()
        return wired(Answer(headers={"Content-Type": XML}), raw=raw)

    return answer


def nested(depth: int = 5) -> Kind:
    """The sitemap is below this many nested indexes."""

    def answer(request: Request) -> Answer:
        path, _, query = request.target.partition("?")
        if query and not query.startswith(_DEPTH):
            return request.ask()
        at = int(query.removeprefix(_DEPTH) or 0)
        if at == depth:
            return request.ask(path)
        return _index(f"https://{request.host}{path}?{_DEPTH}{at + 1}")

    return answer


def looped() -> Kind:
    """The sitemap is an index that names itself and another, which names the first."""

    def answer(request: Request) -> Answer:
        path = request.target.partition("?")[0]
        here = f"https://{request.host}{path}"
        return _index(here, f"{here}?again=1")

    return answer


def _index(*addresses: str) -> Answer:
    rows = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in addresses)
    body = f'<?xml version="1.0"?><sitemapindex xmlns="{_SITEMAPS}">{rows}</sitemapindex>'
    return Answer(body, headers={"Content-Type": XML})


def bomb() -> Kind:
    """The file declares entities that expand to a billion words, and uses one."""

    def change(text: str) -> str:
        root = re.search(r"<(urlset|sitemapindex|rss)\b", text)
        name = root[1] if root else "urlset"
        declared = f"<!DOCTYPE {name} [{_BOMB}]>\n<{name}"
        return text.replace(f"<{name}", declared, 1).replace(f"</{name}>", f"&w9;</{name}>")

    return xml(change)


def outside(address: str) -> Kind:
    """The file declares an entity at another address, and uses it."""

    def change(text: str) -> str:
        root = re.search(r"<(urlset|sitemapindex|rss)\b", text)
        name = root[1] if root else "urlset"
        declared = f'<!DOCTYPE {name} [<!ENTITY other SYSTEM "{address}">]>\n<{name}'
        return text.replace(f"<{name}", declared, 1).replace(f"</{name}>", f"&other;</{name}>")

    return xml(change)


def html_entities() -> Kind:
    """The titles of a feed have HTML entities, which XML does not know, and bare ampersands."""
    return xml(lambda text: text.replace("<title>", "<title>News&nbsp;& more&hellip; "))


def unclosed() -> Kind:
    """A tag of the feed is not closed."""
    return xml(lambda text: text.replace("</description>", "", 1))


# -- the search service


def refuses(code: int, words: str, retry_after: int | None = None) -> Kind:
    """The search service refuses with an error in its own format."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return lambda _request: Answer(json.dumps({"message": words}), code, headers)


def deepest(most: int) -> Kind:
    """The key can see only this many hits."""

    def answer(request: Request) -> Answer:
        asked = parse_qs(urlsplit(request.target).query)
        page, size = (int(asked.get(name, ["1"])[-1]) for name in ("page", "per_page"))
        if page * size > most:
            words = f"Only upto {most} hits can be fetched."
            return refuses(HTTPStatus.UNPROCESSABLE_ENTITY, words)(request)
        return request.ask()

    return answer
