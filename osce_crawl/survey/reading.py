"""Reads a page for a survey: a listing, a feed or a release."""

from http import HTTPStatus

from osce_crawl.extraction import extract_with_ways
from osce_crawl.normalise.urls import is_visited
from osce_crawl.pages.refusals import SOMETHING_ELSE, NotARelease
from osce_crawl.sources.base import ORDER, SIZE, ListingSource
from osce_crawl.sources.query import without
from osce_crawl.sources.registry import kinds
from osce_crawl.sources.results import ResultsPage
from osce_crawl.survey.finds import Find, Sample
from osce_crawl.survey.questions import Question, Reply
from osce_crawl.verdict.measures import FIELDS

_OF_THE_ITEM = ("dateline", "published", "body")


def read_into(
    find: Find, question: Question, body: bytes, base_url: str, source: ListingSource | None = None
) -> None:
    """Add the entries of a listing or a feed to its find.

    :param source: the source that reads it; None for the one of the find's kind.
    :raises NotAListing: if the page is not a listing.
    """
    find.url = without(question.address, {"page", SIZE, ORDER})
    kind = question.kind or "cards"
    source = source or kinds()[kind](find.url)
    page = source.read(body, question.url)
    for entry in page.entries:
        if is_visited(entry["url"], base_url):
            node = str(entry["node"])
            find.entries.setdefault(node, entry)
            if entry.get("published"):
                find.days.setdefault(node, entry["published"])
    find.kind, find.recent = kind, source.proves == "recent" or page.alone
    find.number = len(page.entries) + page.unfit
    find.ways = dict(page.ways)
    find.pager = page.next is not None or page.last > 0
    find.more = find.pager or page.unproven
    if isinstance(page, ResultsPage):
        find.number, find.more = page.found, page.found > len(page.entries)
    find.against += [said for said in (page.lost_next, page.fault) if said is not None]
    if not find.entries:
        find.against.append("it lists no releases")
    elif page.ways and not find.more and not find.against:
        find.against.append("it has no pager: it may list only the latest")


def read_sample(question: Question, reply: Reply) -> Sample:
    """Read a page that a listing names."""
    if reply.status is None or reply.status >= HTTPStatus.MULTIPLE_CHOICES:
        return Sample(
            question.url, refusal=reply.kind, why=reply.why or f"it answers {reply.status}"
        )
    shown = question.entry if question.entry is not None and "title" in question.entry else None
    try:
        read = extract_with_ways(reply.body, question.url, shown)
    except NotARelease as refusal:
        certain = refusal.reason in SOMETHING_ELSE
        return Sample(question.url, refusal=refusal.reason, why=refusal.why, certain=certain)
    except Exception as error:  # noqa: BLE001 - one page never ends a survey
        why = f"an unexpected error while reading it ({type(error).__name__}: {error})"
        return Sample(question.url, refusal="error", why=why)
    found: dict[str, str] = {}
    for name in FIELDS:
        way = read.ways.get(name)
        if way is not None and way != "listing":
            found[name] = way
        elif way is None and name in _OF_THE_ITEM and read.item.get(name):
            found[name] = ""
    layout = str(read.item["provenance"]["layout"])
    return Sample(question.url, layout, found, extraction=read)
