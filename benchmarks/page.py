"""`python -m benchmarks.page`: docs/performance.md and the README's figures, from the JSON.

The measurements are in `docs/performance.json`; nothing is measured here.
"""

import json
import re
from importlib import import_module
from typing import Any

from benchmarks import ROOT
from benchmarks.measure import Result
from benchmarks.table import cell, table

JSON = ROOT / "docs/performance.json"
PAGE = ROOT / "docs/performance.md"
README = ROOT / "README.md"
#: The benchmarks, in page order.
NAMES = (
    "extract",
    "accuracy",
    "listing",
    "values",
    "growth",
    "crawl",
    "archive",
    "night",
    "changes",
    "reextract",
    "formats",
    "dataset",
    "links",
    "history",
    "start",
)
INTRODUCTION = """
What the crawler and its parsers cost. `make bench` measures it and writes this page; it takes about
15 minutes on an idle machine. [benchmarks/](../benchmarks/README.md) says how to run one benchmark
alone, and [performance.json](performance.json) has the same figures for programs.

Times are the CPU time of all processes of a command. What is compared runs in turn, round by round,
so that a slow minute affects all of it alike. A figure is the median of the rounds, with the
minimum and maximum in brackets; a ratio is taken within each round. On a busy machine times grow,
but ratios hold. The pages are those of the simulated newsroom: built like the site's, but invented.
Memory is the peak of the main process.
"""
#: Figures in the README: description, benchmark, ending of the row's name, and columns.
FIGURES: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (
        "reading a release",
        "extract",
        "`osce_crawl.extract`",
        {"milliseconds_a_page": "{} ms", "floors": "{} times lxml's bare parse"},
    ),
    (
        "reading a listing of 50 entries",
        "listing",
        "`osce_crawl.extract_listing`",
        {"milliseconds_a_page": "{} ms", "floors": "{} times a bare parse"},
    ),
    (
        "a first crawl",
        "crawl",
        "the crawl",
        {
            "pages_a_cpu_second": "{} pages per CPU second",
            "ratio": "{} times a naive spider's rate",
        },
    ),
    (
        "a night: {row}",
        "night",
        ", 0 changes",
        {"cpu_seconds": "{} s", "megabytes": "{} MB of memory"},
    ),
    (
        "the dataset of {items:,} items",
        "dataset",
        "`scrapy dataset`",
        {"cpu_seconds": "{} s", "megabytes": "{} MB of memory"},
    ),
)
_MARKED = re.compile(r"(<!-- figures of make bench -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def page(measured: dict[str, Any]) -> str:
    """Return the page of the measurements."""
    machine = "\n".join(f"| {name} | {value} |" for name, value in measured["machine"].items())
    parts = ["# Performance", INTRODUCTION.strip(), f"| measured on | |\n| --- | --- |\n{machine}"]
    for name in NAMES:
        parts += section(name, measured["results"][name])
    return "\n\n".join(parts) + "\n"


def section(name: str, result: Result) -> list[str]:
    """Return the heading, explanation, command and table of one benchmark."""
    module = import_module(f"benchmarks.{name}")
    about = module.ABOUT.strip().format_map(result["of"])
    rounds = result["of"].get("rounds")
    how = f"`python -m benchmarks.{name}`" + (f", rounds: {rounds}." if rounds else ".")
    return [f"## {module.TITLE}", f"{about}", how, table(result)]


def figures(measured: dict[str, Any]) -> str:
    """Return the README's figures as a table."""
    lines = ["| what | CPU time |", "|---|---|"]
    for title, name, ending, columns in FIGURES:
        result = measured["results"][name]
        row = next(row for row in result["rows"] if row.endswith(ending))
        values = result["rows"][row]
        shown = ", ".join(
            text.format(cell(_middle(values[column]))) for column, text in columns.items()
        )
        lines.append(f"| {title.format(row=row, **result['of'])} | {shown} |")
    return "\n".join(lines)


def _middle(value: Any) -> Any:
    return value["median"] if isinstance(value, dict) else value


def readme(before: str, measured: dict[str, Any]) -> str:
    """Return the README with updated figures."""
    if not _MARKED.search(before):
        raise SystemExit("README.md has no marks for the figures of make bench")
    inside = f"\n{figures(measured)}\n\n"
    return _MARKED.sub(lambda found: f"{found[1]}{inside}{found[2]}", before)


def write() -> None:
    """Write the page and the README's figures from the JSON."""
    measured = json.loads(JSON.read_text("utf-8"))
    PAGE.write_text(page(measured), "utf-8")
    README.write_text(readme(README.read_text("utf-8"), measured), "utf-8")


if __name__ == "__main__":
    write()
