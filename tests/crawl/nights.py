"""Night after night: the real command against a newsroom that changes in between."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from newsroom.facts import Fact
from newsroom.server import Hit, Server
from newsroom.site import Site
from starting import Process

from .command import Command, Run

#: Settings without delays, since politeness has its own tests.
FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0, "OSCE_CONTACTS": 1}
#: Time in which a listed item may still be edited, OSCE_RECHECK_DAYS.
RECHECK = timedelta(days=30)
_LISTING = "/press-releases"


@dataclass(frozen=True)
class Night:
    """One run, its requests, and the published file after it."""

    run: Run
    hits: Sequence[Hit]
    feed: bytes

    @property
    def items(self) -> list[dict[str, Any]]:
        """The published items."""
        return [json.loads(line) for line in self.feed.splitlines()]

    @property
    def listing(self) -> list[int]:
        """The numbers of the requested listing pages, in order."""
        found = []
        for hit in self.hits:
            parts = urlsplit(hit.path)
            if parts.path == _LISTING:
                found.append(int(parse_qs(parts.query)["page"][0]))
        return found

    @property
    def pages(self) -> list[tuple[str, int]]:
        """The requested item pages in order, each with the status of its answer."""
        return [
            (hit.path, hit.status)
            for hit in self.hits
            if hit.path != "/robots.txt" and urlsplit(hit.path).path != _LISTING
        ]


class Nights:
    """A newsroom of `count` items up to a day, and one project folder that crawls it every night.

    :ivar urls: the address of each item at its first publication, which does not change.
    """

    def __init__(
        self, folder: Path, count: int = 500, seed: int = 1, now: date | None = None
    ) -> None:
        self.command = Command(folder)
        self.server = Server()
        self.site = Site(self.server.url, count, seed, now=now, delay=0)
        self.server.answer = self.site.answer
        self.urls: dict[str, str] = {}
        self._hits_before = 0

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.__exit__(*error)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of a run at the site's current time."""
        now = self.site.clock.now
        return {"OSCE_BASE_URL": self.site.base, "OSCE_NOW": f"{now:%Y-%m-%dT%H:%M:%SZ}", **FAST}

    @property
    def feed(self) -> bytes:
        """The published file, empty if there is none."""
        return self.command.feed.read_bytes() if self.command.feed.exists() else b""

    @property
    def store(self) -> Path:
        """The store's file."""
        return self.command.folder / "output" / "newsroom.sqlite"

    def night(self, *words: object, days: int = 1, **settings: object) -> Night:
        """Let days pass, then run the command."""
        self.site.clock.advance(timedelta(days=days))
        return self.watched(self.start(*words, **settings))

    def start(self, *words: object, **settings: object) -> Process:
        """Start a run at the site's current time, for `watched`."""
        self._hits_before = len(self.server.hits)
        words = "newsroom", "-O", self.command.feed.name, *words
        return self.command.start(*words, **{**self.settings, **settings})

    def watched(self, process: Process) -> Night:
        """Wait for the end of a run."""
        run = self.command.wait(process)
        night = Night(run, self.server.hits[self._hits_before :], self.feed)
        for item in night.items:
            self.urls.setdefault(item["id"], self.site.last_truth(item["id"])["url"])
        return night

    def changes(self) -> list[dict[str, Any]]:
        """Return the lines of the change feed."""
        file = self.command.folder / "output" / "changes.jsonl"
        return [json.loads(line) for line in file.read_bytes().splitlines()]

    def truth(self) -> list[dict[str, Any]]:
        """Return the expected items: those withdrawn after publication stay as they were."""
        gone = [self.site.last_truth(name) for name in self.site.removed if name in self.urls]
        found = [*self.site.truth(), *gone]
        return [{**item, "url": self.urls.get(item["id"], item["url"])} for item in found]


def window(site: Site) -> list[Fact]:
    """Return the listed items that may still be edited, in listing order, each once."""
    first = site.clock.now.date() - RECHECK
    listed = dict.fromkeys(entry.of for entry in site.facts.entries)
    return [
        of
        for of in listed
        if isinstance(of, Fact) and (of.listing_day or of.page_day or of.dateline_day) >= first
    ]


def replayed(changes: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, bool]]:
    """Return the state after a change feed: each item's revision, and whether it is gone.

    :raises AssertionError: for a line that is missing, doubled or inconsistent with earlier ones.
    """
    found: dict[str, tuple[int, bool]] = {}
    for number, line in enumerate(changes, start=1):
        name, kind = line["id"], line["change"]
        assert line["seq"] == number, line
        assert (name in found) != (kind == "new"), line
        gone = found.get(name, (0, False))[1]
        assert kind != "restored" or gone, line
        assert kind != "removed" or not gone, line
        found[name] = line["revision"], kind == "removed" or (gone and kind != "restored")
    return found


def snapshot(items: Iterable[Mapping[str, Any]]) -> dict[str, tuple[int, bool]]:
    """Return the state in a snapshot in the form of `replayed`."""
    return {item["id"]: (item["revision"], item["removed_at"] is not None) for item in items}
