"""``scrapy canary``: can the site be read today? A handful of requests, nothing published."""

import argparse
import sys
from contextlib import closing
from datetime import date

from scrapy.commands import BaseRunSpiderCommand
from scrapy.settings import BaseSettings

from osce_crawl.clock import Clock
from osce_crawl.commands.crawl import refuse
from osce_crawl.commands.older_store import bring_up_to_date
from osce_crawl.commands.printing import write
from osce_crawl.commands.retired import warn_of_retired
from osce_crawl.commands.streams import secure_console
from osce_crawl.downloader.saved_site import ReplayError, SavedSite
from osce_crawl.options import Arguments, OptionError, Options, read_options
from osce_crawl.sources import make_sources
from osce_crawl.spiders.canary import CanarySpider
from osce_crawl.store import StoreError
from osce_crawl.store.database import read
from osce_crawl.store.runs import good
from osce_crawl.verdict import Baseline, Measures, Status
from osce_crawl.verdict.baseline import Past

_MEANING = {
    Status.PUBLISHED: "all is as it should be",
    Status.BUG: "an unexpected error, see the traceback above",
    Status.WARNINGS: "readable, but look at what is named",
    Status.WITHHELD: "a crawl would be withheld",
    Status.STOPPED: "stopped before its end",
}


class Command(BaseRunSpiderCommand):
    """Fetches robots.txt, one listing page and five recent items, and says what could be read.

    Exit status as of a crawl: 0 all well, 3 something to look at, 4 a crawl would be withheld, 5
    stopped, 2 a setting that cannot be used.
    """

    requires_project = True

    def syntax(self) -> str:
        """Return how the command is called."""
        return "[options]"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Look whether the newsroom can be read; publish nothing"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Let an output that is closed change nothing of what is done."""
        secure_console(output=True)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the look and say what came of it."""
        settings, process = self.settings, self.crawler_process
        if settings is None or process is None:
            raise RuntimeError("scrapy.cmdline sets these before it runs a command")
        if args or opts.spargs:
            refuse("scrapy canary takes no arguments; settings are given by -s NAME=VALUE")
        options = _options(settings)
        warn_of_retired(settings)
        crawler = process.create_crawler(CanarySpider)
        process.crawl(crawler, past=_past(options))
        process.start()
        spider = crawler.spider
        if not isinstance(spider, CanarySpider) or crawler.stats is None:
            self.exitcode = int(Status.BUG)
            return
        stats = crawler.stats.get_stats()
        spider.measures.errors = stats.get("spider_exceptions/count", 0)
        spider.measures.rows = spider.measures.read
        verdict = spider.verdict
        status = verdict.status
        if stats.get("finish_reason") != "finished":
            status = Status.STOPPED
        elif status is Status.PUBLISHED and any(look.fallbacks for look in spider.looks.values()):
            status = Status.WARNINGS
        self.exitcode = int(status)
        reasons = [f"Look at    {finding.text}" for finding in verdict.findings]
        end = f"Status     {int(status)}: {_MEANING[status]}; nothing was published"
        write((*spider.lines(), *reasons, end))


def _options(settings: BaseSettings) -> Options:
    try:
        options = read_options(settings)
        make_sources(options, Arguments())
        if options.replay is not None:
            SavedSite(options.replay)
    except (OptionError, ReplayError) as error:
        refuse(str(error))
    return options


def _past(options: Options) -> Baseline:
    """Return what good runs saw, nothing where no store can be read."""
    if options.store is None or not options.store.exists():
        return Baseline()
    try:
        bring_up_to_date(options.store)
        with closing(read(options.store)) as db:
            past = [
                Past(date.fromisoformat(run.started_at[:10]), False, Measures.of(run.measures))
                for run in good(db)
                if run.measures
            ]
    except StoreError as error:
        sys.stderr.write(f"osce_crawl: without what earlier runs saw: {error}\n")
        return Baseline()
    return Baseline.of(past, Clock(options).now().date())
