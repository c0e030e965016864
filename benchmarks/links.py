"""How well copies are found, and at what cost, in 25,000 varied releases of which all is known.

`python -m benchmarks.links` builds releases with planted copies, links them in a process of its
own, and prints precision, recall by the share of edited words, CPU seconds and the most memory.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import orjson
from varied_releases import Corpus, corpus

from benchmarks import ROOT
from osce_crawl.links import Link, links


def figures(made: Corpus, found: list[Link]) -> dict[str, object]:
    """Return precision, and recall by the share of edited words."""
    pairs = {relation: _pairs(found, relation) for relation in ("copy", "near-copy")}
    told = pairs["copy"] | pairs["near-copy"]
    recall = {
        f"{share:.0%} edited": _share(
            any(frozenset((copy, one)) in pairs["near-copy"] for one in originals)
            for copy, originals in copies.items()
        )
        for share, copies in made.edited.items()
    }
    return {
        "links": len(told),
        "precision": _share(pair in made.alike for pair in told),
        "recall": {"same words": _share(pair in pairs["copy"] for pair in made.copies), **recall},
    }


def _pairs(found: list[Link], relation: str) -> set[frozenset[str]]:
    return {frozenset((one.from_, one.to)) for one in found if one.relation == relation}


def _share(hits: Iterable[bool]) -> float:
    all_of_them = list(hits)
    return round(sum(all_of_them) / len(all_of_them), 4)


def link(rows: Path, told: Path) -> None:
    """Link the rows of one file, and write what was found to another."""
    with rows.open("rb") as lines:
        found = list(links(map(orjson.loads, lines)))
    told.write_bytes(orjson.dumps([astuple(one) for one in found]))


def main() -> None:
    """Build the releases, link them in a process of its own, print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.links", description=__doc__)
    parser.add_argument("--items", type=int, default=25_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--link", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.link:
        link(*options.link)
        return
    made = corpus(options.items, options.seed)
    with tempfile.TemporaryDirectory() as name:
        rows, told = Path(name, "rows.jsonl"), Path(name, "links.json")
        rows.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in made.rows))
        words = [sys.executable, "-m", "benchmarks.links", "--link", str(rows), str(told)]
        subprocess.run(words, check=True, cwd=ROOT)  # noqa: S603 - our own command line
        found = [Link(*one) for one in orjson.loads(told.read_bytes())]
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = {
        "items": len(made.rows),
        **figures(made, found),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "megabytes": usage.ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
