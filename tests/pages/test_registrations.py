"""A label word or a generation of the site is added in one place, and pages are read by it."""

import ast
import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from grid import check_each

import osce_crawl
from osce_crawl import data_files
from osce_crawl.pages import generations
from osce_crawl.pages.generations import GENERATIONS, Generation
from osce_crawl.text.forms import fold
from osce_crawl.vocabulary import labels, resolve_content_type

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "osce_crawl"
WORDS = json.loads((PACKAGE / "data/labels.json").read_text("utf-8"))
NAMES = [one.name for one in GENERATIONS]
URL = "https://www.osce.org/secretariat/322492"
#: A saved page with a label that no table knows.
PAGE = (
    (ROOT / "fixtures/site/pages/322492-en.html").read_text("utf-8").replace("Date:", "Stamped on:")
)


@pytest.fixture
def with_words(monkeypatch, tmp_path):
    """Return a function that gives the package other label words, as an edit of the file would."""

    def edit(words):
        (tmp_path / "data").mkdir()
        (tmp_path / "data/labels.json").write_text(json.dumps(words), "utf-8")
        monkeypatch.setattr(data_files, "files", lambda _package: tmp_path)
        forget()

    def forget():
        labels.tables.cache_clear()
        labels._roles.cache_clear()

    yield edit
    forget()


def read():
    item = osce_crawl.extract(PAGE, URL)
    return item["dates"]["page"], item["provenance"]["layout"]


def test_word_that_no_table_knows_is_no_label():
    assert "Stamped on:" in PAGE
    assert read() == (None, "g2")


def test_label_word_is_one_line_of_data(with_words):
    dates = [*WORDS["header"]["date"], "Stamped on"]
    with_words({**WORDS, "header": {**WORDS["header"], "date": dates}})
    assert read() == ("2017-06-09", "g2")


def test_generation_is_one_entry_and_its_words(with_words, monkeypatch):
    words = {**WORDS["generations"], "next": {"date": ["Stamped on"]}}
    with_words({**WORDS, "generations": words})
    newest = Generation("next", "dates of another name", frozenset({"body-section"}))
    monkeypatch.setattr(generations, "GENERATIONS", (newest, *GENERATIONS))
    assert read() == ("2017-06-09", "next")


def test_words_are_of_generations_that_are_known():
    assert set(WORDS["generations"]) <= set(NAMES)


@pytest.mark.parametrize("kind", sorted(chain.from_iterable(one.kinds for one in GENERATIONS)))
def test_kind_line_of_a_generation_is_in_the_vocabulary(kind):
    """A kind line that no vocabulary knows is not taken for one, so it would tell no generation."""
    assert resolve_content_type(kind)


def test_label_word_is_said_once():
    groups = (WORDS["header"], *WORDS["generations"].values())
    words = chain.from_iterable(chain.from_iterable(group.values() for group in groups))
    assert [word for word, count in Counter(map(fold, words)).items() if count > 1] == []


def test_documentation_lists_the_generations():
    section = (ROOT / "docs/how-it-works.md").read_text("utf-8").partition("## The generations")[2]
    rows = re.findall(r"^\| `(\w+)` \|", section.partition("\n## ")[0], re.MULTILINE)
    assert rows == NAMES[::-1]


def test_no_other_module_names_a_generation():
    def named(path):
        text = (PACKAGE / path).read_text("utf-8")
        if not any(name in text for name in NAMES):
            return set()
        tree = ast.walk(ast.parse(text))
        return {node.value for node in tree if isinstance(node, ast.Constant)}.intersection(NAMES)

    modules = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    check_each(named, {path: set() for path in modules - {"pages/generations.py"}})
