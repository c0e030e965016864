"""Implements ``scrapy extract``: what a saved page says, without a crawl."""

import argparse
import sys
from pathlib import Path
from typing import Any

from parsel import Selector
from scrapy.settings import BaseSettings

from osce_crawl.actions.messages import refuse
from osce_crawl.actions.one_page import ADDRESS, check_settings, refuse_unknown
from osce_crawl.actions.printing import write_object
from osce_crawl.extraction import extract_listing, extract_with_ways
from osce_crawl.normalise.web import web_address
from osce_crawl.pages.listing.listing import read_listing
from osce_crawl.pages.reading.bounds import LONGEST
from osce_crawl.pages.refusals import NotAListing, NotARelease

#: Where a page states its own address.
_STATED = "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"
_EXAMPLE = f"scrapy extract page.html --url {ADDRESS}"
_GZIP = b"\x1f\x8b"


def run(settings: BaseSettings | None, args: list[str], opts: argparse.Namespace) -> None:
    """Print what the page says."""
    refuse_unknown("extract", args)
    if len(args) != 1:
        refuse(f"scrapy extract takes one saved page, e.g. {_EXAMPLE}")
    check_settings(settings)
    if opts.url is not None and web_address(opts.url) is None:
        refuse(
            f"--url {opts.url or '(empty)'} is not a web address; give the page's own in full,"
            f" e.g. {ADDRESS}"
        )
    body = _page(args[0])
    url = opts.url or _stated(body, args[0])
    read = _listing if opts.listing else _release
    try:
        value = read(body, url, ways=opts.ways)
    except (NotARelease, NotAListing) as refusal:
        refuse(f"{args[0]}: {refusal}{_remedy(refusal)}")
    write_object(value)


def _page(file: str) -> bytes:
    """Return a saved page, read only up to the size limit."""
    if not file:
        refuse(f"the name of the saved page is empty; give one, e.g. {_EXAMPLE}")
    try:
        if file != "-":
            with Path(file).open("rb") as saved:
                body = saved.read(LONGEST + 1)
        elif sys.stdin is None:
            refuse("standard input is closed; name a saved page")
        else:
            body = sys.stdin.buffer.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        refuse(f"{file} cannot be read ({reason}); name a saved page, or - for standard input")
    if body.startswith(_GZIP):
        refuse(f"{file} is compressed with gzip; decompress it first")
    return body


def _stated(body: bytes, file: str) -> str:
    """Return the address that a page gives for itself."""
    if len(body) > LONGEST:
        refuse(
            f"{file} has more than {LONGEST} bytes, so it is not a page of the site; name another"
        )
    stated = Selector(body=body or b" ", type="html").xpath(_STATED).getall()
    address = next((url for url in stated if web_address(url) is not None), None)
    if address is None:
        what = f"only {stated[0]:.80}, which names no site" if stated else "no address"
        refuse(f"{file} states {what}; give the address it was saved from: {_EXAMPLE}")
    return address


def _release(body: bytes, url: str, *, ways: bool) -> dict[str, Any]:
    read = extract_with_ways(body, url)
    if not ways:
        return read.item
    return {
        "item": read.item,
        "ways": read.ways,
        "disagreements": read.disagreements,
        "left_out": read.left_out,
    }


def _listing(body: bytes, url: str, *, ways: bool) -> dict[str, Any]:
    if _is_release(body, url):
        raise NotAListing("unknown", url, "it is the page of a release that links to others")
    found = extract_listing(body, url)
    if not ways:
        return found
    read = read_listing(body, url)
    return {**found, "ways": read.ways, "disagreements": read.disagreements}


def _is_release(body: bytes, url: str) -> bool:
    try:
        extract_with_ways(body, url)
    except NotARelease:
        return False
    return True


def _remedy(refusal: NotARelease | NotAListing) -> str:
    if refusal.reason in {"empty", "not-html", "file"}:
        return "; save the page again, as the site sends it"
    if isinstance(refusal, NotAListing):
        return "; leave --listing out if it is a release"
    if refusal.reason == "listing":
        return "; add --listing to see its entries"
    return "; for the reasons, see docs/reference/statistics.md"
