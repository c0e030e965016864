"""The publications of `scrapy runs`: of a withheld run, or one that a crash interrupted."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from scrapy.settings import BaseSettings

from osce_crawl.actions.messages import refuse, say
from osce_crawl.actions.printing import write
from osce_crawl.actions.streams import close_output
from osce_crawl.clock import Clock
from osce_crawl.options import OptionError, Options, read_options
from osce_crawl.publication import acceptance
from osce_crawl.publication.acceptance import NotAcceptable
from osce_crawl.publication.outputs import OutputError
from osce_crawl.publication.placing import NotUndoneError
from osce_crawl.publication.publish import complete
from osce_crawl.reports.summary import lines
from osce_crawl.store import Store, StoreError
from osce_crawl.store.database import StoreInUse, origin_of


def complete_publication(path: Path) -> None:
    """Complete a publication that a crash interrupted, and say so; leave one in progress alone."""
    try:
        with closing(Store.open(path, origin_of(path))) as store:
            said = complete(store)
    except StoreInUse:
        return
    except StoreError as error:
        said = str(error)
    if said is not None:
        say(said)


def accept(settings: BaseSettings | None, path: Path, run_id: str) -> int:
    """Publish a withheld run; return the exit status.

    :raises StoreError: if the store cannot be opened.
    """
    clock = Clock(_options(settings))
    store = Store.open(path, origin_of(path))
    try:
        report = acceptance.accept(store, run_id, clock.now())
    except (NotAcceptable, OutputError) as error:
        refuse(str(error))
    except NotUndoneError as error:
        say(str(error))
        return 1
    except (OSError, sqlite3.Error) as error:
        say(
            f"run {run_id} was not published and the old files are still in place: {error}; fix"
            " the cause (disk space, permissions), then accept it again"
        )
        return 1
    finally:
        store.close()
    with suppress(SystemExit):  # it is published, whether that can be said or not
        write(lines(report))
    close_output()
    return 0


def _options(settings: BaseSettings | None) -> Options:
    if settings is None:
        raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
    try:
        return read_options(settings)
    except OptionError as error:
        refuse(str(error))
