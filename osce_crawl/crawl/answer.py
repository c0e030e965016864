"""What the response to a visit says about the item: read, unchanged, refused, or nothing."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Self

from scrapy.http import Response

from osce_crawl.clock import stamp
from osce_crawl.crawl.visit import Visit
from osce_crawl.downloader.flags import archived_in
from osce_crawl.extraction import extract_with_ways, stub
from osce_crawl.items import validate
from osce_crawl.loaders.identity import Standing
from osce_crawl.normalise.languages import UNKNOWN
from osce_crawl.normalise.urls import Address, clean_address, read_address
from osce_crawl.normalise.web import split_address
from osce_crawl.pages.refusals import NO_ANSWER, SOMETHING_ELSE, NotARelease
from osce_crawl.store.fetched import Answer
from osce_crawl.store.merge import as_first_published

logger = logging.getLogger(__name__)

_PERMANENT = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})


class NoAnswer(Exception):
    """A response that says nothing about the item; the message states why.

    :ivar refusal: why the page is refused, None if the cause is not the page.
    :ivar invalid: the item that was read, if it does not match the item's definition.
    """

    def __init__(
        self, why: str, refusal: str | None = None, invalid: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(why)
        self.refusal = refusal
        self.invalid = invalid


def read_answer(
    visit: Visit,
    response: Response,
    moment: datetime,
    published_at: Callable[[str], str | None] = lambda _url: None,
) -> Answer:
    """Read the response to a visit.

    :param moment: when it was received.
    :param published_at: returns the id of the item published under an address, or None.
    :raises NoAnswer: when it says nothing about the item.
    """
    known, entry = visit.known, visit.entry
    etag, last_modified = _header(response, "ETag"), _header(response, "Last-Modified")
    if response.status == HTTPStatus.NOT_MODIFIED:
        if known is None or not visit.headers:
            raise NoAnswer("the site answered 304 to an unconditional request")
        return Answer(
            "unchanged",
            known.item_id,
            refusal=known.refusal,
            etag=etag,
            last_modified=last_modified,
            led_from=_led_for_good(visit, response),
        )
    led = _Led.of(visit, response, published_at)
    there, asked, moved = led.there, led.asked, led.to_another
    # an alias without a node id may be the same item, but does not prove it
    led_away = there.node != asked.node
    try:
        shown = None if moved else _shown(visit)
        extraction = extract_with_ways(response.body, response.url, shown, led.standing)
        if led.by_alias and extraction.item["language"] not in {asked.language, UNKNOWN}:
            moved = True  # to the page in another language
            extraction = extract_with_ways(response.body, response.url, None, led.standing)
    except NotARelease as refusal:
        is_known = known is not None and known.item_id is not None
        if visit.named:
            passing = led_away and not for_good(response.meta)
            certain = refusal.reason not in NO_ANSWER and not passing
        else:
            certain = refusal.reason in SOMETHING_ELSE and not (moved or led_away)
        if certain and not is_known:
            # most pages in a sitemap are not releases
            logger.log(logging.DEBUG if visit.named else logging.INFO, "Skipped: %s", refusal)
            return Answer("refused", refusal=refusal.reason, etag=etag, last_modified=last_modified)
        raise NoAnswer(str(refusal), refusal.reason) from refusal
    if moved:
        logger.info("%s leads to another item, %s", entry["url"], response.url)
    item = extraction.item
    item["fetched_at"] = stamp(moment)
    item["provenance"]["http_status"] = response.status
    item["provenance"]["response_sha256"] = hashlib.sha256(response.body).hexdigest()
    item["provenance"]["archive"] = archived_in(response)
    try:
        validate(as_first_published(item))
    except ValueError as error:
        raise NoAnswer(
            f"its content does not make a valid item: {error}", "invalid", item
        ) from error
    other_language = asked.language not in {None, UNKNOWN, item["language"]}
    stated = there.language or (None if led.by_alias and not moved else asked.language)
    return Answer(
        "item",
        _frozen_id(item, visit, stated=stated),
        item,
        rank=1 if moved or other_language else 2,
        led_from=_led_for_good(visit, response),
        etag=etag,
        last_modified=last_modified,
        ways=extraction.ways,
        disagreements=extraction.disagreements,
        left_out=extraction.left_out,
    )


@dataclass(frozen=True)
class _Led:
    """Where the requested address led.

    :ivar to_another: to another item, judging by the addresses.
    :ivar by_alias: not to another node, but to an address without a language, although the request
        had one: the page tells its language.
    :ivar standing: the node to use unless the page states another one.
    """

    asked: Address
    there: Address
    to_another: bool
    by_alias: bool
    standing: Standing

    @classmethod
    def of(
        cls, visit: Visit, response: Response, published_at: Callable[[str], str | None]
    ) -> Self:
        asked, there = read_address(visit.entry["url"]), read_address(response.url)
        before: list[str] = response.meta.get("redirect_urls", [])
        nodes = [node for url in (*before, response.url) if (node := read_address(url).node)]
        stated = nodes[-1] if nodes else None
        known = visit.known.item_id if visit.known else None
        # an address under which an item was published belongs to that item
        there_before = published_at(response.url) if before else None
        owner = there_before if there.node is None else None
        another = bool(stated and asked.node and stated != asked.node)
        another = another or bool(owner and known and owner != known)
        by_alias = bool(asked.language) and there.language is None and not another
        same_language = there.language == asked.language
        before_id = there_before or (known if same_language and not another else None)
        language = before_id.partition("-")[2] if before_id else UNKNOWN
        if owner or (known and not another):
            node = str(owner or known).partition("-")[0]
            published = not node.isdigit()
        else:
            node, published = stated or visit.entry["node"], False
        standing = Standing(node, published, None if language == UNKNOWN else language)
        return cls(
            asked,
            there,
            to_another=another
            or (bool(asked.language) and there.language != asked.language and not by_alias),
            by_alias=by_alias,
            standing=standing,
        )


def _led_for_good(visit: Visit, response: Response) -> list[str]:
    """Return the cleaned addresses that lead permanently to the response's address.

    Includes the item's own address if it is gone and the page was found here, or if another
    address of the item on the same host redirects to another host.
    """
    meta = response.meta
    steps = zip(meta.get("redirect_urls", ()), meta.get("redirect_reasons", ()), strict=True)
    found: list[str] = []
    for url, reason in reversed(list(steps)):
        if reason not in _PERMANENT:
            break
        found.append(clean_address(url))
    gone = [] if visit.gone_from is None else [clean_address(visit.gone_from)]
    own = visit.known.url if visit.known else None
    moved = [clean_address(own)] if own and _moved_along(own, found, response.url) else []
    return list(dict.fromkeys([*gone, *moved, *found[::-1]]))


def _moved_along(own: str, redirected: Sequence[str], to: str) -> bool:
    """Return whether an address of the same node and host was redirected to another host."""
    node, host = read_address(own).node, split_address(own).netloc
    return (
        node is not None
        and host != split_address(to).netloc
        and any(
            read_address(url).node == node and split_address(url).netloc == host
            for url in redirected
        )
    )


def for_good(meta: Mapping[str, Any]) -> bool:
    """Return whether all redirects to a response were permanent; True without redirects."""
    return _PERMANENT.issuperset(meta.get("redirect_reasons", ()))


def read_stub(visit: Visit) -> Answer:
    """Return the answer from the listing entry alone.

    :raises ValueError: when the entry does not give a valid item.
    """
    item = stub(visit.entry)
    item["fetched_at"] = stamp(visit.moment)
    validate(as_first_published(item))
    return Answer("item", item["id"], item)


def _shown(visit: Visit) -> Mapping[str, Any] | None:
    """Return the listing entry for reading the page: the current one, else as last seen."""
    if "title" in visit.entry:
        return visit.entry
    return visit.known.entry if visit.known else None


def _frozen_id(item: Mapping[str, Any], visit: Visit, stated: str | None) -> str:
    """Return the item's id; keep that of its first publication if only a guess would change it."""
    known = visit.known.item_id if visit.known else None
    if known is not None and stated is None and known.startswith(f"{item['node']}-"):
        return known
    return str(item["id"])


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
