"""The entry pages of the current site: front page, hub, news pages, feed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime
from html import escape

from . import chrome
from .contents import contents
from .datelines import printed_date
from .facts import Fact

#: Cards of a news page, and items of a feed.
CARDS, ITEMS = 12, 10


def front(feed: str | None = None, links: Iterable[tuple[str, str]] = ()) -> str:
    """Return the front page of a host.

    :param feed: the address of the feed that its head names.
    :param links: text and address of each of its links.
    """
    named = (
        f'<link rel="alternate" type="application/rss+xml" title="OSCE newsroom" href="{feed}" />'
        if feed
        else ""
    )
    rows = "".join(f'<li><a href="{to}">{escape(words)}</a></li>' for words, to in links)
    inner = f"""<h1>OSCE</h1>
<p>Fifty-seven States talk here about what keeps them safe.</p>
<ul class="quick-links">{rows}</ul>"""
    return chrome.third(chrome.head("OSCE", "en", 1, named), inner)


def hub(pages: Iterable[tuple[str, str]]) -> str:
    """Return the page that links to the news pages, given the text and address of each."""
    cards = "\n".join(
        f'<a class="teaser teaser--unit" href="{to}"><h2 class="teaser__title">{escape(words)}'
        "</h2><p>News and press releases</p></a>"
        for words, to in pages
    )
    inner = f'<h1>Newsroom</h1>\n<div class="teasers">\n{cards}\n</div>'
    return chrome.third(chrome.head("Newsroom", "en", 2), inner)


def scripted() -> str:
    """Return the news page that is empty until its script has queried the search service."""
    inner = """<h1>News</h1>
<div id="news-search" data-typesense-collection="unified" data-per-page="20"></div>
<script src="/themes/custom/osce/js/instantsearch.3f9c21.js" defer></script>"""
    return chrome.third(chrome.head("News", "en", 3), inner)


def news(facts: Sequence[Fact], number: int, unit: str) -> str:
    """Return a page of cards, newest first; a page past the end has none."""
    last = max(0, (len(facts) - 1) // CARDS)
    shown = facts[number * CARDS : (number + 1) * CARDS]
    cards = "\n".join(map(_card, shown)) or "<p>There are no results.</p>"
    inner = f"""<h1>News and press releases</h1>
<div class="teasers">
{cards}
</div>
{_pager(number, last) if last and shown else ""}"""
    return chrome.third(chrome.head(f"News | {unit}", "en", 4), inner)


def _card(fact: Fact) -> str:
    kind = f'<p class="teaser__kind">{fact.listed_kind}</p>\n' if fact.listed_kind else ""
    day = (
        f'<time datetime="{fact.listing_day}">{printed_date(fact.listing_day, "en")}</time>\n'
        if fact.listing_day
        else ""
    )
    return (
        f'<a class="teaser teaser--two-cols" href="{fact.path}">\n{kind}{day}'
        f'<h2 class="teaser__title">{escape(contents(fact).title)}</h2></a>'
    )


def _pager(number: int, last: int) -> str:
    """Return the pager in the markup of Drupal's newer views."""
    around = range(max(0, number - 4), min(last, number + 4) + 1)
    rows = [_step(" is-active" if n == number else "", n, str(n + 1)) for n in around]
    if number:
        rows.insert(0, _step(" pager__item--previous", number - 1, "‹‹"))
    if number < last:
        rows.append(_step(" pager__item--next", number + 1, "››"))
        rows.append(_step(" pager__item--last", last, "Last »"))
    inner = "\n".join(rows)
    return f'<nav class="pager"><ul class="pagination js-pager__items">\n{inner}\n</ul></nav>'


def _step(more: str, page: int, words: str) -> str:
    rel = {"‹‹": ' rel="prev"', "››": ' rel="next"'}.get(words, "")
    return f'<li class="pager__item{more}"><a href="?page={page}"{rel}>{words}</a></li>'


def feed(facts: Iterable[tuple[Fact, str]], base: str) -> str:
    """Return the newest items as RSS in Drupal's format: text, address, node and date.

    :param facts: the facts, each with the address of its page.
    """
    items = "".join(_item(fact, address, base) for fact, address in facts)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0" xml:base="{base}/">
<channel>
<title>OSCE newsroom</title>
<link>{base}/</link>
<description/>
<language>en</language>
{items}</channel>
</rss>
"""


def _item(fact: Fact, address: str, base: str) -> str:
    words = contents(fact)
    day = fact.listing_day
    noon = day and format_datetime(datetime.combine(day, time(12), UTC))
    described = f"<p>{escape(words.teaser)}</p>" if words.teaser else ""
    return f"""<item>
<title>{escape(words.title)}</title>
<link>{escape(address)}</link>
<description>{escape(described)}</description>
{f"<pubDate>{noon}</pubDate>" if noon else ""}
<dc:creator>osce</dc:creator>
<guid isPermaLink="false">{fact.node} at {base}</guid>
</item>
"""
