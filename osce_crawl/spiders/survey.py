"""The survey of the site: where releases are listed today, and how their pages are read.

Stores and publishes nothing.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial
from secrets import token_hex
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler

from osce_crawl.clock import Clock
from osce_crawl.crawl.outstanding import Outstanding, at_rest
from osce_crawl.downloader.replay import Site, open_site
from osce_crawl.options import Options, read_options
from osce_crawl.spiders.surveyor import Surveyor, make_survey
from osce_crawl.spiders.unpublished import UnpublishedSpider
from osce_crawl.survey import Choice
from osce_crawl.verdict import Baseline, Measures, Verdict, judge


class SurveySpider(UnpublishedSpider):
    """Makes the survey.

    :ivar choice: the sources to walk, once the survey is over.
    """

    name = "survey"
    choice: Choice | None = None
    site: Site | None = None

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, *_args: Any, _site: Site | None = None, **_kwargs: Any
    ) -> Self:
        """Read the settings.

        :param _site: the saved pages of OSCE_REPLAY, if the command has already opened them.
        :raises OptionError: when a setting cannot be used.
        :raises ReplayError: when the pages of OSCE_REPLAY cannot be served.
        """
        spider = cls(read_options(crawler.settings))
        spider._set_crawler(crawler)
        spider.site = _site or open_site(spider.options)
        return spider

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.recorded_as = f"survey-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(3)}"
        self.given: dict[str, str] = {}
        self.survey = make_survey(options)
        self._outstanding = Outstanding()

    async def start(self) -> AsyncIterator[Request]:
        """Request the first round; the others follow from its answers."""
        surveyor = Surveyor(self.survey, self._outstanding, self._end)
        for request in surveyor.requests():
            yield request
        await self._outstanding.drained(partial(at_rest, self.crawler))

    def _end(self) -> Iterator[Request]:
        self.choice = self.survey.conclude()
        return iter(())

    def measures(self) -> Measures:
        """Return the measures that a crawl would take, for comparison with earlier runs."""
        measures = Measures(proven_empty=True)
        today = Clock(self.options).now().date()
        for find in self.survey.finds:
            measures.listed += len(find.entries)
        # a source that names all pages of the site also names pages that are not releases
        listed = {node for find in self.survey.finds if not find.names_all for node in find.entries}
        for node, sample in self.survey.sampled.items():
            if sample is None or (node not in listed and not sample.release):
                continue
            measures.asked += 1
            if sample.extraction is not None:
                read = sample.extraction
                measures.add_page(read.item, read.ways, read.disagreements, today)
            elif not sample.certain:
                measures.failed[str(sample.refusal)] += 1
                measures.fresh_failed += 1
        measures.rows = measures.read
        return measures

    def verdict(self, past: Baseline) -> Verdict:
        """Judge the pages that were read, by the checks of a run."""
        return judge(self.measures(), past, self.options.thresholds)
