"""``scrapy archive``: maintains the WARC files of OSCE_ARCHIVE."""

import argparse

from scrapy.commands import ScrapyCommand

from osce_crawl.actions.streams import secure_console


class Command(ScrapyCommand):
    """Maintains the WARC files of OSCE_ARCHIVE.

    Exit status: 0; 1 if something is damaged, was not found or could not be done;
    2 if there is no such folder or verb.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - declared so by the base class

    def syntax(self) -> str:
        """Return the command's syntax."""
        return "[options] [list | check [FILE…] | index [FILE…] | erase ADDRESS… | expire]"

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "List, check, index or expire the WARC files of OSCE_ARCHIVE, or erase addresses"

    def long_desc(self) -> str:
        """Return what the command does."""
        return (
            "Maintain the WARC files in the folder OSCE_ARCHIVE. `list` lists them. `check` reads"
            " them in full and reports truncated or damaged records, wrong digests and wrong"
            " indexes; it"
            " accepts any WARC files. `index` creates missing indexes, for example after a run was"
            " killed, or recreates those of the named files. `erase` overwrites all records of the"
            " given addresses (responses, requests, revisits) in every file and removes them from"
            " the indexes; other records stay where they are. `expire` deletes the files whose"
            " newest record is older than OSCE_ARCHIVE_DAYS, unless a newer file refers to their"
            " records; a run that records does the same at its end."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--json`` to Scrapy's own options."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write JSON, one line per file")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Continue if an output stream is closed."""
        secure_console(output=True)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Carry out the verb."""
        from osce_crawl.actions.archive import Archive

        self.exitcode = Archive(self.settings).run(args, as_json=opts.json)
