"""The meaning of the words in a listing entry."""

from typing import Any

from osce_crawl.loaders.values import date_of
from osce_crawl.loaders.words import to_content_type
from osce_crawl.normalise.languages import language_of
from osce_crawl.normalise.urls import clean_address, read_address
from osce_crawl.pages.listing.listing import Listing, ListingEntry
from osce_crawl.pages.release.contact_words import without_contacts


def listing_entry(entry: ListingEntry, listing: Listing) -> dict[str, Any]:
    """Return one entry of a listing in the form of `extract_listing`."""
    stated = read_address(entry.url).language
    language = language_of(stated, listing.language, entry.title)
    published = date_of(entry.date, entry.times, language)
    return {
        "url": clean_address(entry.url),
        "node": entry.node,
        "language": language,
        "title": entry.title,
        "published": published.isoformat() if published else None,
        "published_raw": entry.date,
        "content_type": to_content_type(entry.kind) if entry.kind else None,
        "content_type_raw": entry.kind,
        "sources": entry.sources,
        "fields_of_work": entry.fields_of_work,
        "locations": entry.locations,
        "collections": entry.collections,
        "summary": without_contacts(entry.summary),
    }
