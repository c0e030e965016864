"""`python -m benchmarks.extract`: the cost of reading a release, compared with other extractors.

They take turns on each page in one process, in the environment of `benchmarks/requirements.lock`.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import ROOT
from benchmarks.measure import Result, command, in_floors, run
from benchmarks.released import Release, releases

TITLE = "Reading a release"
ABOUT = """
{pages} pages of the simulated newsroom, of {least:,} to {most:,} bytes, as a server sends them. A
bare parse is what `lxml.html.document_fromstring` takes for the same page in the same round. The
two callbacks extract twelve fields with CSS; `osce_crawl.extract` fills every key of the item that
can be filled from a page alone. fundus has no parser for the site, so it runs the one in
`benchmarks/fundus_parser.py`.
"""
PYTHON = ROOT / ".venv/bench/bin/python"
FLOOR = "lxml's bare parse"
#: Pages that `benchmarks.side_by_side` reads first, without timing.
WARM = 5


def beside(pages: list[Release], rounds: int) -> Any:
    """Return the results of `benchmarks.side_by_side` for the pages."""
    if not PYTHON.exists():
        raise SystemExit("The other extractors are not installed: make .venv/bench.stamp")
    with TemporaryDirectory() as name:
        file, found = Path(name, "pages.jsonl"), Path(name, "found.json")
        file.write_text("".join(json.dumps([page.url, page.text]) + "\n" for page in pages))
        words = ["-m", "benchmarks.side_by_side", str(file), str(rounds), str(found)]
        run([str(PYTHON), *words], Path(name))
        return json.loads(found.read_text("utf-8"))


def measure(*, quick: bool = False) -> Result:
    """Read the pages with each tool; return the cost of a page."""
    count, rounds = (5, 1) if quick else (40, 7)
    pages = releases(WARM + count * rounds)
    found: dict[str, list[list[float]]] = beside(pages, rounds)
    sizes = [len(page.text.encode()) for page in pages]
    of = {"pages": len(pages) - WARM, "rounds": rounds, "least": min(sizes), "most": max(sizes)}
    return {"of": of, "rows": in_floors(found, FLOOR)}


if __name__ == "__main__":
    command("extract", measure)
