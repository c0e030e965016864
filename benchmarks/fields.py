"""`python -m benchmarks.fields`: CPU of a date, a dateline with its places, a language; gazetteer.

Inputs differ from call to call, so that caches help no more than they do in a crawl.
"""

# ruff: noqa: T201 - what it prints is its result

import itertools
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from time import process_time_ns

from osce_crawl import parse_date, parse_dateline
from osce_crawl.normalise.languages import language_of
from osce_crawl.normalise.places import merge_places

CALLS = 2_000
ROUNDS = 5
DAYS = [date(1995, 1, 1) + timedelta(5 * number) for number in range(CALLS)]
PLACES = """
VIENNA|WARSAW/VIENNA|THE HAGUE|SKOPJE|Bishkek|PRISHTINË/PRIŠTINA|KHARKIV, Ukraine|КИЕВ|SARAJEVO
TIRANA / BRUSSELS / GENEVA|WASHINGTON D.C.|KAMENSK-SHAKHTINSKIY, Russian Federation|TBILISI
""".strip().replace("\n", "|")
REST = "The head of the mission opened a course for forty judges and prosecutors. " * 20

# A process of its own, since the gazetteer opens once in each.
GAZETTEER = """
from pathlib import Path
from time import perf_counter
from osce_crawl import resolve_place
def resident():
    fields = Path("/proc/self/status").read_text().split("VmRSS:")[1].split()
    return int(fields[0]) / 1024
before, start = resident(), perf_counter()
resolve_place("VIENNA")
print(1e3 * (perf_counter() - start), resident() - before)
"""


def _microseconds(work: Callable[[str], object], inputs: Iterable[str]) -> float:
    """Return the CPU microseconds of a call, the median of the rounds."""
    texts = list(inputs)
    work(texts[0])
    rounds = []
    for _ in range(ROUNDS):
        start = process_time_ns()
        for text in texts:
            work(text)
        rounds.append((process_time_ns() - start) / 1e3 / len(texts))
    return statistics.median(rounds)


def _dateline(text: str) -> None:
    merge_places([], None, parse_dateline(text), [])


def main() -> None:
    """Print a line a measure."""
    dates = [f"{day.day} {day:%B %Y}" for day in DAYS]
    places = itertools.cycle(PLACES.split("|"))
    datelines = [f"{place}, {day} – {REST}" for place, day in zip(places, dates, strict=False)]
    bodies = [f"{dateline}{REST}" for dateline in datelines]
    print(f"date                   {_microseconds(parse_date, dates):6.1f} µs")
    print(f"dateline with places   {_microseconds(_dateline, datelines):6.1f} µs")
    print(f"text without dateline  {_microseconds(_dateline, [REST] * CALLS):6.1f} µs")
    language = _microseconds(lambda text: language_of(None, "en", text), bodies)
    print(f"language of a body     {language:6.1f} µs")
    opened = [
        [
            float(figure)
            for figure in subprocess.run(  # noqa: S603 - its own code
                [sys.executable, "-c", GAZETTEER], capture_output=True, check=True, text=True
            ).stdout.split()
        ]
        for _ in range(ROUNDS)
    ]
    milliseconds, megabytes = (statistics.median(column) for column in zip(*opened, strict=True))
    print(f"gazetteer opened       {milliseconds:6.1f} ms, {megabytes:.1f} MB")


if __name__ == "__main__":
    main()
