"""Damaged saved pages, and the required results of reading them."""

import json
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from osce_crawl import NotAListing, NotARelease, extract, extract_listing
from osce_crawl.items import validate

SITE = Path(__file__).parents[2] / "fixtures/site"
#: Values that no attribute should have.
HOSTILE = (
    *("http://[site:domain]/node/322492", "https://www.osce.org:x/ru/322492", "http://[", "//["),
    *("https://www.osce.org:99999/322492", "https://www.osce.org:-1/1", "http://℀.org/322492"),
    *("HTTP://x", "http:/x", "http:", "https://", "http:///", "//", "///", "\\\\", "?", "#", ":"),
    *("http://[::1]:8080/322492", "http://[::1%25eth0]/", "http://a..b/", "http://1.2.3/322492"),
    *("http://user:secret@www.osce.org/322492", "http://www.osce.org@x/", "http://x y/322492"),
    *("/\x00\x01\x1f322492", "/322492\n/x", "\t/322492 ", "/ä/ö?ü#ß 322492", "/%zz/322492", "/%"),
    *("mailto:", "mailto:a b@c", "javascript:x", "data:,x", "tel:1", "file:///x", "ftp://x/322492"),
    *(
        "//" + "a" * 300 + ".org/322492",
        "/" + "a/" * 5000 + "322492",
        "x" * 20_000,
        "",
        " ",
        "\x00",
    ),
    *("../" * 50 + "322492", "a:b:c", "/press-releases?page=x", "?page=99999999999999999999"),
    *("x-default", "zz-", "-", "en-", "EN", "é", "a" * 50, "hbs", "next", "prev", "canonical"),
    *("0000-00-00", "9999-12-31T25:00:00Z", "2017-02-30", "1e999", "\u202e", "\ufeff", "&#xD800;"),
)
PIECES = (
    *(b"<", b">", b'"', b"'", b"<!--", b"-->", b"<![CDATA[", b"</body>", b"<p>", b"</div>", b"\0"),
    *(b"\xff\xfe", b"\xed\xa0\x80", b"&#0;", b"&#x110000;", b"<form>", b"<base href='http://['>"),
    *(b"<table><tr><th>Date<th>Place", b"<dt>Date:<dd>", b"<h1>", b"<h2>Contacts</h2>", b"<br>"),
    *(b"<link rel=canonical href='https://www.osce.org:x/1'>", b"<img src='http://['>"),
    *(b"<a href='/ru/322492' hreflang='??'>", b"<span class=tooltip>", b"<time datetime='x'>"),
)
_VALUE = re.compile(rb"(=\")([^\"<>]*)(\")")
_LINK = re.compile(rb"((?:href|src|content|hreflang|datetime)=\")([^\"<>]*)(\")")


def _flipped(page: bytes, chance: random.Random) -> bytes:
    changed = bytearray(page)
    for _ in range(chance.choice((1, 10, 200))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _replaced(page: bytes, chance: random.Random) -> bytes:
    share = chance.choice((0.01, 0.2, 1.0))
    pattern = chance.choice((_VALUE, _LINK))

    def other(match: re.Match[bytes]) -> bytes:
        if chance.random() >= share:
            return match[0]
        value = chance.choice(HOSTILE).encode("utf-8", "surrogatepass").replace(b'"', b"")
        return match[1] + value + match[3]

    return pattern.sub(other, page)


def _cut(page: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(page)) for _ in range(2))
    return chance.choice((page[:end], page[start:], page[:start] + page[end:]))


def _doubled(page: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(page)) for _ in range(2))
    return page[:end] + page[start:end] * chance.choice((1, 1, 5)) + page[end:]


def _mixed(page: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 5, 40))):
        at = chance.randrange(len(page))
        page = page[:at] + chance.choice(PIECES) + page[at:]
    return page


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flipped, _replaced, _replaced, _cut, _doubled, _mixed),
)


@cache
def _pages() -> list[tuple[str, bytes]]:
    index = (SITE / "index.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in index]
    pages = [(one["url"], (SITE / one["file"]).read_bytes()) for one in entries if one["file"]]
    return [(url, page) for url, page in pages if page]


def damaged(seed: int) -> tuple[bytes | str, str]:
    """Return a saved page and its address with up to three kinds of damage."""
    chance = random.Random(seed)
    url, page = chance.choice(_pages())
    for _ in range(chance.randint(1, 3)):
        page = chance.choice(_WAYS)(page, chance) or b"<p>"
    if chance.random() < 0.1:
        url = chance.choice(HOSTILE)
    elif chance.random() < 0.1:
        url = "https://www.osce.org/news/some-slug"
    return (page.decode("utf-8", "surrogateescape") if chance.random() < 0.2 else page), url


def filled(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item with the keys that a run fills."""
    when = "2026-11-01T03:00:00Z"
    stamps = {"first_seen_at": when, "changed_at": when, "fetched_at": when}
    return {**item, "revision": 1, **stamps}


def check(body: bytes | str, url: str) -> None:
    """Read a page as a release and as a listing.

    Only expected refusals are raised; results are valid and can be written as JSON.
    """
    try:
        found = extract_listing(body, url)
    except NotAListing:
        found = {"entries": []}
    orjson.dumps(found)
    for entry in [None, *found["entries"][:2]]:
        try:
            item = extract(body, url, listing=entry)
        except NotARelease:
            continue
        validate(filled(item))
        orjson.dumps(item)


def problem(seed: int) -> str | None:
    """Return the problem in reading a damaged page, or None."""
    try:
        check(*damaged(seed))
    except Exception as error:  # noqa: BLE001  # any other error is a problem
        return f"seed {seed}: {type(error).__name__}: {error}"
    return None
