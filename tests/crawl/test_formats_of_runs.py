"""Several formats of one run: one publication, the same bytes on a quiet night, all or none."""

import json

import pytest
from crawl.command import REPLAY, Command

NAMES = ("items.jsonl", "items.parquet", "items.csv", "items.jsonl.gz", "items.jsonl.zst")
PACKAGE = "items.datapackage.json"
ALL = tuple(word for name in NAMES for word in ("-O", name))
#: Seventeen items, in five languages.
SINCE = ("-a", "since=2023-01-01")
#: Kilobytes that a file may have on a disk that is as good as full: fewer than Parquet takes.
FULL = 60


def files(folder):
    return {name: (folder / name).read_bytes() for name in (*NAMES, PACKAGE)}


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return two nights of which nothing changed in the second: the runs, and all files of each."""
    command = Command(tmp_path_factory.mktemp("formats"))
    found = []
    for _ in range(2):
        run = command.spider("newsroom", *SINCE, *ALL, **REPLAY)
        found.append((run, files(command.folder)))
    return found


def test_all_are_published_at_once(nights):
    run, content = nights[0]

    assert run.status == 0, run.err
    assert all(content.values())
    assert not list(run.folder.glob("*.part"))


def test_quiet_night_writes_the_same_bytes_in_every_format(nights):
    (_, first), (run, second) = nights

    assert run.status == 0, run.err
    assert [name for name in NAMES if first[name] != second[name]] == []


def test_data_package_describes_each(nights):
    described = json.loads(nights[1][1][PACKAGE])["resources"]

    count = described[0]["rows"]
    kept = ("path", "type", "compression", "rows")
    assert count > 0
    # the standard reads neither Parquet nor Zstandard
    assert [tuple(map(one.get, kept)) for one in described] == [
        ("items.jsonl", None, None, count),
        ("items.parquet", "file", None, None),
        ("items.csv", None, None, count),
        ("items.jsonl.gz", None, "gz", count),
        ("items.jsonl.zst", "file", None, None),
    ]


def test_full_disk_under_one_leaves_all_as_they_were(command):
    old = dict.fromkeys(("items.parquet", "items.jsonl.zst"), b"published before")
    for name, content in old.items():
        (command.folder / name).write_bytes(content)
    words = ("newsroom", *(word for name in old for word in ("-O", name)))
    limits = {"RLIMIT_FSIZE": FULL * 1024}
    run = command.spider(*words, limits=limits, **REPLAY, OSCE_STORE="", OSCE_REPORTS="")

    assert (run.status, {name: (command.folder / name).read_bytes() for name in old}) == (1, old)
    assert "feed items.parquet was not written completely" in run.err
    assert not (command.folder / PACKAGE).exists()


def test_parquet_may_go_to_standard_output(command):
    run = command.spider("newsroom", "-a", "limit=3", "-o", "-:parquet", **REPLAY)

    assert (run.status, run.out[:4], run.out[-4:]) == (0, b"PAR1", b"PAR1")
