"""Implements ``scrapy archive``: maintains the WARC files of OSCE_ARCHIVE."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text
from scrapy.settings import BaseSettings

from osce_crawl.actions.messages import refuse, say
from osce_crawl.actions.printing import Screen, while_it_is_read, write, write_json
from osce_crawl.archive.cdxj import index_of, write_index
from osce_crawl.archive.checking import check
from osce_crawl.archive.erasure import erase
from osce_crawl.archive.folder import all_files_of, in_use
from osce_crawl.archive.indexing import lines_by_records, lines_of
from osce_crawl.archive.places import FLAWS, ArchiveError
from osce_crawl.archive.retention import expire
from osce_crawl.archive.table import key_of
from osce_crawl.clock import Clock, stamp
from osce_crawl.normalise.web import web_address
from osce_crawl.options import OptionError, Options, read_options
from osce_crawl.options.spelling import hint
from osce_crawl.text.forms import printable

_FAILED = 1


class Archive:
    """The subcommands of ``scrapy archive``."""

    def __init__(self, settings: BaseSettings | None) -> None:
        self._settings = settings

    def run(self, args: list[str], *, as_json: bool) -> int:
        """Run a subcommand, by default ``list``; return the exit status."""
        verb, *words = args or ["list"]
        verbs: dict[str, Callable[[list[str], bool], bool]] = {
            "list": self._list,
            "check": self._check,
            "index": self._index,
            "erase": self._erase,
            "expire": self._expire,
        }
        if verb not in verbs:
            refuse(f"scrapy archive takes one of {', '.join(verbs)}{hint(verb, list(verbs))}")
        if words and verb in {"list", "expire"}:
            refuse(f"scrapy archive {verb} takes no arguments, not {words[0]}")
        try:
            ok = verbs[verb](words, as_json)
        except OSError as error:
            say(str(error))
            ok = False
        return 0 if ok else _FAILED

    # -- subcommands: each returns whether it succeeded and found no damage

    def _list(self, _words: list[str], as_json: bool) -> bool:
        rows = [_row(file) for file in all_files_of(self._folder())]
        if as_json:
            write_json(rows)
            return True
        table = Table(box=None, pad_edge=False, header_style="bold")
        for name in ("file", "from", "to", "answers", "bytes", "index"):
            right = name in {"answers", "bytes"}
            table.add_column(name, no_wrap=True, justify="right" if right else "left")
        for row in rows:
            values = (row[name] for name in ("file", "from", "to", "answers", "bytes", "index"))
            table.add_row(*(Text(printable(str(one or ""))) for one in values))
        with while_it_is_read():
            Screen().print(table)
        return True

    def _check(self, words: list[str], as_json: bool) -> bool:
        ok, results, lines = True, [], []
        for file in self._files(words):
            if in_use(file):
                results.append({"file": file.name, "in_use": True})
                lines.append(f"{file.name}: a run is writing to it, so it was not checked")
                continue
            found = check(file)
            ok = ok and found.whole
            damaged: list[dict[str, Any]] = [
                {"offset": one.place.offset, "length": one.place.length, "reason": one.reason}
                for one in found.damaged
            ]
            results.append(
                {
                    "file": file.name,
                    "whole": found.whole,
                    "records": dict(found.records),
                    "damaged": damaged,
                    "index": found.index,
                }
            )
            for one in damaged:
                what = FLAWS.get(one["reason"], one["reason"])
                lines.append(f"{file.name}: {one['length']} bytes at {one['offset']}: {what}")
            if found.index is not None:
                lines.append(f"{file.name}: {found.index}: scrapy archive index {file}")
            held = ", ".join(f"{count} {kind}" for kind, count in sorted(found.records.items()))
            state = "intact" if found.whole else "has problems"
            lines.append(f"{file.name}: {state}; {held or 'no records'}")
        _print(results, lines, as_json=as_json)
        return ok

    def _index(self, words: list[str], as_json: bool) -> bool:
        ok, lines = True, []
        results: list[dict[str, Any]] = []
        for file in self._files(words):
            if in_use(file):
                results.append({"file": file.name, "in_use": True})
                lines.append(f"{file.name}: a run is writing to it, and will write its index")
                continue
            if not words and index_of(file).exists():
                continue
            found = [line.encode() for line in lines_by_records(file)]
            try:
                write_index(file, found)
            except OSError as error:
                ok = False
                results.append({"file": file.name, "error": str(error.strerror)})
                lines.append(f"{index_of(file)} could not be written: {error.strerror}")
                continue
            results.append({"file": file.name, "answers": len(found)})
            lines.append(f"{index_of(file).name}: {_counted(len(found), 'response')}")
        _print(results, lines or ["Every file has an index."], as_json=as_json)
        return ok

    def _erase(self, words: list[str], as_json: bool) -> bool:
        if not words:
            refuse(
                "scrapy archive erase needs at least one address, e.g."
                " https://www.osce.org/node/322491"
            )
        for word in words:
            if web_address(word) is None:
                refuse(f"{word} is not a web address; include https://")
        keys = frozenset(key_of(word) for word in words)
        options = self._options()
        now, ok = Clock(options).now(), True
        results: list[dict[str, Any]] = []
        lines = []
        for file in all_files_of(self._folder()):
            try:
                gone = erase(file, keys, now)
            except (ArchiveError, OSError) as error:
                ok = False
                results.append({"file": file.name, "records": 0, "error": str(error)})
                lines.append(f"{file.name}: nothing erased: {error}")
                continue
            if gone.records or gone.lines:
                results.append({"file": file.name, "records": gone.records})
                lines.append(f"{file.name}: {_counted(gone.records, 'record')} erased")
            for place in gone.unread:
                ok = False
                unread = {"offset": place.offset, "length": place.length}
                results.append({"file": file.name, "records": 0, "unread": unread})
                lines.append(
                    f"{file.name}: {place.length} bytes at {place.offset} cannot be read, and may"
                    " still hold the page: repair the file or delete it (a truncated end: truncate"
                    f" --size={place.offset} {file})"
                )
        if not any(one["records"] or "error" in one for one in results):
            ok = False
            lines.append("Nothing erased: no file has a record of these addresses.")
        _print(results, lines, as_json=as_json)
        return ok

    def _expire(self, _words: list[str], as_json: bool) -> bool:
        options = self._options()
        if not options.archive_days:
            refuse(
                "setting OSCE_ARCHIVE_DAYS is 0, so files are kept forever; give a number of days"
            )
        before = Clock(options).now() - timedelta(days=options.archive_days)
        done = expire(self._folder(), before)
        results = [{"file": file.name, "deleted": True} for file in done.deleted]
        results += [{"file": file.name, "deleted": False} for file in done.held]
        lines = [f"{file.name}: deleted" for file in done.deleted]
        lines += [
            f"{file.name}: kept; {_counted(count, 'record')} in newer files refer to it"
            for file, count in done.held.items()
        ]
        _print(results, lines or [f"No file is older than {stamp(before)}."], as_json=as_json)
        return True

    # -- settings and files

    def _options(self) -> Options:
        if self._settings is None:
            raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
        try:
            return read_options(self._settings)
        except OptionError as error:
            refuse(str(error))

    def _folder(self) -> Path:
        folder = self._options().archive
        if folder is None:
            refuse("setting OSCE_ARCHIVE is empty; give -s OSCE_ARCHIVE=FOLDER")
        if not folder.is_dir():
            refuse(f"setting OSCE_ARCHIVE: {folder} does not exist yet; a crawl creates it")
        return folder

    def _files(self, words: list[str]) -> list[Path]:
        """Return the named files, or all files of the archive if none is named."""
        for word in words:
            if not Path(word).is_file():
                refuse(f"{word} is not a file; name WARC files, or none for all of OSCE_ARCHIVE")
        return [Path(word) for word in words] if words else all_files_of(self._folder())


def _row(file: Path) -> dict[str, Any]:
    lines = [line.moment for line in lines_of(file)]
    used = in_use(file)
    return {
        "file": file.name,
        "from": stamp(min(lines)) if lines else None,
        "to": stamp(max(lines)) if lines else None,
        "answers": len(lines),
        "bytes": file.stat().st_size,
        "index": "in use" if used else "yes" if index_of(file).exists() else "none",
    }


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _print(results: list[dict[str, Any]], lines: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        write_json(results)
    else:
        write(lines)
