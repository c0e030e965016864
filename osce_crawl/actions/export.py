"""Implements ``scrapy export``: the items of the store as files; nothing is requested."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from scrapy import Spider
from scrapy.settings import BaseSettings
from scrapy.utils.conf import feed_complete_default_values_from_settings

from osce_crawl.actions.crawl import Crawl
from osce_crawl.actions.messages import refuse, say
from osce_crawl.actions.store_setting import store_path
from osce_crawl.clock import Clock
from osce_crawl.columns import change_columns
from osce_crawl.feeds.formats import format_of
from osce_crawl.options import OptionError, Options, read_options
from osce_crawl.options.selection import Selection, read_selection
from osce_crawl.options.values import read_day
from osce_crawl.publication.outputs import Output
from osce_crawl.publication.publish import open_published
from osce_crawl.spiders.export import Export, ExportSpider
from osce_crawl.store import Store, StoreError, past
from osce_crawl.vocabulary import entries

_VOCABULARIES = {
    "content_type": ("content_types", "id"),
    "unit": ("units", "id"),
    "country": ("states", "code"),
    "field": ("fields_of_work", "id"),
}


class Exporting(Crawl):
    """Writes the items of OSCE_STORE, as `scrapy export`."""

    stopped = "stopped before the end; nothing was written"
    _selection: Selection
    _at: date | None
    _since: date | None

    def check_words(
        self, args: list[str], opts: argparse.Namespace, settings: BaseSettings
    ) -> None:
        """Refuse words that the command does not accept."""
        if args:
            refuse(
                f"scrapy export takes options only, not {args[0]}, e.g. scrapy export -O"
                " items.parquet -a content_type=press-release"
            )
        if not settings.getdict("FEEDS"):
            refuse("nothing would be written: name a file, e.g. -O items.parquet")
        if opts.at is not None and opts.changes_since is not None:
            refuse("--at and --changes-since cannot be combined: give one of them")

    def read_options(self, opts: argparse.Namespace, settings: BaseSettings) -> Options:
        """Return the settings; raises OptionError if one cannot be used."""
        store_path(settings)
        options = read_options(settings)
        today = Clock(options).now().date()
        self._selection = read_selection(opts.spargs, today)
        self._at = _day("--at", opts.at, today)
        self._since = _day("--changes-since", opts.changes_since, today)
        feeds = settings.getdict("FEEDS").items()
        settings.set(
            "FEEDS",
            {uri: self._completed(str(uri), feed, opts, settings) for uri, feed in feeds},
            "cmdline",
        )
        return options

    def _completed(
        self, uri: str, feed: dict[str, Any], opts: argparse.Namespace, settings: BaseSettings
    ) -> dict[str, Any]:
        """Return the options of a feed, with the values that its exporter needs."""
        filled = feed_complete_default_values_from_settings(dict(feed), settings, uri)
        more: dict[str, Any] = {}
        if filled["format"] == "atom":
            days = {"at": opts.at, "changes_since": opts.changes_since}
            asked = {name: value for name, value in {**opts.spargs, **days}.items() if value}
            # blanks have no place in an id
            spelt = {name: "".join(value.split()) for name, value in asked.items()}
            more = {"asked": spelt, "title": _title(spelt)}
        if self._since is not None and (known := format_of(filled["format"])) and known.exporter:
            more["columns"] = change_columns()
        return {**feed, "item_export_kwargs": {**feed.get("item_export_kwargs", {}), **more}}

    def inputs(
        self,
        args: list[str],  # noqa: ARG002 - as are the next two, of the base class
        opts: argparse.Namespace,  # noqa: ARG002
        options: Options,  # noqa: ARG002
    ) -> list[Output]:
        """Return the inputs besides the store: none."""
        return []

    def outputs(
        self, settings: BaseSettings, options: Options, named: Mapping[str, str | None]
    ) -> list[Output]:
        """Return the files, which are locked, and the outputs of a run, which are not."""
        found = super().outputs(settings, options, named)
        return [replace(one, alone=one.alone and not one.of_run) for one in found]

    def open_store(self, options: Options) -> Store:
        """Open the store, which must exist and have rows of that day."""
        path = options.store
        if path is None:
            raise StoreError("setting OSCE_STORE is empty; give a store's file")
        store = open_published(path, say)
        first = past.first_day(store.db)
        if first is None or (self._at is not None and self._at < first):
            store.close()
            if first is None:
                raise StoreError(f"store {path} has no items yet: crawl first")
            raise StoreError(
                f"--at {self._at} is before {first}, the day of the first publication in store"
                f" {path}"
            )
        return store

    def spider(
        self,
        args: list[str],  # noqa: ARG002 - of the base class
        opts: argparse.Namespace,
    ) -> tuple[str | type[Spider], dict[str, Any]]:
        """Return the spider and its arguments."""
        export = Export(
            options=self.options,
            store=self.store,
            selection=self._selection,
            given=opts.spargs,
            at=self._at,
            since=self._since,
            origin=self.store.origin(),
        )
        return ExportSpider, {"_export": export}


def _day(option: str, value: str | None, today: date) -> date | None:
    if value is None:
        return None
    day = read_day(option, value)
    if day > today:
        raise OptionError(
            f"{option}={value} is in the future; give a day up to today, {today} (UTC)"
        )
    return day


def _title(given: Mapping[str, str]) -> str:
    """Return the title of a feed: what it is limited to, as a reader calls it."""
    words = [_words(name, value) for name, value in given.items()]
    return ": ".join(["OSCE newsroom", *(["; ".join(words)] if words else [])])


def _words(name: str, value: str) -> str:
    if name not in _VOCABULARIES:
        return f"{name.replace('_', ' ')} {value}"
    vocabulary, key = _VOCABULARIES[name]
    labels = {str(one[key]): str(one["label"]) for one in entries(vocabulary)}
    return ", ".join(labels[part] for part in value.split(","))
