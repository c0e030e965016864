"""Find WARC files by path, folder or glob."""

from collections.abc import Iterator, Sequence
from glob import has_magic
from pathlib import Path

from osce_crawl.archive.places import ArchiveError

#: How the names of WARC files end.
ENDINGS = (".warc", ".warc.gz")


def warc_files(paths: Sequence[str | Path]) -> dict[Path, str]:
    """Return the WARC files of paths, folders or globs, each with its name.

    Paths are absolute and in the given order, those of a folder or glob sorted by name. `**` in a
    glob matches folders at any depth. A file's name is its path relative to the given folder or to
    the folder in which the glob starts.

    :raises ArchiveError: when one of them matches no file.
    """
    files: dict[Path, str] = {}
    for given in paths:
        path = Path(given).absolute()
        found = sorted(set(_meant(path)))
        if not found:
            missing = not path.exists() and not is_glob(path)
            why = "no such file" if missing else f"no file there ends in {' or '.join(ENDINGS)}"
            raise ArchiveError(f"{given}: {why}: name WARC files, folders of them or globs")
        folder = _folder(path)
        for one in found:
            files.setdefault(one, one.relative_to(folder).as_posix())
    return files


def is_glob(path: Path) -> bool:
    """Return whether a path is a pattern, not an existing file with such a name."""
    return has_magic(str(path)) and not path.exists()


def is_warc(path: Path) -> bool:
    """Return whether a file's name is that of a WARC file."""
    return path.name.lower().endswith(ENDINGS)


def _folder(path: Path) -> Path:
    if path.is_dir():
        return path
    return next(one for one in path.parents if not is_glob(one))


def _meant(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (one for one in path.rglob("*") if is_warc(one) and one.is_file())
    elif is_glob(path):
        for one in Path(path.anchor).glob(str(path.relative_to(path.anchor))):
            if one.is_dir() or is_warc(one):
                yield from _meant(one)
