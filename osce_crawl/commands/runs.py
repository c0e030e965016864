"""``scrapy runs``: lists runs, shows a report, publishes a withheld run, lists unknown words."""

import argparse

from scrapy.commands import ScrapyCommand

from osce_crawl.actions.streams import secure_console

#: How many runs are listed by default.
_SHOWN = 20


class Command(ScrapyCommand):
    """Reads the history of runs in the store of OSCE_STORE; ``accept`` publishes a withheld run.

    Exit status: 0; 1 if an accepted run could not be published; 2 if there is no such store or run,
    or it cannot be accepted.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - declared so by the base class

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options] [show <id> | accept <id> | unknown]"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "List runs with their verdicts, show or accept one, or list unknown words"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "List the last runs with verdict and reasons. `show <id>` prints the report of a run."
            " `accept <id>` publishes a withheld run without fetching anything; later runs are"
            " compared with it. An id can be shortened, and `last` is the last run. `unknown` lists"
            " the labels, kinds, units, fields of work and places that no vocabulary contains: how"
            " many items have each, the newest of them, and the file to add the word to."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--json`` and ``--all`` to Scrapy's own options."""
        super().add_options(parser)
        parser.add_argument(
            "--json", action="store_true", help="write JSON, one line per run or word"
        )
        parser.add_argument("--all", action="store_true", help=f"list all instead of {_SHOWN}")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Continue if a message cannot be written."""
        secure_console(output=True)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """List, show or accept, after completing a publication that a crash interrupted."""
        from osce_crawl.actions.runs import run

        shown = None if opts.all else _SHOWN
        self.exitcode = run(self.settings, args, shown=shown, as_json=opts.json)
