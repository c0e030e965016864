"""`python -m benchmarks.start`: the cost of starting a process."""

import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import ROOT
from benchmarks.folders import OSCE, project
from benchmarks.measure import Result, command, in_turn, run, scrapy, spread

TITLE = "Start"
ABOUT = """
Processes that import a module, or start a command and exit. The first two rows, Python and Scrapy
alone, are the minimum for any command. `scrapy crawl` here reads a saved site and publishes one
release.
"""
PAGE = ROOT / "fixtures/site/pages/322492-en.html"
CODES = {
    "`python -c pass`": "pass",
    "`import scrapy`": "import scrapy",
    "`import osce_crawl`": "import osce_crawl",
    "`import osce_crawl`, then read a first page": (
        "import osce_crawl\n"
        f"osce_crawl.extract(open({str(PAGE)!r}, 'rb').read(), '{OSCE}/secretariat/322492')"
    ),
}


def measure(*, quick: bool = False) -> Result:
    """Start each process in turn; return the cost."""
    rounds = 2 if quick else 11
    counts: dict[str, int] = {}
    with TemporaryDirectory() as name:
        folder = project(Path(name))
        commands = {title: [sys.executable, "-c", code] for title, code in CODES.items()}
        for title, words in commands.items():
            counts[title] = _modules(words[-1], folder)
        site = ["-s", f"OSCE_REPLAY={ROOT / 'fixtures/site'}", "-s", "OSCE_STORE=", "-a", "limit=1"]
        commands["`scrapy version`, outside a project"] = scrapy("version")
        commands["`scrapy list`"] = scrapy("list")
        commands["`scrapy crawl newsroom -a limit=1`"] = scrapy(
            "crawl", "newsroom", "-O", "items.jsonl", *site
        )
        bare = Path(name) / "bare"
        bare.mkdir()
        kinds = {
            title: partial(run, words, bare if "no project" in title else folder)
            for title, words in commands.items()
        }
        found = in_turn(kinds, rounds)
    rows: dict[str, dict[str, Any]] = {
        title: {
            "cpu_milliseconds": spread(1000 * one.cpu for one in runs),
            "megabytes": round(max(one.megabytes for one in runs)),
            "modules": counts.get(title),
        }
        for title, runs in found.items()
    }
    return {"of": {"rounds": rounds}, "rows": rows}


def _modules(code: str, folder: Path) -> int:
    """Return the number of imported modules after running some code."""
    run([sys.executable, "-c", f"{code}\nimport sys\nprint(len(sys.modules))"], folder)
    return int((folder / "log").read_text().split()[-1])


if __name__ == "__main__":
    command("start", measure)
