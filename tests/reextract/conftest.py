import pytest
from crawl.command import Command
from reextract.rereading import Reextract


@pytest.fixture
def command(tmp_path):
    """Return `scrapy crawl`, in its own project."""
    return Command(tmp_path)


@pytest.fixture
def reextract(tmp_path):
    """Return `scrapy reextract`, in the same project."""
    return Reextract(tmp_path)
