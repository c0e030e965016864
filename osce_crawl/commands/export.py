"""``scrapy export``: the items of the store as files; nothing is requested."""

import argparse
from typing import TYPE_CHECKING

from osce_crawl.actions.messages import listed
from osce_crawl.commands.crawl import Command as CrawlCommand
from osce_crawl.options.selection import selection_docs

if TYPE_CHECKING:
    from osce_crawl.actions.export import Exporting


class Command(CrawlCommand):
    """Writes the items of OSCE_STORE; it is not a run, and changes nothing in the store.

    Exit status: 0; 2 refused; 5 stopped; 1 anything else. Files change only with 0.
    """

    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - declared so by the base class

    def crawl(self) -> "type[Exporting]":
        """Return what does the work."""
        from osce_crawl.actions.export import Exporting

        return Exporting

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options]"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Write the items of the store: today's, those of a past day, or recent changes"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Write the items of OSCE_STORE, without any request. The file's extension gives the"
            " format: items.jsonl, items.parquet, items.csv, or the same with .gz or .zst where"
            " that makes sense; latest.atom is a feed of the newest 50. -O can be repeated, and -a"
            " selects items. Either all files are put in place, with a data package beside them,"
            " or none. Exit status: 0 written, 2 refused, 5 stopped, 1 anything else; in the last"
            f" three the files stay as they were. Arguments (-a): {listed(selection_docs())}."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options to those of a crawl."""
        super().add_options(parser)
        parser.add_argument(
            "--at",
            metavar="DATE",
            help="items published by the end of that day (UTC), as they were then",
        )
        parser.add_argument(
            "--changes-since",
            metavar="DATE",
            help="items that are new, updated or removed since the end of that day (UTC), as they"
            " are now, with a column `change`",
        )
