"""The measuring method: commands in separate processes, in interleaved rounds.

A benchmark is a module with ``TITLE``, ``ABOUT`` and ``measure(quick=…)``, which returns a
`Result`: what was measured (``of``), and rows of columns. The name of a column gives its contents
and unit; a cell is a number, a `Spread` of several, a `Share`, or None if it does not apply.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypedDict, TypeVar

from benchmarks import ROOT

T = TypeVar("T")

#: The interval between two checks of a process's peak memory, in seconds.
ASKED = 0.02
#: The settings file of a project in the folder in which a command runs.
PROJECT = "[settings]\ndefault = osce_crawl.settings\n"


class Spread(TypedDict):
    """Several measurements of the same thing."""

    median: float
    least: float
    most: float


class Share(TypedDict):
    """A share of 1."""

    share: float


class Result(TypedDict):
    """The result of a benchmark."""

    of: dict[str, Any]
    rows: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Run:
    """The cost of a command.

    :ivar cpu: seconds of CPU time, including its child processes.
    :ivar wall: seconds of wall-clock time.
    :ivar megabytes: peak memory of its main process.
    """

    cpu: float
    wall: float
    megabytes: float


def scrapy(*words: str) -> list[str]:
    """Return a command line of Scrapy, using this interpreter."""
    return [sys.executable, "-m", "scrapy", *words]


def run(command: list[str], folder: Path, ends: Iterable[int] = (0,)) -> Run:
    """Run a command in a folder; return its cost.

    :param ends: allowed exit statuses; any other one stops the benchmark.
    """
    log = folder / "log"  # a pipe could fill up and block the command
    begun = time.monotonic()
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            command,
            cwd=folder,
            # an installed package is compiled; without its cache the project would be at each start
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""},
            stdout=said,
            stderr=said,
        )
    # Peak memory is read while the command runs: the value reported at its end includes the memory
    # of the process that started it, which is this one with a newsroom in it.
    status = Path(f"/proc/{process.pid}/status")
    most = 0
    while True:
        most = max(most, _peak(status))
        ended, how, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        time.sleep(ASKED)
    wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(how)
    if process.returncode not in set(ends):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{_end_of(log)}")
    return Run(usage.ru_utime + usage.ru_stime, wall, most / 1024)


def _peak(status: Path) -> int:
    """Return the peak memory of a process in KB; 0 if it has ended."""
    try:
        lines = status.read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def _end_of(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-3_000:]


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def in_turn(kinds: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Do all kinds of work in turn, in *rounds* rounds: a slow minute slows all of them."""
    found: dict[str, list[T]] = {name: [] for name in kinds}
    for _ in range(rounds):
        for name, work in kinds.items():
            found[name].append(work())
    return found


def spread(values: Iterable[float]) -> Spread:
    """Return median, minimum and maximum, with four significant digits."""
    all_of_them = list(values)
    return {
        "median": short(median(all_of_them)),
        "least": short(min(all_of_them)),
        "most": short(max(all_of_them)),
    }


def short(value: float) -> float:
    """Return a number with four significant digits."""
    return float(f"{value:.4g}")


def ratios(ours: Iterable[float], theirs: Iterable[float]) -> Spread:
    """Return the ratio of each round."""
    return spread(one / other for one, other in zip(ours, theirs, strict=True))


def in_floors(taken: Mapping[str, list[list[float]]], floor: str) -> dict[str, dict[str, Any]]:
    """Return what a page costs each reader, also as a multiple of the bare parse of that page.

    :param taken: the CPU seconds of each page in each round, by reader.
    :param floor: the reader that only parses.
    """
    return {
        name: {
            "milliseconds_a_page": spread(1000 * median(times) for times in by_round),
            "floors": spread(
                median(one / least for one, least in zip(times, floors, strict=True))
                for times, floors in zip(by_round, taken[floor], strict=True)
            ),
        }
        for name, by_round in taken.items()
    }


def of_runs(runs: Iterable[Run], beside: Iterable[Run]) -> dict[str, Any]:
    """Return the cost of a command's runs, and the ratio of CPU time to another's, by round."""
    all_of_them = list(runs)
    return {
        "cpu_seconds": spread(one.cpu for one in all_of_them),
        "ratio": ratios([one.cpu for one in all_of_them], [one.cpu for one in beside]),
        "megabytes": round(max(one.megabytes for one in all_of_them)),
    }


def command(name: str, measure: Callable[..., Result]) -> None:
    """Run one benchmark from the command line; print its table."""
    from benchmarks.table import table  # noqa: PLC0415 - most importers print nothing

    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that it works")
    result = measure(quick=parser.parse_args().quick)
    sys.stdout.write(f"{result['of']}\n\n{table(result)}\n")
