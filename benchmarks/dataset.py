"""`python -m benchmarks.dataset`: the cost of `scrapy dataset`. Needs the extra ``dataset``."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.folders import stored
from benchmarks.measure import Result, command, in_turn, of_runs, run, scrapy

TITLE = "Dataset"
ABOUT = """
`scrapy dataset` of a store of {items:,} items. The libraries use most of the memory.
"""


def measure(*, quick: bool = False) -> Result:
    """Write the dataset; return its cost and the size of its files."""
    items, rounds = (200, 1) if quick else (25_000, 2)
    with TemporaryDirectory() as name:
        folder = Path(name) / "store"
        shutil.copytree(stored(items), folder)

        def write() -> object:
            shutil.rmtree(folder / "dataset", ignore_errors=True)
            return run(scrapy("dataset", "dataset"), folder)

        runs = in_turn({"dataset": write}, rounds)["dataset"]
        files = sorted((folder / "dataset").rglob("*"))
        row = of_runs(runs, runs)
        del row["ratio"]
        row["file_megabytes"] = round(
            sum(path.stat().st_size for path in files if path.is_file()) / 1e6, 1
        )
    return {"of": {"items": items, "rounds": rounds}, "rows": {"`scrapy dataset`": row}}


if __name__ == "__main__":
    command("dataset", measure)
