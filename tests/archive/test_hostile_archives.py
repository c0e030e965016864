"""Hostile archives: every record is read or refused by itself, in bounded memory and time."""

import gzip
import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from archive.warcs import PAGE, http, packed, record, write
from backports import zstd

LIMIT_MB = 300
URL = "https://www.osce.org/odihr/{}"
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

print(json.dumps([(read(path), peak()) for path in sys.argv[1:]]))
"""
#: The most memory of a process, in megabytes. What getrusage says counts that of its parent, too.
PEAK = """
def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
"""


def read(*paths: Path) -> list[dict[str, object]]:
    """Read all captures of each file in a process of its own; hold it to its memory."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK + READ, *map(str, paths)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told = json.loads(done.stdout)
    megabytes = {path.name: peak for path, (_, peak) in zip(paths, told, strict=True)}
    assert {name: peak for name, peak in megabytes.items() if peak >= LIMIT_MB} == {}
    return [found for found, _ in told]


def chunked(body: bytes) -> bytes:
    return (
        b"%x\r\n" % 20
        + body[:20]
        + b"\r\n%x;a=b\r\n" % len(body[20:])
        + body[20:]
        + b"\r\n0\r\n\r\n"
    )


def bomb(size: int, before: bytes = b"", piece: bytes = bytes(1_000_000)) -> bytes:
    """Return a gzip member that unpacks to some bytes and the same piece again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    count = size // len(piece)
    checksum = zlib.crc32(before)
    for _ in range(count):
        checksum = zlib.crc32(piece, checksum)
    end = struct.pack("<LL", checksum, (len(before) + count * len(piece)) % 2**32)
    return gzip.compress(b"")[:10] + first + again * count + packer.flush() + end


GZIPPED = gzip.compress(PAGE)
BOMB = bomb(400_000_000)
CHUNKED = "Transfer-Encoding: chunked"
GZIP = "Content-Encoding: gzip"
#: An answer of a server, and what is read of it.
ANSWERS = {
    "chunked and gzip": (http(chunked(GZIPPED), CHUNKED, GZIP), PAGE),
    "chunked, and no header says so": (http(chunked(PAGE)), PAGE),
    "chunked by its header alone": (http(PAGE, CHUNKED), PAGE),
    "chunks without the last": (http(chunked(PAGE)[:-5], CHUNKED), "refused: cut"),
    "gzip by its header alone": (http(PAGE, GZIP), PAGE),
    "gzip twice": (http(gzip.compress(GZIPPED), "Content-Encoding: gzip, gzip"), PAGE),
    "deflate": (http(zlib.compress(PAGE), "Content-Encoding: deflate"), PAGE),
    "br": (http(brotli.compress(PAGE), "Content-Encoding: br"), PAGE),
    "br by its header alone": (http(PAGE, "Content-Encoding: br"), PAGE),
    "zstd": (http(zstd.compress(PAGE), "Content-Encoding: zstd"), PAGE),
    "an encoding of nobody": (http(PAGE, "Content-Encoding: nobody"), "refused: encoding"),
    "gzip, and no header says so": (http(GZIPPED), PAGE),
    "zstd, and no header says so": (http(zstd.compress(PAGE)), PAGE),
    "a file that is gzip": (http(GZIPPED, media="application/gzip"), GZIPPED),
    "gzip on its way": (
        http(chunked(GZIPPED), "Transfer-Encoding: gzip, chunked"),
        PAGE,
    ),
    "gzip that is cut": (http(GZIPPED[:-9], GZIP), "refused: unpacking"),
    "a bomb": (http(BOMB, GZIP), "refused: too-large"),
    "less than its header says": (http(PAGE, "Content-Length: 4000"), "refused: cut"),
    "a length in digits of another kind": (http(PAGE, "Content-Length: ²"), PAGE),
    "a length of 5,000 digits": (http(PAGE, "Content-Length: " + "9" * 5000), PAGE),
    "chunks of nothing but frames": (http(b"1\r\nx\r\n" * 500_000 + b"0\r\n\r\n"), b"x" * 200),
    "no body": (http(b""), b""),
    "no end of its head": (b"HTTP/1.1 200 OK\r\nContent-Type: text/html", b""),
    "an unreadable charset": (
        http(b"\xff\xfe\x00", media="text/html; charset=nobody"),
        b"\xff\xfe\0",
    ),
    "10,000 elements in one another": (http(b"<div>" * 10_000), b"<div>" * 40),
    "HTTP/2 without a phrase": (b"HTTP/2 200\r\n\r\n" + PAGE, PAGE),
}


def test_answers_are_decoded_as_their_bytes_are(tmp_path: Path) -> None:
    answers = {URL.format(1000 + n): answer for n, answer in enumerate(ANSWERS.values())}
    records = [record(block, url) for url, (block, _) in answers.items()]
    (told,) = read(write(tmp_path / "x.warc.gz", *records))
    texts = {
        name: wanted if isinstance(wanted, str) else wanted[:200].decode("latin-1")
        for name, (_, wanted) in ANSWERS.items()
    }
    assert {name: told[url] for url, name in zip(answers, ANSWERS, strict=True)} == texts


HUGE = 2_000_000_000
#: What stands between two whole records, and why it is refused.
HOSTILE = {
    "a length of 2 GB": (packed([record(PAGE, length=HUGE)]), "too-large"),
    "a length without end": (packed([record(PAGE, length="9" * 5000)]), "too-large"),
    "a length below nothing": (packed([record(PAGE, length=-1)]), "header"),
    "no kind": (packed([b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n"]), "header"),
    "a head without end": (packed([b"WARC/1.1\r\n" + b"X: y\r\n" * 99_999]), "header"),
    "a bomb": (bomb(300_000_000, record(b"", length=300_000_000)[:-4]), "unpacking"),
    "no answer of a server": (packed([record(b"<html></html>")]), "no-http"),
    "nothing at all": (packed([record(b"")]), "no-http"),
    "no date": (packed([record(http(), date="some day")]), "date"),
    "a date before the Web": (packed([record(http(), date="0001-01-01T00:00:00Z")]), "date"),
    "no address": (packed([record(http(), "")]), "address"),
    "an address that is none": (packed([record(http(), "http://[::1/")]), "address"),
    "a member that is cut": (packed([record(http(PAGE * 9))])[:-20], "unpacking"),
    "a member with a wrong checksum": (packed([record(http())])[:-8] + bytes(8), "unpacking"),
    "a member of nothing": (gzip.compress(b""), "garbage"),
    "a member of something else": (gzip.compress(b"text\r\n\r\n" * 99), "garbage"),
    "half of gzip's head": (b"\x1f\x8b\x08", "garbage"),
    "bytes": (bytes(range(256)) * 999, "garbage"),
    "a record not packed": (record(PAGE, length=HUGE), "cut"),
}


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
        pytest.param(around, [*HOSTILE], id="record by record"),
        pytest.param(
            around_in_one,
            [name for name in HOSTILE if name.startswith(("a length", "no"))],
            id="as a whole",
        ),
    ],
)
def test_what_is_hostile_costs_itself_alone(
    packing: Callable[[bytes], bytes], names: list[str], tmp_path: Path
) -> None:
    paths = [tmp_path / f"{name}.warc.gz" for name in names]
    for path, name in zip(paths, names, strict=True):
        path.write_bytes(packing(HOSTILE[name][0]))
    found = dict(zip(names, read(*paths), strict=True))
    pages = {URL.format(number): PAGE.decode() for number in (1, 2)}
    assert found == {name: {**pages, "refused": {HOSTILE[name][1]: 1}} for name in names}


SMALL = record(b"-" * 400, kind="metadata")


def test_bombs_of_nothing_but_records_take_little_time(tmp_path: Path) -> None:
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


def test_lengths_that_are_not_true_take_no_time(tmp_path: Path) -> None:
    liars = record(PAGE, length=20_000_000) * 2_000
    (tmp_path / "x.warc").write_bytes(liars + bytes(20_000_000) + record(http(), URL.format(1)))
    (told,) = read(tmp_path / "x.warc")
    assert told[URL.format(1)] == PAGE.decode()
