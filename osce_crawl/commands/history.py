"""``scrapy history``: the versions of an item and their differences."""

import argparse

from scrapy.commands import ScrapyCommand

from osce_crawl.actions.streams import secure_console


class Command(ScrapyCommand):
    """Reads the store of OSCE_STORE without changing it, even while a run writes it.

    Exit status: 0, or 2 if there is no such store or item.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - declared so by the base class

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options] <id>"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Show the versions of an item and what changed in each"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Show the versions of an item, oldest first, and what changed in each. Reads OSCE_STORE"
            " and changes nothing; works while a run is in progress."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--json`` to Scrapy's own options."""
        super().add_options(parser)
        parser.add_argument(
            "--json",
            action="store_true",
            help="write JSON, one line per version with the whole item",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Continue if an output stream is closed."""
        secure_console(output=True)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the versions of one item."""
        from osce_crawl.actions.history import run

        run(self.settings, args, as_json=opts.json)
