"""``scrapy shell``: Scrapy's console, with the project's functions and saved sites."""

import argparse
from typing import Any

from scrapy.commands.shell import Command as ShellCommand

from osce_crawl.commands.one_page import prepare, refuse_unfetched
from osce_crawl.extract import extract, extract_listing, extract_with_ways


class Command(ShellCommand):
    """Takes the place of Scrapy's ``shell``.

    It asks as a crawl does (robots.txt, delays, OSCE_REPLAY), and has no spider: the newsroom
    spider's callbacks belong to a run and its store.
    """

    asked: str | None = None

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Open the console."""
        prepare(self.settings)
        opts.spider = None
        self.asked = args[0] if args else None
        super().run(args, opts)

    def update_vars(self, vars: dict[str, Any]) -> None:  # noqa: A002 - the base class's name
        """Add the functions that read pages."""
        if self.asked and vars.get("response") is None:
            refuse_unfetched(self.asked)
        functions = (extract, extract_listing, extract_with_ways)
        vars.update({function.__name__: function for function in functions})
