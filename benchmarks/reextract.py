"""`python -m benchmarks.reextract`: the cost of reading an archive with one process and two.

It writes the pages of a simulated newsroom to WARC files, compressed as a server sends them, and
lets the real command read them in turn. CPU time is the total of all processes.
"""

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsroom.site import Site

from benchmarks.folders import OSCE, project
from benchmarks.measure import Result, command, in_turn, of_runs, run, scrapy, spread
from osce_crawl.archive.messages import request_block, response_head
from osce_crawl.archive.writer import Exchange, WarcWriter

TITLE = "Re-extraction"
ABOUT = """
`scrapy reextract` of an archive of {pages:,} release pages and their listing, with one process and
with two. The CPU time is that of all processes, including their start. Two processes finish sooner
only if a second core is free. The ratio compares the CPU time with that of one process.
"""
MOMENT = datetime(2026, 10, 31, 23, tzinfo=UTC)
LISTING = "/press-releases?page={}&rows=50&solrsort=ds_date+desc"
_LINK = re.compile(r'<h3><a href="([^"]+)"')


def measure(*, quick: bool = False) -> Result:
    """Write the archive and read it in turn; return the cost for each number of processes."""
    items, rounds = (100, 1) if quick else (2_000, 3)
    with TemporaryDirectory() as name:
        folder = project(Path(name))
        pages = record(folder / "archive", items)
        commands = {
            f"{workers} {'process' if workers == 1 else 'processes'}": scrapy(
                *("reextract", "archive", "-O", f"items-{workers}.jsonl", "--workers"),
                *(str(workers), "-s", "OSCE_STORE=", "-s", "LOG_LEVEL=ERROR"),
            )
            for workers in (1, 2)
        }
        kinds = {title: partial(run, words, folder) for title, words in commands.items()}
        found = in_turn(kinds, rounds)
    rows: dict[str, dict[str, Any]] = {
        title: {
            "milliseconds_a_page": spread(1000 * one.cpu / pages for one in runs),
            **of_runs(runs, found["1 process"]),
            "wall_seconds": spread(one.wall for one in runs),
        }
        for title, runs in found.items()
    }
    return {"of": {"pages": pages, "rounds": rounds}, "rows": rows}


def record(folder: Path, count: int) -> int:
    """Record a newsroom of this many items as a crawl would; return the number of pages."""
    folder.mkdir()
    site = Site(OSCE, count, delay=0)
    writer = WarcWriter(folder, "benchmark", {"osce-crawl-run": "benchmark"})
    pages = 0
    for target in targets(site):
        answer = site.said(target, {})
        head = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        head.append((b"Content-Encoding", b"gzip"))
        writer.write(
            Exchange(
                url=OSCE + target,
                moment=MOMENT,
                request=request_block("GET", OSCE + target, [], b""),
                status=answer.status,
                head=response_head("HTTP/1.1", answer.status, head),
                body=gzip.compress(answer.body.encode(), 6),
                mime="text/html",
            )
        )
        pages += not target.startswith("/press-releases")
    writer.close()
    return pages


def targets(site: Site) -> Iterator[str]:
    """Yield the addresses that a crawl requests: each listing page and its links."""
    number = 0
    while links := _LINK.findall(site.said(LISTING.format(number), {}).body):
        yield LISTING.format(number)
        yield from (unescape(link).removeprefix(OSCE) for link in links)
        number += 1


if __name__ == "__main__":
    command("reextract", measure)
