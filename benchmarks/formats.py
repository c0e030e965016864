"""`python -m benchmarks.formats`: the cost of `scrapy export` of a whole store in each format."""

import shutil
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.folders import stored
from benchmarks.measure import Result, command, in_turn, of_runs, run, scrapy

TITLE = "Formats"
ABOUT = """
`scrapy export` of a store of {items:,} items, once in each format. The libraries use much of the
memory of Parquet. The ratio is relative to JSON Lines.
"""
NAMES = ("items.jsonl", "items.parquet", "items.csv", "items.jsonl.gz", "items.jsonl.zst")


def measure(*, quick: bool = False) -> Result:
    """Export in turn; return the cost of each format."""
    items, rounds = (200, 1) if quick else (25_000, 2)
    with TemporaryDirectory() as name:
        folder = Path(name) / "store"
        shutil.copytree(stored(items), folder)
        kinds = {file: partial(run, scrapy("export", "-O", file), folder) for file in NAMES}
        found = in_turn(kinds, rounds)
        rows = {
            f"`{file.removeprefix('items')}`": of_runs(runs, found[NAMES[0]])
            | {"file_megabytes": round((folder / file).stat().st_size / 1e6, 1)}
            for file, runs in found.items()
        }
    return {"of": {"items": items, "rounds": rounds}, "rows": rows}


if __name__ == "__main__":
    command("formats", measure)
