"""Which item a page is: its address, its node id, the language that its addresses state."""

from dataclasses import dataclass
from typing import NamedTuple

from osce_crawl.normalise.urls import (
    absolute,
    clean_address,
    is_osce_or_own_host,
    node_of,
    read_address,
)
from osce_crawl.pages.release.release import ReleasePage


@dataclass(frozen=True)
class Standing:
    """What is known about an item's node before its page is read.

    :ivar node: the node of the listing entry or the requested address. It is used if neither the
        page nor its own address states one, as after a redirect to ``/news/some-slug``.
    :ivar published: an item was published under it although no page stated it; ids never change.
    :ivar language: the language of the item published from the page's address, or None.
    """

    node: str | None = None
    published: bool = False
    language: str | None = None


class Identity(NamedTuple):
    """Which item a page is.

    :ivar url: the canonical address.
    :ivar language: the BCP 47 tag that the addresses state, or None. For an item published from an
        address of another language, the item's own language.
    :ivar fixed: an item was published in this language, so the text cannot change it.
    """

    url: str
    node: str
    language: str | None
    fixed: bool = False


def identify(page: ReleasePage, standing: Standing) -> Identity:
    """Return which item *page* is."""
    found = _stated(page, standing)
    if found.language is None or standing.language is None:
        return found
    fixed = standing.language == found.language
    return found._replace(language=standing.language, fixed=fixed)


def states_another(page: ReleasePage) -> bool:
    """Return whether *page* states only addresses of other nodes than its own address has."""
    own = read_address(page.url).node
    stated = [absolute(page.url, href) for href in (page.canonical, page.shortlink) if href]
    nodes = {read_address(url).node for url in stated if url} - {None}
    return own is not None and bool(nodes) and own not in nodes


def _stated(page: ReleasePage, standing: Standing) -> Identity:
    """Return which item *page* is according to its addresses.

    A canonical address counts if it has the same node and an allowed host. It may state the
    language that the page's own address (``/node/N``) does not.
    """
    own_address = read_address(page.url)
    node, language = own_address.node, own_address.language
    if standing.published:
        own = standing.node or node_of(page.url)
        return Identity(clean_address(page.url), own, language)
    for href in (page.canonical, page.shortlink):
        other = absolute(page.url, href) if href else None
        stated = read_address(other) if other else None
        if stated is None or stated.node is None or (node is not None and stated.node != node):
            continue
        node = stated.node
        if href is not page.canonical or not is_osce_or_own_host(stated.url, page.url):
            continue
        if language is None or stated.language == language:
            return Identity(clean_address(stated.url), node, stated.language)
    return Identity(clean_address(page.url), node or standing.node or node_of(page.url), language)
