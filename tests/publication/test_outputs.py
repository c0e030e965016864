"""No two outputs of a run are one file, and none is in use by two runs."""

import os
import re

import pytest
from crawl.command import Command
from crawl.site import Newsroom, releases
from server import Page

from osce_crawl.publication.outputs import Output, OutputError, check, lock


@pytest.fixture(scope="module")
def site():
    with Newsroom(releases(3)) as running:
        yield running


@pytest.fixture(scope="module")
def published(site, tmp_path_factory):
    """Return a project in which a run was published."""
    command = Command(tmp_path_factory.mktemp("outputs"))
    assert command.run(**site.settings).status == 0
    for name in ("twin.jsonl", "link.jsonl"):
        (command.folder / name).unlink(missing_ok=True)
    store = command.folder / "output" / "newsroom.sqlite"
    (command.folder / "link.jsonl").symlink_to(store)
    os.link(store, command.folder / "twin.jsonl")
    (command.folder / "linked.jsonl.part").symlink_to(store)
    return command


STORE = "output/newsroom.sqlite"
#: Input → words that the message must contain.
COLLISIONS = {
    "a feed onto the store": (["-O", f"{STORE}:jsonlines"], {}, "feed OSCE_STORE"),
    "a feed onto the store's log": (["-O", f"{STORE}-wal:jsonlines"], {}, "feed OSCE_STORE"),
    "a feed onto the store's index": (["-O", f"{STORE}-shm:jsonlines"], {}, "feed OSCE_STORE"),
    "a feed onto the store's lock": (["-O", f"{STORE}.lock:jsonlines"], {}, "feed OSCE_STORE"),
    "a symbolic link to the store": (["-O", "link.jsonl"], {}, "link.jsonl OSCE_STORE"),
    "a hard link to the store": (["-O", "twin.jsonl"], {}, "twin.jsonl OSCE_STORE"),
    "a feed onto the change feed": (["-O", "output/changes.jsonl"], {}, "feed OSCE_CHANGES"),
    "a feed onto the invalid file": (["-O", "output/invalid.jsonl"], {}, "feed OSCE_INVALID"),
    "a feed onto the metrics": (["-O", "output/runs/latest.prom:jsonlines"], {}, "OSCE_REPORTS"),
    "a feed onto a report": (
        ["-O", "output/runs/20260101T000000Z-0123ab.json"],
        {},
        "feed OSCE_REPORTS",
    ),
    "a feed onto the folder of reports": (
        ["-O", "new.jsonl"],
        {"OSCE_REPORTS": "new.jsonl"},
        "feed OSCE_REPORTS",
    ),
    "a feed onto a file of the archive": (
        ["-O", "pages/20260101T000000Z-0123ab-00001.warc.gz:jsonlines"],
        {"OSCE_ARCHIVE": "pages"},
        "feed OSCE_ARCHIVE",
    ),
    "reports and archive in one folder": (
        [],
        {"OSCE_ARCHIVE": "output/runs"},
        "OSCE_REPORTS OSCE_ARCHIVE",
    ),
    "a feed onto another's part": (
        ["-O", "a.jsonl", "-O", "a.jsonl.part:jsonlines"],
        {},
        "a.jsonl a.jsonl.part",
    ),
    "a feed onto a lock": (
        ["-O", "output/changes.jsonl.lock:jsonlines"],
        {},
        "feed OSCE_CHANGES",
    ),
    "a feed onto the data package": (
        ["-O", "a.jsonl", "-O", "a.datapackage.json"],
        {},
        "a.datapackage.json package",
    ),
    "two feeds that are one": (["-O", "a.jsonl", "-O", "./a.jsonl"], {}, "a.jsonl ./a.jsonl"),
    "a feed onto the log": (["-O", "a.jsonl", "--logfile", "a.jsonl"], {}, "feed LOG_FILE"),
    "the pid onto the feed": (["-O", "a.jsonl", "--pidfile", "a.jsonl"], {}, "feed --pidfile"),
    "the pid onto the store": (["--pidfile", STORE], {}, "--pidfile OSCE_STORE"),
    "the log onto the store": (["--logfile", STORE], {}, "LOG_FILE OSCE_STORE"),
    "the log onto the pid": (["--logfile", "x", "--pidfile", "x"], {}, "LOG_FILE --pidfile"),
    "changes onto the invalid file": (
        [],
        {"OSCE_CHANGES": "x.jsonl", "OSCE_INVALID": "x.jsonl"},
        "OSCE_CHANGES OSCE_INVALID",
    ),
    "the store onto the change feed": (
        [],
        {"OSCE_STORE": "new.x", "OSCE_CHANGES": "new.x"},
        "OSCE_STORE OSCE_CHANGES",
    ),
    "a file where a folder must be": (
        ["-O", "new.jsonl"],
        {"OSCE_INVALID": "new.jsonl/invalid.jsonl"},
        "feed OSCE_INVALID",
    ),
    "a feed onto the list of addresses": (
        ["-O", "urls.txt:jsonlines", "-a", "urls=urls.txt"],
        {},
        "feed urls",
    ),
}


