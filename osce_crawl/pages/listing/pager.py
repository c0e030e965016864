"""The pager of a listing: which page this is, which is next, and which others it links to.

The addresses of its pages differ in one whole number, which counts pages or entries: a parameter
(``?page=2``, ``?offset=20``) or the end of the path (``/news/page/2``). The numbers that its links
print show what it counts, and from where.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from urllib.parse import parse_qsl, urlencode

from lxml.etree import _Element

from osce_crawl.normalise.urls import absolute, is_listing_trap
from osce_crawl.normalise.web import split_address
from osce_crawl.text.forms import clean_text, fold
from osce_crawl.vocabulary.listing_words import says_next, says_other_page

#: Marks of links to the next page, alone or after its words; and of links to others.
_ONWARD = " ›»→>►▶▸❯⟩⇒·|]"
_BACKWARD = " «‹←<◄"  # before "Older posts", too
_ELSEWHERE = re.compile("[«‹←]|»$")
#: Arrows that mean the next page or the last one.
_ARROWS = frozenset({"»", "»»", ">>"})
_NEXT_CLASS = re.compile(r"(?:\b|_)next(?:\b|_)", re.IGNORECASE)
_RELATIONS = frozenset({"next", "prev"})
#: The end of an address that may number a page, and its length: tested before it is parsed.
_MAY_NUMBER = re.compile(r"[a-z./_-][0-9]{1,3}(?:/|\.s?html?)?\Z", re.IGNORECASE)
_LONGEST_END = len("/page100.shtml")
#: The end of a path that numbers a page ("/page/2", "/p2", "/2"); node ids have more digits.
_PATH_NUMBER = re.compile(r"[./_-](?:p|page|[a-z]+[/_-])?([0-9]{1,3})")
_NUMBERED_PATH = re.compile(r"(.*)[./_-](?:p|page)?([0-9]{1,3})")
#: A number behind the name of a file ("/archive2.html"), which may also belong to the name.
_FILE_NUMBER = re.compile(r"(?:/[a-z]+)?([0-9]{1,3})")
_NUMBERED_FILE = re.compile(r"(.*[a-z])([0-9]{1,3})")
_OF_FILE = "file"
_PAGE_IN_PATH = re.compile(r"/page[/_-]?[0-9]+\Z")
#: The end of the name of a file, which pages of one listing share: "/news.html", "/news.2.html".
_FILE_ENDING = re.compile(r"(?:/index)?\.s?html?\Z")
#: The printed number of a page: "3", "Page 3".
_PRINTED = re.compile(r"\[?(?:[^\W\d_]+\s?)?([0-9]{1,4})\]?")
#: The printed numbers of the entries of a page: "11–20".
_RANGE = re.compile(r"([0-9]{1,5})\s?[-–—]\s?([0-9]{1,5})")
#: Parameters that number days, not pages.
_OF_CALENDAR = re.compile(r"year|month|week|day|date", re.IGNORECASE)
_MAX_DIGITS = 9
_SECOND = 2


@dataclass
class Pager:
    """The content of a listing page's pager.

    :ivar current: the number of this page, as the addresses count; ``step``: by how much that of
        the page after it is higher.
    :ivar next: the address of its next link, or None.
    :ivar pages: every page it links to, by number.
    :ivar present: whether there is a pager at all.
    :ivar way: the method that found ``next``.
    :ivar beside: the address of a next link that is not a page of this listing, or None.
    :ivar disagrees: whether two ways lead to different pages.
    """

    current: int = 0
    step: int = 1
    next: str | None = None
    pages: dict[int, str] = field(default_factory=dict)
    present: bool = False
    way: str | None = None
    beside: str | None = None
    disagrees: bool = False

    @property
    def after(self) -> str | None:
        """The address that the pager links for the number after this page's, or None."""
        return self.pages.get(self.current + self.step)

    @property
    def last(self) -> int:
        """The number of the last known page."""
        return max([self.current, *self.pages])


@dataclass(slots=True)
class _Link:
    """A link to a page of the listing.

    :ivar numbers: the numbers in its address by the names of their parameters.
    :ivar name: the parameter that may count pages.
    :ivar words: its words; ``way``: how it says that it is the next page.
    """

    url: str
    numbers: dict[str, int]
    name: str | None
    words: str
    way: str | None
    previous: bool

    def number(self, name: str | None) -> float:
        """Return the number that counts pages; one higher than any other if it has none."""
        return self.numbers.get(name or "", inf)


