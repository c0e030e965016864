"""How a run finds its own sources (``OSCE_SOURCES=auto``).

It walks `/press-releases`, or the sources that an earlier survey chose. If those are gone or moved
permanently, the run makes a survey and walks the sources that it chooses. A temporary failure (403,
429, a server error, a browser check, no answer) does not count.
"""

import logging
from collections.abc import Iterator
from typing import cast

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from osce_crawl.crawl.answer import for_good
from osce_crawl.crawl.outstanding import Outstanding
from osce_crawl.crawl.run import Run
from osce_crawl.downloader.failures import is_gone
from osce_crawl.downloader.hosts import NotVisitedError
from osce_crawl.normalise.web import split_address
from osce_crawl.options import OptionError
from osce_crawl.pages.refusals import NO_ANSWER, NotAListing
from osce_crawl.pages.scripted import has_script_box
from osce_crawl.sources import ListingPage, ListingSource, make_sources
from osce_crawl.spiders.surveyor import Surveyor, chain_of, hops_of, make_survey
from osce_crawl.store.chosen_sources import ChosenSources
from osce_crawl.survey import Reply, Survey

logger = logging.getLogger(__name__)

_NOTHING = (
    "a survey of the site found no other listing of releases: run `scrapy survey`, then name the"
    " listings in OSCE_SOURCES"
)


class Finder:
    """Finds the sources of a run.

    :ivar lost: number of a source whose first address leads elsewhere → that address, and why.
    :ivar due: the choice is old enough to be made again.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._active = run.options.finds_sources and run.arguments.walks
        self._chain: list[tuple[str, Reply]] = []
        self._survey: Survey | None = None
        self._sources: list[ListingSource] = []
        self.lost: dict[int, tuple[str, str]] = {}
        self.due = False

    def sources(self) -> list[ListingSource]:
        """Return the sources to walk first; none if the site must be surveyed first.

        :raises OptionError: when ``OSCE_SOURCES`` names a source that cannot be walked.
        """
        run = self._run
        if self._active and run.found is not None:
            try:
                self._sources = make_sources(run.options, run.arguments, run.found.sources)
            except OptionError as error:
                logger.warning("The sources that a survey chose before cannot be walked: %s", error)
                run.found = None
            else:
                self.due = run.full and run.is_due(run.found.day)
                return [] if self.due else self._sources
        self._sources = make_sources(run.options, run.arguments)
        return self._sources

    @property
    def looks(self) -> bool:
        """Whether the site must be surveyed."""
        return self._survey is None and (self.due or bool(self.lost))

    # -- the answer for the first address of a source

    def takes_page(self, number: int, response: Response, page: ListingPage) -> bool:
        """Return whether a listing without a pager may show only the latest entries.

        It may if the listing was moved to another page, or if a script loads the rest.
        """
        alone = page.next is None and not (page.last or page.unproven or page.more)
        if not (alone and page.ways and self._is_first(number)):
            return False
        before: list[str] = response.meta.get("redirect_urls", [])
        paths = {split_address(url).path for url in (*before, response.url)}
        moved = len(paths) > 1 and for_good(response.meta)
        if not (moved or has_script_box(response.body, response.url)):
            return False
        return self._lose(number, response, f"{response.url} shows no pager")

    def takes_refusal(self, number: int, response: Response, refusal: NotAListing) -> bool:
        """Return whether the page in place of a listing shows that the listing is gone."""
        moved = bool(response.meta.get("redirect_urls")) and for_good(response.meta)
        elsewhere = moved or self._run.found is not None
        no_listing = elsewhere and refusal.reason not in NO_ANSWER
        if not self._is_first(number) or not (refusal.reason == "script" or no_listing):
            return False
        return self._lose(number, response, str(refusal))

    def takes_failure(self, number: int, failure: Failure, why: str) -> bool:
        """Return whether a failure shows that a listing is gone: 404, 410, or a foreign host."""
        request = cast("Request", failure.request)  # type: ignore[attr-defined]
        if not self._is_first(number) or not for_good(request.meta):
            return False
        if isinstance(failure.value, HttpError) and is_gone(failure):
            return self._lose(number, failure.value.response, why)
        if isinstance(failure.value, NotVisitedError) and request.meta.get("redirect_urls"):
            self._note(number, hops_of(request.meta, request.url), why)
            return True
        return False

    def _is_first(self, number: int) -> bool:
        """Return whether a source is still at its first address and may be given up."""
        return self._active and self._survey is None and not self._run.walks[number].pages

    def _lose(self, number: int, response: Response, why: str) -> bool:
        self._note(number, chain_of(response), why)
        return True

    def _note(self, number: int, chain: list[tuple[str, Reply]], why: str) -> None:
        self.lost[number] = (chain[0][0], why)
        if self._run.found is None:
            self._chain = chain

    # -- the survey

    def requests(self, outstanding: Outstanding, priority: int) -> Iterator[Request]:
        """Start the survey: yield its first requests; the others follow from the answers."""
        for url, why in self.lost.values():
            logger.warning("%s leads elsewhere (%s): surveying the site.", url, why)
        self._survey = make_survey(self._run.options)
        if self._chain:
            self._survey.preset(self._chain)
        yield from Surveyor(self._survey, outstanding, lambda: iter(()), priority).requests()

    def conclude(self) -> list[ListingSource]:
        """Return the sources that the survey chose; if none, the old ones, whose walks failed."""
        run = self._run
        survey = self._survey
        if survey is None or not survey.over:
            return self._sources  # the run was stopped: the next one surveys again
        choice = survey.conclude()
        if not self.lost and not (choice.sources and choice.firm):
            return self._sources  # the earlier choice still exists
        run.store.forget_sources()
        if not choice.sources:
            run.found = None
            for number, (url, why) in self.lost.items():
                run.walks[number].fail(url, f"{why}; {_NOTHING}")
            return self._sources
        logger.warning("The survey chose %s (%s).", ", ".join(choice.sources), choice.why)
        run.found = ChosenSources(choice.sources, choice.why, run.today) if choice.why else None
        if choice.firm and run.found is not None:
            run.store.keep_sources(run.found)
        return make_sources(run.options, run.arguments, choice.sources)
