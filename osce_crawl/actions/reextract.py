"""Implements ``scrapy reextract``: extracts the items of archives again; nothing is requested."""

import argparse
import sqlite3
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.settings import BaseSettings

from osce_crawl.actions.crawl import Crawl
from osce_crawl.actions.messages import refuse
from osce_crawl.archive.captures import Captures
from osce_crawl.archive.files import warc_files
from osce_crawl.archive.places import ArchiveError
from osce_crawl.clock import stamp
from osce_crawl.normalise.urls import is_visited
from osce_crawl.normalise.web import split_address
from osce_crawl.options import Options, project_path, read_options
from osce_crawl.publication.outputs import Output
from osce_crawl.spiders.reextract import ReextractSpider, Rereading
from osce_crawl.store import StoreError
from osce_crawl.store.database import origin_of, read

#: How many sites are named if an archive contains only other sites.
_NAMED = 3


class Reextracting(Crawl):
    """Reads the newest capture of each item, as `scrapy reextract`; makes no request."""

    _captures: Captures
    _known: sqlite3.Connection | None = None

    def check_words(
        self, args: list[str], opts: argparse.Namespace, settings: BaseSettings
    ) -> None:
        """Refuse words that the command does not accept."""
        if not args or not all(args):
            refuse(
                "scrapy reextract takes WARC files, folders of them or globs, e.g. scrapy"
                " reextract output/archive -O items.jsonl"
            )
        if opts.spargs:
            refuse(f"argument {next(iter(opts.spargs))}: scrapy reextract takes no -a")
        if not opts.workers.isascii() or not opts.workers.isdigit() or not int(opts.workers):
            refuse(f"--workers {opts.workers} is not a number of processes; give e.g. 2")
        if not (opts.update_store or settings.getdict("FEEDS")):
            refuse("nothing would be written: name a file, -O items.jsonl, or --update-store")

    def read_options(self, opts: argparse.Namespace, settings: BaseSettings) -> Options:
        """Return the settings of the run; raises OptionError if one cannot be used.

        Nothing is recorded, so the folder of OSCE_ARCHIVE may be the archive that is read.
        """
        options = replace(read_options(settings), archive=None)
        if opts.update_store and options.store is None:
            refuse("--update-store: setting OSCE_STORE is empty; give a store's file")
        self._published = options.store
        return options if opts.update_store else replace(options, store=None, changes=None)

    def inputs(self, args: list[str], opts: argparse.Namespace, options: Options) -> list[Output]:
        """Find the archive's captures, and open the store with the listing entries of items."""
        paths = [project_path(one) for one in args]
        files = len(warc_files(paths))
        if not opts.update_store and self._published is not None and self._published.exists():
            self._known = _opened(self._published, options.base_url)
            self.opened.callback(self._known.close)
        if sys.stderr.isatty():
            sys.stderr.write(f"Looking through {files} WARC file{'s' * (files > 1)} …\n")
        self._captures = Captures(paths, options.now)
        self.opened.callback(self._captures.close)
        _check_site(self._captures, options.base_url, options.now)
        return [Output(f"archive {path.name}", path, alone=False) for path in self._captures.files]

    def spider(
        self, args: list[str], opts: argparse.Namespace
    ) -> tuple[str | type[Spider], dict[str, Any]]:
        """Return the spider of the run and its arguments."""
        rereading = Rereading(
            options=self.options,
            captures=self._captures,
            store=self.store,
            known=self.store.db if opts.update_store else self._known,
            update=opts.update_store,
            workers=int(opts.workers),
            given={
                "archive": " ".join(args),
                **({"update_store": "1"} if opts.update_store else {}),
            },
        )
        return ReextractSpider, {"_rereading": rereading}


def _opened(path: Path, base_url: str) -> sqlite3.Connection:
    """Return a store opened for reading only.

    :raises StoreError: if it cannot be read or belongs to another site.
    """
    site = origin_of(path).partition(", saved in ")[0]
    if site not in {"", base_url}:
        raise StoreError(
            f"store {path} belongs to {site}, but the captures are read as those of {base_url}:"
            " give another OSCE_STORE, or leave it empty"
        )
    return read(path)


def _check_site(captures: Captures, base_url: str, now: datetime | None) -> None:
    """Refuse an archive that contains nothing of the site; raises ArchiveError."""
    sites: dict[str, None] = {}
    for found in captures.newest():
        if is_visited(found.url, base_url):
            return
        parts = split_address(found.url)
        if len(sites) < _NAMED:
            sites[f"{parts.scheme}://{parts.netloc}"] = None
    if not sites:
        raise ArchiveError(_without_page(captures, now))
    raise ArchiveError(
        f"the archive holds pages of {', '.join(sites)}, but none of {base_url} or osce.org: give"
        " another archive, or set OSCE_BASE_URL to its site"
    )


def _without_page(captures: Captures, now: datetime | None) -> str:
    """Return why an archive has no page, and what to do."""
    names = list(captures.files.values())
    files = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    if captures.refused:
        reasons = ", ".join(f"{reason} {count}" for reason, count in captures.refused.items())
        return (
            f"the archive ({files}) holds no page that can be read ({reasons}): it is not a WARC"
            " file, is damaged, or lacks what its records refer to; scrapy archive check FILE"
            " says where"
        )
    if now is not None:
        return (
            f"the archive ({files}) holds no page up to {stamp(now)}: give a later OSCE_NOW, or"
            " another archive"
        )
    return f"the archive ({files}) holds no page: give another archive"
