"""Implements ``scrapy dataset``: the items of a store as a folder that is ready to publish."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from scrapy.settings import BaseSettings

from osce_crawl.actions.messages import refuse, say
from osce_crawl.actions.older_store import say_kept
from osce_crawl.actions.retired_settings import warn_of_retired
from osce_crawl.actions.signals import ignore_signals
from osce_crawl.actions.store_setting import store_path
from osce_crawl.actions.streams import close_output
from osce_crawl.clock import Clock
from osce_crawl.dataset.folder import FolderError, bytes_of, replaced
from osce_crawl.extra import missing
from osce_crawl.options import OptionError, Options, project_path, read_options
from osce_crawl.publication.publish import open_published
from osce_crawl.store import Store, StoreError, past
from osce_crawl.verdict import Status
from osce_crawl.webpage.markup import size_of

#: The modules for Parquet, links between similar releases, and charts.
_MODULES = ("pyarrow", "numpy", "altair", "vl_convert")


def run(settings: BaseSettings | None, args: list[str]) -> int:
    """Write the dataset; return the exit status."""
    if len(args) != 1 or not args[0]:
        refuse("scrapy dataset takes one folder, e.g. scrapy dataset output/dataset")
    if lack := missing("scrapy dataset", *_MODULES):
        refuse(lack)
    path = store_path(settings)
    try:
        options = read_options(settings or {})
        folder = project_path(args[0])
    except OptionError as error:
        refuse(str(error))
    if not folder.name:
        refuse(f"{folder} cannot be replaced: give another folder")
    warn_of_retired(settings)
    try:
        store = open_published(path, say)
    except (StoreError, sqlite3.Error) as error:
        refuse(f"setting OSCE_STORE: {error}")
    try:
        say_kept(path, store.kept)
        status = _write(store, folder, options)
    finally:
        store.close()
    close_output()
    return int(status)


def _write(store: Store, folder: Path, options: Options) -> Status:
    # its imports need the extra `dataset`, which may not be installed
    from osce_crawl.dataset.build import Origin, build  # noqa: PLC0415

    items = past.count(store.db)
    if not items:
        refuse(f"store {store.path} holds no published items: crawl first")
    origin = Origin(store.db, store.origin(), Clock(options).now(), options.contacts)
    try:
        with replaced(folder) as part, _progress(items) as done:
            facts = build(origin, part, done)
            ignore_signals()  # the complete folder replaces the old one
    except FolderError as error:
        refuse(str(error))
    except (OSError, sqlite3.Error) as error:
        say(f"folder {folder} cannot be written ({error}); it is unchanged")
        return Status.BUG
    linked = facts.relations.total()
    size = size_of(bytes_of(folder))
    say(f"dataset of {facts.items:,} items, {linked:,} links, {size}: {folder}")
    return Status.PUBLISHED


@contextmanager
def _progress(items: int) -> Iterator[Callable[[str, int], None]]:
    """Show the progress on a terminal; otherwise show nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _what, _rows: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=items)
        yield lambda what, rows: shown.update(task, description=what, completed=rows)
