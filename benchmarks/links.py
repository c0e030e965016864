"""`python -m benchmarks.links`: how well copies are found among varied releases, and at what cost.

It builds releases with known copies (`tools/varied_releases.py`) and links them in a separate
process.
"""

import sys
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from varied_releases import Corpus, corpus

from benchmarks.measure import Result, command, in_turn, of_runs, run
from osce_crawl.links import Link, links

TITLE = "Links between releases"
ABOUT = """
The links found between {items:,} varied releases that include planted copies, some of them with a
share of their words edited. Precision is the share of the reported copies that are right; recall is
the share of the planted copies that are found.
"""


def shares(made: Corpus, found: list[Link]) -> dict[str, float]:
    """Return precision, and recall by the share of edited words."""
    pairs = {relation: _pairs(found, relation) for relation in ("copy", "near-copy")}
    told = pairs["copy"] | pairs["near-copy"]
    recall = {
        f"recall, {share:.0%} of the words edited": _share(
            any(frozenset((copy, one)) in pairs["near-copy"] for one in originals)
            for copy, originals in copies.items()
        )
        for share, copies in made.edited.items()
    }
    return {
        "precision": _share(pair in made.alike for pair in told),
        "recall, the same words": _share(pair in pairs["copy"] for pair in made.copies),
        **recall,
    }


def _pairs(found: list[Link], relation: str) -> set[frozenset[str]]:
    return {frozenset((one.from_, one.to)) for one in found if one.relation == relation}


def _share(hits: Iterable[bool]) -> float:
    all_of_them = list(hits)
    return round(sum(all_of_them) / len(all_of_them), 4)


def link(rows: Path, told: Path) -> None:
    """Link the rows of one file, and write the results to another."""
    with rows.open("rb") as lines:
        found = list(links(map(orjson.loads, lines)))
    told.write_bytes(orjson.dumps([astuple(one) for one in found]))


def measure(*, quick: bool = False) -> Result:
    """Build the releases and link them; return the results."""
    items, rounds = (1_000, 1) if quick else (25_000, 3)
    made = corpus(items, 1)
    with TemporaryDirectory() as name:
        rows, told = Path(name, "rows.jsonl"), Path(name, "links.json")
        rows.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in made.rows))
        words = [sys.executable, "-m", "benchmarks.links", "--link", str(rows), str(told)]
        runs = in_turn({"links": lambda: run(words, Path(name))}, rounds)["links"]
        found = [Link(*one) for one in orjson.loads(told.read_bytes())]
    cost = of_runs(runs, runs) | {"links": len(found)}
    del cost["ratio"]
    right: dict[str, dict[str, Any]] = {
        title: {"share_right": {"share": share}} for title, share in shares(made, found).items()
    }
    return {"of": {"items": len(made.rows), "rounds": rounds}, "rows": {"linking": cost, **right}}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--link"]:
        link(*map(Path, sys.argv[2:]))
    else:
        command("links", measure)
