"""A few quick trials; what the tables must cover; README.md, which is generated from them."""

from pathlib import Path

import pytest
from grid import check_each
from newsroom.scenarios import SCENARIOS

from trials.__main__ import tried
from trials.guards import MUTATIONS
from trials.mutations import ROOT, applied
from trials.rows import TRIALS
from trials.table import mutation_table, table

DOCUMENT = Path(__file__).with_name("README.md")
QUICK = (
    "still",
    "robots-forbids-listing",
    "503@listing",
    "500-twentieth@items",
    "site-down",
)
#: Scenarios of a listing or of robots.txt, which do not apply to items.
_NO_ITEMS = ("pager-", "robots-")


@pytest.mark.parametrize("name", QUICK)
def test_trial(name: str) -> None:
    assert tried(name).problems == []


def test_scenario_has_a_trial() -> None:
    trials = {name: {name, f"{name}@items", f"{name}@listing"} for name in SCENARIOS}

    assert [name for name, wanted in trials.items() if not wanted & TRIALS.keys()] == []


def test_scenario_has_a_trial_on_items() -> None:
    wanted = {f"{name}@items" for name in SCENARIOS if not name.startswith(_NO_ITEMS)}

    assert wanted - TRIALS.keys() == set()


def test_guard_is_where_its_mutation_looks_for_it() -> None:
    def is_changed(_guard: str, number: int) -> bool:
        mutation = MUTATIONS[number]
        source = (ROOT / mutation.file).read_text("utf-8")
        return applied(mutation, source) != source

    check_each(is_changed, {(one.guard, number): True for number, one in enumerate(MUTATIONS)})


def test_mutation_names_trials() -> None:
    unknown = {one.guard: [*set(one.trials) - TRIALS.keys()] for one in MUTATIONS}

    assert {guard: trials for guard, trials in unknown.items() if trials} == {}


def test_trials_are_documented() -> None:
    assert table(TRIALS.values()) in DOCUMENT.read_text("utf-8")


def test_mutations_are_documented() -> None:
    assert mutation_table() in DOCUMENT.read_text("utf-8")
