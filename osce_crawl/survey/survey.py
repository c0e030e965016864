"""The survey of a site: takes answers, returns the next requests and, at the end, what it found.

It holds state only, as a walk does: every rule can be tested without an engine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from itertools import pairwise
from typing import Any

from osce_crawl import sources
from osce_crawl.normalise.urls import is_visited
from osce_crawl.normalise.web import resolve, split_address
from osce_crawl.pages.news_links import read_news_links
from osce_crawl.pages.refusals import NotAListing
from osce_crawl.pages.sitemap import named_sitemaps
from osce_crawl.sources.base import ListingSource
from osce_crawl.sources.registry import kinds
from osce_crawl.survey import questions
from osce_crawl.survey.choice import Choice, choose
from osce_crawl.survey.finds import BLOCKED, SAMPLES, Find, Sample
from osce_crawl.survey.questions import Question, Reply, Rounds
from osce_crawl.survey.reading import read_into, read_sample
from osce_crawl.survey.sitemaps import Sitemaps

#: The newsroom's usual listing.
NEWSROOM = sources.NEWSROOM.partition("=")[2]
USUAL = "the newsroom's listing"
_MOST_HOPS = 4
#: Reasons that say only that a page is not a listing.
_PLAIN = frozenset({None, "unknown", "listing"})
_BRIEF = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT})
_SERVER_ERROR = 500
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Survey:
    """A survey.

    :ivar finds: the addresses examined, in order.
    :ivar over: there is nothing more to request.
    :ivar sampled: node → its page as read, None while the request is in progress.
    """

    def __init__(
        self,
        base_url: str,
        listings: Sequence[ListingSource] = (),
        others: Sequence[ListingSource] = (),
    ) -> None:
        """Start a survey.

        :param listings: the configured sources, which are examined first.
        :param others: further sources to examine.
        """
        self.base_url = base_url
        self.rounds = Rounds()
        self.finds: list[Find] = []
        self.sampled: dict[str, Sample | None] = {}
        self.over = False
        self._replies: dict[str, tuple[Question, Reply]] = {}
        self._round: list[Question] = []
        self._sitemaps = Sitemaps(base_url, self.rounds)
        self._newsroom = f"{base_url}{NEWSROOM}"
        self._sources: dict[str, ListingSource] = {}
        for source in listings:
            self._add_source(source, questions.NEWSROOM, "OSCE_SOURCES")
        for source in others:
            self._add_source(source, questions.LINKED, "OSCE_TYPESENSE_KEY")
        self._add(self._newsroom, "page", questions.NEWSROOM, USUAL, kind="pager")
        self._add(f"{base_url}/", "page", questions.HOME, "the home page")

    # -- what to request

    def next_round(self) -> list[Question]:
        """Return the next round, each request to be answered by `take`; empty at the end."""
        samples = list(self._samples())
        enough = {find.url for find in self.finds if self._sampled_of(find) >= SAMPLES}
        self._round = self.rounds.next(samples, enough.union(question.via for question in samples))
        self._replies = {}
        self.over = not self._round
        for question in self._round:
            if question.purpose == "sample" and question.entry is not None:
                self.sampled.setdefault(question.entry["node"], None)
        return self._round

    def take(self, question: Question, reply: Reply) -> bool:
        """Take the answer to a request; return whether the round is complete.

        Answers are processed in the order of the requests, whenever they arrive.
        """
        self._replies[question.url] = (question, reply)
        if len(self._replies) < len(self._round):
            return False
        for one in self._round:
            self._look_at(*self._replies[one.url])
        return True

    def preset(self, chain: Sequence[tuple[str, Reply]]) -> None:
        """Take the answers a crawl already has for the newsroom's listing, redirects first."""
        before: tuple[tuple[str, int], ...] = ()
        for url, reply in chain:
            address = url if before else self._newsroom
            question = Question(
                url, "page", questions.NEWSROOM, USUAL, before, _kind_of(address), address
            )
            self.rounds.mark_known(address)
            self.rounds.mark_known(url)
            before = (*before, (url, reply.status or 0))
            self._look_at(question, reply, follow=False)

    def _add(self, url: str, purpose: questions.Purpose, rank: int, via: str, **more: Any) -> None:
        if not is_visited(url, self.base_url):
            return
        first = url
        if more.get("kind") in {"pager", "cards"}:
            (first,) = kinds()[more["kind"]](url).first()
        self.rounds.add(Question(first, purpose, rank, via, address=url, **more))

    def _add_source(self, source: ListingSource, rank: int, via: str) -> None:
        """Queue a source that is configured, or that a setting makes possible."""
        kind, _, address = source.name.partition(" ")
        purposes: dict[str, questions.Purpose] = {"sitemap": "sitemap", "feed": "feed"}
        purpose = purposes.get(kind, "page")
        self._sources[address] = source
        first = source.first()[0]
        self.rounds.add(
            Question(first, purpose, rank, via, kind=kind, address=address, headers=source.headers)
        )

    def _samples(self) -> Iterator[Question]:
        """Yield pages named by listings that have too few samples so far."""
        listed = [find for find in self.finds if not (find.kind is None or find.names_all)]
        elsewhere = {node for find in listed for node in find.entries}
        for find in self.finds:
            if find.kind is None:
                continue
            wanted = SAMPLES - self._sampled_of(find)
            for entry in _preferred(find, elsewhere):
                if wanted <= 0:
                    break
                if entry["node"] in self.sampled:
                    continue
                rank = questions.NEWSROOM_SAMPLE if find.usual else questions.SAMPLE
                question = Question(entry["url"], "sample", rank, find.url, entry=entry)
                if not self.rounds.knows(question.url, "sample") and self.rounds.room(
                    question.host
                ):
                    wanted -= 1
                    yield question

    def _sampled_of(self, find: Find) -> int:
        return sum(node in find.entries for node in self.sampled)

    # -- answers

    def _look_at(self, question: Question, reply: Reply, *, follow: bool = True) -> None:
        """Process an answer; one that cannot be read costs only its own information."""
        try:
            self._sort(question, reply, follow=follow)
        except Exception as error:  # noqa: BLE001 - one page never ends a survey
            find = Find.of(question, reply.status)
            find.against.append(f"an unexpected error while reading it: {error!r}")
            self.finds.append(find)
        self.finds += self._sitemaps.new()

    def _sort(self, question: Question, reply: Reply, *, follow: bool) -> None:
        if reply.forbidden or (reply.status is None and question.host in self.rounds.closed):
            self.rounds.give_back(question)
        if question.purpose == "robots":
            self._look_at_robots(question, reply)
        elif reply.location is not None and reply.status in _REDIRECTS:
            self._redirected(question, reply, follow=follow)
        elif question.purpose == "sample":
            if question.entry is not None:
                self.sampled[question.entry["node"]] = read_sample(question, reply)
        elif reply.status != HTTPStatus.OK:
            self._failed(question, reply)
        elif question.purpose == "sitemap":
            self._sitemaps.take(question, reply)
        else:
            self._look_at_page(question, reply)

    def _look_at_robots(self, question: Question, reply: Reply) -> None:
        if reply.status is None:
            self.rounds.closed[question.host] = reply.why
            find = Find.of(question, None, what="robots.txt")
            find.against.append(reply.why)
            find.brief = True
            self.finds.append(find)
            return
        named = named_sitemaps(reply.body, question.url) if reply.status == HTTPStatus.OK else []
        self._sitemaps.take_robots(
            question, [one for one in named if is_visited(one, self.base_url)]
        )

    def _redirected(self, question: Question, reply: Reply, *, follow: bool) -> None:
        status, target = int(reply.status or 0), str(reply.location)
        before = (*question.before, (question.url, status))
        visited = is_visited(target, self.base_url)
        if (
            visited
            and len(before) <= _MOST_HOPS
            and (not follow or not self.rounds.knows(target, question.purpose))
        ):
            if follow:
                kind = _kind_of(target) if question.purpose == "page" else question.kind
                there = replace(
                    question, url=target, address=target, before=before, kind=kind, headers={}
                )
                self.rounds.add(there)
            return
        find = Find.of(question, status)
        where = "which was read separately" if visited else "on a host that is not crawled"
        find.against.append(f"it answers {status} to {target}, {where}")
        if question.purpose == "sample" and question.entry is not None:
            why = find.against[0]
            self.sampled[question.entry["node"]] = Sample(question.url, refusal="redirect", why=why)
        else:
            self.finds.append(find)

    def _failed(self, question: Question, reply: Reply) -> None:
        if question.purpose == "sitemap" and self._sitemaps.fail(question, reply):
            return
        if reply.forbidden and question.url != question.address:
            # robots.txt may forbid only the parameters for size and order
            self.rounds.add_again(replace(question, url=question.address))
            return
        find = Find.of(question, reply.status)
        find.brief = not reply.forbidden and (
            reply.status is None or reply.status in _BRIEF or reply.status >= _SERVER_ERROR
        )
        find.against.append(reply.why or f"it answers {reply.status}")
        self.finds.append(find)

    def _look_at_page(self, question: Question, reply: Reply) -> None:
        find = Find.of(question, reply.status)
        find.usual = question.address == self._newsroom
        self.finds.append(find)
        if question.rank == questions.HOME:
            find.what = "the home page"
        else:
            try:
                read_into(
                    find, question, reply.body, self.base_url, self._sources.get(question.address)
                )
            except NotAListing as refusal:
                find.reason = refusal.reason
                find.against.append(refusal.why)
        if question.purpose != "feed" and find.reason not in BLOCKED:
            self._add_links(find, question, reply.body)

    def _add_links(self, find: Find, question: Question, body: bytes) -> None:
        links = read_news_links(body, question.url)
        others = len(links.pages.keys() - {question.url, find.url})
        if find.kind is None and (others or links.feeds):
            counts = (f"{others} news pages", f"{len(links.feeds)} feeds")
            find.what = f"{find.what or 'a page'} that links to {' and '.join(counts)}"
        for url in sorted(links.pages, key=links.pages.__getitem__):
            if split_address(url).path.strip("/"):
                self._add(
                    url, "page", questions.LINKED, f"linked by {question.url}", kind=_kind_of(url)
                )
        for url in links.feeds:
            self._add(url, "feed", questions.FEED, f"named by {question.url}", kind="feed")

    # -- what was found

    def conclude(self) -> Choice:
        """Return the sources to walk, once `next_round` returns nothing more."""
        for find in self.finds:
            pages = (page for node, page in self.sampled.items() if node in find.entries)
            find.samples = [page for page in pages if page is not None]
            if find.samples and not find.releases:
                said = f"none of the {len(find.samples)} sampled pages reads as a release"
                find.against.append(said)
        self._find_strangers()
        return choose(self.finds, self.base_url, self.why)

    def _find_strangers(self) -> None:
        """Mark fully read sitemaps that name no release, not even one that other sources list."""
        listed = {
            node
            for find in self.finds
            if find.releases and not find.names_all
            for node in find.entries
        }
        for find in self.finds:
            if find.names_all and listed and not (find.more or find.releases):
                find.strange = listed.isdisjoint(find.entries)
                if find.strange:
                    find.against.append("it lists none of the releases that other listings name")

    @property
    def why(self) -> str:
        """Why the newsroom's usual listing is not walked, in words; "" if it is walked."""
        for find in self.finds:
            first = find.before[0][0] if find.before else find.url
            if find.via == USUAL and split_address(first).path == NEWSROOM:
                return (
                    "" if find.usual and find.kind is not None else _outcome_of(find, self.base_url)
                )
        return ""

    @property
    def not_looked_at(self) -> Iterator[tuple[str, str]]:
        """The addresses that were not examined, and why."""
        yield from ((question.url, why) for question, why in self.rounds.left)


