"""What the panes around the text hold: contacts, files, related links, other languages."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml.etree import XPath, _Element

from osce_crawl.contracts.labels import is_furniture
from osce_crawl.contracts.lines import Line
from osce_crawl.contracts.page import Page
from osce_crawl.normalise.text import clean_text
from osce_crawl.normalise.urls import (
    Address,
    absolute,
    clean_address,
    is_file_address,
    is_osce_or_own_host,
    read_address,
)
from osce_crawl.vocabulary import resolve_language_name

_SAME_NODE = XPath("//a[contains(@href, $node)]")
_SHARE = ("facebook.", "twitter.", "x.com", "linkedin.", "telegram.", "t.me", "whatsapp", "addthis")


def contacts(lines: Sequence[Line], members: Sequence[int]) -> list[str]:
    """Return the contacts, one string each, the lines of one contact joined by ``, ``.

    A list item, a table row or a box is one contact; single lines that follow one another are one
    contact together.
    """
    if not members:
        return []
    owners = [_owner(lines[index]) for index in members]
    several = {owner for owner in owners if owners.count(owner) > 1}
    boxes = {parent for owner in owners if (parent := owner.getparent()) is not None}
    boxed = len(boxes) == len(members) > 1
    groups: list[tuple[_Element | None, list[str]]] = []
    for index, owner in zip(members, owners, strict=True):
        text = lines[index].text
        if is_furniture(text):
            continue
        key = owner if boxed or owner in several or owner.tag in {"li", "tr"} else None
        if groups and groups[-1][0] is key:
            groups[-1][1].append(text)
        else:
            groups.append((key, [text]))
    return [", ".join(text.rstrip(",") for text in texts) for _, texts in groups]


def _owner(line: Line) -> _Element:
    item = next((e for e in line.ancestors() if e.tag in {"li", "tr", "address"}), None)
    return line.block if item is None else item


class WebLink(NamedTuple):
    """A link to a web page or file; ``language`` is what its ``hreflang`` states."""

    url: str
    text: str
    language: str | None


def links_of(lines: Sequence[Line], members: Iterable[int], base: str) -> list[WebLink]:
    """Return every web link in the *members*, each address once, in order."""
    found: dict[str, WebLink] = {}
    for index in members:
        for link in lines[index].links:
            url = absolute(base, link.get("href") or "")
            text = clean_text("".join(map(str, link.itertext())))
            if url is None or not text or any(name in url for name in _SHARE):
                continue
            language = (link.get("hreflang") or "").split("-")[0].lower() or None
            found.setdefault(url, WebLink(url, text, language))
    return list(found.values())


def translations(
    page: Page, lines: Sequence[Line], members: Iterable[int]
) -> list[tuple[str, str]]:
    """Return ``(address, language)`` of the page's other languages.

    Three ways, in this order: the head's ``rel=alternate``, links that name a language, links to
    the same node id under another language prefix.
    """
    own = read_address(page.url)
    found: dict[str, str] = {}

    def add(href: str, language: str | None) -> None:
        url = absolute(page.url, href)
        if url is None or language is None or is_file_address(url):
            return
        there = read_address(url)
        if there.node is None or (there.node == own.node and there.language == own.language):
            return
        found.setdefault(clean_address(url), language)

    for code, href in page.alternates:
        url = absolute(page.url, href)
        stated = read_address(url).language if url else None
        add(href, stated or (code.split("-")[0].lower() if code != "x-default" else None))
    for index in members:
        for link in lines[index].links:
            words = clean_text("".join(map(str, link.itertext())))
            href = link.get("href") or ""
            url = absolute(page.url, href)
            stated = read_address(url).language if url else None
            add(href, stated or resolve_language_name(words))
    if own.node is not None and _links_itself_elsewhere(page, own):
        for link in _SAME_NODE(page.root, node=f"/{own.node}"):
            url = absolute(page.url, link.get("href") or "")
            if url is None or not is_osce_or_own_host(url, page.url):
                continue
            there = read_address(url)
            if there.node == own.node and there.language != own.language:
                words = clean_text("".join(map(str, link.itertext())))
                language = there.language or resolve_language_name(words)
                if language is None and own.language is not None and "/node/" not in url:
                    language = "en"  # the path without a prefix is the English page
                add(link.get("href") or "", language)
    return list(found.items())


def _links_itself_elsewhere(page: Page, own: Address) -> bool:
    """Tell whether any link of the page leads to its own node id under another language.

    Looked up in the source first: most pages have none, and asking every link costs more.
    """
    pattern = rb"href=[\"']?([^\"'\s>]*/%b)(?=[\"'\s>?#])" % (own.node or "").encode()
    return any(
        read_address(href.decode("utf-8", "replace")).language != own.language
        for href in re.findall(pattern, page.source)
    )
