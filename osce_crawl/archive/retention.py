"""Delete old WARC files, except those that a newer one needs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from osce_crawl.archive.cdxj import REVISIT, Line, index_of
from osce_crawl.archive.folder import files_of, in_use
from osce_crawl.archive.indexing import lines_of
from osce_crawl.archive.table import key_of

_Need = tuple[str, str | None]


@dataclass
class Expired:
    """What was done with the old files of a folder.

    :ivar deleted: the deleted files.
    :ivar held: old files that stay → the number of newer records that refer to them.
    """

    deleted: list[Path] = field(default_factory=list)
    held: dict[Path, int] = field(default_factory=dict)


def expire(folder: Path, before: datetime) -> Expired:
    """Delete the WARC files of a folder whose newest record is older, with their indexes.

    A file stays while a newer record refers to its content as unchanged, and while a run is writing
    it.

    :raises OSError: when a file cannot be read or deleted.
    """
    done = Expired()
    needed: dict[_Need, int] = {}
    newest = {file: _newest(file) for file in files_of(folder)}
    for file in sorted(newest, key=lambda one: newest[one], reverse=True):
        lines = list(lines_of(file))
        old = newest[file] < before and not in_use(file)
        bodies = (line for line in lines if old and line.mime != REVISIT)
        wanted = sum(needed.get(_need(line), 0) for line in bodies)
        if old and not wanted:
            index_of(file).unlink(missing_ok=True)
            file.unlink()
            done.deleted.append(file)
            continue
        if old:
            done.held[file] = wanted
        _add(needed, lines)
    return done


def _newest(file: Path) -> datetime:
    """Return the time of the newest record of a file; without answers, when it was written."""
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return max((line.moment for line in lines_of(file)), default=written)


def _add(needed: dict[_Need, int], lines: Iterable[Line]) -> None:
    for line in lines:
        if line.mime == REVISIT and line.digest is not None:
            needed[_need(line)] = needed.get(_need(line), 0) + 1


def _need(line: Line) -> _Need:
    try:
        return key_of(line.url), line.digest
    except ValueError:  # not a page's address
        return line.url, line.digest
