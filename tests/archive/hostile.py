"""What archives hold that means harm or is damaged, and what is read of it.

It is made where it is needed: some of it unpacks to hundreds of megabytes.
"""

import gzip
import struct
import zlib
from functools import cache

import brotli
from archive.warcs import PAGE, http, packed, record
from backports import zstd

LIMIT_MB = 300
URL = "https://www.osce.org/odihr/{}"
#: The most memory of a process, in megabytes. What getrusage says counts that of its parent, too.
PEAK = """
def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
"""
_HUGE = 2_000_000_000
_GZIPPED = gzip.compress(PAGE)
_CHUNKED = "Transfer-Encoding: chunked"
_GZIP = "Content-Encoding: gzip"


def _chunked(body: bytes) -> bytes:
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


@cache
def answers() -> dict[str, tuple[bytes, bytes | str]]:
    """Return answers of a server, and what is read of each."""
    return {
        "chunked and gzip": (http(_chunked(_GZIPPED), _CHUNKED, _GZIP), PAGE),
        "chunked, and no header says so": (http(_chunked(PAGE)), PAGE),
        "chunked by its header alone": (http(PAGE, _CHUNKED), PAGE),
        "chunks without the last": (http(_chunked(PAGE)[:-5], _CHUNKED), "refused: cut"),
        "gzip by its header alone": (http(PAGE, _GZIP), PAGE),
        "gzip twice": (http(gzip.compress(_GZIPPED), "Content-Encoding: gzip, gzip"), PAGE),
        "deflate": (http(zlib.compress(PAGE), "Content-Encoding: deflate"), PAGE),
        "br": (http(brotli.compress(PAGE), "Content-Encoding: br"), PAGE),
        "br by its header alone": (http(PAGE, "Content-Encoding: br"), PAGE),
        "zstd": (http(zstd.compress(PAGE), "Content-Encoding: zstd"), PAGE),
        "an encoding of nobody": (http(PAGE, "Content-Encoding: nobody"), "refused: encoding"),
        "gzip, and no header says so": (http(_GZIPPED), PAGE),
        "zstd, and no header says so": (http(zstd.compress(PAGE)), PAGE),
        "a file that is gzip": (http(_GZIPPED, media="application/gzip"), _GZIPPED),
        "gzip on its way": (
            http(_chunked(_GZIPPED), "Transfer-Encoding: gzip, chunked"),
            PAGE,
        ),
        "gzip that is cut": (http(_GZIPPED[:-9], _GZIP), "refused: unpacking"),
        "a bomb": (http(bomb(400_000_000), _GZIP), "refused: too-large"),
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


@cache
def hostile() -> dict[str, tuple[bytes, str]]:
    """Return what stands between two whole records, and why it is refused."""
    return {
        "a length of 2 GB": (packed([record(PAGE, length=_HUGE)]), "too-large"),
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
        "a record not packed": (record(PAGE, length=_HUGE), "cut"),
    }
