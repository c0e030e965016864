"""README and docs say what the code does: names, links, commands and examples; and stay short.

The pages of docs/reference are generated: `test_reference` is about them, as `tests/benchmarks` is
about docs/performance.md.
"""

import doctest
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from grid import check_each

import osce_crawl
from osce_crawl.items import KEYS
from osce_crawl.verdict import Status

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PACKAGE = ROOT / "osce_crawl"
PERFORMANCE = DOCS / "performance.md"
WRITTEN = [ROOT / "README.md", *sorted({*DOCS.glob("*.md")} - {PERFORMANCE})]
PAGES = [
    *WRITTEN,
    PERFORMANCE,
    *sorted(REFERENCE.glob("*.md")),
    ROOT / "benchmarks/README.md",
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
MOST_IN_ALL = 14_050
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

#: What `make bench` writes into the README.
_FIGURES = re.compile(r"<!-- figures of make bench -->.*?<!-- end of figures -->", re.DOTALL)
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
    """Return the first cells of a page's tables."""
    return set(_FIRST_CELL.findall(text_of(path)))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(path: Path) -> set[str]:
    """Return the anchors that a page's headings get."""
    headings = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def names(pattern: re.Pattern[str]) -> Iterator[tuple[Path, str]]:
    """Yield every name that matches, with the page it is on."""
    for page in PAGES:
        yield from ((page, name) for name in dict.fromkeys(pattern.findall(text_of(page))))


# -- what must be on a page


def test_each_exit_status_is_documented_once() -> None:
    pages = {
        int(status): [name_of(page) for page in PAGES if str(int(status)) in first_cells(page)]
        for status in Status
    }
    assert pages == {int(status): ["docs/running.md"] for status in Status}


def test_each_key_of_the_item_is_in_the_readme() -> None:
    assert [key for key in KEYS if f"`{key}`" not in text_of(ROOT / "README.md")] == []


def test_each_dependency_has_its_reason() -> None:
    wanted = {re.split(r"[<>=]", one)[0] for one in DEPENDENCIES}
    assert wanted - first_cells(DOCS / "dependencies.md") == set()


def test_each_part_of_the_package_is_listed() -> None:
    parts = {f"osce_crawl/{path.name}" for path in PACKAGE.iterdir()} - {"osce_crawl/__pycache__"}
    listed = {cell.rstrip("/") for cell in first_cells(DOCS / "architecture.md")}
    assert parts - listed == set()


def test_readme_leads_to_each_page_in_one_step() -> None:
    pages = {*map(name_of, (*PAGES, *REFERENCE.iterdir()))} - {"README.md", "output/README.md"}
    assert [page for page in pages if f"({page})" not in text_of(ROOT / "README.md")] == []


# -- how it is said


def test_every_page_has_its_limit() -> None:
    assert [name_of(page) for page in WRITTEN] == sorted(MOST_WORDS)


def test_each_page_is_short() -> None:
    written = {name_of(page): _FIGURES.sub("", text_of(page)) for page in WRITTEN}
    lengths = {page: len(text.split()) for page, text in written.items()}
    assert {page: length for page, length in lengths.items() if length > MOST_WORDS[page]} == {}
    assert sum(lengths.values()) <= MOST_IN_ALL


def riddles(page: str) -> dict[str, str]:
    """Return each line with a riddle, and what to write instead."""
    return {
        line: better
        for line in text_of(ROOT / page).splitlines()
        for riddle, better in RIDDLES.items()
        if re.search(riddle, line)
    }


def test_page_has_no_riddle() -> None:
    check_each(riddles, {name_of(page): {} for page in PAGES})


# -- what the pages name


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


def test_links_lead_somewhere() -> None:
    links = [(page, link) for page, link in names(_LINK) if not link.startswith("https://")]
    assert links
    assert [(name_of(page), link) for page, link in links if not leads_somewhere(page, link)] == []


def test_named_paths_exist() -> None:
    paths = [*names(_PATH)]
    assert paths
    assert [(name_of(page), path) for page, path in paths if not (ROOT / path).exists()] == []


def test_page_that_a_file_names_exists() -> None:
    def missing(folder: str) -> set[str]:
        files = [
            path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in _NAMING
        ]
        named = {name for path in files for name in _PAGE.findall(text_of(path))}
        return {name for name in named if not (ROOT / name).exists()}

    folders = ("osce_crawl", "tools", "tests", "recipes", "benchmarks", ".ci")
    check_each(missing, {folder: set() for folder in folders})


def test_make_targets_exist() -> None:
    targets = re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.MULTILINE)
    named = {name for _, name in names(_MAKE)}
    assert named
    assert named - set(targets) == set()


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


def test_item_in_the_readme_is_what_the_crawl_gives() -> None:
    shown, read = shown_item(), read_item()
    for key, value in shown.items():
        if str(value).endswith("…"):
            assert read[key].startswith(value[:-1])
    cut = {key: value for key, value in shown.items() if not str(value).endswith("…")}
    assert cut == {key: read[key] for key in cut}


def test_number_of_keys_the_readme_leaves_out() -> None:
    left_out = len(KEYS) - len(shown_item())
    assert f"and {left_out} of its keys are left out" in text_of(ROOT / "README.md")


def test_published_schema_takes_an_item_of_a_run() -> None:
    schema = json.loads(text_of(REFERENCE / "item.schema.json"))
    moment = "2026-11-02T03:00:00Z"
    times = dict.fromkeys(("first_seen_at", "changed_at", "fetched_at"), moment)
    jsonschema.validate(read_item() | times | {"revision": 1}, schema)
