"""How benchmarks measure; no test here looks at a time."""

import sys
from pathlib import Path

import pytest

from benchmarks import measure


def python(code):
    return [sys.executable, "-c", code]


def test_memory_is_that_of_the_command_and_not_of_the_one_who_measures(tmp_path):
    mine = bytearray(200_000_000)
    waits = "import time; time.sleep(0.2)"

    small = measure.run(python(waits), tmp_path)
    large = measure.run(python(f"held = bytearray(100_000_000); {waits}"), tmp_path)

    assert small.megabytes < 100 < large.megabytes < 200
    assert len(mine) == 200_000_000


def test_command_that_fails_ends_the_benchmark_with_what_it_said(tmp_path):
    with pytest.raises(SystemExit, match=r"ended with 3:\n.*no newsroom"):
        measure.run(python("print('no newsroom'); raise SystemExit(3)"), tmp_path)


def test_command_finds_the_package_wherever_it_runs(tmp_path):
    measure.run(python("import benchmarks; print(benchmarks.ROOT)"), tmp_path)

    assert (tmp_path / "log").read_text().strip() == str(Path(__file__).parents[2])


def test_rounds_are_done_in_turn():
    done = []
    kinds = {name: lambda name=name: done.append(name) or len(done) for name in "ab"}

    assert measure.in_turn(kinds, 3) == {"a": [1, 3, 5], "b": [2, 4, 6]}
    assert "".join(done) == "ababab"


def test_spread_has_the_median_between_least_and_most():
    assert measure.spread([3.00004, 1, 2]) == {"median": 2, "least": 1, "most": 3}


def test_ratio_is_taken_within_each_round():
    assert measure.ratios([2, 30, 4], [1, 10, 4])["median"] == 2
