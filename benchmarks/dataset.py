"""What `scrapy dataset` takes.

`python -m benchmarks.dataset` makes a store of simulated items, then writes the dataset's folder:
wall and processor time, the most memory, and the size of each file. Needs the extra ``dataset``.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from newsroom.server import Server
from newsroom.site import Site

from benchmarks.snapshot import fill, timed


def main() -> None:
    """Make the store and the dataset, print what it took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dataset", description=__doc__)
    parser.add_argument("--items", type=int, default=25_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Server() as server:
        folder = Path(name)
        (folder / "scrapy.cfg").write_text("[settings]\ndefault = osce_crawl.settings\n")
        fill(folder, Site(server.url, options.items, delay=0))
        began = time.monotonic()
        cpu, megabytes = timed(["dataset", "dataset"], folder)
        result = {
            "items": options.items,
            "seconds": round(time.monotonic() - began, 1),
            "cpu_seconds": round(cpu, 1),
            "megabytes_of_memory": round(megabytes),
            "megabytes": {
                path.name: round(path.stat().st_size / 1e6, 1)
                for path in sorted((folder / "dataset").iterdir())
            },
        }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
