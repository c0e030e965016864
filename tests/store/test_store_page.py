"""The page on the store names what is in it, and its queries work."""

import re
from pathlib import Path

import pytest
from store.making import Night, entry

PAGE = (Path(__file__).parents[2] / "docs/store.md").read_text("utf-8")
QUERIES = re.findall(r"^```sql\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_FIRST_CELL = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
DOCUMENTED = {name: _FIRST_CELL.findall(text) for name, text in _SECTION.findall(PAGE)}


def test_every_table_and_view_is_on_the_page(store):
    names = store.db.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'"
    )

    assert {name for (name,) in names} == set(DOCUMENTED)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_column_is_on_the_page(store, name):
    columns = [row[1] for row in store.db.execute(f"PRAGMA table_info({name})")]

    assert columns == DOCUMENTED[name]


@pytest.mark.parametrize("query", QUERIES)
def test_query_of_the_page_finds_something(store, query):
    unit = {"id": "odihr", "label": "ODIHR", "kind": "institution", "raw": "ODIHR"}
    day = {"published": "2025-06-01", "sources": [unit]}
    Night(store, 1).read(entry(7), **day).publish()
    Night(store, 2).read(entry(7), **day, title="Edited").publish()

    assert store.db.execute(query).fetchall()
