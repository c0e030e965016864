"""``scrapy extract``: what a saved page says, without a crawl."""

import argparse

from scrapy.commands import ScrapyCommand

from osce_crawl.actions.streams import secure_console


class Command(ScrapyCommand):
    """Reads one saved page; makes no request, opens no store.

    Exit status: 0, or 2 if nothing could be read, with the reason on standard error.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - declared so by the base class

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options] <file> [--url <url>]"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Print the item of a saved page"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Print the item of a saved page as JSON. FILE `-` is standard input. Keys that only a"
            " run can fill are null."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options to Scrapy's own."""
        super().add_options(parser)
        parser.add_argument(
            "--url", help="address of the page (default: the one that the page states)"
        )
        parser.add_argument(
            "--ways",
            action="store_true",
            help="also print how each field was found, disagreements and the lines left out",
        )
        parser.add_argument(
            "--listing",
            action="store_true",
            help="print a listing page: its entries, next page and total",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Continue if a stream is closed or broken."""
        secure_console(output=True)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what the page says."""
        from osce_crawl.actions.extract import run

        run(self.settings, args, opts)