@pytest.mark.parametrize("name", COLLISIONS)
def test_one_line_names_both_of(published, site, name):
    words, settings, named = COLLISIONS[name]
    (published.folder / "urls.txt").write_text(f"{site.url}{site.facts[0].at}\n")
    before = contents(published.folder)
    result = published.spider("newsroom", *words, **{**site.settings, **settings})

    missing = [word for word in named.split() if word not in result.err]
    assert (result.status, len(result.errors), missing) == (2, 1, []), result.err
    assert contents(published.folder) == before


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_part_that_leads_to_the_store_is_refused(published, site):
    result = published.spider("newsroom", "-O", "linked.jsonl", **site.settings)

    assert (result.status, "linked.jsonl.part" in result.err) == (2, True), result.err


def test_names_are_one_where_the_file_system_takes_their_letters_for_the_same(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("osce_crawl.publication.outputs._folds", lambda _folder: True)
    two = [
        Output("one", tmp_path / "É.jsonl"),
        Output("other", tmp_path / "e\N{COMBINING ACUTE ACCENT}.JSONL"),
    ]

    with pytest.raises(OutputError, match="one"):
        check(two)


def test_names_differ_where_the_file_system_says_so(tmp_path):
    two = [Output("one", tmp_path / "a.jsonl"), Output("other", tmp_path / "A.jsonl")]
    (tmp_path / "probe").touch()
    if (tmp_path / "PROBE").exists():
        with pytest.raises(OutputError):
            check(two)
    else:
        check(two)


def test_reports_may_share_their_folder(tmp_path):
    check(
        [
            Output("reports", tmp_path, folder=True),
            Output("feed", tmp_path / "items.jsonl"),
            Output("package", tmp_path / "items.datapackage.json"),
        ]
    )


def test_locked_output_is_refused_with_its_owner(tmp_path):
    output = Output("feed a.jsonl", tmp_path / "a.jsonl")
    told = re.escape(f"feed a.jsonl is in use by process {os.getpid()}")
    with lock([output]), pytest.raises(OutputError, match=told), lock([output]):
        pass


def test_lock_leaves_nothing_behind(tmp_path):
    with lock([Output("feed a.jsonl", tmp_path / "a.jsonl")]):
        pass

    assert list(tmp_path.iterdir()) == []


SHARED = {
    "feed": ({"OSCE_CHANGES": "", "OSCE_INVALID": "i2", "OSCE_REPORTS": ""}, "items.jsonl"),
    "change feed": ({"OSCE_INVALID": "i2", "OSCE_REPORTS": ""}, "other.jsonl"),
    "invalid file": ({"OSCE_CHANGES": "", "OSCE_REPORTS": ""}, "other.jsonl"),
    "reports": ({"OSCE_CHANGES": "", "OSCE_INVALID": "i2"}, "other.jsonl"),
}
NAMES = {
    "feed": "feed items.jsonl",
    "change feed": "setting OSCE_CHANGES",
    "invalid file": "setting OSCE_INVALID",
    "reports": "setting OSCE_REPORTS",
}


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """Return a run, runs on its outputs with another store while it went on, and the requests then.

    Each of these shares one output, and is given by the output's name.
    """
    command = Command(tmp_path_factory.mktemp("shared"))
    runs, requests = {}, []
    with Newsroom(releases(3)) as site:

        def while_the_first_goes_on(_hit):
            for shared, (settings, feed) in SHARED.items():
                own = {**site.settings, "OSCE_STORE": "second.sqlite", **settings}
                runs[shared] = command.spider("newsroom", "-O", feed, **own)
            requests.extend(site.server.paths)
            return Page(status=404)

        site.server.pages["/robots.txt"] = while_the_first_goes_on
        first = command.run(**site.settings)
    return first, runs, requests


@pytest.mark.parametrize("shared", SHARED)
def test_second_run_on_one_output_ends_with_2(second, shared):
    _, runs, _ = second

    assert runs[shared].status == 2
    assert f"{NAMES[shared]} is in use by process" in runs[shared].err


def test_run_whose_outputs_others_wanted_goes_on_and_they_request_nothing(second):
    first, _, requests = second

    assert (first.status, len(first.items), requests) == (0, 3, ["/robots.txt"])
