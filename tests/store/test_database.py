"""The file of the store: made, opened, read, or refused as it is."""

import hashlib
import random
import shutil
import sqlite3
from contextlib import closing
from importlib.resources import files

import pytest
from grid import check_each
from store.making import ORIGIN, Night, dump, entry

from osce_crawl.store import Store, StoreError
from osce_crawl.store.database import migrations, read

PAGE = 4096


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refusal(path, origin=ORIGIN):
    """Return why the store is refused; it must be as it was."""
    before = digest(path)
    with pytest.raises(StoreError) as refused:
        Store.open(path, origin)
    assert digest(path) == before
    return str(refused.value)


@pytest.fixture
def known(path, empty):
    """Return the file of a store with an item."""
    shutil.copy(empty, path)
    with closing(Store.open(path, ORIGIN)) as store:
        Night(store).read(entry(7)).publish()
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Return the file of a store with 200 items that were all edited once."""
    path = tmp_path_factory.mktemp("large") / "newsroom.sqlite"
    words = random.Random(1)
    store = Store.open(path, ORIGIN)
    for day in (1, 2):
        run = Night(store, day)
        store.db.execute("BEGIN")
        for node in range(1000, 1200):
            text = " ".join(words.choices(["peace", "border", "dialogue", "mission"], k=700))
            run.read(entry(node), body=text)
        store.db.execute("COMMIT")
        run.publish()
    store.db.execute("VACUUM")  # or many of its pages were free
    store.close()
    return path


# -- made and opened


def test_store_is_made_where_there_is_none(tmp_path):
    path = tmp_path / "new/folder/newsroom.sqlite"
    Store.open(path, ORIGIN).close()

    assert path.exists()


def test_empty_file_becomes_a_store(path):
    path.touch()
    Store.open(path, ORIGIN).close()

    assert refusal(path, "elsewhere").startswith(f"store {path} belongs to {ORIGIN}")


def test_what_was_committed_is_there_again(known):
    with closing(Store.open(known, ORIGIN)) as store:
        assert store.item("7-en")["title"] == "Title of 7"


def test_store_without_a_file_knows_what_the_run_had():
    with closing(Store.open(None, ORIGIN)) as store:
        assert [row["id"] for row in Night(store).read(entry(7)).publish()] == ["7-en"]


def test_closed_store_is_one_file(known):
    left = {one.name for one in known.parent.iterdir()}

    assert left == {known.name, f"{known.name}.lock"}


def test_store_that_was_killed_while_it_was_made_is_made_whole(path):
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"{migrations()[0]}; PRAGMA application_id = {0x4F534345};")
        db.execute("PRAGMA user_version = 1")
    Store.open(path, ORIGIN).close()

    assert "belongs to" in refusal(path, "elsewhere")


def test_vocabularies_are_those_of_the_package(store):
    kinds = store.db.execute("SELECT kind FROM unit WHERE id = 'odihr'").fetchall()

    assert kinds == [("institution",)]


def test_vocabularies_of_an_older_package_are_replaced(known):
    with closing(Store.open(known, ORIGIN)) as store:
        store.db.execute("UPDATE unit SET label = 'Old' WHERE id = 'odihr'")
    with closing(Store.open(known, ORIGIN)) as store:
        labels = store.db.execute("SELECT label FROM unit WHERE id = 'odihr'").fetchall()

    assert labels != [("Old",)]


# -- migrations


def test_migrations_are_numbered_without_a_gap():
    folder = files("osce_crawl").joinpath("store/migrations")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".sql"))

    assert names == [f"{number:04}.sql" for number in range(1, len(names) + 1)]


def test_migration_that_fails_leaves_the_store_as_it_was(known, monkeypatch):
    scripts = [*migrations(), "CREATE TABLE more (a); INSERT INTO nowhere VALUES (1)"]
    monkeypatch.setattr("osce_crawl.store.database.migrations", lambda: scripts)
    with pytest.raises(StoreError, match="no such table: nowhere"):
        Store.open(known, ORIGIN)
    monkeypatch.undo()

    with closing(Store.open(known, ORIGIN)) as store:
        assert store.item("7-en") is not None


def test_store_of_an_older_version_is_brought_up_to_date(known, monkeypatch):
    scripts = [*migrations(), "CREATE TABLE more (a)"]
    monkeypatch.setattr("osce_crawl.store.database.migrations", lambda: scripts)
    with closing(Store.open(known, ORIGIN)) as store:
        more = store.db.execute("SELECT * FROM more").fetchall()

        assert (more, store.item("7-en") is not None) == ([], True)


# -- refused


def test_file_that_is_no_database_is_refused(path):
    path.write_bytes(b"a note\n" * 1000)

    assert "is damaged (file is not a database): replace it with a backup" in refusal(path)


def test_database_of_something_else_is_refused(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE cookies (a)")

    assert refusal(path).endswith("is a database of another application: give another OSCE_STORE")


def test_empty_database_of_another_application_is_refused(path):
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 1")

    assert "is a database of another application" in refusal(path)


def test_store_of_a_newer_version_is_refused(known):
    with closing(sqlite3.connect(known)) as db:
        db.execute("PRAGMA user_version = 99")

    assert f"(schema 99, this one knows {len(migrations())}): update" in refusal(known)


def test_store_of_another_origin_is_refused(known):
    said = refusal(known, "https://example.org")

    assert f"belongs to {ORIGIN}, and this run crawls https://example.org" in said


def test_folder_in_the_place_of_the_store_is_refused(path):
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(path, ORIGIN)


@pytest.mark.parametrize(
    "spoil",
    [
        "INSERT INTO coverage VALUES ('a listing', 'yesterday', '2024-01-01')",
        "INSERT INTO coverage VALUES ('a listing', '2024-02-30', '2024-03-01')",
        "INSERT INTO coverage VALUES ('a listing', '2024-02-01', '2024-3-1')",
        "INSERT OR REPLACE INTO meta VALUES ('full_walk', '')",
        "UPDATE run SET started_at = 'now'",
        "UPDATE run SET arguments = 'none'",
        "UPDATE run SET measures = '{'",
        "UPDATE item SET published = '1 May'",
    ],
)
def test_row_that_no_run_wrote_is_refused(known, spoil):
    with closing(sqlite3.connect(known)) as db, db:
        db.execute(spoil)

    assert "is damaged" in refusal(known)


def test_store_that_lost_its_end_is_refused(large, tmp_path):
    cut = tmp_path / "newsroom.sqlite"
    cut.write_bytes(large.read_bytes()[: -40 * PAGE])

    assert "is damaged" in refusal(cut)


def test_page_that_is_overwritten_is_noticed(large, tmp_path):
    whole = large.read_bytes()
    path = tmp_path / "newsroom.sqlite"

    def is_noticed(share):
        content = bytearray(whole)
        start = len(content) // PAGE * share // 25 * PAGE
        content[start : start + PAGE] = random.Random(share).randbytes(PAGE)
        path.write_bytes(content)
        return "is damaged" in refusal(path)

    check_each(is_noticed, dict.fromkeys(range(1, 25), True))


@pytest.mark.parametrize("table", ["item", "revision"])
def test_letter_that_has_changed_in_a_row_is_noticed(large, tmp_path, table):
    path = tmp_path / "newsroom.sqlite"
    path.write_bytes(large.read_bytes())
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"UPDATE {table} SET row = replace(row, 'peace', 'peaca')")
        db.commit()

    assert "does not match its checksum" in refusal(path)


# -- read


def test_reader_sees_what_is_published(known):
    with closing(read(known)) as db:
        assert db.execute("SELECT id FROM items").fetchall() == [("7-en",)]


def test_reader_cannot_write(known):
    with closing(read(known)) as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM item")


def test_reader_leaves_nothing_behind(known):
    before = sorted(known.parent.iterdir()), digest(known)
    read(known).close()

    assert (sorted(known.parent.iterdir()), digest(known)) == before


def test_reader_does_not_wait_for_a_run(known):
    with closing(Store.open(known, ORIGIN)) as store:
        Night(store, 2).read(entry(8)).publish()
        with closing(read(known)) as db:
            assert db.execute("SELECT id FROM items ORDER BY id").fetchall() == [
                ("7-en",),
                ("8-en",),
            ]


def test_run_does_not_wait_for_a_reader(known):
    with closing(read(known)) as db, closing(Store.open(known, ORIGIN)) as store:
        Night(store, 2).read(entry(8)).publish()

        assert len(dump(store)) > db.execute("SELECT count(*) FROM item").fetchone()[0]


def test_reader_of_a_store_that_is_not_there_makes_none(path):
    with pytest.raises(StoreError, match=f"there is no store {path}: give another OSCE_STORE"):
        read(path)

    assert not path.exists()


def test_reader_of_an_older_store_does_not_change_it(known, monkeypatch):
    monkeypatch.setattr("osce_crawl.store.database.migrations", lambda: [*migrations(), ""])
    before = digest(known)
    with pytest.raises(StoreError, match="older osce_crawl, or is empty: the next run"):
        read(known)

    assert digest(known) == before


def test_reader_refuses_an_empty_file(path):
    path.touch()
    with pytest.raises(StoreError, match="older osce_crawl"):
        read(path)
