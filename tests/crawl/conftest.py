import pytest
from crawl.command import Command


@pytest.fixture
def command(tmp_path):
    """Return the command line, in its own project."""
    return Command(tmp_path)


@pytest.fixture
def old(command):
    """Return the output of an earlier run."""
    content = b'{"id":"1-en","title":"published before"}\n'
    command.feed.write_bytes(content)
    return content
