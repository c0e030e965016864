"""Imports go one way, extraction needs no engine, and all tests can be collected."""

import ast
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "osce_crawl"
#: Floors of the house: a room imports from the floors below its own only, so none goes in a circle.
FLOORS = (
    {"data_files", "extra", "text", "versions"},
    {"vocabulary", "webpage"},
    {"normalise", "pages/generations"},
    {"archive", "items", "pages/reading", "verdict"},
    {"columns", "options", "pages"},
    {"clock", "flat", "links", "pages/listing", "pages/release", "pipelines"},
    {"downloader", "feeds", "loaders"},
    {"extraction", "settings"},
    {"fixture", "sources", "store"},
    {"survey"},
    {"crawl"},
    {"reextract"},
    {"reports"},
    {"publication"},
    {"dataset", "spiders"},
    {"actions"},
    {"commands"},
)
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}
KNOWS_SCRAPY = {
    *("commands", "crawl", "downloader", "feeds", "options"),
    *("pipelines", "publication", "reextract", "reports", "spiders", "actions"),
}
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]

EXTRACT_WITHOUT_SCRAPY = """
import sys
from pathlib import Path

sys.modules["scrapy"] = sys.modules["twisted"] = None  # importing them fails
import osce_crawl

page = Path(sys.argv[1]).read_bytes()
item = osce_crawl.extract(page, "https://www.osce.org/secretariat/322492")
assert item["published"] == "2017-06-09"
"""
NO_ENGINE = """
import sys
from datetime import date

import osce_crawl

assert osce_crawl.parse_date("9 June 2017") == date(2017, 6, 9)
assert osce_crawl.parse_dateline("VIENNA, 9 June 2017 - The Mission met.")["places"] == ["VIENNA"]
assert osce_crawl.resolve_place("VIENNA")["name"] == "Vienna"
assert osce_crawl.resolve_source("OSCE Secretariat") and osce_crawl.resolve_field("Policing")
assert osce_crawl.extract_listing("<p>No results were found.</p>", "https://www.osce.org/news")
assert {"scrapy", "twisted", "itemloaders"}.isdisjoint(sys.modules), "an engine was loaded"
"""


def room_of(name: str) -> str:
    """Return the room of a module, by its name below the package."""
    parts = name.split(".")
    return "/".join(parts[:2]) if "/".join(parts[:2]) in FLOOR else parts[0]


def room_at(path: Path) -> str:
    return room_of(".".join(path.relative_to(PACKAGE).with_suffix("").parts))


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the full names of what a module imports, wherever in it the import stands."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def rooms_used(path: Path) -> set[str]:
    own = (name.partition(".") for name in imported(path))
    rooms = {room_of(below) for package, _, below in own if package == "osce_crawl"}
    return rooms - {room_at(path)}


TAKES_ADDRESSES_APART = {
    *("urllib.parse.urlsplit", "urllib.parse.urlparse", "urllib.parse.urljoin"),
    *("urllib.parse.urldefrag", "w3lib.url.canonicalize_url", "w3lib.url.parse_url"),
}
#: What sees the addresses that pages print; others have to do with settings and requests.
READS_PAGES = {"crawl", "extraction", "loaders", "normalise", "sources", "spiders", "store"} | {
    "survey",
    *("pages", "pages/generations", "pages/listing", "pages/reading", "pages/release"),
}
DOOR = {PACKAGE / "normalise/web.py", PACKAGE / "normalise/urls.py"}


@cache
def drawn() -> list[list[str]]:
    """Return the rooms of each box of the diagram in docs/architecture.md, the lowest first."""
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    numbered = re.findall(r'^  f(\d+)\["(.+)"\]', text, re.MULTILINE)
    assert [int(number) for number, _ in numbered] == [*range(len(numbered), 0, -1)]
    return [rooms.split(", ") for _, rooms in reversed(numbered)]


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_each_module_has_its_floor() -> None:
    assert [name_of(path) for path in MODULES if room_at(path) not in FLOOR] == []


def test_each_module_imports_from_below_only() -> None:
    wrong = {
        name_of(path): found
        for path in MODULES
        if (found := {room for room in rooms_used(path) if FLOOR[room] >= FLOOR[room_at(path)]})
    }
    assert wrong == {}


def test_reading_knows_no_vocabulary() -> None:
    reading = sorted(PACKAGE.glob("pages/reading/*.py"))
    assert reading
    assert [name_of(path) for path in reading if "vocabulary" in rooms_used(path)] == []


def test_only_the_glue_imports_the_engine() -> None:
    engine = {
        name_of(path)
        for path in MODULES
        if {"scrapy", "twisted"} & {name.split(".")[0] for name in imported(path)}
        and room_at(path) not in KNOWS_SCRAPY
    }
    assert engine == set()


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        pytest.param(
            EXTRACT_WITHOUT_SCRAPY,
            [str(ROOT / "fixtures/site/pages/322492-en.html")],
            id="a page is read where Scrapy is not installed",
        ),
        pytest.param(NO_ENGINE, [], id="all but extract load neither Scrapy nor Twisted"),
    ],
)
def test_extraction_needs_no_engine(code: str, arguments: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_one_door_takes_the_addresses_of_pages_apart() -> None:
    readers = {path for path in MODULES if room_at(path) in READS_PAGES} - DOOR
    assert {name_of(path) for path in readers if TAKES_ADDRESSES_APART & imported(path)} == set()


def test_diagram_shows_the_floors() -> None:
    assert [{room.rstrip("*") for room in rooms} for rooms in drawn()] == [*FLOORS]


def test_diagram_marks_what_may_import_scrapy() -> None:
    marked = {room[:-1] for rooms in drawn() for room in rooms if room.endswith("*")}
    assert marked == KNOWS_SCRAPY


def test_each_test_module_has_a_name_of_its_own() -> None:
    """As pytest imports them without their folders; else it collects none of the suite."""
    patterns = ("test_*.py", "*_trial.py", "check_*.py")
    modules = [path for pattern in patterns for path in (ROOT / "tests").rglob(pattern)]
    names = Counter(path.name for path in modules)
    assert [name for name, count in names.items() if count > 1] == []
