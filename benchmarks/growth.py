"""`python -m benchmarks.growth`: the growth in cost when a hostile page doubles in size.

Each kind of page of `tests/pages/test_linear_reading.py` is read at two sizes under Callgrind
(Debian: `valgrind`), which counts the instructions of the interpreter and of all libraries; without
Callgrind, CPU time is measured. The cost of a page with a single element is subtracted.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pages import test_linear_reading as pages

from benchmarks import ROOT
from benchmarks.measure import Result, command, short
from osce_crawl import extract, extract_listing
from osce_crawl.pages.reading import bounds

TITLE = "Growth on hostile pages"
ABOUT = """
Pages that contain {smallest} of one thing and {twice} of it, with the bounds on a page's size
lifted; {unit}. A growth of 2 is linear.
"""
_READER = [sys.executable, "-m", "benchmarks.growth", "--read"]
#: A C library function that Python calls to make Callgrind write its count.
_MARK = "getppid"


def read(kinds: list[str], smallest: int) -> None:
    """Read pages of some kinds at two sizes; print the CPU seconds of each."""
    for name in ("MOST_ELEMENTS", "MOST_PICTURES", "MOST_LINES", "LONGEST"):
        setattr(bounds, name, 10**9)
    took = []
    for kind in kinds:
        how = extract if kind in pages.RELEASES else extract_listing
        piece, around = (pages.RELEASES | pages.LISTINGS)[kind]
        pages.attempt(how, pages.many(1, piece, around))  # opens the gazetteer, compiles patterns
        for count in (1, smallest, 2 * smallest):
            given = pages.many(count, piece, around)
            os.getppid()
            begun = time.process_time()
            pages.attempt(how, given)
            took.append(time.process_time() - begun)
            os.getppid()
    sys.stdout.write(f"{json.dumps(took)}\n")


def _read(kinds: list[str], smallest: int, *before: str) -> list[float]:
    """Read pages in a separate process; return the CPU seconds of each."""
    ended = subprocess.run(  # noqa: S603 - our own command line
        [*before, *_READER, str(smallest), *kinds],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[float] = json.loads(ended.stdout)
    return found


def instructions(kinds: list[str], smallest: int) -> list[float]:
    """Return the instructions for reading each page, as counted by Callgrind."""
    with TemporaryDirectory() as name:
        file = f"--callgrind-out-file={name}/out"
        words = ["valgrind", "--tool=callgrind", f"--dump-before={_MARK}", file]
        _read(kinds, smallest, *words)
        dumps = sorted(Path(name).glob("out.*"), key=lambda path: int(path.suffix[1:]))
        counts = [_total(path) for path in dumps]
    return counts[1::2]  # the others count the work between two pages


def _total(dump: Path) -> float:
    with dump.open() as lines:
        return next(float(line.split()[1]) for line in lines if line.startswith("totals:"))


def cpu(kinds: list[str], smallest: int) -> list[float]:
    """Return the CPU seconds for reading each page, the least of three processes."""
    return [min(times) for times in zip(*(_read(kinds, smallest) for _ in range(3)), strict=True)]


def measure(*, quick: bool = False) -> Result:
    """Read pages of each kind and size; return their costs."""
    smallest, kinds = 400, [*pages.RELEASES, *pages.LISTINGS]
    if quick:
        smallest, kinds = 20, ["prose", "entries"]
    counted = shutil.which("valgrind") is not None
    cost, at_once = (instructions, os.cpu_count() or 1) if counted else (cpu, 1)
    parts = [kinds[number::at_once] for number in range(at_once)]
    with ThreadPoolExecutor(at_once) as pool:
        costs = list(pool.map(cost, parts, [smallest] * at_once))
    column, scale = ("instructions", 1e6) if counted else ("cpu_milliseconds", 1e-3)
    found: dict[str, dict[str, Any]] = {}
    for part, of_part in zip(parts, costs, strict=True):
        for number, kind in enumerate(part):
            least, once, twice = of_part[3 * number : 3 * number + 3]
            found[kind] = {
                column: short((once - least) / scale),
                f"{column}_twice": short((twice - least) / scale),
                "growth": short((twice - least) / (once - least)),
            }
    unit = "Callgrind counts the instructions" if counted else "CPU time, as Callgrind was missing"
    of = {"smallest": smallest, "twice": 2 * smallest, "unit": unit}
    return {"of": of, "rows": {kind: found[kind] for kind in kinds}}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(sys.argv[3:], int(sys.argv[2]))
    else:
        command("growth", measure)
