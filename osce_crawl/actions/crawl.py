"""Implements ``scrapy crawl``: checks before the first request, and the result of the run."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from osce_crawl.actions.messages import refuse, say
from osce_crawl.actions.older_store import say_kept
from osce_crawl.actions.retired_settings import warn_of_retired
from osce_crawl.actions.signals import end_on_signals, ignore_signals
from osce_crawl.actions.streams import Sink, close_output, secure_console, start_log
from osce_crawl.archive.places import ArchiveError
from osce_crawl.clock import Clock
from osce_crawl.downloader.replay import open_site
from osce_crawl.downloader.saved_site import ReplayError
from osce_crawl.feeds.check import feed_problems, unknown_format
from osce_crawl.feeds.formats import complete as by_name
from osce_crawl.feeds.formats import named_twice, with_format
from osce_crawl.options import (
    OptionError,
    Options,
    project_path,
    read_arguments,
    read_options,
)
from osce_crawl.options.scrapy_settings import setting_problems
from osce_crawl.options.spelling import hint
from osce_crawl.publication.outputs import Output, OutputError, check, lock, outputs
from osce_crawl.publication.publish import open_store
from osce_crawl.sources import make_sources
from osce_crawl.spiders.emitting import EmittingSpider
from osce_crawl.store import Store, StoreError
from osce_crawl.verdict import Status, exit_status


class Crawl:
    """The work of `scrapy crawl`; `scrapy export` and `scrapy reextract` override parts of it.

    :cvar stopped: the message if a signal ends it before Scrapy takes over.
    :ivar opened: what is open until the run ends.
    """

    stopped = "stopped before the first request"

    def __init__(self, settings: BaseSettings) -> None:
        self.settings = settings
        self.opened = ExitStack()

    def process_options(
        self,
        args: list[str],
        opts: argparse.Namespace,
        scrapys: Callable[[list[str], argparse.Namespace], None],
    ) -> None:
        """Check everything that can be known before the first request; exit 2 with one line.

        :param scrapys: what Scrapy's own command does with them.
        """
        end_on_signals(self.stopped)
        secure_console()
        settings = self.settings
        for name in ("output", "overwrite_output"):
            outputs_named = [with_format(one) for one in getattr(opts, name) or ()]
            if twice := named_twice(outputs_named):
                refuse(f"feed {twice} is named twice: give each feed its own name")
            setattr(opts, name, outputs_named)
        pidfile, opts.pidfile = opts.pidfile, None  # Scrapy would write it unseen
        try:
            scrapys(args, opts)
            feeds = settings.getdict("FEEDS")
        except UsageError as error:
            for one in (*opts.output, *opts.overwrite_output):
                if problem := unknown_format(one, settings):
                    refuse(problem)
            refuse(str(error) or "scrapy crawl: see scrapy crawl --help")
        except ValueError as error:
            refuse(f"setting FEEDS cannot be read: {error}")
        self.check_words(args, opts, settings)
        settings.set(
            "FEEDS", {uri: by_name(str(uri), one) for uri, one in feeds.items()}, "cmdline"
        )
        if sys.stderr.isatty():
            # the terminal belongs to the progress line; -s LOG_LEVEL=INFO brings the log back
            settings.set("LOG_LEVEL", "WARNING", priority="spider")
        named = {"--pidfile": pidfile, "--profile": opts.profile}
        # open until the run ends: between a check and the run another one could take them
        self._check(settings, args, opts, named)

    def check_words(
        self,
        args: list[str],
        opts: argparse.Namespace,  # noqa: ARG002 - for others
        settings: BaseSettings,
    ) -> None:
        """Refuse words that the command does not accept."""
        # Scrapy's `get_spider_loader` would copy all settings first, which takes longer
        spiders = load_object(settings["SPIDER_LOADER_CLASS"]).from_settings(settings).list()
        if len(args) != 1 or args[0] not in spiders:
            near = hint(args[0], spiders) if len(args) == 1 else ""
            refuse(
                f"scrapy crawl takes one spider{near}, e.g. scrapy crawl newsroom -O items.jsonl"
            )

    def read_options(self, opts: argparse.Namespace, settings: BaseSettings) -> Options:
        """Return the settings of the run; raises OptionError if one cannot be used."""
        options = read_options(settings)
        today = Clock(options).now().date()
        make_sources(options, read_arguments(opts.spargs, options.base_url, today))
        return options

    def inputs(
        self,
        args: list[str],  # noqa: ARG002 - for others
        opts: argparse.Namespace,
        options: Options,
    ) -> list[Output]:
        """Open the inputs of the run; return their files, which it must not write.

        :raises ReplayError, ArchiveError, StoreError: if something cannot be read.
        """
        self._site = open_site(options)
        if self._site is not None:
            self.opened.callback(self._site.close)
        read = opts.spargs.get("urls")
        return [Output("argument urls", project_path(read))] if read else []

    def outputs(
        self, settings: BaseSettings, options: Options, named: Mapping[str, str | None]
    ) -> list[Output]:
        """Return what is written; what others must not write meanwhile is `alone`."""
        return outputs(settings, options, named)

    def open_store(self, options: Options) -> Store:
        """Open the store of the run; raises StoreError if it cannot be used."""
        return open_store(options)

    def spider(
        self, args: list[str], opts: argparse.Namespace
    ) -> tuple[str | type[Spider], dict[str, Any]]:
        """Return the spider of the run and its arguments."""
        return args[0], {**opts.spargs, "_store": self.store, "_site": self._site}

    def end(self, process: CrawlerProcessBase, crawler: Crawler) -> int:
        """Report the result of the run; return the exit status."""
        ignore_signals()  # the run is over; printing the summary takes no time
        if process.bootstrap_failed or crawler.stats is None:
            return int(Status.BUG)
        spider = crawler.spider
        status = int(exit_status(crawler.stats.get_stats()))
        if isinstance(spider, EmittingSpider):
            if spider.report is None:
                spider.engine_stopped()  # a second signal ends the engine without a message
            status = int(spider.status())
            sys.stderr.write("".join(f"{line}\n" for line in spider.summary()))
        if self._log is not None and self._log.error is not None:
            say(f"some lines of the log could not be written ({self._log.error})")
        close_output()
        return status

    def _check(
        self,
        settings: BaseSettings,
        args: list[str],
        opts: argparse.Namespace,
        named: Mapping[str, str | None],
    ) -> None:
        """Refuse what would make the run fail later; open the store and the log.

        Checks that create files come last.

        :param named: the files named on the command line.
        """
        for problem in setting_problems(settings):
            refuse(problem)
        try:
            options = self.options = self.read_options(opts, settings)
        except OptionError as error:
            refuse(str(error))
        for problem in feed_problems(settings):
            refuse(problem)
        written = self.outputs(settings, options, named)
        try:
            check([*self.inputs(args, opts, options), *written])
        except (ReplayError, ArchiveError, StoreError, OutputError) as error:
            refuse(str(error))
        _check_changes(options)
        self._log = _started_log(settings)
        warn_of_retired(settings)
        _write_pid(named["--pidfile"])
        try:
            self.store = self.open_store(options)
        except StoreError as error:
            refuse(str(error))
        try:
            self.opened.enter_context(lock(written))
        except OutputError as error:
            self.store.close()
            refuse(str(error))
        if self.store.path is not None:
            say_kept(self.store.path, self.store.kept)


def _check_changes(options: Options) -> None:
    """Refuse a change feed if the file contains something else."""
    path = options.changes
    if path is None or options.store is None:
        return
    try:
        with path.open("rb") as file:
            first = file.readline(1 << 20)
    except OSError:
        return  # none yet
    if first and not first.startswith(b'{"seq":'):
        refuse(
            f"setting OSCE_CHANGES={path} is not a change feed; name another file, or move this one"
            " away"
        )


def _started_log(settings: BaseSettings) -> Sink | None:
    """Start the log; refuse a file that cannot be opened."""
    try:
        return start_log(settings)
    except (LookupError, OSError, ValueError) as error:
        name = settings["LOG_FILE"]
        refuse(
            f"setting LOG_FILE={name} cannot be written ({error}); name a file in a writable folder"
        )


def _write_pid(file: str | None) -> None:
    if file is None:
        return
    try:
        Path(file).write_text(f"{os.getpid()}\n", encoding="utf-8")
    except OSError as error:
        refuse(f"--pidfile cannot be written: {error}")
