"""All files that a run writes: they must be distinct, and not in use by another run."""

import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scrapy.settings import BaseSettings

from osce_crawl.feeds.check import local_feeds
from osce_crawl.feeds.swap import kept_of, part_of
from osce_crawl.options import Options
from osce_crawl.publication.datapackage import package_of
from osce_crawl.store.lock import Lock, Locked

#: Names reserved for reports or the archive in their folders.
_RESERVED = re.compile(
    r"(\d{8}T\d{6}Z-[0-9a-f]{6}(\.(json|html)|-\d{5}\.(warc\.gz|cdxj))|latest(-\w+)?\.prom)(\.part)?"
)
#: Endings of the files that SQLite keeps beside a store.
_SQLITE = ("-wal", "-shm", "-journal")
Identity = tuple[object, ...]


class OutputError(Exception):
    """An output that conflicts with another one or is in use; the message says what to do."""


@dataclass(frozen=True)
class Output:
    """A file that a run writes, or must not write because it reads it.

    :ivar name: its name for the operator.
    :ivar beside: files written along with it.
    :ivar alone: whether no other run may write it at the same time; the store has its own lock.
    :ivar folder: whether it is a folder, of reports or WARC files.
    :ivar of_run: whether only a run writes it, not an export.
    """

    name: str
    path: Path
    beside: tuple[Path, ...] = ()
    alone: bool = True
    folder: bool = False
    of_run: bool = False

    @property
    def files(self) -> Iterator[Path]:
        """The files, with symbolic links resolved; other kinds of files are refused elsewhere."""
        for path in (self.path, *self.beside, *([lock_of(self.path)] if self.alone else ())):
            found = path.resolve()
            if not found.exists() or found.is_file() or self.folder:
                yield found


def lock_of(path: Path) -> Path:
    """Return the lock file of an output, which exists while a run writes it."""
    return path.with_name(f"{path.name}.lock")


def outputs(
    settings: BaseSettings, options: Options, named: Mapping[str, str | None]
) -> list[Output]:
    """Return everything that a run with these settings writes.

    :param named: the option of the command line → the further file it names, or None.
    """
    found = []
    if options.reports is not None:
        found.append(Output("setting OSCE_REPORTS", options.reports, folder=True, of_run=True))
    if options.archive is not None:
        found.append(Output("setting OSCE_ARCHIVE", options.archive, alone=False, folder=True))
    if options.store is not None:
        path = options.store
        beside = (*(path.with_name(f"{path.name}{end}") for end in _SQLITE), lock_of(path))
        found.append(Output("setting OSCE_STORE", path, beside, alone=False))
        if options.changes is not None:
            found.append(Output("setting OSCE_CHANGES", options.changes, of_run=True))
    found.append(Output("setting OSCE_INVALID", options.invalid, of_run=True))
    feeds = local_feeds(settings)
    found += [_replaced(f"feed {name}", path) for name, path in feeds.items()]
    packages = dict.fromkeys(
        package_of(list(feeds.values()), path.parent) for path in feeds.values()
    )
    found += [_replaced(f"the data package {path.name}", path) for path in packages]
    given = {"setting LOG_FILE": settings["LOG_FILE"], **named}
    found += [Output(name, Path(path), alone=False) for name, path in given.items() if path]
    return found


def _replaced(name: str, path: Path) -> Output:
    return Output(name, path, (part_of(path), kept_of(path)))


def check(found: Iterable[Output]) -> None:
    """Raise OutputError if two outputs are the same file, or one is in the place of a folder.

    Symbolic links, hard links and names that differ only in letters which the file system treats
    as equal are recognised. This creates and removes a temporary file in each folder.
    """
    identify = cache(_identity)
    taken: dict[Identity, Output] = {}
    folders: dict[Identity, Output] = {}
    for output in found:
        own = [(path, identify(path)) for path in output.files]
        for path, identity in own:
            other = taken.get(identity) or folders.get(identity)
            for folder in path.parents:
                above = taken.get(identify(folder))
                if above is not None and (not above.folder or _RESERVED.fullmatch(path.name)):
                    other = other or above
            if other is not None:
                raise OutputError(
                    f"{output.name} and {other.name} would both be written to {path}: give one of"
                    " them another name"
                )
        for path, identity in own:
            taken[identity] = output
            folders |= {identify(folder): output for folder in path.parents}


@contextmanager
def lock(found: Iterable[Output]) -> Iterator[None]:
    """Lock the outputs against other runs; raises OutputError if one is locked already."""
    with ExitStack() as locks:
        for output in found:
            if not output.alone:
                continue
            try:
                one = Lock(lock_of(output.path))
            except Locked as other:
                raise OutputError(
                    f"{output.name} is in use by process {other.owner}, which writes {output.path}:"
                    " wait until that run has ended, or give another name"
                ) from other
            except OSError as error:
                raise OutputError(
                    f"{output.name} cannot be locked ({error}): check its folder, or give another"
                    " name"
                ) from error
            locks.callback(one.release, remove=True)
        yield


def _identity(path: Path) -> Identity:
    """Return the same value for all names of a file, whether it exists or not."""
    try:
        found = path.stat()
    except OSError:
        folder, name = path.parent, path.name
        if folder == path:
            return (name,)
        if _folds(folder):
            name = unicodedata.normalize("NFC", name).casefold()
        return (*_identity(folder), name)
    return found.st_dev, found.st_ino


def _folds(folder: Path) -> bool:
    """Return whether the file system of a folder, which need not exist, ignores letter case."""
    return _ignores_case(next(one for one in (folder, *folder.parents) if one.exists()))


@cache
def _ignores_case(there: Path) -> bool:
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".Case-") as probe:
            name = Path(probe.name)
            return name.with_name(name.name.swapcase()).exists()
    except OSError:
        return False
