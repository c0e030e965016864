"""A folder of saved responses, looked up by address.

The folder holds `index.jsonl` with one object per line, one for each response::

    {"url": "https://…", "status": 200, "headers": {"Content-Type": "text/html"},
     "saved_at": "2024-05-01T12:00:00Z", "file": "pages/x.html"}

`file` is relative to the folder and holds the decoded body (no gzip, no chunks); it is null if the
response had no body, as with a redirect.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import orjson

from osce_crawl.archive.table import key_of

INDEX = "index.jsonl"
#: Headers that do not describe the decoded body, or are private.
_NOT_KEPT = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie"})
_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class ReplayError(ValueError):
    """A saved site cannot be served; the text names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class SavedResponse:
    """One saved response, its body still on disk.

    `url` is the address it was saved from, `saved_at` is in UTC.
    """

    url: str
    status: int
    headers: dict[str, str]
    saved_at: datetime
    path: Path | None
    #: No WARC record holds it.
    record = None

    @property
    def body(self) -> bytes:
        """The decoded body, read again on each access; empty if none was saved.

        Raises ReplayError if the file cannot be read.
        """
        if self.path is None:
            return b""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise ReplayError(
                f"{self.path}: cannot be read ({error.strerror}): restore the file or delete "
                f"the line of {self.url} from {INDEX}"
            ) from error


class SavedSite:
    """The saved responses of one folder.

    Addresses are compared after w3lib.url.canonicalize_url: the order of the query, escaping, the
    fragment, and http or https make no difference; `www.` does.
    Raises ReplayError if the folder or its index does not have the form described above.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.index = self.folder / INDEX
        self._root = self.folder.resolve()
        self._folders: dict[Path, Path] = {}
        self._responses: dict[str, SavedResponse] = {}
        if not self.folder.is_dir():
            raise ReplayError(
                f"{self.folder}: no such folder: set OSCE_REPLAY to a folder that holds {INDEX}"
            )
        try:
            lines = self.index.read_bytes().splitlines()
        except OSError as error:
            raise ReplayError(
                f"{self.index}: cannot be read ({error.strerror}): "
                f"set OSCE_REPLAY to a folder that holds {INDEX}"
            ) from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                self._add(f"{self.index}, line {number}", line)
        if not self._responses:
            raise ReplayError(f"{self.index}: has no entries: save pages into it first")

    def __len__(self) -> int:
        return len(self._responses)

    def __iter__(self) -> Iterator[SavedResponse]:
        return iter(self._responses.values())

    def close(self) -> None:
        """Do nothing: no file is open."""

    def lookup(self, url: str) -> SavedResponse | None:
        """Return the response saved for `url`, or None if it was not saved.

        Raises ValueError if `url` is not a URL.
        """
        return self._responses.get(key_of(url))

    def _add(self, place: str, line: bytes) -> None:
        try:
            entry = _DECODER.decode(line)
            key = key_of(entry.url)
        except (msgspec.DecodeError, ValueError) as error:
            raise ReplayError(
                f"{place}: not a complete entry ({error}): restore the line or delete it"
            ) from error
        if key in self._responses:
            raise ReplayError(f"{place}: {entry.url} exists already: keep one of the two lines")
        self._responses[key] = SavedResponse(
            url=entry.url,
            status=entry.status,
            headers=entry.headers,
            saved_at=entry.saved_at.astimezone(UTC),
            path=None if entry.file is None else self._body_file(place, entry.file),
        )

    def _body_file(self, place: str, name: str) -> Path:
        path = self._resolved(self._root / name)
        if not path.is_relative_to(self._root):
            raise ReplayError(f"{place}: {name} is outside {self.folder}: move it inside")
        if not path.is_file():
            raise ReplayError(
                f"{place}: {name} is not in {self.folder}: restore the file or delete the line"
            )
        return path

    def _resolved(self, path: Path) -> Path:
        """Return a path without links; a site has thousands of files in few folders."""
        if path.name == ".." or path.is_symlink():
            return path.resolve()
        folder = path.parent
        if folder not in self._folders:
            self._folders[folder] = folder.resolve()
        return self._folders[folder] / path.name


class _Entry(msgspec.Struct, frozen=True):
    url: Annotated[str, msgspec.Meta(pattern="^https?://[^/]")]
    status: Annotated[int, msgspec.Meta(ge=100, le=599)]
    headers: dict[str, str]
    saved_at: Annotated[datetime, msgspec.Meta(tz=True)]
    file: str | None


_DECODER = msgspec.json.Decoder(_Entry)


def index_line(
    url: str, status: int, headers: Mapping[str, str], saved_at: datetime, file: str | None
) -> bytes:
    """Return the index line of a response, without the headers in `_NOT_KEPT`."""
    kept = {name: value for name, value in headers.items() if name.lower() not in _NOT_KEPT}
    line = {
        "url": url,
        "status": status,
        "headers": kept,
        "saved_at": saved_at.strftime(_FORMAT),
        "file": file,
    }
    return orjson.dumps(line) + b"\n"
