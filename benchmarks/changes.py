"""`python -m benchmarks.changes`: the cost of the first delivery of a long change feed."""

import shutil
import sqlite3
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsroom.server import Server
from newsroom.site import Site

from benchmarks.folders import crawling, fill, project
from benchmarks.measure import Result, Run, command, in_turn, run, scrapy, spread

TITLE = "Change feed"
ABOUT = """
A night over {items:,} items with `OSCE_CHANGES`, when the file is missing and the store has this
many lines to deliver.
"""
# lines of an edit, as created by `osce_crawl.store.outbox`
_LINES = """
INSERT INTO change
WITH RECURSIVE numbers(n) AS (
    SELECT (SELECT coalesce(max(seq), 0) + 1 FROM change)
    UNION ALL SELECT n + 1 FROM numbers WHERE n < ?
)
SELECT n, json_object('seq', n, 'change', 'updated', 'id', (100000 + n % 25000) || '-en',
    'revision', 2 + n / 25000, 'keys', json_array('body', 'body_html', 'content_hash'),
    'run_id', '20261030T230000Z', 'at', '2026-10-30T23:00:00Z')
FROM numbers
"""


def measure(*, quick: bool = False) -> Result:
    """Publish with feeds of each length in turn; return the cost of the nights."""
    items, lengths, rounds = (100, (1_000, 20_000), 1) if quick else (500, (1_000, 1_000_000), 3)
    with TemporaryDirectory() as name, Server() as server:
        folder = Path(name)
        site = Site(server.url, items, delay=0)
        server.answer = site.answer
        words = crawling(server.url)
        known = project(folder / "known")
        fill(known, site)
        run(scrapy(*words, "-s", "OSCE_CHANGES="), known)
        for lines in lengths:
            shutil.copytree(known, folder / str(lines))
            with sqlite3.connect(folder / str(lines) / "output/newsroom.sqlite") as db:
                db.execute(_LINES, (lines,))
            db.close()

        def night(lines: int) -> Run:
            shutil.rmtree(folder / "night", ignore_errors=True)
            shutil.copytree(folder / str(lines), folder / "night")
            return run(scrapy(*words), folder / "night")

        found = in_turn({f"{lines:,} lines": partial(night, lines) for lines in lengths}, rounds)
        size = (folder / "night/output/changes.jsonl").stat().st_size
    rows: dict[str, dict[str, Any]] = {
        title: {
            "cpu_seconds": spread(one.cpu for one in runs),
            "megabytes": round(max(one.megabytes for one in runs)),
        }
        for title, runs in found.items()
    }
    last = f"{lengths[-1]:,} lines"
    rows[last]["file_megabytes"] = round(size / 1e6, 1)
    return {"of": {"items": items, "rounds": rounds}, "rows": rows}


if __name__ == "__main__":
    command("changes", measure)
