"""`scrapy runs accept` of a run that left nothing to publish."""

import pytest
from crawl.site import Newsroom, releases
from server import Page


@pytest.fixture
def site():
    with Newsroom(releases(8)) as running:
        yield running


def accepted(command):
    """Accept the last run of a project."""
    return command.scrapy("runs", "accept", "last")


def test_run_whose_file_is_gone_cannot_be_accepted(command, site, old):
    command.run("-a", "urls=urls.txt", **failing(command, site))
    (command.folder / "items.jsonl.part").unlink()
    answer = accepted(command)

    assert (answer.status, "no longer exists" in answer.err) == (2, True)
    assert command.feed.read_bytes() == old


def test_run_without_any_item_cannot_be_accepted(command, site, old):
    site.facts.clear()
    command.run(**site.settings)
    answer = accepted(command)

    assert (answer.status, "has no item" in answer.err) == (2, True), answer.err
    assert command.feed.read_bytes() == old


def test_run_that_wrote_no_file_cannot_be_accepted(command, site):
    site.facts.clear()
    command.spider("newsroom", **site.settings)
    answer = accepted(command)

    assert (answer.status, "wrote no file" in answer.err) == (2, True), answer.err


def failing(command, site):
    """Let half of the pages that are named by their addresses fail; return the settings."""
    named = [f"{site.url}{one.at}\n" for one in site.facts]
    (command.folder / "urls.txt").write_text("".join(named))
    for one in site.facts[:4]:
        site.pages[one.at] = Page(b"<html><body><h1>Sorry</h1></body></html>", 500)
    return site.settings
