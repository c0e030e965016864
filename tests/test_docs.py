"""README and docs say what the code does: names, numbers, links, commands and examples."""

import ast
import doctest
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jsonschema  # type: ignore[import-untyped]
import pytest
from newsroom.__main__ import make_parser

import osce_crawl
from osce_crawl.items import KEYS
from osce_crawl.options import Arguments, setting_fields, setting_names
from osce_crawl.pages.refusals import Reason
from osce_crawl.sources.walk import StopReason
from osce_crawl.verdict import Status, Thresholds

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PACKAGE = ROOT / "osce_crawl"
MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = [
    ROOT / "README.md",
    *sorted(DOCS.rglob("*.md")),
    ROOT / "fixtures/README.md",
    ROOT / "fixtures/captured/README.md",
    ROOT / "output/README.md",
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DEPENDENCIES = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["dataset"],
    *PROJECT["dependency-groups"]["dev"],
]
NEWSROOM = "https://www.osce.org/press-releases?page=0&rows=50"

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_PATH = re.compile(r"`((?:osce_crawl|docs|fixtures|requirements|tests|tools)/[\w./-]*)`")
_MAKE = re.compile(r"(?:^|`)make ([a-z][a-z-]*)(?=$|`| [A-Z]+=)", re.MULTILINE)
_FIRST_CELL = re.compile(r"^\| `?([^`|]*[^`| ])`? \|", re.MULTILINE)


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def first_cells(path: Path) -> set[str]:
    """Return what stands in the first cells of a page's tables."""
    return set(_FIRST_CELL.findall(text_of(path)))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(path: Path) -> set[str]:
    """Return the anchors that a page's headings get."""
    headings = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def each(pattern: re.Pattern[str]) -> pytest.MarkDecorator:
    """Give a test every page with every name in it that matches *pattern*."""
    cases = [
        pytest.param(page, name, id=f"{name_of(page)}-{name}")
        for page in PAGES
        for name in dict.fromkeys(pattern.findall(text_of(page)))
    ]
    return pytest.mark.parametrize(("page", "name"), cases)


def strings(node: ast.expr) -> list[str]:
    """Return the texts an expression may stand for, ``<>`` where one varies without limit."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return strings(node.body) + strings(node.orelse)
    if isinstance(node, ast.FormattedValue):
        return strings(node.value)
    if isinstance(node, ast.JoinedStr):
        texts = [""]
        for part in node.values:
            texts = [text + end for text in texts for end in strings(part)]
        return texts
    return ["<>"]


@cache
def nodes() -> list[ast.AST]:
    """Return all of the package's code."""
    return [node for module in MODULES for node in ast.walk(ast.parse(text_of(module)))]


@cache
def counted() -> set[str]:
    """Return the names of the stats that the code sets."""
    calls = [
        node
        for node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"inc_value", "set_value", "max_value", "min_value"}
    ]
    names = {name for call in calls for name in strings(call.args[0])}
    return {name for name in names if name.startswith("osce/")}


def ways() -> Iterator[tuple[str, str]]:
    """Yield field and way wherever the code says by name which way served a field."""
    for node in nodes():
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Subscript):
            continue
        target = node.targets[0]
        if isinstance(target.value, ast.Attribute) and target.value.attr == "ways":
            (field,) = strings(target.slice)
            yield from ((field, way) for way in strings(node.value) if "<>" not in {field, way})


def documented_stats() -> set[str]:
    return {
        re.sub(r"<\w+>", "<>", cell)
        for cell in first_cells(DOCS / "runs.md")
        if cell.startswith("osce/")
    }


# -- the interface


@pytest.mark.parametrize("name", [one.name for one in fields(Arguments) if one.name != "captured"])
def test_argument_is_in_the_readme(name: str) -> None:
    assert name in first_cells(ROOT / "README.md")


@pytest.mark.parametrize(
    "name", sorted(set(make_parser()._option_string_actions) - {"-h", "--help"})
)
def test_option_of_the_simulated_newsroom_is_in_the_readme(name: str) -> None:
    assert name in first_cells(ROOT / "README.md")


@pytest.mark.parametrize("name", setting_names())
def test_setting_is_documented(name: str) -> None:
    assert name in first_cells(REFERENCE / "settings.md")


