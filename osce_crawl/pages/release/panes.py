"""The content of the panes around the text: contacts, files, related links, other languages."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml.etree import _Element

from osce_crawl.normalise.languages import language_of_tag
from osce_crawl.normalise.urls import absolute, is_network_address
from osce_crawl.pages.reading.elements import BLOCKS, UNSEEN
from osce_crawl.pages.reading.lines import Line
from osce_crawl.text.forms import clean_text
from osce_crawl.vocabulary.labels import is_furniture

_REACHABLE = re.compile(r"[@\d]")


def contacts(lines: Sequence[Line], members: Sequence[int]) -> list[str]:
    """Return the contacts, one string each, the lines of one contact joined by ``, ``.

    A list item, a table row or a box is one contact; consecutive single lines are one contact.
    """
    if not members:
        return []
    owners = [_owner(lines[index]) for index in members]
    several = {owner for owner, count in Counter(owners).items() if count > 1}
    boxes = {parent for owner in owners if (parent := owner.getparent()) is not None}
    boxed = len(boxes) == len(members) > 1
    groups: list[tuple[_Element | None, list[str]]] = []
    for index, owner in zip(members, owners, strict=True):
        text = lines[index].text
        if is_furniture(text):
            continue
        key = owner if boxed or owner in several or owner.tag in {"li", "tr"} else None
        reached = bool(groups) and "@" in groups[-1][1][-1]
        another = reached and not _REACHABLE.search(text)  # a name after an address
        if groups and groups[-1][0] is key and not another:
            groups[-1][1].append(text)
        else:
            groups.append((key, [text]))
    return [", ".join(text.rstrip(",") for text in texts) for _, texts in groups]


def _owner(line: Line) -> _Element:
    item = line.node.around.item
    return line.block if item is None else item


class WebLink(NamedTuple):
    """A link to a web page or file; ``language`` is what its ``hreflang`` states."""

    url: str
    text: str
    language: str | None


def words_of(link: _Element) -> str:
    """Return the words of a link, those of its blocks parted by spaces."""
    return clean_text("".join(pieces_in(link)))


def pieces_in(element: _Element) -> Iterator[str]:
    """Yield the text shown in *element*, and a space around each block and for each line break."""
    yield element.text or ""
    for child in element:
        gap = " " if child.tag in BLOCKS or child.tag == "br" else ""
        yield gap
        if child.tag not in UNSEEN:  # the title of a drawing is no text
            yield from pieces_in(child)
        yield gap
        yield child.tail or ""


def links_of(
    lines: Sequence[Line],
    members: Iterable[int],
    base: str,
    words_of: Callable[[_Element], str] = words_of,
) -> list[WebLink]:
    """Return every web link in the *members*, each address once, in order.

    A line of nothing but links to social networks is a share bar; a sentence may name an account.
    """
    found: dict[str, WebLink] = {}
    for index in members:
        line = lines[index]
        for link in line.links:
            url = absolute(base, link.get("href") or "")
            text = words_of(link)
            if url is None or not text or (line.linked and is_network_address(url)):
                continue
            language = language_of_tag(link.get("hreflang"))
            found.setdefault(url, WebLink(url, text, language))
    return list(found.values())
