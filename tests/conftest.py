"""The fixtures that several rooms share, and where the tests write."""

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import starting
from webpage.browser import Browser

#: Linux keeps it in memory. A crawl waits some forty times for a disk to keep what it has written.
_IN_MEMORY = Path("/dev/shm")
#: All tests write half a gigabyte in all; of those that pass, nothing stays.
_ENOUGH = 4 * 2**30


def pytest_configure() -> None:
    """Share the server of commands with xdist's workers; let the tests write to memory.

    A shell starts background jobs with SIGINT ignored, and the commands would inherit that.
    """
    starting.share()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with one tab."""
    with Browser(tmp_path_factory.mktemp("profile")) as running:
        yield running


def pytest_collection_finish() -> None:
    """Spare garbage collections the tests themselves: at the end pytest makes ten in a row."""
    gc.freeze()
