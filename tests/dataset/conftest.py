"""A store of the offline site, crawled once per module, and the command that reads it."""

import shutil

import pytest
from crawl.command import REPLAY, Command

#: The creation date given in a dataset.
NOW = "2026-11-01T08:00:00Z"


class Datasets(Command):
    """`scrapy dataset` in its own project folder."""

    verb = "dataset"


@pytest.fixture(scope="package")
def crawled(tmp_path_factory):
    """Return a project folder in which the offline site was crawled."""
    command = Command(tmp_path_factory.mktemp("crawled"))
    assert command.run(OSCE_CONTACTS=1, **REPLAY).status == 0
    return command


@pytest.fixture
def datasets(crawled, tmp_path):
    """Return the command in a project folder with a copy of that store."""
    command = Datasets(tmp_path)
    store = command.folder / "output/newsroom.sqlite"
    store.parent.mkdir()
    shutil.copy(crawled.folder / "output/newsroom.sqlite", store)
    return command


@pytest.fixture(scope="package")
def made(crawled):
    """Return a dataset of that store."""
    command = Datasets(crawled.folder)
    run = command.spider("dataset", OSCE_NOW=NOW)
    assert run.status == 0, run.err
    return crawled.folder / "dataset"