def read_pager(root: _Element, url: str) -> Pager:
    """Read the pager.

    The next link is, in this order: ``rel=next``; a class name or words for "next", unless it leads
    back and another one leads on; in pagers with numbers only, the number after this page's.
    """
    pages = _Pages(root, url)
    ways: dict[str, _Link] = {}
    for link in pages.links:
        if link.way is not None:
            ways.setdefault(link.way, link)
    following = ways.get("rel", ways.get("words"))
    name = _counter_of(pages, following)
    counted = [link for link in pages.links if name in link.numbers]
    pager = Pager(present=following is not None or bool(counted))
    if name is not None:
        _number(pager, name, counted, pages.numbers.get(name), following)
    others = False
    for link in counted:
        if following is None and link.words in _ARROWS and link.url == pager.after:
            following = ways["words"] = link
        others = others or (link.previous and link.number(name) < pager.current)
    if following is not None and following.number(name) < pager.current:
        onward = (link for link in counted if link.way and link.number(name) > pager.current)
        following = next(onward, following)  # "Next" in time has newer ones, "Older posts" leads on
        ways = {following.way or "words": following}
    if following is not None:
        pager.way, pager.next = ("rel" if "rel" in ways else "words"), following.url
        told = {link.numbers.get(name or "") for link in ways.values()}
        pager.disagrees = len(told) > 1 or told != {pager.current + pager.step}
    elif not others and pager.after is not None:
        pager.way, pager.next = "number", pager.after
    if pager.next is None:
        pager.beside = _next_below(root, url, pages.path)
    return pager


def _counter_of(pages: "_Pages", following: _Link | None) -> str | None:
    """Return the parameter that numbers the pages, or the entries they begin with."""
    names = [following.name] if following is not None else []
    names += [link.name for link in pages.links if _is_of_pages(link.name)]
    names += filter(_is_of_pages, pages.numbers)
    named = next(filter(None, names), None)
    return named or next(iter(_names_counting(pages.links)), None)


def _number(
    pager: Pager, name: str, links: Sequence[_Link], own: int | None, following: _Link | None
) -> None:
    """Write the numbers of the pages: Drupal counts from 0, others from 1, some count entries.

    :param links: those with a number of this *name*; ``own``: that of this page.
    """
    for link in links:
        pager.pages.setdefault(link.numbers[name], link.url)
    printed = {
        page: link.numbers[name] for link in links if (page := _printed(link.words)) is not None
    }
    later = {page: number for page, number in printed.items() if page > 1}
    entries = [number // (page - 1) for page, number in later.items() if number >= page]
    first = 0
    if later and all(page == number for page, number in later.items()):
        first = 1
    elif not printed and _is_of_pages(name) and min(pager.pages, default=0) == _SECOND:
        first = 1  # the pages of a pager that counts from 0 begin with 1
    elif entries and not any(page == number + 1 for page, number in printed.items()):
        pager.step = entries[0]
    elif following is not None and not printed and not _is_of_pages(name):
        pager.step = max(1, following.numbers[name] - (own or 0))
    pager.current = first if own is None else own


def _printed(words: str) -> int | None:
    """Return the number of the page that a link prints: "3", "Page 3", or "21–30" for it."""
    match = _PRINTED.fullmatch(words)
    if match is not None:
        return int(match[1])
    match = _RANGE.fullmatch(words)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2])
    size = last - first + 1
    return (first - 1) // size + 1 if size > 1 and first % size == 1 else None


def _names_counting(links: Sequence[_Link]) -> list[str]:
    """Return the parameter that rises with the printed numbers of its links, as entries do."""
    rises: dict[str, set[float]] = {}
    for link in links:
        page = _printed(link.words)
        if link.name is not None and page is not None and page > 1:
            rises.setdefault(link.name, set()).add(link.numbers[link.name] / (page - 1))
    return [name for name, steps in rises.items() if len(steps) == 1 and steps.pop() > 1]


