"""`scrapy reextract`, and archives for it."""

import json
from pathlib import Path

from archive.warcs import http, record, write
from crawl.command import SITE, Command

NOW = "2026-11-03T03:00:00Z"


class Reextract(Command):
    """`scrapy reextract` in a project folder; `run` takes the archive and writes items.jsonl.

    By default one process reads, since the archives are small, and it is forked, which saves it
    half a second of imports; `spawning` starts it as users do.
    """

    verb = "reextract"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._forks = forking(folder)

    def spawning(self) -> "Reextract":
        """Let the processes that read be started anew, as they are without tests."""
        self._forks.unlink()
        return self

    def run(self, archive, *words, **options):
        """Read `archive` into items.jsonl, with the words and settings of `Command.start`."""
        return self.spider(archive, "-O", "items.jsonl", "--workers", "1", *words, **options)


def forking(folder: Path) -> Path:
    """Let the processes that read be forked by commands that find this folder's modules.

    Return the file that says so.
    """
    file = folder / "sitecustomize.py"
    file.write_text("from osce_crawl.reextract import processes\n\nprocesses.START = 'fork'\n")
    return file


def without_record(items):
    """Return items without the record they were read from."""
    for item in items:
        item["provenance"]["archive"] = None
    return items


def saved_site(file: Path) -> Path:
    """Write the pages of the offline site to a WARC file."""
    lines = (SITE / "index.jsonl").read_text("utf-8").splitlines()
    return write(file, *(_capture(json.loads(line)) for line in lines))


def _capture(saved):
    body = (SITE / saved["file"]).read_bytes() if saved["file"] else b""
    named = dict(saved["headers"])
    media = named.pop("Content-Type", "text/plain")
    headers = [f"{name}: {value}" for name, value in named.items()]
    answer = http(body, *headers, status=str(saved["status"]), media=media)
    return record(answer, saved["url"], date=saved["saved_at"])
