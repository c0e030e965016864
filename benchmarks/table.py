"""A result as a Markdown table."""

from typing import Any

from benchmarks.measure import Result

#: The heading of each column.
HEADINGS = {
    "cpu_seconds": "CPU, s",
    "wall_seconds": "elapsed, s",
    "cpu_milliseconds": "CPU, ms",
    "cpu_microseconds": "CPU, µs",
    "milliseconds_a_page": "CPU per page, ms",
    "floors": "times a bare parse",
    "ratio": "ratio",
    "megabytes": "peak memory, MB",
    "file_megabytes": "files, MB",
    "pages_a_cpu_second": "pages per CPU second",
    "pages": "pages",
    "requests": "requests",
    "modules": "modules",
    "kilobytes_an_item": "KB per item",
    "instructions": "instructions, millions",
    "cpu_milliseconds_twice": "at twice the size",
    "instructions_twice": "at twice the size",
    "growth": "growth",
    "items": "items",
    "share_right": "right",
    "links": "links",
}


def table(result: Result) -> str:
    """Return the rows of a result."""
    rows = result["rows"]
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    lines = [["", *(HEADINGS.get(name, name) for name in columns)]]
    lines.append(["---", *("---:" for _ in columns)])
    lines += [[name, *(cell(row.get(one)) for one in columns)] for name, row in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: Any) -> str:
    """Return the text of a cell; a median is followed by minimum and maximum."""
    if value is None:
        return "–"
    if isinstance(value, dict) and "share" in value:
        return f"{value['share']:.1%}"
    if isinstance(value, dict):
        low, middle, high = (number(value[key]) for key in ("least", "median", "most"))
        return middle if low == high else f"{middle} ({low} to {high})"
    return number(value)


def number(value: float) -> str:
    """Return a number with three significant digits, integers in full."""
    if isinstance(value, int) or abs(value) >= 100:  # noqa: PLR2004 - three digits before the point
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"  # noqa: PLR2004 - two digits
