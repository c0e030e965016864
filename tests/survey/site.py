"""A site of a few addresses, surveyed without an engine."""

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from crawl.site import entry, listing, release, releases

from osce_crawl.sources import ListingSource
from osce_crawl.survey import Choice, Reply, Survey

BASE = "https://www.osce.org"
ROBOTS = b"User-agent: *\nDisallow: /search/\n"


def html(body: str, head: str = "") -> bytes:
    """Return a page."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def newsroom(count: int = 5, newest: int = 500_000) -> bytes:
    """Return a listing of releases with the addresses of `pages`."""
    return listing(map(entry, releases(count, newest))).body


def pages(count: int = 5, newest: int = 500_000, host: str = BASE) -> dict[str, bytes]:
    """Return the pages of these releases, by address."""
    return {f"{host}{one.at}": release(one).body for one in releases(count, newest)}


def cards(host: str, *nodes: int) -> bytes:
    """Return a news page of cards, the newest first."""
    shown = "".join(
        f'<a class="teaser" href="{host}/secretariat/{node}"><time datetime="2024-06-{day:02}">'
        f"{day} June 2024</time><h2>Release {node}</h2></a>"
        for day, node in zip(range(28, 0, -1), nodes, strict=False)
    )
    return html(f"<h1>News</h1><div>{shown}</div>")


def sitemap(*addresses: str, index: bool = False) -> bytes:
    """Return a sitemap, or an index of sitemaps."""
    root, one = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    rows = "".join(f"<{one}><loc>{address}</loc></{one}>" for address in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{root} xmlns="{space}">{rows}</{root}>'.encode()


def feed(*nodes: int) -> bytes:
    """Return an RSS feed in Drupal's format."""
    items = "".join(
        f"<item><title>Release {node}</title><link>{BASE}/secretariat/{node}</link>"
        f'<guid isPermaLink="false">{node} at {BASE}</guid></item>'
        for node in nodes
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


def moved(url: str, status: int = 301) -> Reply:
    """Return a redirect."""
    return Reply(status, location=url)


class Looked:
    """A finished survey: its requests, finds and choice."""

    def __init__(
        self,
        site: Mapping[str, bytes | Reply],
        listings: Sequence[ListingSource] = (),
        base: str = BASE,
    ) -> None:
        self.survey = Survey(base, listings)
        self.asked: list[str] = []
        self.rounds: list[list[str]] = []
        while questions := self.survey.next_round():
            self.rounds.append([question.url for question in questions])
            self.asked += self.rounds[-1]
            # answers arrive in any order
            for question in reversed(questions):
                self.survey.take(question, self._answer(site, question.url))
        self.choice: Choice = self.survey.conclude()

    @staticmethod
    def _answer(site: Mapping[str, bytes | Reply], url: str) -> Reply:
        parts = urlsplit(url)
        bare = f"{parts.scheme}://{parts.netloc}{parts.path}"
        found = site.get(url, site.get(bare))
        if parts.path == "/robots.txt" and found is None:
            found = ROBOTS
        if isinstance(found, Reply):
            return found
        return Reply(200, found) if found is not None else Reply(404, why="it answers 404")

    @property
    def hosts(self) -> Counter[str]:
        """The number of requests to each host."""
        return Counter(urlsplit(url).netloc for url in self.asked)

    def against(self, url: str) -> str:
        """The reasons against an address."""
        return "; ".join(
            one for find in self.survey.finds if find.url == url for one in find.against
        )
