"""Entries whose only link is around a picture: ``<a><img></a><h3>Title</h3>``."""

from itertools import islice

from lxml.etree import _Element

from osce_crawl.pages.link_targets import leads_to_item
from osce_crawl.pages.reading.elements import HEADINGS
from osce_crawl.pages.reading.reader import shown_text
from osce_crawl.text.forms import clean_text

#: The box of an entry is at most this many levels above the link.
_NEAR = 4


def name_picture_links(body: _Element, base: str) -> None:
    """Label each link that holds only a picture with the heading in its box (in place).

    :param base: the page's address.
    """
    pictured = [
        link
        for link in {picture.getparent(): None for picture in body.iter("img")}
        if link is not None and link.tag == "a" and not link.get("aria-label")
    ]
    silent = [link for link in pictured if not shown_text(link) and leads_to_item(link, base)]
    if not silent:
        return
    named = {link.get("href") for link in body.iter("a") if shown_text(link)}
    for link in silent:
        heading = None if link.get("href") in named else _heading_near(link)
        if heading is not None:
            link.set("aria-label", heading)


def _heading_near(link: _Element) -> str | None:
    """Return the words of the only heading in the smallest box around a link that has any."""
    for box in islice(link.iterancestors(), _NEAR):
        headings = list(islice(box.iter(*HEADINGS), 2))
        if len(headings) == 1:
            return clean_text("".join(map(str, headings[0].itertext())))
        if headings:
            break
    return None
