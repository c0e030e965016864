"""The index beside a WARC file: one line per response, by address and time (CDXJ as in pywb).

A line is a key, a time, and a JSON object whose values are strings::

    org,osce)/press-releases 20261102030004 {"url": "https://www.osce.org/press-releases",
    "mime": "text/html", "status": "200", "digest": "sha1:…", "length": "13021", "offset": "5210",
    "filename": "20261102T030000Z-5f0c1a-00001.warc.gz"}

The index of `items.warc.gz` is `items.cdxj`. Lines are sorted by their bytes. Requests and other
records have no line.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from posixpath import normpath
from urllib.parse import quote, urlsplit

import msgspec
import orjson

from osce_crawl.archive.places import Place

#: The `mime` of a record that refers to an earlier one.
REVISIT = "warc/revisit"
_WWW = re.compile(r"^www\d*\.")
_PORTS = {"http": 80, "https": 443}
_TIME = "%Y%m%d%H%M%S"


_VALUES = ("url", "mime", "status", "digest", "length", "offset", "filename", "truncated")


class Line(msgspec.Struct, frozen=True):
    """A line of an index.

    :ivar mime: the payload's media type according to the site, or `REVISIT`; ``status``: the
        response's status.
    :ivar digest: the payload's digest, None without a payload; for a revisit, the digest of the
        record that it refers to.
    :ivar moment: when the response was received (UTC).
    :ivar truncated: why the payload is incomplete, None if it is complete; as in Common Crawl.
    """

    url: str
    mime: str
    status: str
    digest: str | None
    length: int
    offset: int
    filename: str
    moment: datetime
    truncated: str | None = None

    def place(self, folder: Path) -> Place:
        """Return the place of the record."""
        return Place(folder / self.filename, self.offset, self.length)

    def encode(self) -> bytes:
        """Return the line as written to the index, with its newline."""
        values = {
            name: str(value) for name in _VALUES if (value := getattr(self, name)) is not None
        }
        stamp = self.moment.astimezone(UTC).strftime(_TIME)
        return f"{sort_key(self.url)} {stamp} ".encode() + orjson.dumps(values) + b"\n"


class _Object(msgspec.Struct):
    url: str
    length: int
    offset: int
    filename: str
    mime: str = "-"
    status: str = "-"
    digest: str | None = None
    truncated: str | None = None


_DECODER = msgspec.json.Decoder(_Object, strict=False)


def decode(line: bytes) -> Line:
    """Parse a line of an index.

    :raises ValueError: when it is not one.
    """
    _, stamp, rest = line.split(b" ", 2)
    digits = stamp.decode("ascii")  # strptime is forty times slower
    moment = datetime.fromisoformat(f"{digits[:8]}T{digits[8:]}+00:00")
    one = _DECODER.decode(rest)
    place = one.length, one.offset, one.filename
    return Line(one.url, one.mime, one.status, one.digest, *place, moment, one.truncated)


def sort_key(url: str) -> str:
    """Return an address in pywb's sort form (SURT): the host reversed, all in lower case.

    Without `www.`, the default port and a final slash; parameters in alphabetical order.
    """
    try:
        parts = urlsplit(url)
        port = "" if parts.port in {None, _PORTS.get(parts.scheme)} else f":{parts.port}"
    except ValueError:  # not a page's address: other tools may record anything
        return quote(url.lower(), safe="/:")
    host = _WWW.sub("", parts.hostname or "", count=1)
    turned = host if ":" in host else ",".join(reversed(host.split(".")))
    path = normpath(f"/{parts.path.lstrip('/')}")
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    return f"{turned}{port}){path}{query}".lower().replace(" ", "%20")


def index_of(file: Path) -> Path:
    """Return the path of the index of a WARC file."""
    name = file.name.removesuffix(".gz").removesuffix(".warc")
    return file.with_name(f"{name}.cdxj")


def write_index(file: Path, lines: Iterable[bytes]) -> None:
    """Write the index of a WARC file atomically.

    :raises OSError: when it cannot be written.
    """
    path = index_of(file)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as out:
            out.writelines(sorted(lines))
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def read_index(file: Path) -> Iterator[Line]:
    """Yield the lines of the index of a WARC file.

    :raises OSError: when it cannot be read.
    :raises ValueError: at an invalid line.
    """
    with index_of(file).open("rb") as lines:
        yield from map(decode, lines)
