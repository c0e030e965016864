"""`python -m benchmarks.growth`: how many more instructions twice as large a hostile page takes.

Each kind of page of `tests/pages/test_linear_reading.py` is read at three sizes, each in a
process of its own under Callgrind (Debian: `valgrind`), which counts the instructions of the
interpreter and of all libraries. What the process takes for a page of one thing is taken off.
"""

# ruff: noqa: T201, S603 - what it prints is its result; it runs valgrind and its own reader

import argparse
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from itertools import pairwise

from pages import test_linear_reading as pages

from benchmarks import ROOT
from osce_crawl import NotAListing, NotARelease, extract, extract_listing
from osce_crawl.pages.reading import bounds

SMALLEST = 400
"""How many of the thing the smallest page holds; the others hold twice and four times as many."""


def read(kind: str, count: int) -> None:
    """Read one page of a kind, in the process that is measured."""
    for name in ("MOST_ELEMENTS", "MOST_PICTURES", "MOST_LINES", "LONGEST"):
        setattr(bounds, name, 10**9)
    how = extract if kind in pages.RELEASES else extract_listing
    make, _ = (pages.RELEASES | pages.LISTINGS)[kind]
    with suppress(NotARelease, NotAListing):
        how(*pages.whole(how, make(1)))
    if count:
        with suppress(NotARelease, NotAListing):
            how(*pages.whole(how, make(count)))


def reader(kind: str, count: int) -> list[str]:
    """Return the command that reads one page."""
    return [sys.executable, "-m", "benchmarks.growth", "--read", kind, str(count)]


def instructions(kind: str, count: int) -> int:
    """Return the instructions of a process that reads one page."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        raise SystemExit("valgrind was not found; on Debian: apt-get install valgrind")
    ended = subprocess.run(
        [valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null", *reader(kind, count)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"Collected : (\d+)", ended.stderr)
    if found is None:
        raise SystemExit(f"Callgrind counted nothing:\n{ended.stderr}")
    return int(found[1])


def main() -> None:
    """Print a line a kind of page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("kinds", nargs="*", help="all, where none is named")
    parser.add_argument("--read", nargs=2, metavar=("KIND", "COUNT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        read(given.read[0], int(given.read[1]))
        return
    print(f"millions of instructions at {SMALLEST}, twice and four times as many; growth")
    for kind in given.kinds or [*pages.RELEASES, *pages.LISTINGS]:
        subprocess.run(reader(kind, 1), cwd=ROOT, check=True)  # compiles the modules
        bare = instructions(kind, 0)
        costs = [instructions(kind, SMALLEST * times) - bare for times in (1, 2, 4)]
        growth = [after / before for before, after in pairwise(costs)]
        print(
            f"{kind:22}" + "".join(f"{cost / 1e6:10,.0f}" for cost in costs),
            " ".join(f"{factor:6.2f}" for factor in growth),
            flush=True,
        )


if __name__ == "__main__":
    main()
