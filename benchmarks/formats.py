"""What the formats cost: `scrapy export` of the whole store, once in each.

`python -m benchmarks.formats` makes a store of known items (`benchmarks.snapshot`), then exports it
with one feed, in each format in turn. Prints processor seconds, their ratio to those of the first,
the most memory, and the size of the file.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import median

from newsroom.site import Site

from benchmarks.snapshot import fill, timed

NAMES = ("items.jsonl", "items.parquet", "items.csv", "items.jsonl.gz", "items.jsonl.zst")


def main() -> None:
    """Make the store, time the exports, print what they took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formats", description=__doc__)
    parser.add_argument("--items", type=int, default=25_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("names", nargs="*", default=NAMES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = Site("https://www.osce.org", options.items, delay=0)
        (folder / "scrapy.cfg").write_text("[settings]\ndefault = osce_crawl.settings\n")
        fill(folder, site)
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in options.names}
        for _ in range(options.rounds):
            for file, runs in found.items():
                runs.append(timed(["export", "-O", file], folder))
        sizes = {file: (folder / file).stat().st_size for file in found}
    seconds = {file: median(cpu for cpu, _ in runs) for file, runs in found.items()}
    first = next(iter(seconds.values()))
    result = {
        file: {
            "cpu_seconds": round(seconds[file], 2),
            "ratio": round(seconds[file] / first, 2),
            "megabytes": round(max(most for _, most in runs)),
            "file_megabytes": round(sizes[file] / 1e6, 1),
        }
        for file, runs in found.items()
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
