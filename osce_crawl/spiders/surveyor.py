"""Connects a survey to the engine: questions become requests, and responses become replies."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, cast

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from osce_crawl.crawl.outstanding import Outstanding
from osce_crawl.downloader.failures import answered, kind_of, reason_of
from osce_crawl.downloader.robots import ForbiddenError
from osce_crawl.downloader.stopping import RunStoppedError
from osce_crawl.normalise.urls import is_osce_or_own_host
from osce_crawl.normalise.web import resolve
from osce_crawl.options import Arguments, Options
from osce_crawl.pages.recognise import stand_in
from osce_crawl.sources import make_sources
from osce_crawl.sources.typesense import SERVICE
from osce_crawl.survey import Question, Reply, Survey
from osce_crawl.survey.finds import BLOCKED

#: A survey follows redirects itself, because each counts as a request, and does not retry.
_META = {"dont_redirect": True, "dont_retry": True, "handle_httpstatus_all": True}


class Surveyor:
    """Makes the requests of a survey, round by round."""

    def __init__(
        self,
        survey: Survey,
        outstanding: Outstanding,
        when_done: Callable[[], Iterator[Request]],
        priority: int = 0,
    ) -> None:
        """Start without requests.

        :param outstanding: counts the requests under way.
        :param when_done: called once when the survey needs no more requests.
        """
        self.survey = survey
        self._outstanding = outstanding
        self._when_done = when_done
        self._priority = priority

    def requests(self) -> Iterator[Request]:
        """Yield the requests of the next round, or what follows the survey."""
        questions = self.survey.next_round()
        for question in questions:
            self._outstanding.add()
            yield Request(
                question.url,
                callback=self.take,
                errback=self.fail,
                cb_kwargs={"question": question},
                headers=dict(question.headers),
                meta=dict(_META),
                priority=self._priority,
                dont_filter=True,
            )
        if not questions:
            yield from self._when_done()

    def take(self, response: Response, question: Question) -> Iterator[Request]:
        """Take an answer."""
        with self._outstanding.answering():
            yield from self._go_on(question, reply_of(response))

    def fail(self, failure: Failure) -> Iterator[Request]:
        """Handle a request without an answer."""
        with self._outstanding.answering():
            if isinstance(failure.value, RunStoppedError):
                return
            request = cast("Request", failure.request)  # type: ignore[attr-defined]
            yield from self._go_on(request.cb_kwargs["question"], failed(failure))

    def _go_on(self, question: Question, reply: Reply) -> Iterator[Request]:
        if self.survey.take(question, reply):
            yield from self.requests()


def make_survey(options: Options) -> Survey:
    """Return a survey of the site according to the settings."""
    named = [] if options.finds_sources else make_sources(options, Arguments())
    others = []
    if options.typesense_key is not None and is_osce_or_own_host(options.base_url, SERVICE):
        others = make_sources(replace(options, sources=(f"typesense={SERVICE}",)), Arguments())
    names = {source.name for source in named}
    return Survey(options.base_url, named, [one for one in others if one.name not in names])


def reply_of(response: Response) -> Reply:
    """Return a response in the form that a survey takes."""
    location = response.headers.get("Location")
    target = resolve(response.url, location.decode("utf-8", "replace")) if location else None
    why, kind = "", "request"
    if response.status >= HTTPStatus.BAD_REQUEST:
        why = answered(response)
        reason = stand_in(response.body, response.url)
        kind = str(reason) if reason in BLOCKED else kind
    return Reply(response.status, response.body, target, why, kind)


def failed(failure: Failure) -> Reply:
    """Return a failure in the form that a survey takes."""
    forbidden = isinstance(failure.value, ForbiddenError)
    why = "robots.txt forbids it" if forbidden else reason_of(failure)
    return Reply(None, why=why, kind=kind_of(failure), forbidden=forbidden)


def chain_of(response: Response) -> list[tuple[str, Reply]]:
    """Return the redirects that led to a response, and the response itself."""
    return [*hops_of(response.meta, response.url), (response.url, reply_of(response))]


def hops_of(meta: Mapping[str, Any], url: str) -> list[tuple[str, Reply]]:
    """Return the redirects that led to an address."""
    urls: list[str] = meta.get("redirect_urls", [])
    reasons: list[int] = meta.get("redirect_reasons", [])
    hops = zip(urls, reasons, [*urls[1:], url], strict=False)
    return [(one, Reply(int(status), location=target)) for one, status, target in hops]
