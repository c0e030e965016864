"""Night after night: the real command against a newsroom that moves in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from newsroom.server import Server
from newsroom.site import Site

from .command import Command, Run

#: Without delays, which politeness has its own tests for.
FAST = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0, "OSCE_CONTACTS": 1}


@dataclass(frozen=True)
class Night:
    """One run and the paths it asked for, without robots.txt, in order."""

    run: Run
    paths: list[str]

    @property
    def listing(self) -> list[str]:
        """The listing pages asked for, by number."""
        return [path for path in self.paths if path.startswith("/press-releases")]

    @property
    def pages(self) -> list[str]:
        """The item pages asked for."""
        return [path for path in self.paths if not path.startswith("/press-releases")]


class Nights:
    """A newsroom of `count` items and one project folder that crawls it every night."""

    def __init__(self, folder: Path, count: int = 500, seed: int = 1) -> None:
        self.command = Command(folder)
        self.server = Server()
        self.site = Site(self.server.url, count, seed, delay=0)
        self.server.answer = self.site.answer

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.__exit__(*error)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of a run at the site's present time."""
        now = self.site.clock.now
        return {"OSCE_BASE_URL": self.site.base, "OSCE_NOW": f"{now:%Y-%m-%dT%H:%M:%SZ}", **FAST}

    def night(self, *words: object, days: int = 1, **settings: object) -> Night:
        """Let a day pass, then run the command."""
        self.site.clock.advance(timedelta(days=days))
        before = len(self.server.hits)
        run = self.command.run(*words, **{**self.settings, **settings})
        return Night(run, asked(self.server.hits[before:]))


def asked(hits: Sequence[Any]) -> list[str]:
    """Return the paths asked for, robots.txt left out, queries of listing pages shortened."""
    found = []
    for hit in hits:
        parts = urlsplit(hit.path)
        if parts.path == "/robots.txt":
            continue
        number = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        listing = parts.path == "/press-releases"
        found.append(f"{parts.path}?page={number['page']}" if listing else hit.path)
    return found
