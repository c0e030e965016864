import shutil

import pytest
from crawl.command import REPLAY, Command
from export.exporting import NOW, Export


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """Return a project folder in which the offline site was crawled."""
    folder = tmp_path_factory.mktemp("demo")
    run = Command(folder).run(**REPLAY, OSCE_NOW=NOW)
    assert run.status == 0, run.err
    return folder


@pytest.fixture
def export(demo, tmp_path):
    """Return `scrapy export` beside a copy of the store and the feed of that crawl."""
    shutil.copytree(demo, tmp_path, dirs_exist_ok=True)
    return Export(tmp_path)
