"""The alerts and the dashboard ask for metrics that there are, with labels that these have."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grid import check_each

from osce_crawl.reports.prometheus import METRICS

FOLDER = Path(__file__).parents[2] / "recipes" / "prometheus"
DASHBOARD: dict[str, Any] = json.loads((FOLDER / "dashboard.json").read_bytes())
RULES = (FOLDER / "rules.yml").read_text("utf-8")
TESTS = (FOLDER / "rules.test.yml").read_text("utf-8")
#: Labels by metric; Prometheus adds the last two.
LABELS = {one.name: {"run", *one.labels, "instance", "job"} for one in METRICS}
_SERIES = re.compile(r"(osce_crawl_\w+)(?:\{([^}]*)\})?")
_LABEL = re.compile(r'(\w+)\s*=~?\s*"')
_ALERT = re.compile(r"^      - alert: (\w+)$", re.MULTILINE)


def rules() -> Iterator[tuple[str, str]]:
    """Yield alerts and their expressions."""
    for part in RULES.split("      - alert: ")[1:]:
        name, _, rest = part.partition("\n")
        yield name, re.split(r"\n        (?:labels|for):", rest)[0]


def panels() -> Iterator[tuple[str, str]]:
    """Yield panels' titles and their expressions, then those of the variables."""
    for panel in DASHBOARD["panels"]:
        yield from ((panel["title"], target["expr"]) for target in panel["targets"])
    for variable in DASHBOARD["templating"]["list"]:
        if variable["type"] == "query":
            yield variable["name"], variable["query"]["query"]


EXPRESSIONS = [*rules(), *panels()]


def test_expression_asks_for_metrics_that_there_are() -> None:
    check_each(
        lambda _, expression: {name in LABELS for name, _ in _SERIES.findall(expression)},
        {case: {True} for case in EXPRESSIONS},
    )


def test_expression_asks_for_labels_that_the_metric_has() -> None:
    def others(_: str, expression: str) -> list[set[str]]:
        series = _SERIES.findall(expression)
        return [more for name, text in series if (more := {*_LABEL.findall(text)} - LABELS[name])]

    check_each(others, {case: [] for case in EXPRESSIONS})


def test_alert_is_raised_by_runs_of_the_whole_newsroom_alone() -> None:
    check_each(
        lambda _, expression: {labels for _, labels in _SERIES.findall(expression)},
        {rule: {'run="whole"'} for rule in rules()},
    )


def test_alert_has_a_test() -> None:
    names = _ALERT.findall(RULES)

    check_each(lambda name: f"alertname: {name}" in TESTS, dict.fromkeys(names, True))


def test_panels_have_ids_of_their_own() -> None:
    ids = [panel["id"] for panel in DASHBOARD["panels"]]

    assert len(set(ids)) == len(ids)


def test_panels_do_not_lie_on_each_other() -> None:
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in DASHBOARD["panels"])
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]

    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24


def test_panel_takes_the_data_source_that_is_chosen() -> None:
    sources = {
        (panel["title"], one["datasource"]["uid"])
        for panel in DASHBOARD["panels"]
        for one in (panel, *panel["targets"])
    }

    assert sources == {(panel["title"], "${datasource}") for panel in DASHBOARD["panels"]}
