"""``scrapy shell``: Scrapy's console, with the project's functions and saved sites."""

import argparse
from typing import Any

from scrapy.commands.shell import Command as ShellCommand

from osce_crawl.actions.messages import refuse
from osce_crawl.actions.streams import secure_console


class Command(ShellCommand):
    """Replaces Scrapy's ``shell``.

    It sends requests as a crawl does (robots.txt, delays, OSCE_REPLAY) and has no spider: the
    newsroom spider's callbacks need a run and its store.
    """

    asked: str | None = None

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
        refuse_unknown("shell", args)
        if len(args) > 1:
            refuse(f"scrapy shell takes one address or none, e.g. {ADDRESS}")
        args[:] = map(checked_address, args)
        super().process_options(args, opts)
        NewsroomSpider.update_settings(check_settings(self.settings))

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Open a Python console with the fetched page as `response`. Its item:"
            " extract(response.body, response.url); how each field was found:"
            " extract_with_ways(...); the entries of a listing: extract_listing(...)."
        )

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options] [<url>]"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Open the console."""
        from osce_crawl.actions.printing import while_it_is_read

        opts.spider = None
        self.asked = args[0] if args else None
        with while_it_is_read():
            super().run(args, opts)

    def update_vars(self, vars: dict[str, Any]) -> None:  # noqa: A002 - the base class's name
        """Add the functions that read pages."""
        from osce_crawl.actions.one_page import refuse_unfetched
        from osce_crawl.extraction import extract, extract_listing, extract_with_ways

        if self.asked and vars.get("response") is None:
            refuse_unfetched(self.asked)
        functions = (extract, extract_listing, extract_with_ways)
        vars.update({function.__name__: function for function in functions})
