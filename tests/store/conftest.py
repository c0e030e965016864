import shutil

import pytest
from store.making import ORIGIN, Night

from osce_crawl.store import Store


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """Return a store's file that knows nothing, to be copied."""
    made = tmp_path_factory.mktemp("store") / "empty.sqlite"
    Store.open(made, ORIGIN).close()
    return made


@pytest.fixture
def path(tmp_path):
    """Return where the store lies."""
    return tmp_path / "newsroom.sqlite"


@pytest.fixture
def store(path, empty):
    """Return an open store that knows nothing."""
    shutil.copy(empty, path)
    opened = Store.open(path, ORIGIN)
    opened.db.execute("PRAGMA synchronous = OFF")  # the power does not fail here
    yield opened
    opened.close()


@pytest.fixture
def night(store):
    """Return how to begin a run on a day of the month."""

    def begin(day=1):
        return Night(store, day)

    return begin
