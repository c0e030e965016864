"""Ready-made faults of sitemaps, feeds and the search service; see also `scenarios`."""

from . import kinds, source_kinds
from .faults import Fault, Kind, Part, Scenario, Where
from .pages import plain
from .site import XML


def _on(part: Part, about: str, kind: Kind) -> Scenario:
    return Scenario(about, (Fault(kind, Where(part)),))


#: The host with the large sitemap.
_LARGE = "bih.osce.org"
_WWW = "www.osce.org"
_OUTSIDE = "https://outside.invalid/words"
_HTML = kinds.says(plain("OSCE", "Welcome."))
SOURCE_SCENARIOS: dict[str, Scenario] = {
    "sitemap-404": _on("sitemap", "every sitemap is answered with 404", kinds.status(404)),
    "sitemap-500": _on("sitemap", "every sitemap is answered with 500", kinds.status(500)),
    "sitemap-html": _on("sitemap", "every sitemap is the front page", _HTML),
    "sitemap-empty": _on("sitemap", "every sitemap is empty", kinds.says("", 200, XML)),
    "sitemap-text": _on(
        "sitemap", "every sitemap is a line of text", kinds.says("Soon.", 200, XML)
    ),
    "sitemap-bare": _on(
        "sitemap",
        "every sitemap is without pages, as if it were being rewritten",
        source_kinds.bare(),
    ),
    "sitemap-outside": _on(
        "sitemap",
        "every sitemap declares an entity of another host",
        source_kinds.outside(_OUTSIDE),
    ),
    "sitemap-oddly-named": Scenario(
        "robots.txt names the sitemap without its host, with a space before the colon and a"
        " comment",
        (Fault(kinds.robots("sitemap : /sitemap.xml # of all pages"), Where("robots", host=_WWW)),),
    ),
    "sitemap-cut": _on("sitemap", "every sitemap breaks off mid-body", kinds.cut()),
    "sitemap-short": _on(
        "sitemap",
        "every sitemap lacks half of its entries but is well-formed",
        source_kinds.shortened(),
    ),
    "sitemap-50-mb": Scenario(
        "a sitemap is 50 MB long, as the protocol allows",
        (Fault(source_kinds.huge(50_000_000), Where("sitemap", host=_LARGE)),),
    ),
    "sitemap-60-mb": Scenario(
        "a sitemap is 60 MB long",
        (Fault(source_kinds.huge(60_000_000), Where("sitemap", host=_LARGE)),),
    ),
    "sitemap-nested": _on(
        "sitemap", "every sitemap is nested five indexes deep", source_kinds.nested()
    ),
    "sitemap-loop": _on("sitemap", "the index names itself", source_kinds.looped()),
    "sitemap-bomb": _on(
        "sitemap", "every sitemap declares entities that expand", source_kinds.bomb()
    ),
    "sitemap-gzip-bomb": _on(
        "sitemap", "every sitemap is 1 GB compressed to 1 MB", kinds.gzip_bomb()
    ),
    "feed-html": _on("feed", "the feed is the front page", _HTML),
    "feed-bomb": _on("feed", "the feed declares entities that expand", source_kinds.bomb()),
    "feed-outside": _on(
        "feed", "the feed declares an entity of another host", source_kinds.outside(_OUTSIDE)
    ),
    "feed-500": _on("feed", "the feed is answered with 500", kinds.status(500)),
    "feed-short": _on(
        "feed", "the feed lacks half of its entries but is well-formed", source_kinds.shortened()
    ),
    "feed-broken": _on("feed", "the feed has an unclosed tag", source_kinds.unclosed()),
    "feed-entities": _on(
        "feed", "the feed has HTML entities and unescaped ampersands", source_kinds.html_entities()
    ),
    "search-401": _on(
        "search",
        "the search service rejects the key",
        source_kinds.refuses(401, "Forbidden - a valid `x-typesense-api-key` header must be sent."),
    ),
    "search-404": _on(
        "search",
        "the search service does not have the collection",
        source_kinds.refuses(404, "Not Found"),
    ),
    "search-422": _on(
        "search", "the key of the search service may read only 100 hits", source_kinds.deepest(100)
    ),
    "search-429": _on(
        "search",
        "the search service answers 429, Retry-After an hour",
        source_kinds.refuses(429, "Rate limit exceeded or blocked", 3600),
    ),
    "search-503": _on(
        "search", "the search service is down", source_kinds.refuses(503, "Not Ready or Lagging")
    ),
}
