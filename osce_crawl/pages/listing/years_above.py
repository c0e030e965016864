"""Days without a year, below a heading that states it: "2023", "October 2023"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from osce_crawl.normalise.dates import parse_date
from osce_crawl.pages.reading.days import LONGEST_DAY
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.lines import Line, Lines, TextRun

#: A heading of a year or a month; a number in brackets counts its entries.
_PERIOD = re.compile(r"(?P<words>\D{0,16}?(?P<year>(?:19|20)[0-9]{2})\D{0,8}?)(?:\s*\([0-9]+\))?")
#: A day and the marks between it and what follows.
_DAY = re.compile(r"(\s*)(\S.*?)(\s*[:|,–—-]?\s*)", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
#: A heading that is not ``h1`` to ``h6`` ends before any of them.
_LOWEST = 7
#: A year, and a month of it if the heading names one.
_Period = tuple[int, int | None]


def complete_days(lines: Lines, language: str) -> None:
    """Add the year to each day that is alone in its element, below such a heading (in place).

    :param language: tried first for the names of months.
    """
    period: _Period | None = None
    rank = _LOWEST
    for index, line in enumerate(lines):
        if line.heading and not line.links:
            found = _period_of(line.text, language)
            own = int(line.node.tag[1]) if line.node.tag in HEADINGS else _LOWEST
            if found is not None or own <= rank:
                period, rank = found, own
        if period is not None and any(map(str.isdigit, line.text[:LONGEST_DAY])):
            runs = [_completed(run, period, language) for run in line.runs]
            if any(run is not old for run, old in zip(runs, line.runs, strict=True)):
                lines[index] = _with(line, runs)


def states_period(words: str, language: str) -> bool:
    """Return whether *words* are a year or a month of one, and nothing else."""
    return _period_of(words, language) is not None


def _period_of(words: str, language: str) -> _Period | None:
    """Return the year, and the month if there is one, of a heading that is nothing else."""
    match = _PERIOD.fullmatch(words)
    if match is None:
        return None
    if not _LETTER.search(match["words"]):
        return int(match["year"]), None
    first = parse_date(f"1 {match['words']}", language)
    return None if first is None else (first.year, first.month)


def _completed(run: TextRun, period: _Period, language: str) -> TextRun:
    """Return a run with its year; the same one unless it is only a day of the period."""
    match = _DAY.fullmatch(run.text) if len(run.text) <= LONGEST_DAY else None
    if match is None or not any(map(str.isdigit, match[2])):
        return run
    year, month = period
    day = parse_date(f"{match[2]} {year}", language)
    if day is None or day.year != year or month not in {None, day.month}:
        return run
    if month is None and not _LETTER.search(match[2]):
        return run  # numbers alone are no day of a year
    return replace(run, text=f"{match[1]}{match[2]} {year}{match[3]}")


def _with(line: Line, runs: Sequence[TextRun]) -> Line:
    return Line(line.nodes, line.index, line.node, runs, times=line.times, breaks=line.breaks)
