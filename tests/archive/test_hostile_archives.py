"""Hostile archives: every record is read or refused by itself, in bounded memory and time."""

import gzip
import json
import subprocess
import sys
import zlib
from pathlib import Path

import brotli
import pytest
from archive.warcs import PAGE, http, packed, record, write
from backports import zstd

LIMIT_MB = 300
URL = "https://www.osce.org/odihr/{}"
READ = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from osce_crawl.archive.captures import Captures, read_capture
from osce_crawl.archive.places import RefusedError

told = {}
with Captures([sys.argv[1]]) as captures:
    for found in captures.newest():
        try:
            told[found.url] = read_capture(found).body[:200].decode("latin-1")
        except RefusedError as refusal:
            told[found.url] = "refused: " + refusal.reason
    told["refused"] = captures.refused
print(json.dumps(told), peak())
"""
#: The most memory of a process, in megabytes. What getrusage says counts that of its parent, too.
PEAK = """
def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
"""


def read(path: Path) -> dict[str, object]:
    """Read all captures of a file in a process of its own; hold it to its memory."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK + READ, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told, _, megabytes = done.stdout.rpartition(" ")
    assert int(megabytes) < LIMIT_MB
    return json.loads(told)


def chunked(body: bytes) -> bytes:
    return (
        b"%x\r\n" % 20
        + body[:20]
        + b"\r\n%x;a=b\r\n" % len(body[20:])
        + body[20:]
        + b"\r\n0\r\n\r\n"
    )


def bomb(size: int, before: bytes = b"") -> bytes:
    """Return a gzip member that unpacks to some bytes and many more of nothing."""
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    nothing = (packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000))
    return packer.compress(before) + b"".join(nothing) + packer.flush()


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
    "chunks of nothing but frames": (http(b"1\r\nx\r\n" * 2_000_000 + b"0\r\n\r\n"), b"x" * 200),
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
    told = read(write(tmp_path / "x.warc.gz", *records))
    for (url, (_, wanted)), name in zip(answers.items(), ANSWERS, strict=True):
        text = wanted if isinstance(wanted, str) else wanted[:200].decode("latin-1")
        assert told[url] == text, name


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


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_costs_itself_alone(name: str, tmp_path: Path) -> None:
    hostile, reason = HOSTILE[name]
    before, after = (packed([record(http(), URL.format(n))]) for n in (1, 2))
    (tmp_path / "x.warc.gz").write_bytes(before + hostile + after)
    told = read(tmp_path / "x.warc.gz")
    page = PAGE.decode()
    assert (told.pop(URL.format(1)), told.pop(URL.format(2))) == (page, page)
    assert told == {"refused": {reason: 1}}


@pytest.mark.parametrize("name", [name for name in HOSTILE if name.startswith(("a length", "no"))])
def test_so_it_does_in_a_file_packed_as_a_whole(name: str, tmp_path: Path) -> None:
    hostile, reason = HOSTILE[name]
    inner = gzip.decompress(hostile)
    before, after = (record(http(), URL.format(n)) for n in (1, 2))
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(before + inner + b"\r\n\r\n" + after, 1))
    told = read(tmp_path / "x.warc.gz")
    page = PAGE.decode()
    assert (told.pop(URL.format(1)), told.pop(URL.format(2))) == (page, page)
    assert told == {"refused": {reason: 1}}


EMPTY = b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n"


@pytest.mark.parametrize("inner", [b"\r\n", b"WARC/1.0\r\n\r\n", EMPTY])
def test_bombs_of_nothing_but_records_take_little_time(inner: bytes, tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    piece = inner * 10_000
    parts = [packer.compress(record(http(), URL.format(1)))]
    parts += [packer.compress(piece) for _ in range(300_000_000 // len(piece))]
    parts += [packer.flush(), packed([record(http(), URL.format(2))])]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(parts))
    told = read(tmp_path / "x.warc.gz")
    assert told[URL.format(2)] == PAGE.decode()
    assert {"unpacking", "header"} & told["refused"].keys()


def test_lengths_that_are_not_true_take_no_time(tmp_path: Path) -> None:
    liars = record(PAGE, length=60_000_000) * 20_000
    (tmp_path / "x.warc").write_bytes(liars + bytes(60_000_000) + record(http(), URL.format(1)))
    assert read(tmp_path / "x.warc")[URL.format(1)] == PAGE.decode()
