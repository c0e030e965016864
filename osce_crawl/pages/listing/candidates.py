"""Which links of a listing page may be titles of its entries, and where its links lead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice

from lxml.etree import _Element

from osce_crawl.normalise.urls import (
    absolute,
    is_item_address,
    is_listing_trap,
    is_osce_or_own_host,
    is_page_address,
    node_of,
    read_address,
)
from osce_crawl.normalise.web import is_broken
from osce_crawl.pages.facts import read_facts
from osce_crawl.pages.listing.boxes import boxes_headed, boxes_of_others
from osce_crawl.pages.listing.pieces import LONGEST_FACT
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.lines import Line, Lines, is_sentence
from osce_crawl.pages.reading.reader import shown_text
from osce_crawl.pages.reading.values import Value
from osce_crawl.text.forms import clean_text, fold
from osce_crawl.vocabulary import resolve_content_type, resolve_language_name
from osce_crawl.vocabulary.labels import is_furniture, section_of

#: A path on the site that is neither an item's, because it ends in a word, nor a keyword search;
#: most links of a menu have one. Tested before the address is parsed, which takes longer.
_ELSEWHERE = re.compile(
    r"/(?!(?:[a-z]{2,3}/)?press-releases)(?:[\w-]+/)*(?!\d+/?\Z)[\w-]+/?", re.ASCII | re.IGNORECASE
)
#: The maximum number of lines in a card.
_MOST_OF_CARD = 8
#: The maximum number of links from a card to its item.
_MOST_LINKS = 6
#: The rank of titles that are not in h1 to h6.
_BELOW_PAGE = 2
#: Marks after "Read more".
_AFTER_MORE = " .…:+"
#: The ends of teasers. Titles end in other marks, too: "Who reads it?"
_TEASER_ENDS = (".", "…", "։")
#: A heading's element is at most this many levels above its words.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link of a listing page leads.

    :ivar url: "" if it leads to no other page; ``broken``: it was meant to, but is not an address.
    :ivar item: whether it looks like an item's address on an accepted host; ``page``: like that of
        any page of the site.
    :ivar trap: whether it is a keyword search, which never ends.
    """

    url: str = ""
    broken: bool = False
    item: bool = False
    page: bool = False
    trap: bool = False
    key: tuple[str, str | None] = ("", None)
    numbered: bool = False


@lru_cache(maxsize=8192)
def _target(base: str, href: str) -> Target:
    url = absolute(base, href)
    if url is None:
        return Target(broken=is_broken(base, href))
    trap = is_listing_trap(url)
    if not is_osce_or_own_host(url, base):
        return Target(url, trap=trap)
    address, item, page = read_address(url), is_item_address(url), is_page_address(url)
    key = (node_of(url), address.language) if item or page else ("", None)
    return Target(url, item=item, page=page, trap=trap, key=key, numbered=address.node is not None)


@dataclass(slots=True)
class Candidate:
    """A link that may be an entry's title, and the first line it takes up.

    :ivar anchor: the line of the label that the title belongs to.
    :ivar named: the line of the title, if that has no link: it heads the box of the entry.
    :ivar flat: whether no element holds just title and link: the entry is the lines between them.
    :ivar date: the date of the heading above it, if the listing is grouped by dates.
    :ivar card: whether the link is around several lines, as in a card.
    :ivar numbered: its address ends in a node id; a linked heading without one is a title only if
        labels or other entries beside it show that.
    """

    index: int
    link: _Element
    url: str
    key: tuple[str, str | None]
    heading: bool
    numbered: bool
    anchor: int | None = None
    named: int | None = None
    date: str | None = None
    card: bool = False
    flat: bool = False


