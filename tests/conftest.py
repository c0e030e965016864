"""Fixtures shared by the tests of several rooms."""

import gc
from collections.abc import Iterator

import pytest
from webpage.browser import Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with one tab."""
    with Browser(tmp_path_factory.mktemp("profile")) as running:
        yield running


def pytest_collection_finish() -> None:
    """Spare garbage collections the tests themselves: at the end pytest makes ten in a row."""
    gc.freeze()
