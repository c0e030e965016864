"""`python -m benchmarks.history`: the cost of `scrapy history` of one item, by store size."""

from functools import partial
from typing import Any

import orjson

from benchmarks.folders import stored
from benchmarks.measure import Result, command, in_turn, run, scrapy, spread

TITLE = "History of an item"
ABOUT = """
`scrapy history ID` for an item with one version, in stores of two sizes.
"""


def measure(*, quick: bool = False) -> Result:
    """Query stores of each size in turn; return the cost."""
    sizes, rounds = ((100, 200), 2) if quick else ((1_000, 25_000), 7)
    kinds = {}
    for items in sizes:
        folder = stored(items)
        with (folder / "rows.jsonl").open("rb") as rows:
            item = orjson.loads(next(rows))["id"]
        kinds[f"{items:,} items"] = partial(run, scrapy("history", item), folder)
    found = in_turn(kinds, rounds)
    rows_: dict[str, dict[str, Any]] = {
        title: {
            "cpu_milliseconds": spread(1000 * one.cpu for one in runs),
            "megabytes": round(max(one.megabytes for one in runs)),
        }
        for title, runs in found.items()
    }
    return {"of": {"rounds": rounds}, "rows": rows_}


if __name__ == "__main__":
    command("history", measure)
