"""``scrapy parse``: fetch one page as a crawl would, and print what it says."""

import argparse
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.commands.parse import Command as ParseCommand
from scrapy.exceptions import UsageError

from osce_crawl.actions.messages import refuse
from osce_crawl.actions.streams import secure_console

#: The newsroom spider may be named; this changes nothing.
_SPIDERS = {None, "newsroom"}
#: Scrapy's options that belong to a run: destination → flags, and how they are parsed.
_REFUSED: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "pipelines": (("--pipelines",), {"action": "store_true"}),
    "output": (("-o", "--output"), {"action": "append"}),
    "overwrite_output": (("-O", "--overwrite-output"), {"action": "append"}),
    "callback": (("-c", "--callback"), {}),
    "rules": (("-r", "--rules"), {"action": "store_true"}),
    "cbkwargs": (("--cbkwargs",), {}),
    "spargs": (("-a",), {"action": "append", "dest": "spargs", "default": []}),
}


class Command(ParseCommand):
    """Replaces Scrapy's ``parse``, whose callbacks need no run.

    Exit status: 0, or 2 if there is nothing to print, with the reason on standard error.
    """

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Fetch one page and print its item"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Fetch one page as a crawl does, or from OSCE_REPLAY, and print its item, or the"
            " entries of a listing. There is no run, and no file is written."
        )

    def set_spidercls(self, url: str, opts: argparse.Namespace) -> None:
        """Request the page with a spider without a store, whichever spider is named."""
        from osce_crawl.actions.page_spider import PageSpider

        command = self

        class Asking(PageSpider):
            async def start(self) -> AsyncIterator[Any]:
                yield command.prepare_request(self, Request(url), opts)

        self.spidercls = Asking

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add Scrapy's options; those that are refused get no help text."""
        super().add_options(parser)
        for flags, kind in _REFUSED.values():
            parser.add_argument(*flags, **kind, help=argparse.SUPPRESS)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that can be known before the request; exit with 2 and one line."""
        from osce_crawl.actions.one_page import (
            ADDRESS,
            check_settings,
            checked_address,
            refuse_unknown,
        )
        from osce_crawl.spiders.newsroom import NewsroomSpider

        secure_console(output=True)
        for name, (flags, _) in _REFUSED.items():
            if getattr(opts, name):
                refuse(
                    f"scrapy parse does not take {flags[-1]}, because it reads one page without a"
                    " run and writes no file: leave it out, or use scrapy extract FILE --ways"
                    " (more of one page) or scrapy crawl newsroom (arguments, pipelines, feeds)"
                )
        if opts.spider not in _SPIDERS:
            refuse(f"scrapy parse has no spider {opts.spider}; leave --spider out")
        refuse_unknown("parse", args)
        if len(args) != 1:
            refuse(f"scrapy parse takes one address, e.g. {ADDRESS}")
        args[0] = checked_address(args[0])
        try:
            super().process_options(args, opts)
        except UsageError as error:
            refuse(str(error))
        if opts.meta is not None and not isinstance(opts.meta, dict):
            refuse("--meta is not a JSON object; give e.g. --meta='{\"dont_retry\": true}'")
        settings = check_settings(self.settings)
        NewsroomSpider.update_settings(settings)
        settings.set("FEEDS", {}, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what the page says."""
        from osce_crawl.actions.one_page import refuse_unfetched
        from osce_crawl.actions.page_spider import PageSpider

        super().run(args, opts)
        if PageSpider.refusal:
            refuse(PageSpider.refusal)
        if self.first_response is None:
            refuse_unfetched(args[0])

    def print_results(self, opts: argparse.Namespace) -> None:
        """Print the result; the reader of the output may close it."""
        from osce_crawl.actions.printing import while_it_is_read

        with while_it_is_read():
            super().print_results(opts)
