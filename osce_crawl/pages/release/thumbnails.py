"""Pictures that are not a release's: thumbnails in cards of other items, icons of files."""

import re
from collections import Counter
from functools import cached_property

from lxml.etree import _Element

from osce_crawl.normalise.urls import absolute, is_file_address, is_item_address, read_address
from osce_crawl.pages.release.captions import (
    DETAILS,
    LONGEST_CAPTION,
    is_marked_caption,
    words_in,
)

#: An address of a picture itself.
PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp)(?:$|\?)", re.IGNORECASE)
#: A card is at most this many elements above its picture, and still contains its title.
_CARD_DEPTH = 5
#: Elements of which a card has one, for its title.
CARD_PARTS = frozenset({"h2", "h3", "h4", "h5"})


class Titles:
    """The links with words in a region of the page at *base*, by the elements around them."""

    def __init__(self, region: _Element, base: str) -> None:
        self.region = region
        self.base = base
        self._heads: dict[_Element, bool] = {}  # many pictures share the elements around them

    @cached_property
    def _links(self) -> set[_Element]:
        links: list[_Element] = list(self.region.iter("a"))
        return {link for link in links if (words := words_in(link)) and not DETAILS.search(words)}

    @cached_property
    def _around(self) -> Counter[tuple[_Element, str | None]]:
        return Counter(
            (above, link.get("href")) for link in self._links for above in link.iterancestors()
        )

    def names_another(self, link: _Element) -> bool:
        """Return whether the words of *link* are the title of a file or another item.

        A picture in it is an icon or a thumbnail. A caption may link to the picture's own page.
        """
        if link not in self._links or is_marked_caption(link, words_in(link)):
            return False
        url = absolute(self.base, link.get("href") or "")
        if url is None or PICTURE_FILE.search(url):
            return False
        other = read_address(url).node != read_address(self.base).node
        return is_file_address(url) or (other and is_item_address(url))

    def head(self, box: _Element) -> bool:
        """Return whether a small box is headed by a link to another item."""
        known = self._heads.get(box)
        if known is None:
            links = (one for part in box.iter(*CARD_PARTS) for one in part.iter("a"))
            known = self._heads[box] = _is_small(box) and any(map(self.names_another, links))
        return known

    def within(self, element: _Element, link: _Element) -> bool:
        """Return whether another link with words in *element* leads where *link* leads."""
        own = link in self._links and element is not link
        return self._around[element, link.get("href")] > own


def is_thumbnail(image: _Element, titles: Titles) -> bool:
    """Return whether a picture belongs to a card of another item, or to a column beside the text.

    A card links its picture and its title to one address, and so does the icon of a file.
    """
    link: _Element | None = None
    for depth, above in enumerate(image.iterancestors()):
        if above.tag == "aside":
            return True
        if above.tag == "a" and link is None:
            link = above
        if depth < _CARD_DEPTH and titles.head(above):
            return True
        if link is None or depth > _CARD_DEPTH:
            continue
        if above is link and (_heads_card(link) or titles.names_another(link)):
            return True
        if titles.within(above, link):
            return True
    return False


def _heads_card(link: _Element) -> bool:
    return any(child.tag in CARD_PARTS for child in link.iterdescendants())


def _is_small(box: _Element) -> bool:
    """Return whether a box has no more words than a caption; a long text is not read whole."""
    length = 0
    for text in box.itertext():
        length += len(text.strip())
        if length > LONGEST_CAPTION:
            return False
    return True
