"""The ways in which the releases of the current site can be found."""

from dataclasses import dataclass

from .truth import LISTING

#: A way that prints nothing of an item except its address.
NOTHING: frozenset[str] = frozenset()
_CARDS = frozenset({"day", "kind"})


@dataclass(frozen=True, kw_only=True)
class Way:
    """How the site shows its releases.

    :ivar about: a description of one line.
    :ivar listing: /press-releases is the listing; otherwise it redirects to ``instead``
        permanently, or is not found.
    :ivar sitemap: robots.txt names a sitemap with all pages; ``others``: number of other pages per
        release.
    :ivar cards: /newsroom links to the hosts' news pages; ``script``: a script draws /news.
    :ivar feed: the front page names a feed of the newest releases.
    :ivar prints: the facts that count as printed by a listing, see `truth.item`: the dates and
        titles of sitemaps, feeds and the search service do not.
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
