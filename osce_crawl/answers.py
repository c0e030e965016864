"""What the answer to a visit says of the item: read, unchanged, something else, or a failure."""

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from scrapy.http import Response

from osce_crawl.clock import stamp
from osce_crawl.contracts.refusals import SOMETHING_ELSE, NotARelease
from osce_crawl.extract import extract_with_ways, stub
from osce_crawl.frontier import Visit
from osce_crawl.normalise.urls import read_address
from osce_crawl.reading import Reading
from osce_crawl.store.staged import Answer

logger = logging.getLogger(__name__)


def read_answer(visit: Visit, response: Response, moment: datetime) -> Reading:
    """Read the answer to a visit.

    :param moment: when it came.
    """
    known, entry = visit.known, visit.entry
    etag, last_modified = _header(response, "ETag"), _header(response, "Last-Modified")
    if response.status == HTTPStatus.NOT_MODIFIED:
        if known is None or not visit.headers:
            return Reading(why="the site answered 304 to an unconditional request")
        answer = Answer(
            "unchanged",
            known.item_id,
            refusal=known.refusal,
            etag=etag,
            last_modified=last_modified,
        )
        return Reading(answer)
    there, asked = read_address(response.url), read_address(entry["url"])
    # an alias without a node id may be the same item; an address without its id proves none
    led_away = there.node != asked.node
    moved = (led_away and there.node is not None and asked.node is not None) or (
        asked.language is not None and there.language != asked.language
    )
    try:
        extraction = extract_with_ways(
            response.body, response.url, None if moved else _shown(visit)
        )
    except NotARelease as refusal:
        is_known = known is not None and known.item_id is not None
        if refusal.reason in SOMETHING_ELSE and not (moved or led_away or is_known):
            logger.info("Left out: %s", refusal)
            return Reading(
                Answer("refused", refusal=refusal.reason, etag=etag, last_modified=last_modified),
                refusal=refusal.reason,
            )
        return Reading(why=str(refusal), refusal=refusal.reason)
    if moved:
        logger.info("%s leads to another item, %s", entry["url"], response.url)
    item = extraction.item
    item["fetched_at"] = stamp(moment)
    item["provenance"]["http_status"] = response.status
    item["provenance"]["response_sha256"] = hashlib.sha256(response.body).hexdigest()
    led_from = entry["url"] if response.meta.get("redirect_urls") else None
    answer = Answer(
        "item",
        _frozen_id(item, visit, stated=there.language or asked.language),
        item,
        rank=1 if moved else 2,
        led_from=led_from,
        etag=etag,
        last_modified=last_modified,
        ways=extraction.ways,
        disagreements=extraction.disagreements,
    )
    return Reading(answer, moved=moved)


def read_stub(visit: Visit) -> Answer:
    """Return the answer that the listing entry alone gives."""
    item = stub(visit.entry)
    item["fetched_at"] = stamp(visit.moment)
    return Answer("item", item["id"], item)


def _shown(visit: Visit) -> Mapping[str, Any] | None:
    """Return the listing entry to read the page with: the present one, else as last seen."""
    if "title" in visit.entry:
        return visit.entry
    return visit.known.entry if visit.known else None


def _frozen_id(item: Mapping[str, Any], visit: Visit, stated: str | None) -> str:
    """Return the item's id; that of its first publication where only a guess would change it."""
    known = visit.known.item_id if visit.known else None
    if known is not None and stated is None and known.startswith(f"{item['node']}-"):
        return known
    return str(item["id"])


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
