"""Paths in arguments and settings: files to read, files and folders to write."""

from pathlib import Path
from tempfile import TemporaryFile

from scrapy.utils.conf import closest_scrapy_cfg

from osce_crawl.archive.files import is_glob, is_warc
from osce_crawl.options.values import OptionError


def project_path(value: str) -> Path:
    """Return a path; relative ones start at the folder of scrapy.cfg, or else the current one.

    :raises OptionError: if the text cannot be a path.
    """
    config = closest_scrapy_cfg()
    root = Path(config).parent if config else Path.cwd()
    try:
        return (root / Path(value).expanduser()).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # no such user, a loop of links, a NUL
        raise OptionError(f"{value!r} is not a path ({error}); give the path of a file") from error


def writable_file(name: str, value: str) -> Path:
    """Return a file that can be written or created; raises OptionError."""
    path = project_path(value) if value else None
    if path is None or (path.exists() and not path.is_file()) or not _can_make(path):
        raise OptionError(f"{name}={value} cannot be written; give a file in a writable folder")
    return path


def maybe_writable_file(name: str, value: str) -> Path | None:
    """Return a file that can be written or created, None if none was given."""
    return writable_file(name, value) if value else None


def maybe_writable_folder(name: str, value: str) -> Path | None:
    """Return a folder that can be written or created, None if none was given."""
    if not value:
        return None
    path = project_path(value)
    if (path.exists() and not path.is_dir()) or not _can_make(path / "report"):
        raise OptionError(f"{name}={value} is not a writable folder; give another")
    return path


def saved_pages(name: str, value: str) -> tuple[Path, ...] | None:
    """Return folders of saved pages, WARC files and globs from a comma-separated list, or None."""
    parts = [part.strip() for part in value.split(",") if part.strip()]
    paths = [project_path(part) for part in parts]
    if len(paths) > 1 and not all(_means_something(path) for path in paths):
        paths = [project_path(value)]  # a path that contains a comma
    for path in paths:
        if not _means_something(path):
            raise OptionError(
                f"{name}={value} names no saved pages; allowed: a folder of them, or WARC files"
                " (.warc, .warc.gz), folders of those and globs, separated by commas"
            )
    return tuple(paths) or None


def _means_something(path: Path) -> bool:
    return path.is_dir() or is_glob(path) or (path.is_file() and is_warc(path))


def _can_make(path: Path) -> bool:
    """Return whether a file can be created beside *path*; its folders need not exist."""
    folder = next(parent for parent in path.parents if parent.exists())
    try:
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
