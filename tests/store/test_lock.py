"""One run on one store: the lock is the system's, the file only names the owner."""

import os

import pytest
from starting import start
from store.making import ORIGIN

from osce_crawl.store import Store, StoreError
from osce_crawl.store.lock import Lock, Locked

HOLD = """
import signal, sys
from pathlib import Path
from osce_crawl.store import Store

store = Store.open(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
signal.pause()
"""


@pytest.fixture
def other(path, tmp_path_factory):
    """Return another process that has the store open."""
    program = tmp_path_factory.mktemp("program") / "hold.py"
    program.write_text(HOLD)
    process = start(path, ORIGIN, program=program, cwd=program.parent, env=os.environ)
    assert process.stdout.readline() == b"open\n"
    yield process
    process.kill()
    process.communicate()


def test_second_run_is_told_who_has_the_store_and_leaves_the_owner_its_lock(path, other):
    for _ in range(2):
        with pytest.raises(StoreError, match=rf"{path} is in use by process {other.pid}:"):
            Store.open(path, ORIGIN)


def test_lock_of_a_killed_run_is_none(path, other):
    other.kill()
    other.wait()

    Store.open(path, ORIGIN).close()


def test_lock_ends_with_the_run(path):
    Store.open(path, ORIGIN).close()

    Store.open(path, ORIGIN).close()


def test_store_that_is_refused_is_not_locked(path):
    Store.open(path, ORIGIN).close()
    for _ in range(2):
        with pytest.raises(StoreError, match="belongs to"):
            Store.open(path, "elsewhere")


@pytest.mark.parametrize(
    "left",
    ["", "1\n", f"{os.getpid()}\n", "not a number"],
    ids=["empty", "another's", "this one's", "not a number"],
)
def test_file_that_was_left_behind_is_no_lock(tmp_path, left):
    file = tmp_path / "store.lock"
    file.write_text(left)
    lock = Lock(file)
    lock.release()

    assert file.read_text() == f"{os.getpid()}\n"


def test_owner_that_has_not_written_its_name_yet_is_unknown(tmp_path):
    file = tmp_path / "store.lock"
    lock = Lock(file)
    file.write_text("")
    with pytest.raises(Locked, match=r"^\?$"):
        Lock(file)
    lock.release()


def test_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    path = tmp_path / "file/newsroom.sqlite"
    with pytest.raises(StoreError, match=rf"store {path} cannot be locked .*: check its folder"):
        Store.open(path, ORIGIN)
