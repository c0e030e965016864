"""Run trials and print the results: ``python -m tests.trials [NAME ...]``."""

import argparse
import fnmatch
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from newsroom.site import Site

from trials.judge import problems
from trials.rows import TRIALS
from trials.run import run_nights
from trials.table import table
from trials.trial import Scripted, Trial

#: Many rows wait for a site that is slow or silent.
_JOBS = (os.cpu_count() or 1) + 1


@dataclass(frozen=True)
class Result:
    """The result of a trial: why it failed (empty if it passed), its time and peak memory."""

    name: str
    problems: list[str]
    seconds: float
    memory: int


def tried(name: str) -> Result:
    """Run a trial; an error in it counts as a failure."""
    trial = TRIALS[name]
    started, memory = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        try:
            if isinstance(trial, Scripted):
                found = trial.problems(Path(folder))
            else:
                found, memory = _nights(trial, Path(folder))
        except Exception as error:  # noqa: BLE001  # a trial that cannot be judged has failed
            found = [f"{type(error).__name__}: {error}"]
    return Result(name, found, time.monotonic() - started, memory)


def _nights(trial: Trial, folder: Path) -> tuple[list[str], int]:
    """Run the nights; return the problems and the peak memory of a run."""
    found: list[str] = []
    memory = nights = 0
    for night, outcome in run_nights(trial, folder):
        nights += 1
        memory = max(memory, outcome.ran.memory)
        wrong = problems(night, outcome)
        found += [f"night {nights}: {one}" if trial.earlier else one for one in wrong]
    if nights != len(trial.nights):
        found.append(f"{nights} of {len(trial.nights)} runs were looked at")
    return found, memory


def chosen(names: Sequence[str]) -> list[Trial | Scripted]:
    """Return the trials with these names or patterns, or all; LookupError if none match."""
    unknown = [name for name in names if not fnmatch.filter(TRIALS, name)]
    if unknown:
        raise LookupError(f"no trial is called {', '.join(unknown)}")
    found = {name for pattern in names or ["*"] for name in fnmatch.filter(TRIALS, pattern)}
    return [trial for name, trial in TRIALS.items() if name in found]


def lines(result: Result) -> Iterator[str]:
    """Return a result as printed lines."""
    word = "FAILED" if result.problems else "passed"
    megabytes = result.memory // 2**20
    yield f"{word}  {result.seconds:5.1f} s {megabytes:4} MB  {result.name}"
    yield from (f"        {problem}" for problem in result.problems)


def _set_today(day: date) -> None:
    Site.today = day


def main() -> int:
    """Run the trials named on the command line; return 1 if any failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="trials, or patterns such as 'pager-*'"
    )
    parser.add_argument("--list", action="store_true", help="print the table and run nothing")
    parser.add_argument("--jobs", type=int, default=_JOBS, help="at once (%(default)s)")
    parser.add_argument(
        "--from",
        dest="day",
        metavar="DATE",
        type=date.fromisoformat,
        default=Site.today,
        help="the newsroom's last day before the first run (%(default)s)",
    )
    options = parser.parse_args()
    _set_today(options.day)
    try:
        trials = chosen(options.names)
    except LookupError as error:
        parser.error(str(error))
    if options.list:
        sys.stdout.write(table(trials))
        return 0
    failed = 0
    # a process each: newsrooms that share one interpreter wait for each other
    with ProcessPoolExecutor(options.jobs, initializer=_set_today, initargs=(options.day,)) as pool:
        for result in pool.map(tried, [trial.name for trial in trials]):
            failed += bool(result.problems)
            sys.stdout.write("".join(f"{line}\n" for line in lines(result)))
            sys.stdout.flush()
    sys.stdout.write(f"{len(trials) - failed} of {len(trials)} trials passed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
