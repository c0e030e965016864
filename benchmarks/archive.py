"""What recording costs: processor time of a crawl with OSCE_ARCHIVE beside the same crawl without.

`python -m benchmarks.archive` serves a newsroom on loopback and lets the real command crawl it in
turn with and without an archive, into a fresh store each time: once with compressed answers, once
with plain ones. What a process costs before its first request is in all: few items show too little.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from newsroom.server import Server
from newsroom.site import Site

from benchmarks.snapshot import timed


def main() -> None:
    """Crawl in turn; print the ratio of the medians, and the bytes of archive a page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Server() as server:
        folder = Path(name)
        (folder / "scrapy.cfg").write_text("[settings]\ndefault = osce_crawl.settings\n")
        site = Site(server.url, options.items, delay=0)
        without = ["crawl", "newsroom", "-O", "items.jsonl", "-s", f"OSCE_BASE_URL={server.url}"]
        without += ["-s", "OSCE_NOW=2026-10-31T23:00:00Z", "-s", "DOWNLOAD_DELAY=0"]
        without += ["-s", "AUTOTHROTTLE_ENABLED=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8"]
        recorded = [*without, "-s", "OSCE_ARCHIVE=archive"]
        server.answer = site.answer
        for kind in ("compressed", "plain"):
            both = ["-s", f"COMPRESSION_ENABLED={int(kind == 'compressed')}"]
            seconds: dict[bool, list[float]] = {False: [], True: []}
            size = 0
            for number in range(2 * options.rounds):
                records = bool(number % 2)
                for made in ("output", "archive"):
                    shutil.rmtree(folder / made, ignore_errors=True)
                seconds[records].append(timed((recorded if records else without) + both, folder)[0])
                files = (folder / "archive").glob("*.warc.gz") if records else ()
                size = sum(file.stat().st_size for file in files) or size
            ratio = median(seconds[True]) / median(seconds[False])
            sys.stdout.write(
                f"{kind}: {median(seconds[False]):.1f} s without, {median(seconds[True]):.1f} s"
                f" with, ratio {ratio:.3f}, {size / options.items / 1024:.1f} KB an item\n"
            )


if __name__ == "__main__":
    main()
