"""Files that are of no run are put in place together; what fails is undone."""

import sqlite3
from pathlib import Path

import pytest
from store.making import ORIGIN

from osce_crawl.feeds.swap import Swap, digest, part_of
from osce_crawl.publication import placing
from osce_crawl.store import Store, StoreError
from osce_crawl.store import intent as intents
from osce_crawl.store.lock import Lock

OLD, NEW = b"old\n", b"new\n"
NAMES = ("a.jsonl", "b.jsonl")


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "newsroom.sqlite", ORIGIN)
    yield opened
    opened.close()


@pytest.fixture
def report(tmp_path):
    """Return what is said of two files that wait beside old ones."""
    feeds = []
    for name in NAMES:
        path = tmp_path / name
        path.write_bytes(OLD)
        part_of(path).write_bytes(NEW)
        feeds.append({"path": str(path), "rows": 1, "bytes": 4, "sha256": digest(part_of(path))})
    return {"run_id": "r", "ended_at": "2026-11-01T03:00:00Z", "verdict": "published"} | {
        "feeds": feeds
    }


def contents(folder):
    return [(folder / name).read_bytes() for name in NAMES]


def waiting(folder):
    return sorted(path.name for path in folder.iterdir() if path.suffix in {".part", ".old"})


def broken_at(monkeypatch, name, *, undo=True):
    """Let the rename to a name fail, and the way back as well unless it may be undone."""
    replace = Path.replace

    def fails(self, target):
        if Path(target).name == name and self.suffix == ".part":
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    if not undo:
        monkeypatch.setattr(Swap, "undo", lambda _: (_ for _ in ()).throw(OSError("read-only")))


def test_files_are_put_in_place_with_their_description(store, report, tmp_path):
    placing.place(store, report)

    assert contents(tmp_path) == [NEW, NEW]
    assert (tmp_path / "a.datapackage.json").exists()
    assert waiting(tmp_path) == []
    assert intents.get(store.db) is None


@pytest.mark.parametrize("name", [*NAMES, "a.datapackage.json"])
def test_file_that_cannot_be_renamed_leaves_all_old_ones(
    store, report, tmp_path, monkeypatch, name
):
    broken_at(monkeypatch, name)

    with pytest.raises(PermissionError):
        placing.place(store, report)

    assert contents(tmp_path) == [OLD, OLD]
    assert not (tmp_path / "a.datapackage.json").exists()
    assert waiting(tmp_path) == ["a.jsonl.part", "b.jsonl.part"]
    assert intents.get(store.db) is None


def test_what_cannot_be_undone_is_named_and_completed_later(store, report, tmp_path, monkeypatch):
    with monkeypatch.context() as broken:
        broken_at(broken, "b.jsonl", undo=False)
        with pytest.raises(placing.NotUndoneError, match=r"already the new ones: \S+a\.jsonl\."):
            placing.place(store, report)

    intent = intents.get(store.db)
    assert intent is not None
    assert placing.is_export(intent)
    assert "they are in place now" in placing.complete(store, intent)
    assert contents(tmp_path) == [NEW, NEW]
    assert waiting(tmp_path) == []
    assert intents.get(store.db) is None


def test_files_stay_where_the_intent_cannot_be_dropped(store, report, tmp_path, monkeypatch):
    def full(_db):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(intents, "drop", full)
        placing.place(store, report)
    assert contents(tmp_path) == [NEW, NEW]

    intent = intents.get(store.db)
    assert intent is not None
    assert "they are in place now" in placing.complete(store, intent)
    assert contents(tmp_path) == [NEW, NEW]
    assert intents.get(store.db) is None


def test_file_that_another_run_writes_is_left_to_it(store, report, tmp_path, monkeypatch):
    with monkeypatch.context() as broken:
        broken_at(broken, "b.jsonl", undo=False)
        with pytest.raises(placing.NotUndoneError):
            placing.place(store, report)
    intent = intents.get(store.db)
    assert intent is not None
    lock = Lock(tmp_path / "b.jsonl.lock")

    with pytest.raises(StoreError, match="cannot be completed"):
        placing.complete(store, intent)

    lock.release()
    assert intents.get(store.db) == intent
