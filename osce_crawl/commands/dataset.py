"""``scrapy dataset``: the items of a store as a folder that is ready to publish."""

import argparse
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from scrapy.commands import ScrapyCommand

from osce_crawl.clock import Clock
from osce_crawl.commands.older_store import say_kept
from osce_crawl.commands.retired import warn_of_retired
from osce_crawl.commands.saying import refuse, say
from osce_crawl.commands.signals import end_on_signals, ignore_signals
from osce_crawl.commands.store_setting import store_path
from osce_crawl.commands.streams import close_output, secure_console
from osce_crawl.dataset.folder import FolderError, bytes_of, replaced
from osce_crawl.extra import missing
from osce_crawl.options import OptionError, Options, project_path, read_options
from osce_crawl.publication.publish import open_published
from osce_crawl.store import Store, StoreError, past
from osce_crawl.verdict import Status
from osce_crawl.webpage.markup import size_of

#: What writes Parquet, links what resembles each other, and draws the charts.
_MODULES = ("pyarrow", "numpy", "altair", "vl_convert")


class Command(ScrapyCommand):
    """Reads the store of OSCE_STORE and writes a folder; makes no request.

    Exit status: 0, 2 where it cannot begin, 1 where the disk refuses it, 5 stopped. In all cases
    but the first the folder is as it was.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - declared so by the base class

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options] <folder>"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Write the items of the store as a folder that is ready to publish"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Write the items of OSCE_STORE to FOLDER: Parquet, JSON Lines and CSV, an SQLite"
            " database with full-text search (newsroom.db), the links between releases, a data card"
            " (README.md), a data package and a page for the browser (index.html). FOLDER must be"
            " new or empty, or hold a dataset, which is replaced as a whole once the new one is"
            " complete. Requires the extra `dataset`: pip install 'osce_crawl[dataset]'. Exit"
            " status: 0 written, 1 write error, 2 refused, 5 stopped; unless 0, the folder is"
            " unchanged."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Carry on if an output stream is closed; let a signal end the command."""
        end_on_signals("stopped; the folder is as it was")
        secure_console()
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's
        """Write the dataset."""
        if len(args) != 1 or not args[0]:
            refuse("scrapy dataset takes one folder, e.g. scrapy dataset output/dataset")
        if lack := missing("scrapy dataset", *_MODULES):
            refuse(lack)
        path = store_path(self.settings)
        try:
            options = read_options(self.settings or {})
            folder = project_path(args[0])
        except OptionError as error:
            refuse(str(error))
        if not folder.name:
            refuse(f"{folder} cannot be replaced: give another folder")
        warn_of_retired(self.settings)
        try:
            store = open_published(path, say)
        except (StoreError, sqlite3.Error) as error:
            refuse(f"setting OSCE_STORE: {error}")
        try:
            say_kept(path, store.kept)
            self._write(store, folder, options)
        finally:
            store.close()
        close_output()

    def _write(self, store: Store, folder: Path, options: Options) -> None:
        # every command is loaded for every other, and what this one needs takes 100 MB
        from osce_crawl.dataset.build import Origin, build  # noqa: PLC0415

        items = past.count(store.db)
        if not items:
            refuse(f"store {store.path} holds no published item: crawl first")
        origin = Origin(store.db, store.origin(), Clock(options).now(), options.contacts)
        try:
            with replaced(folder) as part, _progress(items) as done:
                facts = build(origin, part, done)
                ignore_signals()  # the complete folder replaces the old one
        except FolderError as error:
            refuse(str(error))
        except (OSError, sqlite3.Error) as error:
            say(f"folder {folder} cannot be written ({error}); it is as it was")
            self.exitcode = int(Status.BUG)
            return
        linked = facts.relations.total()
        size = size_of(bytes_of(folder))
        say(f"dataset of {facts.items:,} items, {linked:,} links, {size}: {folder}")


@contextmanager
def _progress(items: int) -> Iterator[Callable[[str, int], None]]:
    """Show the progress on a terminal; elsewhere nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _what, _rows: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=items)
        yield lambda what, rows: shown.update(task, description=what, completed=rows)
