"""The file stands, but its store is lost: nothing else shows how many items there were."""

import json

import pytest
from crawl.forks import fork
from crawl.nights import Nights

from osce_crawl.publication.datapackage import rows_to_replace

ITEMS = 12


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return a newsroom of which a run was published, and whose store is gone."""
    with Nights(tmp_path_factory.mktemp("lost"), ITEMS) as nights:
        assert nights.night().run.status == 0
        nights.store.unlink()
        yield nights


@pytest.fixture
def nights(published, tmp_path):
    """Return a copy of that newsroom and its folder, for nights of a test's own."""
    return fork(published, tmp_path)


def shorten(nights):
    """Let the listing end early: it shows as few items as if the oldest had never been."""
    for fact in nights.site.facts.items[-6:]:
        nights.site.withdraw(fact.id)


def test_shorter_file_is_withheld_whatever_is_fetched_again_until_the_file_is_moved_away(nights):
    before = nights.feed
    shorten(nights)
    first, second = nights.night(), nights.night("-a", "fresh=1")
    stood = nights.feed
    nights.command.feed.rename(nights.command.folder / "before.jsonl")
    third = nights.night()

    assert [night.run.status for night in (first, second, third)] == [4, 4, 0], first.run.err
    assert f"the file to be replaced has {ITEMS} items, this run only {ITEMS - 6}" in first.run.err
    assert stood == before
    assert len(third.items) == ITEMS - 6


def test_file_as_long_as_before_is_replaced(nights):
    nights.site.publish(1)
    night = nights.night()

    assert (night.run.status, len(night.items)) == (0, ITEMS + 1), night.run.err


def test_run_with_other_arguments_is_not_compared(nights):
    night = nights.night("-a", "language=ru")

    assert (night.run.status, 0 < len(night.items) < ITEMS) == (0, True), night.run.err


def test_file_that_its_data_package_does_not_describe_is_not_compared(nights):
    nights.command.feed.write_bytes(nights.feed * 9)
    shorten(nights)
    night = nights.night()

    assert (night.run.status, len(night.items)) == (0, ITEMS - 6), night.run.err


def test_data_package_of_somebody_else_is_replaced(nights):
    folder = nights.command.folder
    (folder / "other.csv").touch()
    package = folder / "items.datapackage.json"
    package.write_text(json.dumps({"resources": [{"path": "other.csv"}]}))
    night = nights.night()

    assert (night.run.status, len(night.items)) == (0, ITEMS), night.run.err
    assert [one["path"] for one in json.loads(package.read_bytes())["resources"]] == ["items.jsonl"]


@pytest.mark.parametrize(
    "package",
    [
        {"resources": ["items.jsonl"]},
        {"resources": [{"path": "items.jsonl"}]},
        {"resources": 5},
        [],
    ],
    ids=["names alone", "no hashes", "a number", "a list"],
)
def test_data_package_of_another_kind_tells_of_no_items(tmp_path, package):
    (tmp_path / "items.jsonl").touch()
    (tmp_path / "items.datapackage.json").write_text(json.dumps(package))

    assert rows_to_replace([tmp_path / "items.jsonl"], {}) == 0
