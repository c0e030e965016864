"""``scrapy survey``: finds the listings and checks that releases can be read; publishes nothing."""

import argparse

from scrapy.commands import BaseRunSpiderCommand

from osce_crawl.actions.messages import refuse
from osce_crawl.actions.streams import secure_console


class Command(BaseRunSpiderCommand):
    """Finds where the site lists its releases, reads a few, and suggests settings.

    Exit status: 0 if something can be walked and reads well; 3 if earlier runs read more of the
    pages; 4 if nothing can be walked or a crawl would be withheld; 5 stopped; 2 if a setting cannot
    be used.
    """

    requires_project = True

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options]"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Find where the releases are and whether they can be read; publish nothing"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Read robots.txt, /press-releases, the home page, the news pages, feeds and sitemaps"
            " that it links to, and up to three of the pages that each lists: at most 5 requests"
            " per host and 60 in all. Print for each what it lists, how well its pages can be read,"
            " what it proves and its problems, then the OSCE_SOURCES to use. If there is a store,"
            " compare with earlier runs. Publish nothing."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--json`` and ``--save`` to Scrapy's own options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write JSON")
        parser.add_argument(
            "--save", metavar="FOLDER", help="save all responses to a new folder, for OSCE_REPLAY"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Continue if an output stream is closed."""
        secure_console(output=True)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the survey and print the result."""
        from osce_crawl.actions.survey import run

        if self.crawler_process is None:
            raise RuntimeError("scrapy.cmdline makes the process before it runs a command")
        if args or opts.spargs:
            refuse("scrapy survey takes no arguments; give settings with -s NAME=VALUE")
        self.exitcode = int(run(self.crawler_process, opts.save, as_json=opts.json))
