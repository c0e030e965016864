import shutil

import pytest
from store.making import ORIGIN, Night

from osce_crawl.store import Store


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """Return the file of an empty store, to be copied."""
    made = tmp_path_factory.mktemp("store") / "empty.sqlite"
    Store.open(made, ORIGIN).close()
    return made


@pytest.fixture
def path(tmp_path):
    """Return the path of the store."""
    return tmp_path / "newsroom.sqlite"


@pytest.fixture
def store(path, empty):
    """Return an open, empty store."""
    shutil.copy(empty, path)
    opened = Store.open(path, ORIGIN)
    opened.db.execute("PRAGMA synchronous = OFF")  # tests need no protection against power loss
    yield opened
    opened.close()


@pytest.fixture
def night(store):
    """Return a function that starts a run on a day of the month."""

    def begin(day=1):
        return Night(store, day)

    return begin
