"""What links lead to, by their addresses."""

from lxml.etree import _Element

from osce_crawl.normalise.urls import (
    absolute,
    is_file_address,
    is_item_address,
    is_network_address,
)

#: A placeholder: whether an address is a file's does not depend on the page's address.
_BASE = "https://www.osce.org/"


def leads_to_item(link: _Element, base: str) -> bool:
    """Return whether a link on the page *base* has the address of an item."""
    address = absolute(base, link.get("href") or "")
    return address is not None and is_item_address(address)


def leads_to_file(link: _Element) -> bool:
    """Return whether a link leads to a file, whatever the address of its page."""
    address = absolute(_BASE, link.get("href") or "")
    return address is not None and is_file_address(address)


def leads_to_page(link: _Element) -> bool:
    """Return whether a link leads to a page of a site, whatever the address of its own page.

    Not to a part of its own page, a file, a person, a script or a social network.
    """
    address = absolute(_BASE, link.get("href") or "#")
    return address is not None and not (is_file_address(address) or is_network_address(address))
