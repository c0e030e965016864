"""The table of the newest releases; a script on the page makes it searchable and sortable."""

from collections.abc import Iterable, Mapping
from typing import Any

from osce_crawl.webpage.markup import Element, element, link

#: The column headings, in order.
_HEADS = ("Date", "Title", "Kind", "Issued by", "Place", "Language")


def table_of(releases: Iterable[Mapping[str, Any]]) -> Element:
    """Return the table, with each title linked to the original."""
    return element(
        "table",
        element("caption", "Newest first"),
        element("thead", element("tr", *(element("th", head, scope="col") for head in _HEADS))),
        element("tbody", *map(_row, releases)),
    )


def search() -> Element:
    """Return the elements for the script: the search field and the number of rows found."""
    return element(
        "form",
        element("label", "Search these", for_="search"),
        element("input", id="search", type="search", autocomplete="off", spellcheck="false"),
        element("output", for_="search", id="found"),
        id="searching",
        role="search",
        hidden="",
    )


def _row(release: Mapping[str, Any]) -> Element:
    title = release["title"] or release["id"]
    gone = element("span", " gone from the site", class_="note") if release["removed"] else None
    return element(
        "tr",
        element("td", release["published"] or "–"),
        element("th", link(release["url"], named(title, release)), gone, scope="row"),
        element("td", release["kind"]),
        element("td", release["units"]),
        element("td", release["places"]),
        element("td", release["language"]),
    )


def named(title: str, release: Mapping[str, Any]) -> Element:
    """Return a title marked with its language, so that it is read and hyphenated correctly."""
    words = element("bdi", title)
    if release["language"] != "und":
        words.set("lang", release["language"])
    return words
