"""The queries on the store that the docs show work."""

import re
from pathlib import Path

import pytest
from store.making import Night, entry

PAGE = (Path(__file__).parents[2] / "docs/how-it-works.md").read_text("utf-8")
QUERIES = re.findall(r"^```sql\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_shows_a_query():
    assert QUERIES


@pytest.mark.parametrize("query", QUERIES)
def test_query_of_the_page_finds_something(store, query):
    Night(store, 1).read(entry(7), published="2025-06-01").publish()
    Night(store, 2).read(entry(7), published="2025-06-01", title="Edited").publish()

    assert store.db.execute(query).fetchall()
