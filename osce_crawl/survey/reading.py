"""What a page that came tells a survey: a listing, a feed, a release."""

from typing import Any

from osce_crawl.extract import extract_with_ways
from osce_crawl.normalise.languages import UNKNOWN
from osce_crawl.normalise.urls import is_item_address, is_visited, read_address
from osce_crawl.pages.feed import read_feed
from osce_crawl.pages.refusals import SOMETHING_ELSE, NotARelease
from osce_crawl.sources.base import ORDER, SIZE
from osce_crawl.sources.query import without
from osce_crawl.sources.registry import kinds
from osce_crawl.survey.asking import Ask, Came
from osce_crawl.survey.finds import Find, Sample
from osce_crawl.verdict.measures import FIELDS

_OF_THE_ITEM = ("dateline", "published", "body")


def read_into(find: Find, ask: Ask, body: bytes, base_url: str) -> None:
    """Write what a listing or a feed lists into its find.

    :raises NotAListing: where it is none.
    """
    if ask.purpose == "feed":
        _read_feed(find, ask, body, base_url)
    else:
        _read_listing(find, ask, body, base_url)


def _read_listing(find: Find, ask: Ask, body: bytes, base_url: str) -> None:
    find.url = without(ask.address, {"page", SIZE, ORDER})
    kind = ask.kind if ask.kind in {"pager", "cards"} else "cards"
    page = kinds()[kind](find.url).read(body, ask.url)
    for entry in page.entries:
        if is_visited(entry["url"], base_url):
            _note(find, entry, entry.get("published"))
    find.kind = "pager" if kind == "pager" else "cards"
    find.number = len(page.entries)
    find.ways = dict(page.ways)
    find.pager = page.next is not None or page.last > 0
    find.more = find.pager or page.unproven
    if page.lost_next is not None:
        find.against.append(page.lost_next)
    if not find.entries:
        find.against.append("it says that it has no results")


def _read_feed(find: Find, ask: Ask, body: bytes, base_url: str) -> None:
    feed = read_feed(body, ask.url)
    for one in feed.entries:
        if is_visited(one.address, base_url) and (one.node or is_item_address(one.address)):
            language = read_address(one.address).language or UNKNOWN
            entry = {"url": one.address, "node": one.node, "language": language}
            _note(find, entry, one.published)
    find.kind, find.number = "feed", len(feed.entries)
    if feed.fault:
        find.against.append(feed.fault)
    if not find.entries:
        find.against.append("it names no address of a release")


def _note(find: Find, entry: dict[str, Any], day: str | None) -> None:
    node = str(entry["node"])
    find.entries.setdefault(node, entry)
    if day is not None:
        find.days.setdefault(node, day)


def read_sample(ask: Ask, came: Came) -> Sample:
    """Return how a page that a listing names reads."""
    if came.status is None or came.status >= 300:  # noqa: PLR2004
        return Sample(ask.url, refusal=came.kind, why=came.why or f"it answers {came.status}")
    shown = ask.entry if ask.entry is not None and "title" in ask.entry else None
    try:
        read = extract_with_ways(came.body, ask.url, shown)
    except NotARelease as refusal:
        certain = refusal.reason in SOMETHING_ELSE
        return Sample(ask.url, refusal=refusal.reason, why=str(refusal), certain=certain)
    except Exception as error:  # noqa: BLE001 - one page never ends a survey
        why = f"an unexpected error while it was read ({type(error).__name__}: {error})"
        return Sample(ask.url, refusal="error", why=why)
    found: dict[str, str] = {}
    for name in FIELDS:
        way = read.ways.get(name)
        if way is not None and way != "listing":
            found[name] = way
        elif way is None and name in _OF_THE_ITEM and read.item.get(name):
            found[name] = ""
    layout = str(read.item["provenance"]["layout"])
    return Sample(ask.url, layout, found, extraction=read)
