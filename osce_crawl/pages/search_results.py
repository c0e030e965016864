"""Answers of the site's search service (Typesense): documents, or why there are none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

import orjson

from osce_crawl.normalise.urls import read_address
from osce_crawl.normalise.web import resolve
from osce_crawl.pages.refusals import NotAListing
from osce_crawl.text.forms import clean_text

#: The service's message for a key that may read only a limited number of results (status 422).
_LIMIT = re.compile(r"only up ?to (\d+) hits can be fetched(?! per page)", re.IGNORECASE)
#: From this value on a time is in milliseconds: in seconds it would be the year 5138.
_MILLISECONDS = 100_000_000_000
#: The site uses days in Vienna. A day is given as its noon, or as its midnight there, which is up
#: to two hours before midnight UTC.
_VIENNA = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Document:
    """One document, as far as the crawl needs it.

    :ivar id: the service's own id.
    :ivar address: the absolute address of its page, or None.
    :ivar node: the node id, from `nid` or the address, or None.
    :ivar date: in the service's own form, for comparison; ``day``: its day, ISO 8601.
    :ivar kind: the words for its kind.
    """

    id: str
    address: str | None
    node: str | None
    date: int | None
    day: str | None
    kind: str | None


@dataclass(frozen=True)
class Results:
    """One page of results.

    :ivar found: the number of documents for the query, on all pages.
    :ivar limit: the number of hits that the key may read, if this page is beyond it, or None.
    """

    documents: list[Document] = field(default_factory=list)
    found: int = 0
    limit: int | None = None


def read_results(body: bytes, url: str, base_url: str) -> Results:
    """Return the documents of an answer.

    :param base_url: the site's address, for resolving relative ones.
    :raises NotAListing: when there are none, with the service's message.
    """
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotAListing("unknown", url, "the response is not JSON") from error
    if not isinstance(said, dict):
        raise NotAListing("unknown", url, "the response is not that of a search service")
    hits = said.get("hits")
    if not isinstance(hits, list):
        words = clean_text(str(said.get("message") or "no results in the response"))
        limit = _LIMIT.search(words)
        if limit is None:
            raise NotAListing("unavailable", url, f"the search service says: {words:.200}")
        return Results(limit=int(limit[1]))
    found = said.get("found")
    documents = [
        _document(hit["document"], base_url)
        for hit in hits
        if isinstance(hit, dict) and isinstance(hit.get("document"), dict)
    ]
    return Results(documents, found if isinstance(found, int) else len(documents))


def _document(one: Mapping[str, Any], base_url: str) -> Document:
    address = _text(one.get("url"))
    nid = _text(one.get("nid"))
    if address is None and nid is not None:
        address = f"/node/{nid}"
    full = resolve(base_url, address) if address else None
    node = nid if nid and nid.isascii() and nid.isdigit() else None
    if node is None and full is not None:
        node = read_address(full).node
    date = _number(one.get("date"))
    name = _text(one.get("id")) or full or nid or ""
    return Document(name, full, node, date, _day(date), _text(one.get("item_type_label")))


def _text(value: Any) -> str | None:
    """Return the text of a value that may be a text, a number, or a list of them."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return clean_text(str(value)) or None


def _number(value: Any) -> int | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if isfinite(value) else None


def _day(moment: int | None) -> str | None:
    if moment is None:
        return None
    seconds = moment / 1000 if abs(moment) >= _MILLISECONDS else moment
    try:
        return (datetime.fromtimestamp(seconds, UTC) + _VIENNA).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return None
