"""``scrapy canary``: the former name of ``scrapy survey``, kept for one version."""

import argparse

from osce_crawl.actions.messages import say
from osce_crawl.commands.survey import Command as SurveyCommand


class Command(SurveyCommand):
    """Does what ``scrapy survey`` does, and says so."""

    def short_desc(self) -> str:
        """Return what the command does, in one line."""
        return "Former name of `scrapy survey`; the next version removes it"

    def long_desc(self) -> str:
        """Return what the command does."""
        return f"{self.short_desc()}."

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the command's new name, and run it."""
        say("scrapy canary is called scrapy survey now; use that name")
        super().run(args, opts)
