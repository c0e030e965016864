"""Hostile archives: every record is read or refused by itself, in bounded memory and time."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from archive.hostile import LIMIT_MB, PEAK, URL, answers, bomb, hostile
from archive.warcs import PAGE, http, packed, record, write

READ = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
from osce_crawl.archive.captures import Captures, read_capture
from osce_crawl.archive.places import RefusedError

def read(path):
    told = {}
    with Captures([path]) as captures:
        for found in captures.newest():
            try:
                told[found.url] = read_capture(found).body[:200].decode("latin-1")
            except RefusedError as refusal:
                told[found.url] = "refused: " + refusal.reason
        return {**told, "refused": captures.refused}

for line in sys.stdin:
    print(json.dumps((read(line.rstrip("\\n")), peak())), flush=True)
"""
Read = Callable[..., list[dict[str, object]]]


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """Return what reads all captures of each file, in one process that is held to its memory."""
    with subprocess.Popen(
        [sys.executable, "-c", PEAK + READ],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin
        assert reader.stdout
        asked, answers = reader.stdin, reader.stdout

        def read_all(*paths: Path) -> list[dict[str, object]]:
            found = []
            for path in paths:
                print(path, file=asked, flush=True)
                line = answers.readline()
                assert line, f"the process died of {path.name}"
                told, peak = json.loads(line)
                assert peak < LIMIT_MB, path.name
                found.append(told)
            return found

        yield read_all
        asked.close()


def test_answers_are_decoded_as_their_bytes_are(read: Read, tmp_path: Path) -> None:
    urls = {URL.format(1000 + n): answer for n, answer in enumerate(answers().values())}
    records = [record(block, url) for url, (block, _) in urls.items()]
    (told,) = read(write(tmp_path / "x.warc.gz", *records))
    texts = {
        name: wanted if isinstance(wanted, str) else wanted[:200].decode("latin-1")
        for name, (_, wanted) in answers().items()
    }
    assert {name: told[url] for url, name in zip(urls, answers(), strict=True)} == texts


BEFORE, AFTER = (record(http(), URL.format(number)) for number in (1, 2))


def around(hostile: bytes) -> bytes:
    """Return what is hostile between two records, each packed by itself."""
    return packed([BEFORE]) + hostile + packed([AFTER])


def around_in_one(hostile: bytes) -> bytes:
    """Return a file packed as a whole of the same records."""
    return gzip.compress(BEFORE + gzip.decompress(hostile) + b"\r\n\r\n" + AFTER, 1)


@pytest.mark.parametrize(
    ("packing", "names"),
    [
        pytest.param(around, [*hostile()], id="record by record"),
        pytest.param(
            around_in_one,
            [name for name in hostile() if name.startswith(("a length", "no"))],
            id="as a whole",
        ),
    ],
)
def test_what_is_hostile_costs_itself_alone(
    read: Read, packing: Callable[[bytes], bytes], names: list[str], tmp_path: Path
) -> None:
    paths = [tmp_path / f"{name}.warc.gz" for name in names]
    for path, name in zip(paths, names, strict=True):
        path.write_bytes(packing(hostile()[name][0]))
    found = dict(zip(names, read(*paths), strict=True))
    pages = {URL.format(number): PAGE.decode() for number in (1, 2)}
    assert found == {name: {**pages, "refused": {hostile()[name][1]: 1}} for name in names}


SMALL = record(b"-" * 400, kind="metadata")


def test_bombs_of_nothing_but_records_take_little_time(read: Read, tmp_path: Path) -> None:
    bombs = []
    for inner in (b"\r\n", b"WARC/1.0\r\n\r\n", SMALL):
        hostile = bomb(100_000_000, BEFORE, inner * (200_000 // len(inner)))
        bombs.append(tmp_path / f"{len(bombs)}.warc.gz")
        bombs[-1].write_bytes(hostile + packed([AFTER]))
    told = read(*bombs)
    assert [one[URL.format(2)] for one in told] == [PAGE.decode()] * 3
    assert [one["refused"] for one in told] == [
        {"unpacking": 1},
        {"header": 1000},
        {"unpacking": 1},
    ]


def test_lengths_that_are_not_true_take_no_time(read: Read, tmp_path: Path) -> None:
    liars = record(PAGE, length=20_000_000) * 2_000
    (tmp_path / "x.warc").write_bytes(liars + bytes(20_000_000) + record(http(), URL.format(1)))
    (told,) = read(tmp_path / "x.warc")
    assert told[URL.format(1)] == PAGE.decode()
