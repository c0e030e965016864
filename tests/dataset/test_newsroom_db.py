"""newsroom.db: flat tables with keys, and full-text search."""

import json
import sqlite3
from contextlib import closing

import pytest
from dataset.releases import STAMP, release

from osce_crawl.dataset.database import Database


def source(unit, label="A unit"):
    return {"id": unit, "label": label, "kind": "institution", "raw": label}


@pytest.fixture
def written(tmp_path):
    """Return a function that writes items and opens the file for reading."""
    opened = []

    def write(*items, links=()):
        path = tmp_path / f"{len(opened)}.db"
        database = Database(path)
        for one in items:
            database.add(one)
        database.finish(links, {"created": STAMP})
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        opened.append(closing(db))
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        return db

    yield write
    for one in opened:
        one.__exit__(None, None, None)


def test_scalars_in_structures_have_flat_names(written):
    dateline = {"raw": "VIENNA", "date": None, "places": ["VIENNA"], "country": None, "end": 9}
    dates = {"page": "2017-06-09", "listing": None, "dateline": None}
    db = written(release(dates=dates, dateline=dateline), release(2))

    query = "SELECT dates_page, dateline_raw, dateline_places, dateline_end FROM items ORDER BY id"

    assert db.execute(query).fetchall() == [
        ("2017-06-09", "VIENNA", '["VIENNA"]', 9),
        (None, None, None, None),
    ]


def test_an_entry_of_a_list_is_a_row(written):
    document = {"url": "https://www.osce.org/f/1.pdf", "title": "A report", "language": "en"}
    db = written(release(documents=[document, {**document, "title": None}], contacts=["A name"]))

    assert db.execute("SELECT item_id, position, title FROM documents").fetchall() == [
        ("1-en", 1, "A report"),
        ("1-en", 2, None),
    ]
    assert db.execute("SELECT value FROM contacts").fetchall() == [("A name",)]


def test_title_and_text_are_searched_without_accents(written):
    db = written(release(title="Мисія ОБСЄ"), release(2, "sq", body="Zgjedhjet në Shqipëri"))

    query = (
        "SELECT id FROM items WHERE rowid IN (SELECT rowid FROM items_fts WHERE items_fts MATCH ?)"
    )

    assert db.execute(query, ("мисія",)).fetchall() == [("1-en",)]
    assert db.execute(query, ("shqiperi",)).fetchall() == [("2-sq",)]


def test_a_unit_that_no_vocabulary_has_is_added(written):
    db = written(release(sources=[source("long-gone", "A closed unit"), source("osce", "OSCE")]))

    query = "SELECT units.label FROM sources JOIN units USING (id) ORDER BY position"

    assert db.execute(query).fetchall() == [("A closed unit",), ("OSCE",)]


def test_releases_are_linked(written):
    db = written(
        release(), release(2, "ru"), links=[("2-ru", "1-en", "translation", 1.0, "hreflang")]
    )

    assert db.execute("SELECT * FROM release_links").fetchall() == [
        ("2-ru", "1-en", "translation", 1.0, "hreflang")
    ]


def test_a_city_stands_once_on_the_map(written):
    place = {
        "name": "Vienna",
        "kind": "city",
        "country": "AT",
        "latitude": 48.2,
        "longitude": 16.4,
        "geonames_id": "2761369",
        "header_raw": "VIENNA",
        "dateline_raw": None,
    }
    db = written(
        release(published="2017-06-09", places=[place]), release(2, published=None, places=[place])
    )

    assert db.execute("SELECT name, items, first, last FROM cities").fetchall() == [
        ("Vienna", 2, "2017-06-09", "2017-06-09")
    ]


def test_releases_are_a_row_each_with_all_that_one_chooses_by(written):
    place = {
        "name": "Tirana",
        "kind": "city",
        "country": "AL",
        "latitude": 41.3,
        "longitude": 19.8,
        "geonames_id": "3183875",
        "header_raw": None,
        "dateline_raw": "TIRANA",
    }
    countries = [{"code": code, "origin": "place"} for code in ("AL", "QQ")]
    work = {"id": None, "label": None, "raw": "A new field"}
    one = release(title="Zgjedhje", sources=[source("osce", "OSCE")], fields_of_work=[work])
    db = written({**one, "countries": countries, "places": [place, {**place, "name": None}]})

    query = "SELECT units, fields, countries, places FROM releases WHERE number IN"
    query += " (SELECT rowid FROM items_fts WHERE items_fts MATCH 'zgjedhje')"

    assert [json.loads(cell) for cell in db.execute(query).fetchone()] == [
        ["OSCE"],
        ["A new field"],
        ["Albania", "QQ"],
        ["Tirana", "TIRANA"],
    ]


def test_the_same_items_make_the_same_bytes(tmp_path):
    for name in ("one.db", "two.db"):
        database = Database(tmp_path / name)
        for number in range(500):
            database.add(release(number, title=f"Release {number}", body="A text. " * number))
        database.finish([], {"created": STAMP})

    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()
