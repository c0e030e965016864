"""Start a newsroom on the loopback interface and say how to crawl it."""

import argparse
import json
import signal
import sys
import threading
from datetime import date
from pathlib import Path

from . import scenarios
from .faults import Faulty
from .motion import schedule
from .server import Server
from .site import NOW, Site


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom", description=__doc__)
    parser.add_argument("--items", type=int, default=500, help="how many items (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of everything (%(default)s)")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument(
        "--now", type=date.fromisoformat, default=NOW, help="last day (%(default)s)"
    )
    parser.add_argument("--crawl-delay", type=int, default=10, help="seconds; 0: none")
    parser.add_argument(
        "--moving",
        action="store_true",
        help="items come, change and go in the next hour of its clock, a second a request",
    )
    parser.add_argument(
        "--truth", type=Path, help="file to write the ground truth to, at the start and the end"
    )
    scenarios.add_arguments(parser)
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job ignores the first
        signal.signal(number, signal.default_int_handler)
    with Server(options.port) as server:
        site = Site(
            server.url, options.items, options.seed, now=options.now, delay=options.crawl_delay
        )
        server.answer = Faulty(site, options.fault, options.seed).answer
        if options.moving:
            site.plan(schedule(options.seed, site))
        if options.truth:
            write_truth(site, options.truth)
        sys.stdout.write(
            f"{server.url}: {len(site.facts.items)} items, seed {options.seed}\n"
            f"scrapy crawl newsroom -s OSCE_BASE_URL={server.url} -s OSCE_CONTACTS=1 "
            f"-s OSCE_NOW={options.now}T23:00:00Z -s DOWNLOAD_DELAY=0 "
            "-s AUTOTHROTTLE_ENABLED=0 -O items.jsonl\n"
        )
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write(f"{len(server.hits)} requests answered\n")
            if options.truth:
                write_truth(site, options.truth)


def write_truth(site: Site, path: Path) -> None:
    """Write the ground truth of a newsroom as it is now, one item a line."""
    with path.open("w", encoding="utf-8") as file:
        for item in site.truth():
            file.write(json.dumps(item, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
