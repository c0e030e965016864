"""The newsroom as a site: the answer of each address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import unquote, urlsplit
from zlib import crc32

from . import pages
from .clock import Clock
from .facts import Decoy, Fact
from .listing import PATH, Listing, read_query
from .motion import Newsroom
from .tables import PREFIXES, units

#: The default last day of newsrooms.
NOW = date(2026, 10, 31)
SITEMAP_ROWS = 1000

HTML = "text/html; charset=utf-8"
XML = "text/xml; charset=utf-8"
_NODE = re.compile(r"\d{4,7}")
_LANGUAGES = {prefix: language for language, prefix in PREFIXES.items()}
_FORBIDDEN = ("/search/", "/admin/", "/user/")


@dataclass(frozen=True)
class Answer:
    """One answer of the site."""

    body: str = ""
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": HTML})


class Site(Newsroom):
    """A newsroom of `count` items drawn from `seed`, served at `base`; it changes, see `Newsroom`.

    :param base: the address without a slash at the end.
    :param delay: the Crawl-delay of robots.txt in seconds, none if zero.
    :ivar clock: its time, which advances with every request.
    :cvar today: the default last day of a newsroom.
    """

    today = NOW

    def __init__(
        self,
        base: str,
        count: int = 500,
        seed: int = 1,
        *,
        now: date | None = None,
        delay: int = 10,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(base, count, seed, now or self.today, clock)
        self.delay = delay
        self._listing = Listing(self.facts, base)
        self._folders = {unit.path for unit in units()} | {"node", "chairpersonship"}

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Carry out the events that are due, then return the answer to a GET.

        :param target: path and query.
        :param headers: headers of the request, names in lower case.
        """
        self.clock.tick()
        self.settle()
        return self.said(target, headers)

    def said(self, target: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer to a GET without any events."""
        parts = urlsplit(target)
        path = parts.path
        if path == "/robots.txt":
            return Answer(self._robots(), headers={"Content-Type": "text/plain"})
        if path == "/sitemap.xml":
            return self._sitemap(parts.query)
        if path == "/":
            return Answer(pages.plain("Newsroom", "Welcome."))
        if len(path) > 1 and path.endswith("/"):
            return moved(path.rstrip("/"))
        if path.lower() == PATH or path.lower().startswith(f"{PATH}/"):
            query = read_query(unquote(path)[len(PATH) :], parts.query)
            return Answer(self._current_listing().page(query))
        return self._page(path, headers)

    def _current_listing(self) -> Listing:
        if self._listing.facts is not self.facts:
            self._listing = Listing(self.facts, self.base)
        return self._listing

    def _robots(self) -> str:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in _FORBIDDEN)]
        if self.delay:
            lines.insert(1, f"Crawl-delay: {self.delay}")
        return "\n".join([*lines, "", f"Sitemap: {self.base}/sitemap.xml", ""])

    def _sitemap(self, query: str) -> Answer:
        number = query.removeprefix("page=")
        items = self.facts.items
        if not query:
            count = -(-len(items) // SITEMAP_ROWS)
            rows = "".join(
                f"<sitemap><loc>{self.base}/sitemap.xml?page={n + 1}</loc></sitemap>"
                for n in range(count)
            )
            return Answer(_xml("sitemapindex", rows), headers={"Content-Type": XML})
        start = (int(number) - 1) * SITEMAP_ROWS if number.isdigit() else -1
        if not 0 <= start < len(items):
            return not_found()
        rows = "".join(
            f"<url><loc>{self.base}{fact.path}</loc><lastmod>{changed_at(fact):%Y-%m-%d}</lastmod></url>"
            for fact in items[start : start + SITEMAP_ROWS]
        )
        return Answer(_xml("urlset", rows), headers={"Content-Type": XML})

    def _page(self, path: str, headers: Mapping[str, str]) -> Answer:
        """Answer an item's address, whatever unit is in its path."""
        *folders, node = path.strip("/").split("/")
        if not _NODE.fullmatch(node):
            return not_found()
        if folders[:1] == ["en"]:
            return moved(path.removeprefix("/en"))
        if path in self._moved:
            return moved(self._moved[path])
        found = self.found(path)
        if found is None:
            return not_found()
        if isinstance(found, Decoy):
            return Answer(pages.decoy(found))
        if found.id in self.removed:
            return not_found(self.removed[found.id])
        stated = found.path.split("/")[1]
        prefix = folders[0] if folders and folders[0] in _LANGUAGES else None
        moves = path != found.path and crc32(path.encode()) % 2 and folders[-1:] == ["node"]
        if moves or (prefix is None and stated in _LANGUAGES):
            return moved(found.path)
        return self._release(found, headers)

    def found(self, path: str) -> Fact | Decoy | None:
        """Return the page of a path, whatever unit is in it; None if there is none."""
        *folders, node = path.strip("/").split("/")
        found = self._by_node.get(node)
        if folders and folders[0] in _LANGUAGES:
            found = self._known.get(f"{node}-{_LANGUAGES[folders[0]]}")
        return found if found is not None and self._is_folder(folders[-1:], found) else None

    def _is_folder(self, folders: list[str], found: Fact | Decoy) -> bool:
        """Return whether a page answers in this folder: any unit's, or its own."""
        return bool(folders) and (folders[0] in self._folders or folders[0] in found.path)

    def _release(self, fact: Fact, headers: Mapping[str, str]) -> Answer:
        changed = changed_at(fact)
        version = f"-{fact.version}" if fact.version else ""
        validators = {
            "Content-Type": HTML,
            "ETag": f'"{fact.seed:x}{version}"',
            "Last-Modified": format_datetime(changed, usegmt=True),
        }
        tag, since = headers.get("if-none-match"), headers.get("if-modified-since")
        if tag == validators["ETag"] or (tag is None and since == validators["Last-Modified"]):
            return Answer(status=HTTPStatus.NOT_MODIFIED, headers=validators)
        return Answer(pages.release(fact, self.origin(fact)), headers=validators)


def changed_at(fact: Fact) -> datetime:
    """Return when the page of an item last changed, according to the site."""
    return fact.revised or datetime.combine(fact.day, time(12), UTC)


def moved(path: str) -> Answer:
    """Return a permanent redirect."""
    return Answer(status=HTTPStatus.MOVED_PERMANENTLY, headers={"Location": path})


def not_found(status: int = HTTPStatus.NOT_FOUND) -> Answer:
    """Return the page "not found"."""
    return Answer(pages.plain("Page not found", "There is no such page."), status)


def _xml(root: str, rows: str) -> str:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{space}">{rows}</{root}>\n'
