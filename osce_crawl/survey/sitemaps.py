"""The sitemaps that a survey finds: trees of files, of which it reads a few."""

from collections.abc import Iterable
from typing import Any

from osce_crawl.normalise.urls import is_visited
from osce_crawl.normalise.web import split_address
from osce_crawl.pages.refusals import NotAListing
from osce_crawl.sources.page import ListingPage
from osce_crawl.sources.registry import kinds
from osce_crawl.sources.tree import DEEPEST
from osce_crawl.survey import questions
from osce_crawl.survey.finds import Find
from osce_crawl.survey.questions import Question, Reply, Rounds
from osce_crawl.vocabulary.news_links import news_rank

_NO_RANK = 9


class Sitemaps:
    """Reads sitemaps into one find per tree."""

    def __init__(self, base_url: str, rounds: Rounds) -> None:
        self._base_url = base_url
        self._rounds = rounds
        self._trees: dict[str, Find] = {}
        self._new: list[Find] = []

    def new(self) -> list[Find]:
        """Return the finds made since the last call."""
        new, self._new = self._new, []
        return new

    def take_robots(self, question: Question, named: list[str]) -> None:
        """Take the sitemaps that a robots.txt names; if several, it is the root of their tree."""
        via = f"named by {question.url}"
        named = [url for url in named if not self._rounds.knows(url, "sitemap")]
        top = question.url if len(named) > 1 else ""
        if top:
            find = self._tree(question, top)
            find.via, find.files = via, (0, len(named))
        for url in named:
            self._rounds.add(
                Question(
                    url, "sitemap", questions.SITEMAP, via, kind="sitemap", address=url, of=top
                )
            )
        if not named and question.host == questions.host_of(self._base_url):
            url = f"{question.host}/sitemap.xml"
            guess = Question(
                url, "sitemap", questions.REST, "a usual name", kind="sitemap", address=url
            )
            self._rounds.add(guess)

    def take(self, question: Question, reply: Reply) -> None:
        """Read a file of a sitemap."""
        top = question.of or question.address
        find = self._tree(question, top)
        try:
            page = kinds()["sitemap"](top).read(reply.body, question.url)
        except NotAListing as refusal:
            find.against.append(refusal.why if top == question.address else str(refusal))
            find.reason = refusal.reason
            return
        if page.fault:
            find.against.append(f"{question.url}: {page.fault}")
        if page.more:
            self._add_files(find, question, top, page.more)
        else:
            self._add_pages(find, page)

    def fail(self, question: Question, reply: Reply) -> bool:
        """Note that a file could not be fetched; return whether it belongs to a tree."""
        find = self._trees.get(question.of)
        if find is None:
            return False
        find.against.append(f"{question.url}: {reply.why or f'it answers {reply.status}'}")
        return True

    def _tree(self, question: Question, top: str) -> Find:
        if top not in self._trees:
            find = Find.of(question, 200)
            find.url, find.files = top, (0, 1)
            self._trees[top] = find
            self._new.append(find)
        return self._trees[top]

    def _add_files(self, find: Find, question: Question, top: str, named: list[str]) -> None:
        if question.depth >= DEEPEST:
            find.against.append(f"{question.url} is nested too deep")
            return
        files = [url for url in named if is_visited(url, self._base_url)]
        new = [url for url in dict.fromkeys(files) if not self._rounds.knows(url, "sitemap")]
        read, known = find.files
        find.files = (read, known - 1 + len(new))
        find.more = read < find.files[1]
        for place, url in enumerate(sorted(new, key=_rank_of_file)):
            rank = questions.REST if place else questions.SITEMAP
            more: dict[str, Any] = {"of": top, "depth": question.depth + 1, "kind": "sitemap"}
            self._rounds.add(Question(url, "sitemap", rank, question.url, address=url, **more))

    def _add_pages(self, find: Find, page: ListingPage) -> None:
        read, known = find.files
        find.files = (read + 1, max(known, read + 1))
        find.more = find.files[0] < find.files[1]
        find.kind = "sitemap"
        find.number += len(page.entries) + page.unfit
        for entry in _by_promise(page.entries):
            if is_visited(entry["url"], self._base_url):
                find.entries.setdefault(str(entry["node"]), entry)
        if not find.entries:
            find.against.append("it names no address that can be a release")


def _by_promise(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return entries sorted: paths that name news first, then the most recently changed."""
    changed = sorted(entries, key=lambda entry: entry.get("lastmod") or "", reverse=True)
    return sorted(changed, key=lambda entry: _rank_of(entry["url"]))


def _rank_of(url: str) -> int:
    """Return how likely an address is a release's, judging by the words in its path."""
    ranks = (news_rank(part) for part in split_address(url).path.split("/")[:-1] if part)
    return min((rank for rank in ranks if rank is not None), default=_NO_RANK)


def _rank_of_file(url: str) -> int:
    """Return how likely a file names releases, judging by the words in its name."""
    name = split_address(url).path.rpartition("/")[2].partition(".")[0]
    ranks = (news_rank(part) for part in (name, *name.replace("_", "-").split("-")))
    return min((rank for rank in ranks if rank is not None), default=_NO_RANK)
