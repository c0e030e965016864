"""The documented command against the site on many hosts, night after night.

It gets only a proxy and a certificate authority from the environment, as an operator would set it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from newsroom.faults import Fault, Faulty
from newsroom.listing import PATH
from newsroom.network import HOSTS, Network
from newsroom.proxy import Proxy
from newsroom.score import Card, compare
from newsroom.search import PATH as SEARCH
from newsroom.server import Hit
from starting import Process

from .command import Command, Run

#: Settings without delays, since politeness has its own tests.
FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0}
_PLACES = {
    "/robots.txt": "robots",
    "/sitemap.xml": "sitemap",
    "/sitemap.xml.gz": "sitemap",
    "/rss.xml": "feed",
    SEARCH: "search",
    PATH: "listing",
    "/": "front",
    "/news": "news",
    "/newsroom": "hub",
}
_FOR_PEOPLE = ("Walk ", "Check ", "Status ", "Next ", "Traceback")
#: Records and refuses anything that would leave the machine: name look-ups, other connections.
_WATCH = """
import sys
from pathlib import Path

NOTES = Path(__file__).with_name("strays")

def watch(event, args):
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event == "socket.connect" and isinstance(args[1], tuple):
        host = args[1][0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else str(host)
    if not host.startswith("127.") and host not in ("None", "::1", "localhost"):
        with NOTES.open("a") as notes:
            notes.write(host + chr(10))
        raise OSError(f"{host} is outside of this machine")

sys.addaudithook(watch)
"""


def kind_of(path: str) -> str:
    """Return the kind of request for a path: `robots`, `sitemap`, `listing`, `page`, …."""
    return _PLACES.get(urlsplit(path).path, "page")


@dataclass(frozen=True)
class Night:
    """One run, the requests that the hosts received, and the published file after it.

    :ivar truth: the items that could be found at that time.
    """

    run: Run
    hits: Sequence[Hit]
    feed: bytes
    truth: Sequence[dict[str, Any]]

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """The published items."""
        return [json.loads(line) for line in self.feed.splitlines()]

    @property
    def ids(self) -> list[str]:
        """Their ids, in order."""
        return [item["id"] for item in self.items]

    @property
    def card(self) -> Card:
        """The score of the published items against the truth."""
        return compare(self.truth, self.items)

    @property
    def requests(self) -> Counter[str]:
        """The number of requests of each kind, on all hosts."""
        return Counter(kind_of(hit.path) for hit in self.hits)

    @property
    def sent(self) -> Counter[str]:
        """The number of answers of each kind that were sent in full."""
        return Counter(kind_of(hit.path) for hit in self.hits if hit.status == 200)

    @property
    def asked(self) -> Counter[str]:
        """The number of requests for each address."""
        return Counter(f"https://{hit.host}{hit.path}" for hit in self.hits)

    @property
    def hosts(self) -> Counter[str]:
        """The number of requests to each host."""
        return Counter(hit.host for hit in self.hits)

    @property
    def said(self) -> str:
        """The run's summary for people, and the end of a traceback."""
        lines = [line for line in self.run.errors if line.startswith(_FOR_PEOPLE)]
        return "\n".join(lines) or self.run.err[-2000:]

    @property
    def walks(self) -> list[str]:
        """The lines about how the walks ended."""
        return [line for line in self.run.errors if line.startswith("Walk ")]


class Contact:
    """The hosts of a newsroom with a way and a number of items, and a project folder to crawl it.

    A context manager. `site` may be changed between nights, see `Network`.
    """

    def __init__(self, folder: Path, way: str, count: int = 30, seed: int = 1, **site: Any) -> None:
        project = folder / "project"
        project.mkdir()
        self.command = Command(project)
        (project / "sitecustomize.py").write_text(_WATCH)
        self.site = Network(count, seed, way=way, **site)
        self.proxy = Proxy(HOSTS, folder)
        self.proxy.answer = self.site.answer
        self._seen = 0

    def __enter__(self) -> Self:
        self.proxy.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.proxy.__exit__(*error)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a run: proxy, the site's current time, contacts as in the truth."""
        now = f"{self.site.clock.now:%Y-%m-%dT%H:%M:%SZ}"
        return {**self.proxy.environ, "OSCE_NOW": now, "OSCE_CONTACTS": "1"}

    @property
    def strays(self) -> list[str]:
        """Hosts outside this machine and its proxy that a run tried to reach."""
        notes = self.command.folder / "strays"
        return [*self.proxy.strays, *(notes.read_text().split() if notes.exists() else ())]

    def faulty(self, faults: Iterable[Fault] = ()) -> None:
        """Apply these faults from now on; without any, nothing fails."""
        self.proxy.answer = Faulty(self.site, faults).answer

    def night(
        self,
        *words: object,
        days: int = 1,
        environ: Mapping[str, str] | None = None,
        **settings: object,
    ) -> Night:
        """Let days pass, then run ``scrapy crawl newsroom -O items.jsonl`` with more words."""
        self.site.clock.advance(timedelta(days=days))
        return self.ended(self.start(*words, environ=environ, **settings))

    def start(
        self, *words: object, environ: Mapping[str, str] | None = None, **settings: object
    ) -> Process:
        """Start a run, for `ended`."""
        given = {**self.environ, **(environ or {})}
        words = "newsroom", "-O", self.command.feed.name, *words
        return self.command.start(*words, environ=given, **{**FAST, **settings})

    def ended(self, process: Process) -> Night:
        """Wait for the end of a run."""
        run = self.command.wait(process)
        hits = self._hits()
        feed = self.command.feed.read_bytes() if self.command.feed.exists() else b""
        return Night(run, hits, feed, self.site.truth())

    def survey(
        self, *words: object, environ: Mapping[str, str] | None = None
    ) -> tuple[Run, Sequence[Hit]]:
        """Run ``scrapy survey`` with more words; return it and the requests to the hosts."""
        given = {**self.environ, **(environ or {})}
        return self.command.scrapy("survey", *words, environ=given, **FAST), self._hits()

    def _hits(self) -> Sequence[Hit]:
        """Return the requests since the last call."""
        hits = self.proxy.hits[self._seen :]
        self._seen += len(hits)
        return hits
