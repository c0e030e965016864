"""``scrapy crawl``: Scrapy's own command with checks before the first request and an honest end."""

import argparse
import sys
from typing import NoReturn

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.exceptions import UsageError
from scrapy.statscollectors import StatsCollector

from osce_crawl.feeds.check import feed_problems
from osce_crawl.options import OptionError, read_arguments, read_options
from osce_crawl.replay.site import ReplayError, SavedSite
from osce_crawl.terminal.summary import summary
from osce_crawl.verdict import Status


class Command(CrawlCommand):
    """Takes the place of Scrapy's ``crawl`` (COMMANDS_MODULE).

    Exit status: `osce_crawl.verdict.Status`, documented in ``docs/runs.md``.
    """

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that can be known before the first request; exit 2 with one line."""
        try:
            super().process_options(args, opts)
        except UsageError as error:
            refuse(str(error) or "scrapy crawl: see scrapy crawl --help")
        except ValueError as error:
            refuse(f"setting FEEDS cannot be read: {error}")
        settings = self.settings
        if settings is None:
            raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
        if len(args) != 1:
            refuse("scrapy crawl takes one spider, e.g. scrapy crawl newsroom -O items.jsonl")
        try:
            options = read_options(settings)
            read_arguments(opts.spargs, options.base_url)
            if options.replay is not None:
                SavedSite(options.replay)
        except (OptionError, ReplayError) as error:
            refuse(str(error))
        for problem in feed_problems(settings):
            refuse(problem)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider, tell what came of it and set the exit status."""
        process = self.crawler_process
        if process is None:
            raise RuntimeError("scrapy.cmdline makes the process before it runs a command")
        crawler = self._create_crawler(args[0])
        process.crawl(crawler, **opts.spargs)
        process.start()
        if process.bootstrap_failed or crawler.stats is None:
            self.exitcode = Status.BUG
            return
        status = exit_status(crawler.stats)
        self.exitcode = int(status)
        feeds = [str(uri) for uri in crawler.settings.getdict("FEEDS")]
        print(*summary(crawler.stats.get_stats(), status, feeds), sep="\n", file=sys.stderr)


def refuse(message: str) -> NoReturn:
    """Say on standard error why the run does not start, and exit 2."""
    print(f"osce_crawl: {message}", file=sys.stderr)
    sys.exit(int(Status.REFUSED))


def exit_status(stats: StatsCollector) -> Status:
    """Return the exit status that a run's stats amount to.

    A run counts as published only where the publisher recorded it: an error inside of a signal
    never ends as status 0.
    """
    if stats.get_value("finish_reason") != "finished":
        return Status.STOPPED
    verdict = stats.get_value("osce/verdict")
    if verdict is None or stats.get_value("osce/publish/error"):
        return Status.BUG
    status = Status[str(verdict).upper()]
    if stats.get_value("spider_exceptions/count"):
        return Status.BUG
    if status in {Status.PUBLISHED, Status.WARNINGS} and stats.get_value("osce/published") is False:
        return Status.BUG
    if status is Status.PUBLISHED and stats.get_value("osce/items/invalid"):
        return Status.WARNINGS
    return status
