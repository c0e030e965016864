"""docs/performance.md and the README's figures are what docs/performance.json says."""

import json
from importlib import import_module

import pytest

from benchmarks import ROOT, page
from benchmarks.table import table

MEASURED = json.loads(page.JSON.read_text("utf-8"))
NIGHT = {
    "of": {"rounds": 3},
    "rows": {
        "bare spider": {"cpu_seconds": 5.5, "ratio": 1.0, "requests": None},
        "25,000 items": {
            "cpu_seconds": {"median": 6.789, "least": 6.2, "most": 12.34},
            "ratio": {"median": 1.2, "least": 1.2, "most": 1.2},
            "requests": 102,
        },
    },
}


def test_row_of_a_table_has_medians_and_what_they_are_between():
    assert table(NIGHT).splitlines() == [
        "|  | CPU, s | ratio | requests |",
        "| --- | ---: | ---: | ---: |",
        "| bare spider | 5.50 | 1.00 | – |",
        "| 25,000 items | 6.79 (6.20 to 12.3) | 1.20 | 102 |",
    ]


def test_section_has_heading_sizes_command_and_table():
    found = {"of": {"items": 200, "rounds": 3}, "rows": {".csv": {"ratio": 1.2}}}

    heading, about, command, rows = page.section("formats", found)

    assert heading == "## Formats"
    assert "a store of 200 items" in about
    assert command == "`python -m benchmarks.formats`, rounds: 3."
    assert rows.endswith("| .csv | 1.20 |")


def test_figures_of_the_readme_are_medians():
    sample = json.loads(json.dumps(MEASURED))
    spread = {"median": 4.25, "least": 4.0, "most": 9.0}
    night = {"cpu_seconds": spread, "megabytes": 104}
    sample["results"]["night"]["rows"] = {"bare": {}, "500 items, 0 changes": night}

    assert "| a night: 500 items, 0 changes | 4.25 s, 104 MB of memory |" in (
        page.figures(sample).splitlines()
    )


def test_readme_without_marks_is_refused():
    with pytest.raises(SystemExit, match="no marks"):
        page.readme("# A page", MEASURED)


def test_readme_shows_five_figures_and_no_other_than_those_of_the_json():
    readme = page.README.read_text("utf-8")

    assert len(page.FIGURES) == 5
    assert page.readme(readme, MEASURED) == readme


def test_page_is_that_of_the_json():
    assert page.PAGE.read_text("utf-8") == page.page(MEASURED)


@pytest.mark.parametrize("name", page.NAMES)
def test_benchmark_is_in_the_readme_beside_it_and_has_what_the_page_needs(name):
    module = import_module(f"benchmarks.{name}")

    assert f"| `{name}` |" in (ROOT / "benchmarks/README.md").read_text("utf-8")
    assert module.TITLE
    assert module.ABOUT.strip()
    assert callable(module.measure)


def test_every_module_is_in_the_readme_beside_them():
    readme = (ROOT / "benchmarks/README.md").read_text("utf-8")
    modules = {path.stem for path in (ROOT / "benchmarks").glob("*.py") if path.stem[0] != "_"}

    assert {name for name in modules if f"`{name}`" not in readme} == set()
