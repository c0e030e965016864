"""``scrapy dataset``: the items of a store as a folder that is ready to publish."""

import argparse

from scrapy.commands import ScrapyCommand

from osce_crawl.actions.signals import end_on_signals
from osce_crawl.actions.streams import secure_console


class Command(ScrapyCommand):
    """Reads the store of OSCE_STORE and writes a folder; makes no request.

    Exit status: 0; 2 if it cannot start; 1 if a file cannot be written; 5 if stopped. Unless it is
    0, the folder is unchanged.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - declared so by the base class

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options] <folder>"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Write the items of the store as a folder that is ready to publish"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Write the items of OSCE_STORE to FOLDER: Parquet, JSON Lines and CSV, an SQLite"
            " database with full-text search (newsroom.db), the links between releases, a data card"
            " (README.md), a data package and a page for the browser (index.html). FOLDER must be"
            " new or empty, or hold a dataset, which is replaced as a whole once the new one is"
            " complete. Requires the extra `dataset`: pip install 'osce_crawl[dataset]'. Exit"
            " status: 0 written, 1 write error, 2 refused, 5 stopped; unless 0, the folder is"
            " unchanged."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Continue if an output stream is closed; let a signal end the command."""
        end_on_signals("stopped; the folder is unchanged")
        secure_console()
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's
        """Write the dataset."""
        from osce_crawl.actions.dataset import run

        self.exitcode = run(self.settings, args)