class CandidateFinder:
    """Finds the links of one page that may be titles.

    :param lines: the page's lines.
    :param values: its labels with their values.
    :param url: its address.
    :param language: its declared language.
    :ivar candidates: the links, in the order of their lines.
    :ivar targets: where the links of the lines lead, without menus.
    """

    def __init__(self, lines: Lines, values: Sequence[Value], url: str, language: str) -> None:
        self.lines = lines
        self.url = url
        self.language = language
        self._label_lines = {value.lines[0] for value in values}
        self._related = {
            box
            for line in lines
            if not line.links
            and line.heading
            and line.block.tag != "h1"
            and section_of(line.text) == "links"
            and (box := line.block.getparent()) is not None
            and box.tag not in {"body", "main"}
        }
        self.targets: list[Target] = []
        self.candidates = self._candidates()

    def outside_boxes(self, *, latest: bool = True) -> list[Candidate]:
        """Return the candidates that are neither in a side column nor in a box of others.

        :param latest: whether "Latest news" may head such a box; else it heads the listing itself.
        """
        numbered = [one for one in self.candidates if one.numbered]
        first = {one.key: one.index for one in reversed(numbered)}
        links = sorted(first.values())
        headings = [one.index for one in numbered if one.heading] or links
        boxes = boxes_of_others(self.lines, links, headings, latest=latest)
        return [candidate for candidate in self.candidates if not self._is_aside(candidate, boxes)]

    def beside(self, titles: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates that lead to other items than *titles*, if they are more.

        Those in side columns and boxes do not count. A box is headed "Latest news" or the like and
        holds none of the titles.
        """
        keys = {title.key for title in titles}
        others = [one for one in self.candidates if one.numbered and one.key not in keys]
        if len(others) <= len(titles):
            return []
        lines = [one.index for one in self.candidates if one.numbered]
        boxes = [
            box
            for box in boxes_headed(self.lines, lines)
            if not any(title.index in box for title in titles)
        ]
        return [one for one in others if not self._is_aside(one, boxes)]

    def titles(self, links: Sequence[Candidate]) -> list[Candidate]:
        """Leave out "Read more" and "Read more about T" beside T, a link to the same item.

        And links to its other languages.
        """
        links = [link for link in links if resolve_language_name(_words(link.link)) is None]
        groups = [list(group) for _, group in groupby(links, key=lambda link: link.key)]
        kept: list[Candidate] = []
        for position, group in enumerate(groups):
            if 1 < len(group) <= _MOST_LINKS:
                following = groups[position + 1][:1] if position + 1 < len(groups) else []
                kept += self._titles_of(group, [*kept[-1:], *following])
            else:
                kept += group
        return kept

    def _titles_of(
        self, group: Sequence[Candidate], neighbours: Sequence[Candidate]
    ) -> Sequence[Candidate]:
        """Return which of the links to one item are titles: one, if they share a box.

        :param neighbours: the links to other items before and after them.
        """
        words = {link.link: fold(_words(link.link)) for link in group}
        named = [link for link in group if not leads_on(words[link.link])] or group[:1]
        named = [link for link in named if not is_teaser(_words(link.link))] or named
        texts = {words[link.link] for link in named}
        named = [
            link
            for link in named
            if not any(one != words[link.link] and one in words[link.link] for one in texts)
        ]
        around = self.lines[named[0].index].ancestors()
        box = next((one for one in around if self.lines[named[-1].index].inside(one)), None)
        if box is None or box.tag in {"body", "main"}:
            return named
        if any(self.lines[one.index].inside(box) for one in neighbours):
            return named  # in a list and in a box above it
        return [max(named, key=lambda link: len(words[link.link]))]

    def only_leads_on(self, candidate: Candidate) -> bool:
        """Return whether a link says no more than "Read more"."""
        return leads_on(_words(candidate.link))

    def says_more(self, line: Line, candidate: Candidate) -> bool:
        """Return whether a line has more words than a link, which is no kind of page."""
        words = _words(candidate.link)
        return line.text.count(" ") > words.count(" ") and resolve_content_type(words) is None

    def is_heading(self, index: int) -> bool:
        """Return whether a line is a heading: not a label, furniture or a kind of page."""
        line = self.lines[index]
        if not line.heading or is_furniture(line.text):
            return False
        return index not in self._label_lines and resolve_content_type(line.text) is None

    def is_above(self, index: int, candidate: Candidate) -> bool:
        """Return whether a line is a heading of a higher rank than the candidate's.

        Only the page's own heading, ``h1``, is above titles that are not headings.
        """
        rank = _rank(self.lines[index])
        own = _rank(self.lines[candidate.index]) or _BELOW_PAGE
        return rank is not None and rank < own

    def _candidates(self) -> list[Candidate]:
        found: dict[_Element, Candidate] = {}
        for index, line in enumerate(self.lines):
            if not line.links:
                continue
            hrefs = [link.get("href") or "" for link in line.links]
            heading = line.heading and self.is_heading(index)
            if not heading and all(map(_ELSEWHERE.fullmatch, hrefs)):
                continue
            targets = [_target(self.url, href) for href in hrefs]
            self.targets += targets
            may_be = [target.item or (heading and target.page) for target in targets]
            if not any(may_be):
                continue
            barred = self._in_related_pane(line) or (
                not heading
                and self._is_inside_sentence(line)
                and not self._is_beside_facts(line, line.links[may_be.index(True)])
                and not _closes_details(line)
            )
            for link, target, may in zip(line.links, targets, may_be, strict=True):
                known = found.get(link)
                if known is not None:
                    if (heading and not known.heading) or self._opens_card(known):
                        known.index, known.heading = index, heading
                elif may and not barred:
                    candidate = Candidate(
                        index, link, target.url, target.key, heading, target.numbered
                    )
                    candidate.card = self._is_card(link)
                    found[link] = candidate
        self._admit_kinds(list(found.values()))
        return sorted(found.values(), key=lambda candidate: candidate.index)

    def _admit_kinds(self, candidates: Sequence[Candidate]) -> None:
        """Record links that are only the words of a kind as titles: "Joint statement".

        They look like the other titles: linked headings, or lines of cards. Above a title with the
        same link they are its kind.
        """
        headings = [one for one in candidates if one.heading]
        titles = headings or [one for one in candidates if one.card and not self._opens_card(one)]
        titled = {one.key for one in titles}
        looks = {self._look(one.index) for one in titles}
        for candidate in candidates:
            if not candidate.numbered or candidate.key in titled:
                continue
            lines = [candidate.index]
            if self._opens_card(candidate):
                lines = [*self.lines.within(candidate.link)]
            named = [
                index
                for index in lines
                if self._look(index) in looks and resolve_content_type(self.lines[index].text)
            ]
            if len(named) == 1:
                candidate.index, candidate.heading = named[0], bool(headings)

    def _look(self, index: int) -> tuple[object, ...]:
        line = self.lines[index]
        return (line.block.tag, line.block.get("class"), line.heading)

    def _is_card(self, link: _Element) -> bool:
        """Return whether a link is around several lines that hold no other link."""
        within = self.lines.within(link)
        others = (one for index in within for one in self.lines[index].links)
        return 1 < len(within) <= _MOST_OF_CARD and all(one is link for one in others)

    def _opens_card(self, known: Candidate) -> bool:
        """Return whether a card opens with a line that is not a title: only a date or a kind."""
        if not known.card or known.index in self._label_lines:
            return False
        return not read_facts(self.lines[known.index], self.language).rest

    def _is_inside_sentence(self, line: Line) -> bool:
        """Return whether a line is text around a link, as in a teaser, and not a title."""
        own = line.unlinked
        return len(own) > LONGEST_FACT or own.endswith((".", "…"))

    def _is_beside_facts(self, line: Line, link: _Element) -> bool:
        """Return whether the words beside a link are facts: "Posted on 5 May by ODIHR", a unit."""
        if is_item_address(self.url):
            return False  # an item's page links others, but lists none
        facts = read_facts(line.without(link), self.language)
        return not facts.rest and (facts.says_something or facts.told > 0)

    def _in_related_pane(self, line: Line) -> bool:
        """Return whether a line is in a box of related items, which is not part of the listing."""
        return bool(self._related) and not self._related.isdisjoint(line.ancestors())

    def _is_aside(self, candidate: Candidate, boxes: Sequence[range]) -> bool:
        around = self.lines[candidate.index].ancestors()
        return any(candidate.index in box for box in boxes) or any(
            element.tag == "aside" for element in around
        )


def _closes_details(line: Line) -> bool:
    """Return whether the last words of a line in a box that unfolds are a link."""
    last = line.runs[-1].link
    return last is not None and next(last.iterancestors("details"), None) is not None


def _words(link: _Element) -> str:
    return shown_text(link) or clean_text(link.get("aria-label") or "")


def leads_on(words: str) -> bool:
    """Return whether the words of a link are not a title: "Read more …", in any language."""
    words = words.rstrip(_AFTER_MORE)
    return is_furniture(words) or section_of(words) == "links"


def is_teaser(words: str) -> bool:
    """Return whether the words of a link are a teaser: a sentence to its full stop, or cut."""
    return is_sentence(words) and words.endswith(_TEASER_ENDS)


def _rank(line: Line) -> int | None:
    """Return the rank of the heading around a line, 1 for ``h1``; None if there is none."""
    if not line.heading:
        return None
    tags = (element.tag for element in islice(line.ancestors(), _NEAR))
    return next((int(tag[1]) for tag in tags if tag in HEADINGS), None)
