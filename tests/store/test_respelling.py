"""What an earlier schema allowed in addresses is published in the spelling of this one."""

import pytest
from store.making import entry

from osce_crawl.items import RUN_KEYS, validate

ODD = [
    {"url": "http:/www.osce.org/a b", "text": "spaces"},
    {"url": "https://www.osce.org:x/1", "text": "no address"},
    {"url": "https://www.osce.org/1", "text": "as it should be"},
]
SPELT = [{"url": "http://www.osce.org/a%20b", "text": "spaces"}, ODD[2]]


@pytest.fixture
def older(store, night):
    """Return a store in which an earlier schema published addresses of all sorts."""
    night(1).read(entry(7), links=ODD).read(entry(8)).publish()
    store.db.execute("UPDATE meta SET value = '1.0.0' WHERE name = 'schema'")
    return store


def keys(store):
    return store.db.execute(
        "SELECT json_extract(line, '$.id'), json_extract(line, '$.change'),"
        " json_extract(line, '$.keys') FROM change WHERE json_extract(line, '$.change') <> 'new'"
    ).fetchall()


def test_row_that_no_page_was_asked_for_is_respelt(older, night):
    rows = night(2).see(entry(8)).publish()
    assert [row["links"] for row in rows] == [[], SPELT]
    assert keys(older) == [("7-en", "reextracted", '["links"]')]
    assert [row["revision"] for row in rows] == [1, 1]
    for row in rows:
        assert set(RUN_KEYS) <= set(row)
        validate(row)


def test_row_that_is_read_again_or_gone_is_respelt(older, night):
    odd = "https://www.osce.org/news/ä b"
    night(2).read(entry(9, url=odd), url=odd).publish()
    older.db.execute("UPDATE meta SET value = '1.0.0' WHERE name = 'schema'")
    rows = night(3).gone(entry(7)).read(entry(9, url=odd), title="Edited").publish()
    for row in rows:
        validate(row)


def test_store_of_this_schema_is_left_alone(older, night):
    night(2).see(entry(8)).publish()
    rows = night(3).see(entry(8)).publish()
    assert len(keys(older)) == 1
    assert rows[1]["changed_at"].startswith("2026-11-02")
