"""The ways in which the releases of the site of today may be found."""

from dataclasses import dataclass

from .truth import LISTING

#: What each way prints of an item besides its address.
NOTHING: frozenset[str] = frozenset()
_CARDS = frozenset({"day", "kind"})


@dataclass(frozen=True, kw_only=True)
class Way:
    """How the site shows its releases.

    :ivar about: it in a line.
    :ivar listing: /press-releases is the listing; else it redirects to `instead` for good, or is
        not found.
    :ivar sitemap: robots.txt names a sitemap that has all pages; `others` pages that are no
        releases for each that is one.
    :ivar cards: /newsroom links the hosts' news pages; `script`: /news is drawn by a script.
    :ivar feed: the front page names a feed of the newest.
    :ivar prints: what counts as printed by a listing, see `truth.item`: the dates and titles of
        sitemaps, feeds and the search service are no listing's.
    """

    about: str
    prints: frozenset[str] = NOTHING
    listing: bool = False
    instead: str | None = None
    sitemap: bool = False
    others: float = 0.0
    cards: bool = False
    script: bool = False
    feed: bool = False


WAYS = {
    "listing": Way(
        about="/press-releases is the listing, and there is a sitemap",
        listing=True,
        sitemap=True,
        prints=LISTING,
    ),
    "script": Way(
        about="/press-releases redirects to /news, which a script fills; robots.txt names a"
        " sitemap",
        instead="/news",
        script=True,
        sitemap=True,
        others=0.4,
    ),
    "hub": Way(
        about="/press-releases redirects to /newsroom, which links to the hosts' news pages",
        instead="/newsroom",
        cards=True,
        prints=_CARDS,
    ),
    "feed": Way(about="there is only a feed of the newest items", feed=True),
    "nothing": Way(about="no page links to the releases"),
    "sitemap-90000": Way(
        about="there is a sitemap of 90,000 addresses; a quarter of them are releases",
        instead="/news",
        script=True,
        sitemap=True,
        others=2.6,
    ),
}
