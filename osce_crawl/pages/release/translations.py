"""The links on a page to the same release in other languages."""

import re
from collections.abc import Container, Iterable, Iterator

from lxml.etree import XPath, _Element

from osce_crawl.normalise.languages import language_of_tag
from osce_crawl.normalise.urls import (
    Address,
    absolute,
    clean_address,
    is_file_address,
    is_osce_or_own_host,
    read_address,
)
from osce_crawl.pages.reading.document import HtmlDocument
from osce_crawl.pages.reading.lines import Line
from osce_crawl.pages.reading.reader import shown_text
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary import resolve_language_name

_ATTRIBUTE = b"href="
_ADDRESS = re.compile(rb"[\"']?([^\"'\s>]*)")
_ADDRESS_END = re.compile(rb"[\"'\s>?#]")
_LONGEST_ADDRESS = 300
#: Addresses without a language: Drupal's own, and those of print versions.
_NO_LANGUAGE = re.compile(r"/(?:node|print|printmail|printpdf)/")
#: Ends the attributes ``lang``, ``hreflang`` and ``hrefLang``, as React writes it.
_TAG = b"ang="
_BODY = b"<body"
_TAGGED = XPath("descendant::a[@hreflang or @lang or *[@lang]]")
_SAME_NODE = XPath("descendant::a[contains(@href, $node)]")


def translations(page: HtmlDocument, offers: Iterable[Line]) -> list[tuple[str, str]]:
    """Return ``(address, language)`` of the page's other languages, each address once.

    Four ways, in this order: the head's ``rel=alternate``, links that name a language, links to
    the same node id under another language prefix, and, without the first, links anywhere on the
    page that name a language and have ``lang`` or ``hreflang``.

    :param offers: the lines of panes that offer languages.
    """
    own = read_address(page.url)
    found: dict[str, str] = {}
    links = [link for line in offers for link in line.links]
    for way in (
        _alternates(page),
        _named(page, links),
        _same_node(page, own, found),
        _tagged(page),
    ):
        for url, language in way:
            there = read_address(url)
            is_self = (there.node, there.language) == (own.node, own.language)
            if there.node is not None and not is_self and not is_file_address(url):
                found.setdefault(clean_address(url), language)
    return list(found.items())


def _alternates(page: HtmlDocument) -> Iterator[tuple[str, str]]:
    for code, href in page.alternates:
        url = absolute(page.url, href)
        if url is None or code == "x-default":
            continue
        language = read_address(url).language or language_of_tag(code)
        if language is not None:
            yield url, language


def _named(page: HtmlDocument, links: Iterable[_Element]) -> Iterator[tuple[str, str]]:
    for link in links:
        url = absolute(page.url, link.get("href") or "")
        if url is not None:
            language = read_address(url).language or resolve_language_name(shown_text(link))
            if language is not None:
                yield url, language


def _tagged(page: HtmlDocument) -> Iterator[tuple[str, str]]:
    if page.alternates or page.source.rfind(_TAG) < page.source.find(_BODY):
        return  # the only one is the page's own
    for link in _TAGGED(page.body):
        words = (clean_text(str(piece)) for piece in link.itertext())
        language = next(filter(None, map(resolve_language_name, words)), None)
        url = absolute(page.url, link.get("href") or "")
        if url is not None and language is not None:
            yield url, read_address(url).language or language


def _same_node(
    page: HtmlDocument, own: Address, known: Container[str]
) -> Iterator[tuple[str, str]]:
    if own.node is None or not _links_itself_elsewhere(page, own, known):
        return
    for link in _SAME_NODE(page.root, node=f"/{own.node}"):
        url = absolute(page.url, link.get("href") or "")
        if url is None or not is_osce_or_own_host(url, page.url):
            continue
        there = read_address(url)
        if there.node != own.node or there.language == own.language:
            continue
        language = there.language or resolve_language_name(shown_text(link))
        if language is None and own.language is not None and not _NO_LANGUAGE.search(url):
            language = "en"  # the path without a prefix is the English page
        if language is not None:
            yield url, language


def _links_itself_elsewhere(page: HtmlDocument, own: Address, known: Container[str]) -> bool:
    """Return whether any link of the page leads to its own node id under another language.

    Searches the source first: most pages have no such link, and testing every link costs more.

    :param known: addresses that were found before.
    """
    source, node = page.source, f"/{own.node}".encode()
    own_spellings = {page.url, page.url[page.url.find("/", len("https://")) :]}
    for place in page.places_of(node):
        end = place + len(node)
        start = source.rfind(_ATTRIBUTE, max(0, end - _LONGEST_ADDRESS), end)
        if start >= 0 and _ADDRESS_END.match(source, end):
            href = _ADDRESS.fullmatch(source, start + len(_ATTRIBUTE), end)
            link = href[1].decode("utf-8", "replace") if href else page.url
            url = absolute(page.url, link) if link not in own_spellings else None
            if url is None or clean_address(url) in known:
                continue
            there = read_address(url)
            if there.node == own.node and there.language != own.language:
                return True
    return False
