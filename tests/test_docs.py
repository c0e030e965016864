"""README and docs say what the code does: names, links, commands and examples; and stay short.

The pages of docs/reference are generated: `test_reference` is about them.
"""

import doctest
import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

import osce_crawl
from osce_crawl.items import KEYS
from osce_crawl.verdict import Status

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PACKAGE = ROOT / "osce_crawl"
WRITTEN = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
PAGES = [
    *WRITTEN,
    *sorted(REFERENCE.glob("*.md")),
    ROOT / "fixtures/README.md",
    ROOT / "fixtures/captured/README.md",
    ROOT / "output/README.md",
    ROOT / "recipes/README.md",
    ROOT / "tests/trials/README.md",
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DEPENDENCIES = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["dataset"],
    *PROJECT["dependency-groups"]["dev"],
]
NEWSROOM = "https://www.osce.org/press-releases?page=0&rows=50"
#: Words that a page may have, code included; a page that needs more is two pages.
MOST_WORDS = {
    "README.md": 1_300,
    "docs/architecture.md": 700,
    "docs/archive.md": 1_600,
    "docs/dependencies.md": 550,
    "docs/extending.md": 1_800,
    "docs/how-it-works.md": 3_000,
    "docs/running.md": 2_700,
    "docs/schema-changes.md": 350,
    "docs/using-the-data.md": 2_400,
}
#: Words of all of them.
MOST_IN_ALL = 14_000
#: Words that once stood in the pages and stopped the reader; what to write instead.
RIDDLES = {
    r"\bso many\b": "the number, or “up to this many”",
    r"\bof which\b": "two sentences",
    r"\bThe same for\b": "what is the same",
    r"\bslips? over\b": "moves across",
    r"\bno chance\b": "too rarely to be chance",
    r"\bopens no connection\b": "uses no network",
    r"\btold by\b": "detected from, recognised by",
    r"\b(?:is|are|be) had\b": "fetched, available",
    r"\bheld against\b": "compared with",
    r"\blikewise\b": "the meaning once more",
    r"\bour (?:own )?reading\b": "the extractor",
    r"\bin silence\b": "silently",
    r"\bAsked again\b": "Retries",
}

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_PATH = re.compile(
    r"`((?:osce_crawl|benchmarks|docs|fixtures|recipes|requirements|tests|tools)/[\w./-]*)`"
)
_PAGE = re.compile(r"\bdocs/[\w/-]+\.(?:md|json)\b")
_NAMING = {".py", ".sh", ".yml", ".json", ".md", ".cron", ".service", ""}
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


# -- what must be on a page


@pytest.mark.parametrize("status", Status)
def test_exit_status_is_documented_once(status: Status) -> None:
    pages = [name_of(page) for page in PAGES if str(int(status)) in first_cells(page)]
    assert pages == ["docs/running.md"]


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


@pytest.mark.parametrize(
    "page", [*DOCS.glob("*.md"), *REFERENCE.iterdir()], ids=lambda page: page.name
)
def test_readme_leads_to_the_page_in_one_step(page: Path) -> None:
    assert f"({name_of(page)})" in text_of(ROOT / "README.md")


# -- how it is said


def test_every_page_has_its_limit() -> None:
    assert [name_of(page) for page in WRITTEN] == sorted(MOST_WORDS)


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_page_is_short(page: Path) -> None:
    assert len(text_of(page).split()) <= MOST_WORDS[name_of(page)]


def test_all_pages_are_short() -> None:
    assert sum(len(text_of(page).split()) for page in WRITTEN) <= MOST_IN_ALL


@pytest.mark.parametrize("page", [*WRITTEN, *REFERENCE.glob("*.md")], ids=name_of)
@pytest.mark.parametrize("riddle", RIDDLES)
def test_page_has_no_riddle(page: Path, riddle: str) -> None:
    found = re.findall(f".*{riddle}.*", text_of(page))
    assert found == [], RIDDLES[riddle]


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


@pytest.mark.parametrize("folder", ["osce_crawl", "tools", "tests", "recipes", "benchmarks", ".ci"])
def test_page_that_a_file_names_exists(folder: str) -> None:
    files = [
        path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in _NAMING
    ]
    named = {name for path in files for name in _PAGE.findall(text_of(path))}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@each(_MAKE)
def test_make_target_exists(page: Path, name: str) -> None:
    targets = re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.MULTILINE)
    assert name in targets, page


# -- examples


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```pycon" in text_of(page)], ids=name_of
)
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