def _kind_of(url: str) -> str:
    """Return the kind of source that walks a listing at an address."""
    return "pager" if split_address(url).path.lower().endswith(NEWSROOM) else "cards"


def _preferred(find: Find, elsewhere: set[str]) -> Iterator[Mapping[str, Any]]:
    """Yield entries; of a sitemap, those that listings name too come first."""
    if find.names_all and elsewhere:
        yield from (entry for node, entry in find.entries.items() if node in elsewhere)
    yield from find.entries.values()


def _outcome_of(find: Find, base_url: str) -> str:
    """Return where an address led: "/a answers 301 to /b, which is not a listing"."""
    steps = [*find.before, (find.url, find.status or 0)]
    text = _short(steps[0][0], base_url)
    for (_, status), (target, _) in pairwise(steps):
        text += f" answers {status} to {_short(target, base_url)}, which"
    if find.kind is not None:
        return f"{text} shows {find.number} entries{'' if find.pager else ' and no pager'}"
    if find.reason == "script":
        return f"{text} is drawn by script"
    if find.status != HTTPStatus.OK:
        return f"{text} answers {find.status}" if find.status else f"{text} cannot be fetched"
    return f"{text} is not a listing{'' if find.reason in _PLAIN else f' ({find.reason})'}"


def _short(url: str, base_url: str) -> str:
    parts = split_address(url)
    same = resolve(base_url, parts.path) == f"{parts.scheme}://{parts.netloc}{parts.path}"
    return parts.path if same else url.partition("?")[0]
