"""``scrapy reextract``: extracts the items of archives again; nothing is requested."""

import argparse
import os
from typing import TYPE_CHECKING

from osce_crawl.commands.crawl import Command as CrawlCommand

if TYPE_CHECKING:
    from osce_crawl.actions.reextract import Reextracting


class Command(CrawlCommand):
    """Reads the newest capture of each item; makes no request.

    Exit status: that of a crawl.
    """

    def crawl(self) -> "type[Reextracting]":
        """Return what does the work."""
        from osce_crawl.actions.reextract import Reextracting

        return Reextracting

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options] <archive> …"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Read the pages of WARC files again, on all processors, and publish their items"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Read the newest capture of each release in ARCHIVE: any WARC files, folders of them or"
            " globs. What a listing shows of an item (its summary and date) comes from OSCE_STORE,"
            " or else from the listing pages in the archive. Without --update-store, the archive's"
            " items are written (-O items.jsonl) and the store stays as it is. With it, items that"
            " now read differently (change `reextracted`) or are new (`new`) go into the store,"
            " never from a capture older than the store's version, and the file gets the whole"
            " store. Checks, reports and exit statuses are those of a crawl."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options to those of a crawl."""
        super().add_options(parser)
        parser.add_argument(
            "--update-store",
            action="store_true",
            help="update OSCE_STORE, or create it",
        )
        parser.add_argument(
            "--workers",
            metavar="N",
            default=str(_processors()),
            help="number of processes that read (default: one per processor)",
        )


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
