"""What reading an archive again costs: `python -m benchmarks.reextract`.

Writes the pages of a simulated newsroom to WARC files, compressed as a server sends them, and lets
the real command read them with one process and with several in turn. Processor time is that of all
processes together, the start of each included. Two may be no faster than one on a busy machine:
compare the processor time a page, and the wall time only where a core is free for each.
"""

import argparse
import gzip
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from statistics import median

from newsroom.site import Site

from benchmarks.snapshot import timed
from osce_crawl.archive.messages import request_block, response_head
from osce_crawl.archive.writer import Exchange, WarcWriter

SITE = "https://www.osce.org"
MOMENT = datetime(2026, 10, 31, 23, tzinfo=UTC)
LISTING = "/press-releases?page={}&rows=50&solrsort=ds_date+desc"
_LINK = re.compile(r'<h3><a href="([^"]+)"')


def main() -> None:
    """Write the archive, read it in turn, print medians; what is least was disturbed least."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reextract", description=__doc__)
    parser.add_argument("--items", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "scrapy.cfg").write_text("[settings]\ndefault = osce_crawl.settings\n")
        pages = record(folder / "archive", options.items)
        size = sum(file.stat().st_size for file in (folder / "archive").glob("*.warc.gz"))
        sys.stdout.write(f"{pages} pages, {size / 1e6:.0f} MB of WARC, {os.cpu_count()} cores\n")
        found: dict[int, list[tuple[float, float, float]]] = {}
        for _ in range(options.rounds):
            for workers in options.workers:
                words = ["reextract", "archive", "-O", f"items-{workers}.jsonl"]
                words += ["--workers", str(workers), "-s", "OSCE_STORE=", "-s", "LOG_LEVEL=ERROR"]
                begun = time.monotonic()
                cpu, memory = timed(words, folder)
                found.setdefault(workers, []).append((cpu, time.monotonic() - begun, memory))
        for workers, times in found.items():
            cpu, wall, memory = zip(*times, strict=True)
            least, usual = (1000 * pick(cpu) / pages for pick in (min, median))
            sys.stdout.write(
                f"{workers} workers: {usual:.2f} ms of CPU a page, {least:.2f} at the least,"
                f" {median(wall):.1f} s of wall time, {max(memory):.0f} MB in the main process\n"
            )


def record(folder: Path, count: int) -> int:
    """Record a newsroom of this many items as a crawl would; return how many pages it has."""
    folder.mkdir()
    site = Site(SITE, count, delay=0)
    writer = WarcWriter(folder, "benchmark", {"osce-crawl-run": "benchmark"})
    pages = 0
    for target in targets(site):
        answer = site.said(target, {})
        head = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        head.append((b"Content-Encoding", b"gzip"))
        writer.write(
            Exchange(
                url=SITE + target,
                moment=MOMENT,
                request=request_block("GET", SITE + target, [], b""),
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
    """Yield the addresses that a crawl asks for: each listing page, and what it links."""
    number = 0
    while links := _LINK.findall(site.said(LISTING.format(number), {}).body):
        yield LISTING.format(number)
        yield from (unescape(link).removeprefix(SITE) for link in links)
        number += 1


if __name__ == "__main__":
    main()
