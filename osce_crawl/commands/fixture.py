"""``scrapy fixture``: pages of the site kept for the tests, each with its expected result."""

import argparse

from scrapy.commands import ScrapyCommand

from osce_crawl.actions.streams import secure_console

FOLDER = "fixtures/captured"


class Command(ScrapyCommand):
    """Keeps pages, compares their results with the accepted ones, and accepts new results.

    Exit status: 0; 1 if `check` found a difference; 2 refused; 3 if a scrubbed page reads
    differently from the page itself, or some of the pages could not be fetched; 4 if none could.
    """

    requires_project = True

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "record <url>… | check | accept [<name>…]"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Keep pages for the tests, each with its expected result"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            f"`record` fetches pages as politely as a crawl does, or takes them from WARC files"
            f" (--archive FILE, with or without addresses), and keeps page, headers and result in"
            f" {FOLDER}. `check` prints, key by key, where the result now differs from the accepted"
            " one (- accepted, + now) and ends with status 1 if it does anywhere. `accept` prints"
            " the same and accepts it. `check` and `accept` take names of pages; the default is"
            " all."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options to Scrapy's own."""
        super().add_options(parser)
        parser.add_argument(
            "--folder", default=FOLDER, help=f"folder of the pages (default: {FOLDER})"
        )
        parser.add_argument(
            "--archive",
            action="append",
            metavar="FILE",
            help="record: take the pages from WARC files, folders of them or globs",
        )
        parser.add_argument(
            "--scrub",
            action="store_true",
            help="record: replace the prose with invented words, so that the page can be shared",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that can be known beforehand; exit with 2 and one line."""
        from osce_crawl.actions.fixture import check

        secure_console(output=True)
        super().process_options(args, opts)
        check(self.settings, args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Carry out the first word."""
        from osce_crawl.actions.fixture import run

        if self.crawler_process is None:
            raise RuntimeError("scrapy.cmdline makes the process before it runs a command")
        self.exitcode = run(self.crawler_process, args, opts)
