"""A few quick trials; what the tables must cover; README.md, which is generated from them."""

from pathlib import Path

import pytest
from newsroom.scenarios import SCENARIOS

from trials.__main__ import tried
from trials.guards import MUTATIONS, Mutation
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


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario_has_a_trial(name: str) -> None:
    assert {name, f"{name}@items", f"{name}@listing"} & TRIALS.keys()


@pytest.mark.parametrize("name", [name for name in SCENARIOS if not name.startswith(_NO_ITEMS)])
def test_scenario_has_a_trial_on_items(name: str) -> None:
    assert f"{name}@items" in TRIALS


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_guard_is_where_its_mutation_looks_for_it(mutation: Mutation) -> None:
    source = (ROOT / mutation.file).read_text("utf-8")

    assert applied(mutation, source) != source


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.guard)
def test_mutation_names_trials(mutation: Mutation) -> None:
    assert set(mutation.trials) <= TRIALS.keys()


def test_trials_are_documented() -> None:
    assert table(TRIALS.values()) in DOCUMENT.read_text("utf-8")


def test_mutations_are_documented() -> None:
    assert mutation_table() in DOCUMENT.read_text("utf-8")
