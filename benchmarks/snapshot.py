"""What a quiet night costs beside a bare spider that yields the same items.

`python -m benchmarks.snapshot` makes a store of known items, then times two commands side by side,
in turn: the newsroom's crawl on a night without news, which publishes the whole snapshot, and a
spider that does nothing but yield the same dicts. Also prints the most memory that each took.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from newsroom import truth
from newsroom.server import Server
from newsroom.site import Site

from benchmarks import ROOT
from osce_crawl.items import KEYS
from osce_crawl.store import Store
from osce_crawl.store.commit import commit
from osce_crawl.store.fetched import Answer

_WHEN = datetime(2026, 10, 30, 23, tzinfo=UTC)
_STAMP = "2026-10-30T23:00:00Z"
_BARE = """
import orjson
import scrapy


class Bare(scrapy.Spider):
    name = "bare"

    async def start(self):
        yield scrapy.Request("data:,", self.parse)

    def parse(self, response):
        for line in open("rows.jsonl", "rb"):
            yield orjson.loads(line)
"""


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


def fill(folder: Path, site: Site) -> None:
    """Make the store of a run that has published all items, and the rows for the bare spider."""
    store = Store.open(folder / "output" / "newsroom.sqlite", site.base)
    run_id = store.begin({}, _WHEN)
    with (folder / "rows.jsonl").open("wb") as lines:
        store.db.execute("PRAGMA synchronous = OFF")
        for row in rows(site):
            item = {key: row[key] for key in KEYS}
            lines.write(orjson.dumps(item) + b"\n")
            entry = {"url": item["url"], "node": item["node"], "language": item["language"]}
            store.see(entry, item["id"])
            store.keep(
                (item["node"], item["language"]), Answer("item", item["id"], item, rank=2), _WHEN
            )
    store.work_out_changes()
    commit(store.db, run_id, _WHEN, {}, full=False)
    store.close()


def timed(words: list[str], folder: Path) -> tuple[float, float]:
    """Run a command; return its CPU seconds and the most memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    log = folder / "log"  # a pipe would be full, and the command wait for its reader
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "-m", "scrapy", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=said,
        )
    status = Path(f"/proc/{process.pid}/status")
    most = 0
    while process.poll() is None:
        for line in status.read_text().splitlines() if status.exists() else ():
            if line.startswith("VmHWM"):
                most = max(most, int(line.split()[1]))
        time.sleep(0.05)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(log.read_text())
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most / 1024


def main() -> None:
    """Make the store, time the commands, print the ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.snapshot", description=__doc__)
    parser.add_argument("--items", type=int, default=25_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Server() as server:
        folder = Path(name)
        site = Site(server.url, options.items, delay=0)
        server.answer = site.answer
        (folder / "scrapy.cfg").write_text("[settings]\ndefault = osce_crawl.settings\n")
        (folder / "bare.py").write_text(_BARE)
        fill(folder, site)
        night = ["crawl", "newsroom", "-O", "items.jsonl", "-s", f"OSCE_BASE_URL={site.base}"]
        night += ["-s", "OSCE_NOW=2026-10-31T23:00:00Z", "-s", "DOWNLOAD_DELAY=0"]
        night += ["-s", "AUTOTHROTTLE_ENABLED=0", "-s", "OSCE_RECHECK_DAYS=0"]
        bare = ["runspider", "bare.py", "-O", "bare.jsonl", "-s", "LOG_LEVEL=INFO"]
        bare += ["-s", "ITEM_PIPELINES={}"]
        found: dict[str, list[tuple[float, float]]] = {"night": [], "bare": []}
        bare_folder = folder / "bare"
        bare_folder.mkdir()
        (bare_folder / "bare.py").write_text(_BARE)
        (bare_folder / "rows.jsonl").symlink_to(folder / "rows.jsonl")
        timed(night, folder)  # meets the listing, which the store made here has not seen
        for _ in range(options.rounds):
            found["night"].append(timed(night, folder))
            found["bare"].append(timed(bare, bare_folder))
        lines = sum(1 for _ in (folder / "items.jsonl").open("rb"))
    seconds = {name: median(cpu for cpu, _ in runs) for name, runs in found.items()}
    memory = {name: max(most for _, most in runs) for name, runs in found.items()}
    result = {
        "items": lines,
        "cpu_seconds": {name: round(value, 2) for name, value in seconds.items()},
        "ratio": round(seconds["night"] / seconds["bare"], 3),
        "megabytes": {name: round(value) for name, value in memory.items()},
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
