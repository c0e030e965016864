"""A store of the version before: copied, brought up to date, gone on with; or left as it is."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from starting import start
from store.old_stores import MADE_FROM, contents, unpack

from osce_crawl.store import Store, StoreError
from osce_crawl.store.database import migrations, read
from osce_crawl.store.lock import Lock
from osce_crawl.store.runs import good, history
from osce_crawl.store.upgrade import is_older, upgrade


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def version(path):
    with closing(sqlite3.connect(path)) as db:
        return db.execute("PRAGMA user_version").fetchone()[0]


def names(path):
    return sorted(one.name for one in path.parent.iterdir())


@pytest.fixture
def old(path):
    """Return a store as the version before left it."""
    return unpack(path)


def test_older_store_is_opened_with_all_that_it_has(old):
    before = contents(old)
    Store.open(old, MADE_FROM).close()

    assert (contents(old), version(old)) == (before, len(migrations()))


def test_what_it_knows_of_the_listing_is_known_of_that_source(old):
    usual = f"pager {MADE_FROM}/press-releases"
    with closing(Store.open(old, MADE_FROM)) as store:
        spans = store.coverage(usual).spans
        sources = {one for (one,) in store.db.execute("SELECT DISTINCT source FROM listing")}
        whole = [run.measures for run in good(store.db) if run.measures["whole"]]
        (proof,) = [run.proof for run in history(store.db) if run.proof]

        assert (bool(spans), sources, store.last_sources()) == (True, {usual}, [usual])
    assert [one["ended"] for one in whole] == [{usual: one["listed"]} for one in whole] != []
    assert (set(proof["spans"]) <= {usual}, proof["sources"]) == (True, [usual])


def test_copy_is_the_store_as_it_was(old):
    before = contents(old)
    with closing(Store.open(old, MADE_FROM)) as store:
        kept = store.kept

    assert (kept.name, version(kept), contents(kept)) == (f"{old.name}.v1", 1, before)


def test_copy_put_back_is_a_store_of_the_older_version(old):
    before = contents(old)
    kept = upgrade(old)
    kept.replace(old)

    assert (is_older(old), contents(old)) == (True, before)


def test_store_that_is_up_to_date_is_not_copied(old):
    upgrade(old)
    left = names(old)

    assert (upgrade(old), names(old)) == (None, left)


def test_copy_that_is_there_is_never_overwritten(old):
    first = old.with_name(f"{old.name}.v1")
    first.write_bytes(b"mine")
    kept = upgrade(old)

    assert (first.read_bytes(), kept.name, version(kept)) == (b"mine", f"{old.name}.v1.2", 1)


def test_upgrade_leaves_no_half_copy(old):
    upgrade(old)

    assert names(old) == [old.name, f"{old.name}.v1"]


def test_what_a_killed_run_left_in_the_log_is_in_the_copy(old):
    code = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('PRAGMA journal_mode = WAL');"
        "db.execute(\"INSERT INTO meta VALUES ('late', 'yes')\"); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(old)], check=False)
    assert f"{old.name}-wal" in names(old)
    kept = upgrade(old)

    for path in (kept, old):
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("SELECT value FROM meta WHERE name = 'late'").fetchone() == ("yes",)


def test_copy_has_the_mode_of_the_store(old):
    old.chmod(0o640)

    assert upgrade(old).stat().st_mode & 0o777 == 0o640


def test_store_of_another_origin_is_neither_copied_nor_changed(old):
    before = digest(old)
    with pytest.raises(StoreError, match="belongs to"):
        Store.open(old, "https://www.osce.org")

    assert (digest(old), [one for one in names(old) if ".v1" in one]) == (before, [])


def test_damaged_store_is_neither_copied_nor_changed(old):
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        db.execute("UPDATE item SET row = replace(row, 'OSCE', 'OSZE')")
    before = digest(old)
    with pytest.raises(StoreError, match="does not match its checksum"):
        upgrade(old)

    assert (digest(old), names(old)) == (before, [old.name])


def test_store_stays_as_it_was_where_the_copy_cannot_be_made(old):
    before = digest(old)
    old.with_name(f"{old.name}.copy.part").mkdir()
    with pytest.raises(
        StoreError, match=r"cannot be copied .*: check the permissions and the free space"
    ):
        upgrade(old)

    assert (digest(old), is_older(old)) == (before, True)


UPGRADE = """
import sys
from pathlib import Path
from osce_crawl.store.upgrade import upgrade

upgrade(Path(sys.argv[1]))
"""


def test_store_stays_as_it_was_where_the_disk_is_full(old, tmp_path_factory):
    before = digest(old)
    program = tmp_path_factory.mktemp("program") / "upgrade.py"
    program.write_text(UPGRADE)
    limits = {"RLIMIT_FSIZE": 100_000}
    run = start(old, program=program, cwd=program.parent, env=os.environ, limits=limits)
    _, err = run.communicate()

    assert b"StoreError" in err
    assert b"cannot be copied" in err
    assert (digest(old), names(old)) == (before, [old.name])


def test_store_stays_as_it_was_where_the_new_schema_cannot_be_written(old, monkeypatch):
    before = contents(old)
    scripts = [*migrations(), "INSERT INTO nowhere VALUES (1)"]
    monkeypatch.setattr("osce_crawl.store.database.migrations", lambda: scripts)
    monkeypatch.setattr("osce_crawl.store.upgrade.migrations", lambda: scripts)
    with pytest.raises(StoreError, match="cannot be brought up to date"):
        upgrade(old)

    assert (contents(old), names(old)) == (before, [old.name])


def test_older_store_in_use_is_refused_with_its_owner(old):
    lock = Lock.of_store(old)
    try:
        with pytest.raises(StoreError, match=f"in use by process {os.getpid()}"):
            Store.open(old, MADE_FROM)
    finally:
        lock.release()

    assert is_older(old)


@pytest.mark.parametrize("content", [None, b"", b"a note\n" * 400])
def test_what_is_no_store_is_no_older_one(path, content):
    if content is not None:
        path.write_bytes(content)

    assert not is_older(path)


def test_reader_finds_what_the_older_version_knew(old, tmp_path):
    shutil.copy(old, tmp_path / "again")
    upgrade(old)
    with closing(read(old)) as db:
        assert db.execute("SELECT count(*) FROM items").fetchone() == (23,)
