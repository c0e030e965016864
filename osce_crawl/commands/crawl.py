"""``scrapy crawl``: Scrapy's own command with checks before the first request."""

import argparse
from typing import TYPE_CHECKING

from scrapy.commands.crawl import Command as CrawlCommand

from osce_crawl.actions.messages import listed
from osce_crawl.options import argument_docs

if TYPE_CHECKING:
    from osce_crawl.actions.crawl import Crawl


class Command(CrawlCommand):
    """Replaces Scrapy's ``crawl`` (COMMANDS_MODULE).

    Exit status: `osce_crawl.verdict.Status`, documented in ``docs/running.md``.
    """

    _crawl: "Crawl"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Crawl the newsroom and publish its items"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Walk the listings of the newsroom, fetch what is new or may have changed, and publish"
            " all items (-O items.jsonl) if the checks allow it. The file's extension gives the"
            " format; -O can be repeated. A wrong name or value ends the command with status 2"
            f" before the first request. Arguments (-a): {listed(argument_docs())}."
        )

    def crawl(self) -> "type[Crawl]":
        """Return what does the work."""
        from osce_crawl.actions.crawl import Crawl

        return Crawl

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that can be known before the first request; exit 2 with one line."""
        if self.settings is None:
            raise RuntimeError("scrapy.cmdline sets the settings before it calls a command")
        self._crawl = self.crawl()(self.settings)
        self._crawl.process_options(args, opts, super().process_options)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider, report the result and set the exit status."""
        process = self.crawler_process
        if process is None:
            raise RuntimeError("scrapy.cmdline makes the process before it runs a command")
        with self._crawl.opened:
            spider, arguments = self._crawl.spider(args, opts)
            crawler = self._create_crawler(spider)
            process.crawl(crawler, **arguments)
            process.start()
            self.exitcode = self._crawl.end(process, crawler)
