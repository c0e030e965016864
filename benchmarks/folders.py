"""Folders to run commands in: a simulated newsroom's store, its rows, and its crawl command."""

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import orjson
from newsroom import truth
from newsroom.site import NOW, Site

from benchmarks import ROOT
from benchmarks.measure import PROJECT
from osce_crawl.items import KEYS
from osce_crawl.store import Store
from osce_crawl.store.commit import commit
from osce_crawl.store.fetched import Answer

OSCE = "https://www.osce.org"
WHEN = datetime(2026, 10, 30, 23, tzinfo=UTC)
_STAMP = "2026-10-30T23:00:00Z"


def crawling(base: str) -> list[str]:
    """Return the command line for a crawl of a newsroom on loopback, as fast as possible."""
    words = ["crawl", "newsroom", "-O", "items.jsonl", "-s", f"OSCE_BASE_URL={base}"]
    words += ["-s", "OSCE_NOW=2026-10-31T23:00:00Z", "-s", "DOWNLOAD_DELAY=0"]
    return [*words, "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8"]


def spider(name: str, *words: str) -> list[str]:
    """Return the command line for one of `benchmarks/spiders`; run it in a `plain` folder."""
    file = str(ROOT / f"benchmarks/spiders/{name}.py")
    return ["runspider", file, "-O", "items.jsonl", *words]


def plain(folder: Path) -> Path:
    """Create a folder in which Scrapy has its stock settings, outside any project."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def project(folder: Path) -> Path:
    """Create a folder in which the project's commands run."""
    plain(folder)
    (folder / "scrapy.cfg").write_text(PROJECT)
    return folder


def emptied(folder: Path) -> Path:
    """Return the folder without the files of an earlier run."""
    for made in ("output", "archive"):
        shutil.rmtree(folder / made, ignore_errors=True)
    return folder


@cache
def stored(items: int) -> Path:
    """Return a folder with a store of this many items; it exists until the process ends."""
    folder = project(Path(mkdtemp(prefix="benchmarks-")))
    atexit.register(shutil.rmtree, folder)
    fill(folder, Site(OSCE, items, delay=0))
    return folder


def fill(folder: Path, site: Site) -> None:
    """Create the store of a run that has published all items, and their rows as JSON Lines."""
    with filling(folder, site) as store, (folder / "rows.jsonl").open("wb") as lines:
        for row in rows(site):
            item = {key: row[key] for key in KEYS}
            lines.write(orjson.dumps(item) + b"\n")
            entry = {"url": item["url"], "node": item["node"], "language": item["language"]}
            store.see(entry, item["id"])
            store.keep((item["node"], item["language"]), Answer("item", item["id"], item, 2), WHEN)


@contextmanager
def filling(folder: Path, site: Site, *sources: str) -> Iterator[Store]:
    """Open a new store for the answers of a run; commit them at the end.

    :param sources: the sources that the run has read completely.
    """
    store = Store.open(folder / "output" / "newsroom.sqlite", site.base)
    run_id = store.begin({}, WHEN)
    store.db.execute("PRAGMA synchronous = OFF")
    yield store
    store.work_out_changes()
    proven = {source: [(date.min, NOW)] for source in sources}
    commit(store.db, run_id, WHEN, proven, full=bool(sources), sources=sources)
    store.close()


def rows(site: Site) -> Iterator[dict[str, Any]]:
    """Yield the items of a newsroom as a run would have published them."""
    for item in truth.items(site.facts.items, site.base):
        body = item["body"] or ""
        yield {
            **item,
            "contacts": [],
            "body_html": "".join(f"<p>{part}</p>" for part in body.split("\n\n")) or None,
            "revision": 1,
            "content_hash": f"sha256:{0:064x}",
            "first_seen_at": _STAMP,
            "changed_at": _STAMP,
            "removed_at": None,
            "fetched_at": _STAMP,
            "provenance": {
                **item["provenance"],
                "extractor": "1.0.0",
                "http_status": 200,
                "response_sha256": f"{0:064x}",
                "archive": None,
            },
            "issues": [{"code": code, "value": None} for code in item["issues"]],
        }
