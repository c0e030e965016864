"""A publication that fails leaves every file as it was, byte for byte, and says one thing."""

import hashlib
import json
import os
import stat

import pytest
from crawl.nights import Nights
from crawl.publications import disagreements

FEEDS = ("items.jsonl", "twin.jsonl")
TWO = ("-O", FEEDS[1])
#: An extension that breaks something at a moment of the publication, for real.
BREAKER = """
import resource
from pathlib import Path

from osce_crawl.feeds.swap import Swap
from osce_crawl.publication import publish

{code}


class Breaker:
    pass
"""
SETTINGS = {
    "EXTENSIONS": json.dumps({"osce_crawl.feeds.publisher.Publisher": 500, "broken.Breaker": 1})
}
FULL_AT_COMMIT = """
commit = publish.commit

def on_a_full_disk(*args, **options):
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    return commit(*args, **options)

publish.commit = on_a_full_disk
"""
SECOND_RENAME_FAILS = """
replace = Path.replace

def broken(self, target):
    if str(target).endswith("twin.jsonl") and str(self).endswith(".part"):
        raise PermissionError(13, "Permission denied", str(target))
    return replace(self, target)

Path.replace = broken
"""
NOTHING_CAN_BE_UNDONE = """
def undo(self):
    raise OSError(30, "Read-only file system")

Swap.undo = undo
"""
#: What happens → it, and how the message begins.
FAILURES = {
    "the disk is full at the commit": (FULL_AT_COMMIT, ""),
    "the second rename fails": (
        SECOND_RENAME_FAILS,
        "PermissionError: [Errno 13] Permission denied",
    ),
}


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return a newsroom of which two feeds are published, as they are after each test."""
    with Nights(tmp_path_factory.mktemp("failed"), 4) as found:
        assert found.night(*TWO).run.status == 0
        yield found


def published(nights):
    names = (*FEEDS, "items.datapackage.json")
    return [(nights.command.folder / name).read_bytes() for name in names]


def broken_night(nights, code):
    (nights.command.folder / "broken.py").write_text(BREAKER.format(code=code))
    nights.site.publish(1)
    return nights.night(*TWO, **SETTINGS).run


@pytest.mark.parametrize("failure", FAILURES)
def test_old_files_stand_and_the_next_run_publishes(nights, failure):
    code, says = FAILURES[failure]
    before = published(nights)
    failed = broken_night(nights, code)
    stood = published(nights) == before
    after = nights.watched(nights.start(*TWO)).run

    assert (failed.status, stood) == (1, True), failed.err
    assert f"Not published: {says}" in failed.err
    assert [one for one in ("Published ", ", published:") if one in failed.err] == []
    assert (after.status, list(disagreements(nights.command.folder, *FEEDS))) == (0, []), after.err


def test_what_cannot_be_undone_is_named_and_completed_by_the_next_run(nights):
    failed = broken_night(nights, SECOND_RENAME_FAILS + NOTHING_CAN_BE_UNDONE)
    after = nights.watched(nights.start(*TWO)).run

    told = next(line for line in failed.errors if "these files are already the new ones" in line)
    assert (failed.status, "items.jsonl" in told, "Permission denied" in told) == (1, True, True)
    assert (after.status, list(disagreements(nights.command.folder, *FEEDS))) == (0, []), after.err


def test_files_are_replaced_together_without_a_store_too(nights):
    before = published(nights)
    (nights.command.folder / "broken.py").write_text(BREAKER.format(code=SECOND_RENAME_FAILS))
    failed = nights.night(*TWO, **SETTINGS, OSCE_STORE="").run

    assert (failed.status, published(nights) == before) == (1, True), failed.err


def test_disk_that_is_full_from_the_beginning_of_the_publication_changes_nothing(nights):
    before = published(nights)
    full = FULL_AT_COMMIT.replace("publish.commit", "publish.intents.put")
    failed = broken_night(nights, full)

    assert (failed.status, published(nights) == before) == (1, True), failed.err


# -- the data package


def package(nights):
    return json.loads((nights.command.folder / "items.datapackage.json").read_bytes())


def resources(nights):
    return {one["path"]: one for one in package(nights)["resources"]}


def test_one_data_package_tells_of_all_feeds_of_a_run(nights):
    found = resources(nights)
    folder = nights.command.folder
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FEEDS}

    assert {name: one["sha256"] for name, one in found.items()} == hashes
    assert [path.name for path in folder.glob("*.datapackage.json")] == ["items.datapackage.json"]


# -- one of the feeds alone


@pytest.fixture(scope="module")
def alone(nights):
    """Write the first feed alone, over a file with another mode and group.

    Return that group, and the resources before.
    """
    before, feed = resources(nights), nights.command.feed
    feed.chmod(0o640)
    group = next((one for one in os.getgroups() if one != os.getgid()), os.getgid())
    if os.geteuid() == 0:
        group = 12345
    os.chown(feed, -1, group)
    (new,) = nights.site.publish(1)
    assert new in nights.night().run.ids
    return group, before


def test_mode_and_group_of_the_old_file_are_kept(nights, alone):
    now = nights.command.feed.stat()

    assert (stat.S_IMODE(now.st_mode), now.st_gid) == (0o640, alone[0])


def test_resource_of_an_earlier_run_stays_while_its_file_is_as_it_was(nights, alone):
    assert resources(nights)[FEEDS[1]] == alone[1][FEEDS[1]]


def test_resource_of_an_earlier_run_goes_when_its_file_is_another_one(nights):
    (nights.command.folder / FEEDS[1]).write_text("{}\n")
    nights.night()

    assert list(resources(nights)) == [FEEDS[0]]