class _Pages:
    """The links to other pages of a listing, found by comparing their addresses with its own.

    :ivar path: its own path; ``stem``: without a number at the end.
    :ivar numbers: the numbers in its own address by the names of their parameters.
    """

    def __init__(self, root: _Element, url: str) -> None:
        self.path, numbers = _parted(url)
        self.numbers = dict(numbers)
        match = _NUMBERED_PATH.fullmatch(self.path)
        self.stem = self.path if match is None else match[1]
        if match is not None:
            self.numbers[_name_in(self.path)] = int(match[2])
        elif (file := _NUMBERED_FILE.fullmatch(self.path)) is not None:
            self.stem, self.numbers[_OF_FILE] = file[1], int(file[2])
        self.links = list(self._links(root, url))

    def _links(self, root: _Element, url: str) -> Iterator[_Link]:
        for element in root.iter("a", "link", "form"):
            button = element.tag == "form"
            href = _address_sent(element) if button else element.get("href") or ""
            rel = element.get("rel") or ""
            rel = rel.lower() if rel else rel
            related = bool(rel) and not _RELATIONS.isdisjoint(rel.split())
            if not related:
                if element.tag == "link":
                    continue
                if "?" not in href and not _MAY_NUMBER.search(href[-_LONGEST_END:]):
                    continue
            target = absolute(url, href)
            numbers = None if target is None else self._numbers_of(target)
            if target is None or numbers is None:
                continue
            name = self._counter(numbers)
            if name is None and not related:
                continue
            words = _words(element)
            way = "rel" if "next" in rel.split() else None
            elsewhere = says_other_page(words)  # WordPress's class of "Newer posts" is "next"
            if way is None and name is not None and not elsewhere and _says_next(element, words):
                higher = numbers[name] > self.numbers.get(name, 0)
                way = "words" if higher or _is_of_pages(name) else None
            previous = "prev" in rel.split() or (way is None and _leads_elsewhere(words))
            if name == _OF_FILE and not (way or previous or _printed(words)):
                continue
            if button and way is None:
                continue
            yield _Link(target, numbers, name, words, way, previous)

    def _numbers_of(self, url: str) -> dict[str, int] | None:
        """Return the numbers in the address of a page of this listing; None for another page.

        Addresses below ``/press-releases`` are keyword searches, which never end.
        """
        path, numbers = _parted(url)
        if path == self.path:
            return numbers
        if not path.startswith(self.stem) or is_listing_trap(url):
            return None
        match = _PATH_NUMBER.fullmatch(path, len(self.stem))
        if match is not None:
            return {_name_in(path): int(match[1])}
        match = _FILE_NUMBER.fullmatch(path, len(self.stem))
        return None if match is None else {_OF_FILE: int(match[1])}

    def _counter(self, numbers: dict[str, int]) -> str | None:
        """Return the parameter that may count pages: one named so, else one that differs."""
        others: str | None = None
        for name, number in numbers.items():
            if _is_of_pages(name):
                return name
            if number != self.numbers.get(name) and not _OF_CALENDAR.search(name):
                others = others or name
        return others


@lru_cache(maxsize=8192)
def _parted(url: str) -> tuple[str, dict[str, int]]:
    """Return the path of an address and the numbers among its parameters."""
    parts = split_address(url)
    numbers: dict[str, int] = {}
    for name, value in parse_qsl(parts.query) if parts.query else ():
        # Drupal numbers several pagers of one page in one parameter: "page=0,3"
        last = value.split(",")[-1]
        if last.isascii() and last.isdigit() and len(last) < _MAX_DIGITS:
            numbers[name] = int(last)
    return _FILE_ENDING.sub("", parts.path.rstrip("/").lower()), numbers


def _address_sent(form: _Element) -> str:
    """Return the address that a form without visible fields asks for, as a button "Show more"."""
    fields = list(form.iter("input"))
    hidden = all(one.get("type") in {"hidden", "submit"} for one in fields)
    if not hidden or (form.get("method") or "get").lower() != "get":
        return ""
    named = {name: one.get("value") or "" for one in fields if (name := one.get("name"))}
    return f"{(form.get('action') or '').partition('?')[0]}?{urlencode(named)}"


def _name_in(path: str) -> str:
    """Return a name for the number at the end of a path."""
    return "/page/" if _PAGE_IN_PATH.search(path) else "/"


def _is_of_pages(name: str | None) -> bool:
    return name is not None and "page" in name.lower()


def _next_below(root: _Element, url: str, path: str) -> str | None:
    """Return the next link's address below the listing's own path, as ``/press-releases/page/1``.

    Such addresses are keyword searches, which never end: they are not followed.
    """
    for link in root.iter("a", "link"):
        if "next" in (link.get("rel") or "").lower().split() or _says_next(link, _words(link)):
            target = absolute(url, link.get("href") or "")
            if target is not None and split_address(target).path.lower().startswith(f"{path}/"):
                return target
    return None


def _words(link: _Element) -> str:
    """Return the words of a link, or those that stand for its pictures."""
    words = clean_text("".join(map(str, link.itertext())))
    return words or clean_text(" ".join(one.get("alt") or "" for one in link.iter("img")))


def _says_next(link: _Element, words: str) -> bool:
    parent = link.getparent()
    names = f"{link.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    if _NEXT_CLASS.search(names):
        return True
    for label in (words, link.get("aria-label") or "", link.get("title") or ""):
        for text in map(str.strip, fold(label).split("/")):  # "Next / Weiter"
            words = text.rstrip(_ONWARD)
            if text and text not in _ARROWS and (not words or says_next(words.lstrip(_BACKWARD))):
                return True
    return False


def _leads_elsewhere(words: str) -> bool:
    """Return whether a link's words are of the first, the last or the previous page."""
    return _ELSEWHERE.search(words) is not None or says_other_page(words)
