"""A small newsroom on the loopback interface: listing pages and releases rendered from facts.

To let the site change during a walk (publish, withdraw, lose a link, fail), change `facts` or
`pages` between two requests; `on` says when.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Self
from urllib.parse import parse_qs, urlsplit

from server import Answer, Hit, Page, Server

NEWEST = date(2024, 6, 30)
QUERY = "page={}&rows=50&solrsort=ds_date+desc"
ROBOTS = Page(b"User-agent: *\nDisallow: /search/\n", headers={"Content-Type": "text/plain"})
CHALLENGE = Page(
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    b"<h1>Checking your browser</h1><p>One moment, please.</p></body></html>"
)
NO_RESULTS = Page(
    b"<!DOCTYPE html><html lang='en'><head><title>News</title></head><body><h1>News</h1>"
    b"<div class='pane-content'><h2>Your search yielded no results</h2></div></body></html>"
)


@dataclass(frozen=True)
class Fact:
    """One release: the values printed in its listing entry and on its page.

    `address` is the link in the listing, `at` the address of its page.
    """

    node: int
    published: date
    title: str
    at: str
    address: str
    kind: str = "Press release"
    unit: str = "OSCE Secretariat"

    @property
    def day(self) -> str:
        """The date as the site prints it."""
        return f"{self.published.day} {self.published:%B %Y}"


def fact(node: int, published: date = NEWEST, **others: str) -> Fact:
    """Return a release; title and address are derived from its node."""
    address = others.pop("address", f"/secretariat/{node}")
    at = others.pop("at", address)
    return Fact(node, published, others.pop("title", f"Release {node}"), at, address, **others)


def releases(count: int, newest: int = 500_000) -> list[Fact]:
    """Return `count` releases, newest first, one per day."""
    return [fact(newest - n, NEWEST - timedelta(days=n)) for n in range(count)]


def entry(one: Fact) -> str:
    """Render the listing entry of a release."""
    return f"""<div class="search-result-news">
<dt class="search-title"><h3><a href="{escape(one.address)}">{escape(one.title)}</a></h3></dt>
<p class="publishing-date"><strong>Publishing date:</strong> {one.day}</p>
<div class="search-labels"><p><span>Content type:</span> {escape(one.kind)}</p>
<p><span>Where we are:</span> <a href="/unit">{escape(one.unit)}</a></p></div>
<p class="search-snippet">VIENNA, {one.day} - The office opened its doors to {one.node} people.</p>
</div>"""


def pager(number: int, last: int, *, next_link: bool = True) -> str:
    """Render the pager of page `number` (zero-based) of `last` + 1 pages."""
    if not last:
        return ""
    items = [
        _page_link("item", n, str(n + 1))
        if n != number
        else f'<li class="pager-current">{n + 1}</li>'
        for n in range(last + 1)
    ]
    if number:
        items.insert(0, _page_link("previous", number - 1, "‹ previous"))
    if next_link and number < last:
        items.append(_page_link("next", number + 1, "next ›"))
    return f'<ul class="pager">{"".join(items)}</ul>'


def _page_link(name: str, number: int, words: str) -> str:
    href = f"/press-releases?{QUERY.format(number)}"
    return f'<li class="pager-{name}"><a href="{href}">{words}</a></li>'


#: The pager of a listing at /news with one page.
ONE_PAGE = '<ul class="pager"><li><a href="/news?page=0">1</a></li></ul>'


def listing(entries: Iterable[str], below: str = "") -> Page:
    """Render a listing page."""
    return html(
        "News and press releases",
        '<div class="panel-pane pane-apachesolr-result"><div class="pane-content">'
        f"{''.join(entries)}</div></div>{below}",
    )


def release(one: Fact) -> Page:
    """Render the page of a release."""
    return html(
        one.title,
        f"""<h2 class="content-kind">{escape(one.kind)}</h2>
<div class="content--header"><h1>{escape(one.title)}</h1></div>
<dl><dt>Date:</dt><dd><time datetime="{one.published}T12:00:00+01:00">{one.day}</time></dd>
<dt>Place:</dt><dd>VIENNA</dd>
<dt>Source:</dt><dd><a href="/unit">{escape(one.unit)}</a></dd>
<dt>Fields of work:</dt><dd><a href="/fow">Policing</a></dd></dl>
<div class="content--content"><div><div class="pane-content">
<p>VIENNA, {one.day} – The office opened its doors to {one.node} people.</p>
<p>Guests asked about budgets, rivers and borders, and stayed until the evening.</p>
</div></div></div>""",
    )


def html(title: str, body: str) -> Page:
    """Render a page of the site."""
    page = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | OSCE</title></head>
<body>{body}</body></html>"""
    return Page(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


class Newsroom:
    """Serves `facts` as a newsroom; `pages` (path with query → answer) take precedence.

    A listing page has `rows` entries, however many are requested. A context manager. `on` maps a
    path with its query to a function called just before the first answer.
    """

    def __init__(
        self,
        facts: Iterable[Fact] = (),
        pages: dict[str, Answer] | None = None,
        rows: int = 10,
        host: str = "127.0.0.1",
    ) -> None:
        self.facts = list(facts)
        self.rows = rows
        self.on: dict[str, Callable[[], None]] = {}
        self.server = Server({"/robots.txt": ROBOTS, **(pages or {})}, host, self._answer)
        self.pages = self.server.pages
        self.url = self.server.url

    @property
    def paths(self) -> list[str]:
        """The requested paths in order, without robots.txt."""
        return [path for path in self.server.paths if path != "/robots.txt"]

    @property
    def listings(self) -> list[int]:
        """The numbers of the requested listing pages, in order."""
        return [_number(path) for path in self.paths if path.startswith("/press-releases")]

    @property
    def settings(self) -> dict[str, object]:
        """The settings of a crawl of this site without delays."""
        return {
            "OSCE_BASE_URL": self.url,
            "OSCE_NOW": "2026-11-01T03:00:00Z",
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": 0,
            "RETRY_TIMES": 1,
        }

    def page(self, number: int, *, next_link: bool = True, with_pager: bool = True) -> Page:
        """Render the current listing page `number`; past the end it is empty."""
        shown = self.facts[number * self.rows : (number + 1) * self.rows]
        if not shown:
            return NO_RESULTS
        last = (len(self.facts) - 1) // self.rows
        below = pager(number, last, next_link=next_link) if with_pager else ""
        return listing(map(entry, shown), below)

    def _answer(self, hit: Hit) -> Page:
        action = self.on.pop(hit.path, None)
        if action is not None:
            action()
        if urlsplit(hit.path).path == "/press-releases":
            return self.page(_number(hit.path))
        for one in self.facts:
            if one.at == urlsplit(hit.path).path:
                return release(one)
        return Page(b"<html><body><h1>Page not found</h1></body></html>", 404)

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.__exit__(*error)


def address(number: int) -> str:
    """Return the path, with its query, of listing page `number`."""
    return f"/press-releases?{QUERY.format(number)}"


def _number(path: str) -> int:
    return int(parse_qs(urlsplit(path).query).get("page", ["0"])[0])
