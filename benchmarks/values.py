"""`python -m benchmarks.values`: CPU of a date, a dateline with places, a language; gazetteer.

Inputs differ from call to call, so that caches help no more than they do in a crawl.
"""

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from benchmarks.measure import Result, Spread, command, seconds, short, spread
from osce_crawl import parse_date, parse_dateline
from osce_crawl.normalise.languages import language_of
from osce_crawl.normalise.places import merge_places

TITLE = "Values"
ABOUT = """
One call for each of {calls:,} inputs, all of them different, so that caches help no more than in a
crawl. The gazetteer is opened in a separate process.
"""
CALLS = 2_000
DAYS = [date(1995, 1, 1) + timedelta(5 * number) for number in range(CALLS)]
PLACES = """
VIENNA|WARSAW/VIENNA|THE HAGUE|SKOPJE|Bishkek|PRISHTINË/PRIŠTINA|KHARKIV, Ukraine|КИЕВ|SARAJEVO
TIRANA / BRUSSELS / GENEVA|WASHINGTON D.C.|KAMENSK-SHAKHTINSKIY, Russian Federation|TBILISI
""".strip().replace("\n", "|")
REST = "The head of the mission opened a course for forty judges and prosecutors. " * 20

# Runs in a separate process, since each process opens the gazetteer only once.
GAZETTEER = """
from pathlib import Path
from time import process_time
from osce_crawl import resolve_place
def resident():
    fields = Path("/proc/self/status").read_text().split("VmRSS:")[1].split()
    return int(fields[0]) / 1024
before, start = resident(), process_time()
resolve_place("VIENNA")
print(1e3 * (process_time() - start), resident() - before)
"""


def _microseconds(work: Callable[[str], object], inputs: Iterable[str], rounds: int) -> Spread:
    """Return the CPU microseconds of a call."""
    texts = list(inputs)
    work(texts[0])
    calls = (seconds(lambda: [work(text) for text in texts]) for _ in range(rounds))
    return spread(1e6 * one / len(texts) for one in calls)


def _dateline(text: str) -> None:
    merge_places([], None, parse_dateline(text), [])


def measure(*, quick: bool = False) -> Result:
    """Call each function; return the cost of a call."""
    rounds = 1 if quick else 7
    dates = [f"{day.day} {day:%B %Y}" for day in DAYS]
    places = itertools.cycle(PLACES.split("|"))
    datelines = [f"{place}, {day} – {REST}" for place, day in zip(places, dates, strict=False)]
    work: dict[str, tuple[Callable[[str], object], list[str]]] = {
        "a date": (parse_date, dates),
        "a dateline with its places": (_dateline, datelines),
        "a text without a dateline": (_dateline, [REST] * CALLS),
        "the language of a body": (
            lambda text: language_of(None, "en", text),
            [f"{dateline}{REST}" for dateline in datelines],
        ),
    }
    rows: dict[str, dict[str, Any]] = {
        title: {"cpu_microseconds": _microseconds(call, inputs, rounds)}
        for title, (call, inputs) in work.items()
    }
    words = [sys.executable, "-c", GAZETTEER]
    opened = [
        subprocess.run(words, capture_output=True, check=True, text=True).stdout.split()  # noqa: S603
        for _ in range(rounds)
    ]
    rows["opening the gazetteer"] = {
        "cpu_milliseconds": spread(float(time) for time, _ in opened),
        "megabytes": short(max(float(memory) for _, memory in opened)),
    }
    return {"of": {"calls": CALLS, "rounds": rounds}, "rows": rows}


if __name__ == "__main__":
    command("values", measure)
