"""The pager of a listing: which page this is, which is next, and which others it links to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qs

from lxml.etree import _Element

from osce_crawl.normalise.urls import absolute
from osce_crawl.normalise.web import split_address
from osce_crawl.pages.reading.lines import Line
from osce_crawl.text.forms import clean_text, fold
from osce_crawl.vocabulary.listing_words import says_next, says_other_page

#: Marks of links to the next page, alone or after its words; and of links to others.
_ONWARD = " ›»→>"
_ELSEWHERE = re.compile("[«‹←]|»$")
#: Arrows that mean the next page or the last one.
_ARROWS = frozenset({"»", "»»", ">>"})
_TOTAL = (
    re.compile(
        r"\bof\s+(?:about\s+)?(\d[\d.,\s\u00a0]*)(?:\s*(?:results|items|entries)|\s*$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(\d[\d.,\s\u00a0]*)\s*(?:search\s+)?(?:results|items|entries|news items)\b", re.IGNORECASE
    ),
    re.compile(r"(?:results|items|found|total)\s*[:(]\s*(\d[\d.,\s\u00a0]*)", re.IGNORECASE),
)
#: The maximum length of a line with the number of results.
_LONGEST_COUNT = 80
_MAX_DIGITS = 9


@dataclass
class Pager:
    """The content of a listing page's pager.

    :ivar current: zero-based number of this page.
    :ivar next: the address of its next link, or None.
    :ivar pages: every page it links to, by zero-based number.
    :ivar present: whether there is a pager at all.
    :ivar way: the method that found ``next``.
    :ivar beside: the address of a next link that is not a page of this listing, or None.
    """

    current: int = 0
    next: str | None = None
    pages: dict[int, str] = field(default_factory=dict)
    present: bool = False
    way: str | None = None
    beside: str | None = None
    disagrees: bool = False

    @property
    def last(self) -> int:
        """Zero-based number of the last known page."""
        return max([self.current, *self.pages])


@lru_cache(maxsize=8192)
def _page_number(url: str) -> int:
    """Return the zero-based page number that an address states (0 if none)."""
    values = parse_qs(split_address(url).query).get("page", ["0"])
    # Drupal numbers several pagers of one page in one parameter: "page=0,3"
    last = values[-1].split(",")[-1]
    return int(last) if last.isascii() and last.isdigit() and len(last) < _MAX_DIGITS else 0


def read_pager(root: _Element, url: str) -> Pager:
    """Read the pager.

    The next link is, in this order: ``rel=next``; a class name or words for "next"; in pagers with
    numbers only, the number after this page's.
    """
    path = split_address(url).path.rstrip("/").lower()
    pager = _read_links(root, url, path)
    if pager.next is None:
        pager.beside = _next_below(root, url, path)
    return pager


def _read_links(root: _Element, url: str, path: str) -> Pager:
    pager = Pager(current=_page_number(url))
    ways: dict[str, str] = {}
    words_seen = False
    for link, target in _targets(root, url):
        rel = (link.get("rel") or "").lower().split()
        same_path = split_address(target).path.rstrip("/").lower() == path
        paged = "page=" in split_address(target).query
        if not same_path or (not paged and "next" not in rel and "prev" not in rel):
            continue
        words = clean_text("".join(map(str, link.itertext())))
        leads_on = _page_number(target) == pager.current + 1
        pager.present = True
        pager.pages.setdefault(_page_number(target), target)
        if "next" in rel:
            ways.setdefault("rel", target)
        elif _says_next(link, words) or (words in _ARROWS and leads_on):
            ways.setdefault("words", target)
        elif not words.isdigit() and ("prev" in rel or _leads_elsewhere(words)):
            words_seen = True
    if ways:
        pager.way, pager.next = next(
            iter((way, ways[way]) for way in ("rel", "words") if way in ways)
        )
        pager.disagrees = len({_page_number(target) for target in ways.values()}) > 1
    elif not words_seen and pager.current + 1 in pager.pages:
        pager.way, pager.next = "number", pager.pages[pager.current + 1]
    if pager.next is not None and _page_number(pager.next) != pager.current + 1:
        pager.disagrees = True
    return pager


def _next_below(root: _Element, url: str, path: str) -> str | None:
    """Return the next link's address below the listing's own path, as ``/press-releases/page/1``.

    Such addresses are keyword searches, which never end: they are not followed.
    """
    for link in root.iter("a", "link"):
        target = absolute(url, link.get("href") or "")
        if target is not None and split_address(target).path.lower().startswith(f"{path}/"):
            words = clean_text("".join(map(str, link.itertext())))
            if "next" in (link.get("rel") or "").lower().split() or _says_next(link, words):
                return target
    return None


def _targets(root: _Element, url: str) -> Iterator[tuple[_Element, str]]:
    """Yield the links that may belong to a pager, with their addresses: by query or name."""
    for link in root.iter("a", "link"):
        href, rel = link.get("href") or "", link.get("rel")
        if not (rel or "?" in href) or (link.tag == "link" and rel not in {"next", "prev"}):
            continue
        target = absolute(url, href)
        if target is not None:
            yield link, target


def _says_next(link: _Element, words: str) -> bool:
    parent = link.getparent()
    names = f"{link.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    if re.search(r"(?:\b|_)next(?:\b|_)", names, re.IGNORECASE):
        return True
    for label in (words, link.get("aria-label") or "", link.get("title") or ""):
        for text in map(str.strip, fold(label).split("/")):  # "Next / Weiter"
            words = text.rstrip(_ONWARD)
            if text and text not in _ARROWS and (not words or says_next(words)):
                return True
    return False


def _leads_elsewhere(words: str) -> bool:
    """Return whether a link's words are of the first, the last or the previous page."""
    return _ELSEWHERE.search(words) is not None or says_other_page(words)


def read_total(lines: Sequence[Line]) -> int | None:
    """Return the number of items that a listing states, or None."""
    for line in lines:
        if len(line.text) > _LONGEST_COUNT or not any(
            character.isdigit() for character in line.text
        ):
            continue
        for pattern in _TOTAL:
            match = pattern.search(line.text)
            if match:
                return int(re.sub(r"\D", "", match.group(1)))
    return None
