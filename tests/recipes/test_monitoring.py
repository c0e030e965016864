"""The alerts and the dashboard ask for metrics that there are, with labels that these have."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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


EXPRESSIONS = [pytest.param(expression, id=name) for name, expression in (*rules(), *panels())]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression_asks_for_metrics_that_there_are(expression: str) -> None:
    names = {name for name, _ in _SERIES.findall(expression)}

    assert names
    assert names <= LABELS.keys()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression_asks_for_labels_that_the_metric_has(expression: str) -> None:
    for name, labels in _SERIES.findall(expression):
        assert set(_LABEL.findall(labels)) <= LABELS[name]


@pytest.mark.parametrize("expression", [pytest.param(text, id=name) for name, text in rules()])
def test_alert_is_raised_by_runs_of_the_whole_newsroom_alone(expression: str) -> None:
    assert {labels for _, labels in _SERIES.findall(expression)} == {'run="whole"'}


@pytest.mark.parametrize("name", _ALERT.findall(RULES))
def test_alert_has_a_test(name: str) -> None:
    assert f"alertname: {name}" in TESTS


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


@pytest.mark.parametrize("panel", DASHBOARD["panels"], ids=lambda panel: panel["title"])
def test_panel_takes_the_data_source_that_is_chosen(panel: dict[str, Any]) -> None:
    sources = [panel["datasource"], *(target["datasource"] for target in panel["targets"])]

    assert {source["uid"] for source in sources} == {"${datasource}"}