@pytest.mark.parametrize(
    "name",
    [one.name for one in setting_fields() if one not in fields(Thresholds)],
)
def test_setting_that_is_no_threshold_is_in_the_readme(name: str) -> None:
    assert f"OSCE_{name.upper()}" in first_cells(ROOT / "README.md")


@pytest.mark.parametrize("status", Status)
def test_exit_status_is_documented_once(status: Status) -> None:
    assert [page for page in PAGES if str(int(status)) in first_cells(page)] == [PAGES[0]]


@pytest.mark.parametrize("name", sorted(counted()))
def test_stat_is_documented(name: str) -> None:
    assert name in documented_stats()


@pytest.mark.parametrize("name", sorted(documented_stats()))
def test_documented_stat_is_counted(name: str) -> None:
    assert name in counted()


@pytest.mark.parametrize("word", [*get_args(StopReason), *get_args(Reason)])
def test_reason_is_documented(word: str) -> None:
    assert word in first_cells(DOCS / "runs.md")


@pytest.mark.parametrize(("field", "way"), sorted(set(ways())))
def test_way_to_a_field_is_documented(field: str, way: str) -> None:
    rows = text_of(DOCS / "pages.md").splitlines()
    row = next((row for row in rows if row.startswith(f"| `{field}`")), "")
    assert f"`{way}`" in row


@pytest.mark.parametrize("key", KEYS)
def test_key_of_the_item_is_in_the_readme(key: str) -> None:
    assert f"`{key}`" in text_of(ROOT / "README.md")


@pytest.mark.parametrize("wanted", DEPENDENCIES)
def test_dependency_has_its_reason(wanted: str) -> None:
    name = re.split(r"[<>=]", wanted)[0]
    assert name in first_cells(DOCS / "dependencies.md")


@pytest.mark.parametrize(
    "part", [path.name for path in sorted(PACKAGE.iterdir()) if path.name != "__pycache__"]
)
def test_part_of_the_package_is_listed(part: str) -> None:
    listed = {cell.rstrip("/") for cell in first_cells(DOCS / "architecture.md")}
    assert f"osce_crawl/{part}" in listed


# -- what the pages name


@each(_LINK)
def test_link_leads_somewhere(page: Path, name: str) -> None:
    if name.startswith("https://"):
        return
    path, _, anchor = name.partition("#")
    target = (page.parent / path).resolve() if path else page
    assert target.exists()
    assert not anchor or anchor in anchors(target)


@each(_PATH)
def test_named_path_exists(page: Path, name: str) -> None:
    assert (ROOT / name).exists(), page


@each(_MAKE)
def test_make_target_exists(page: Path, name: str) -> None:
    targets = re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.MULTILINE)
    assert name in targets, page


# -- examples


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "pages.md"], ids=name_of)
def test_examples_give_what_they_show(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    results = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert results.attempted
    assert not results.failed


@cache
def shown_item() -> dict[str, Any]:
    """Return the item that the README shows."""
    block = re.search(r"^```json\n(.*?)^```", text_of(ROOT / "README.md"), re.MULTILINE | re.DOTALL)
    assert block is not None
    item: dict[str, Any] = json.loads(block[1])
    return item


@cache
def read_item() -> dict[str, Any]:
    """Return that item as the offline site gives it."""
    site = ROOT / "fixtures/site/pages"
    shown = shown_item()
    listing = osce_crawl.extract_listing((site / "listing-newsroom-0.html").read_bytes(), NEWSROOM)
    entry = next(entry for entry in listing["entries"] if entry["url"] == shown["url"])
    page = (site / f"{shown['id']}.html").read_bytes()
    return osce_crawl.extract(page, shown["url"], listing=entry)


@pytest.mark.parametrize("key", shown_item())
def test_item_in_the_readme_is_what_the_crawl_gives(key: str) -> None:
    shown, read = shown_item()[key], read_item()[key]
    assert read.startswith(shown[:-1]) if str(shown).endswith("…") else read == shown


def test_number_of_keys_the_readme_leaves_out() -> None:
    left_out = len(KEYS) - len(shown_item())
    assert f"and {left_out} of its keys are left out" in text_of(ROOT / "README.md")


def test_published_schema_takes_an_item_of_a_run() -> None:
    schema = json.loads(text_of(REFERENCE / "item.schema.json"))
    moment = "2026-11-02T03:00:00Z"
    times = dict.fromkeys(("first_seen_at", "changed_at", "fetched_at"), moment)
    jsonschema.validate(read_item() | times | {"revision": 1}, schema)
