"""The pages of docs/reference are what the code says today, and lack no name."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

from osce_crawl.archive.places import FLAWS
from osce_crawl.items import ISSUES
from osce_crawl.pages import refusals
from osce_crawl.pages.field_ways import WAYS
from osce_crawl.pages.release import ledger
from osce_crawl.reports.statistics import STATS
from osce_crawl.sources.walk import STOPS, StopReason
from tools.reference.documents import documents

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "osce_crawl"
REFERENCE = ROOT / "docs/reference"
#: Set by several ways of reading at once; see `osce_crawl.pages.release.fields`.
ANY = "<>"


def test_generated_pages_are_current() -> None:
    written = {path.name: path.read_text("utf-8") for path in REFERENCE.iterdir()}
    made = documents()
    assert written.keys() == made.keys(), "run make docs"
    assert [name for name in made if written[name] != made[name]] == [], "run make docs"


# -- what the code sets, and what the tables beside it explain


def code_of(folder: str, *words: str) -> list[ast.AST]:
    """Return all nodes of the package's code below a folder, of files that have one of the words.

    To parse all of it takes two seconds.
    """
    return [
        node
        for path in sorted((PACKAGE / folder).rglob("*.py"))
        if not words or any(word in path.read_text("utf-8") for word in words)
        for node in nodes_of(path)
    ]


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return [*ast.walk(ast.parse(path.read_text("utf-8")))]


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
    return [ANY]


def counted() -> Iterator[str]:
    """Yield the names of the stats that the code sets."""
    for node in code_of("", "_value("):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"inc_value", "set_value", "max_value", "min_value"}
        ):
            yield from (name for name in strings(node.args[0]) if name.startswith("osce/"))


def without_names(stat: str) -> str:
    """Return a stat's name with `<>` for each part that varies."""
    return "/".join(ANY if part.startswith("<") else part for part in stat.split("/"))


def ways() -> Iterator[tuple[str, str]]:
    """Yield field and way wherever the code says by name which way served a field."""
    for node in code_of("", "ways[", "_first("):
        if isinstance(node, ast.FunctionDef):
            yield from ways_tried(node)
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Subscript):
            continue
        target = node.targets[0]
        if isinstance(target.value, ast.Attribute) and target.value.attr == "ways":
            (field,) = strings(target.slice)
            yield from ((field, way) for way in strings(node.value))


def ways_tried(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Yield field and way where a function gives its `ways` to `_first`, which sets one of them."""
    nodes = [*ast.walk(function)]
    for call in nodes:
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "_first":
            (field,) = strings(call.args[0])
            tried = [one.value for one in nodes if isinstance(one, ast.Assign)]
            keys = [key for one in tried if isinstance(one, ast.Dict) for key in one.keys if key]
            yield from ((field, way) for key in keys for way in strings(key))


@cache
def constants(folder: str) -> set[str]:
    """Return the texts in the code below a folder, those of tables that explain left out."""
    explained = {
        id(key)
        for node in code_of(folder)
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict)
        for key in node.value.keys
    }
    return {
        node.value
        for node in code_of(folder)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in explained
    }


def issues() -> Iterator[str]:
    """Yield the codes of issues: in an object with `code` and `value`, and in the loader's list."""
    for node in code_of("", '"code"', "to_issues"):
        if isinstance(node, ast.Dict):
            named = {
                key.value: value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant)
            }
            if named.keys() == {"code", "value"}:
                yield from strings(named["code"])
        elif isinstance(node, ast.FunctionDef) and node.name == "to_issues":
            texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
            yield from (one for one in texts if isinstance(one, str) and one in ISSUES)


def refusals_of_records() -> Iterator[str]:
    """Yield the words with which records are refused."""
    for node in code_of("", "RefusedError"):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name == "RefusedError":
                yield from strings(node.args[0])


def test_every_stat_is_explained() -> None:
    assert {without_names(name) for name in STATS} == {without_names(name) for name in counted()}


def test_every_reason_of_refusal_is_explained() -> None:
    assert set(refusals.REASONS) == set(get_args(refusals.Reason))


def test_every_reason_of_a_walk_s_end_is_explained() -> None:
    assert set(STOPS) == set(get_args(StopReason))


def test_every_reason_of_the_ledger_is_explained() -> None:
    assert set(ledger.REASONS) == set(get_args(ledger.Reason))


def test_every_issue_is_explained() -> None:
    assert set(ISSUES) == set(issues()) - {ANY}


def test_every_way_is_explained() -> None:
    named = {(field, way) for field, way in ways() if ANY not in {field, way}}
    assert named
    assert {(field, way) for field, way in named if way not in WAYS[field]} == set()


def test_every_way_that_is_explained_is_one() -> None:
    explained = {way for named in WAYS.values() for way in named}
    assert explained - constants("pages") - constants("loaders") == set()


def test_every_flaw_of_a_record_is_explained() -> None:
    assert set(refusals_of_records()) - {ANY} <= FLAWS.keys()


def test_every_flaw_that_is_explained_is_found_somewhere() -> None:
    assert set(FLAWS) - constants("archive") - constants("fixture") == set()
