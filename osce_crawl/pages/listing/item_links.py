"""Links to items, by their addresses."""

from lxml.etree import _Element

from osce_crawl.normalise.urls import absolute, is_item_address


def leads_to_item(link: _Element, base: str) -> bool:
    """Return whether a link on the page *base* has the address of an item."""
    address = absolute(base, link.get("href") or "")
    return address is not None and is_item_address(address)
