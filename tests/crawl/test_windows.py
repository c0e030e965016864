"""Windows, languages, kinds and samples give the rows that SQL finds in the ground truth."""

import shutil
import sqlite3

import pytest
from crawl.nights import Nights
from newsroom.facts import Fact

ITEMS = 54
ROWS_A_PAGE = 50
#: In the contract's order. `place` is that of an item's first entry in the listing.
QUERY = """
SELECT id FROM truth WHERE {}
ORDER BY published DESC NULLS LAST, CAST(node AS INTEGER) DESC, language
"""
NAMED = "id IN (SELECT id FROM truth WHERE place IN (3, 30, 52))"
SAMPLE = "id IN (SELECT id FROM truth WHERE {} ORDER BY place LIMIT {})"

#: Arguments, and what they mean in SQL.
BOTH = ("urls=named.txt since=2010-01-01", f"{NAMED} AND published >= '2010-01-01'")
KNOWN = [
    ("since=2010-01-01 until=2012-06-30", "published BETWEEN '2010-01-01' AND '2012-06-30'"),
    ("language=ru,sq", "language IN ('ru', 'sq')"),
    (
        "since=2008-01-01 language=en content_type=news,daily-report",
        "published >= '2008-01-01' AND language = 'en' AND content_type IN ('news','daily-report')",
    ),
    ("limit=4 until=2012-12-31", SAMPLE.format("published <= '2012-12-31'", 4)),
    ("max_pages=1 content_type=news", f"place < {ROWS_A_PAGE} AND content_type = 'news'"),
    BOTH,
]


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return a newsroom all of which is known to the store."""
    with Nights(tmp_path_factory.mktemp("windows"), ITEMS) as found:
        assert found.night().run.status == 0
        named = found.command.folder / "named.txt"
        named.write_text("\n".join(query(truth_of(found), NAMED, "url")))
        yield found


def truth_of(nights):
    """Return the ground truth as a table of SQLite."""
    entries = nights.site.facts.entries
    places = {
        entry.of.id: place
        for place, entry in reversed(list(enumerate(entries)))
        if isinstance(entry.of, Fact)
    }
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE truth (id, node, language, published, content_type, url, place)")
    keys = ("id", "node", "language", "published", "content_type", "url")
    db.executemany(
        "INSERT INTO truth VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*map(item.get, keys), places[item["id"]]) for item in nights.site.truth()],
    )
    return db


def query(db, condition, column="id"):
    """Return the values of a column in the contract's order."""
    found = db.execute(QUERY.format(condition).replace("id", column, 1)).fetchall()
    db.close()
    return [value for (value,) in found]


def crawled(nights, arguments, store):
    """Return the exit status, and the ids of the feed, of a run with these arguments."""
    words = [word for pair in arguments.split() for word in ("-a", pair)]
    night = nights.watched(nights.start(*words, OSCE_STORE=store, OSCE_CHANGES=""))
    return night.run.status, [item["id"] for item in night.items]


@pytest.mark.parametrize(("arguments", "condition"), KNOWN, ids=[pair[0] for pair in KNOWN])
def test_run_over_a_store_gives_the_rows_that_were_asked_for(
    nights, tmp_path, arguments, condition
):
    store = shutil.copy(nights.store, tmp_path)

    assert crawled(nights, arguments, store) == (0, query(truth_of(nights), condition))


def test_run_without_a_store_gives_them_too(nights):
    """What is asked for of the listing is in `test_newsroom_walk`."""
    arguments, condition = BOTH

    assert crawled(nights, arguments, "") == (0, query(truth_of(nights), condition))
