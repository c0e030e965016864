"""The dataset for the page's blocks: a simulated newsroom after three nights."""

from datetime import date
from pathlib import Path
from typing import Any

from crawl.command import Run
from crawl.nights import Nights

#: The times of the nights, so that results with a time do not change.
NIGHTS = ("2026-06-21T03:00:00Z", "2026-06-22T03:00:00Z", "2026-06-30T03:00:00Z")
#: A small newsroom whose items are various enough for the page's questions.
ITEMS, SEED = 200, 6


class Simulated:
    """A project folder with the crawl's files and store, and the dataset of its items.

    :ivar project: the folder of the crawl; ``folder``: the dataset.
    :ivar items: the items published by the last night; ``lines``: a file of them that no block
        overwrites.
    """

    def __init__(self, project: Path) -> None:
        self.project = project
        with Nights(project, ITEMS, SEED, date(2026, 6, 20)) as nights:
            self.command = nights.command
            site = nights.site
            self._base = site.base
            newest = [fact.id for fact in site.facts.items]
            first, second, third = NIGHTS
            self._ran(nights.night(days=0, OSCE_NOW=first).run)
            site.edit(newest[0], "body")
            site.edit(newest[2], "title")
            site.publish()
            self._ran(nights.night(OSCE_NOW=second).run)
            for number in (110, 140, 170):
                site.withdraw(newest[number])
            site.edit(newest[4], "title")
            last = nights.night("-a", "full=1", days=8, OSCE_NOW=third)
            self._ran(last.run)
        self.items = last.items
        self.lines = project / "as-published.jsonl"
        self.lines.write_bytes(last.feed)
        self.folder = project / "dataset"
        self._ran(self.scrapy("dataset", self.folder))

    def scrapy(self, verb: str, *words: object) -> Run:
        """Run a Scrapy command in the project folder, after the last night."""
        settings: dict[str, Any] = {"OSCE_BASE_URL": self._base, "OSCE_NOW": NIGHTS[-1]}
        return self.command.scrapy(verb, *words, environ=settings)

    @staticmethod
    def _ran(run: Run) -> None:
        assert run.status == 0, run.err
