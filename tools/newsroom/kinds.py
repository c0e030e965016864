"""Kinds of failure: each function returns a `Kind` for `Fault`; its parameters are the options."""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from http import HTTPStatus
from typing import Any, Literal, get_args
from zlib import crc32

from . import chrome, pages, redesign
from .faults import Kind, Request
from .server import wired
from .site import Answer

HTML = "text/html; charset=utf-8"
_MEGABYTE = 2**20
_CONDITIONS = frozenset({"if-none-match", "if-modified-since"})


def says(body: str, status: int = HTTPStatus.OK, content_type: str | None = HTML) -> Kind:
    """Another body replaces the page."""
    headers = {"Content-Type": content_type} if content_type else {}
    return lambda _request: Answer(body, status, headers)


def changes(change: Callable[[str], str]) -> Kind:
    """The HTML of a page is changed, and its ETag with it."""

    def answer(request: Request) -> Answer:
        asked = {name: text for name, text in request.headers.items() if name not in _CONDITIONS}
        found = request.ask(headers=asked)
        if found.status != HTTPStatus.OK:
            return found
        body = change(found.body)
        headers = dict(found.headers)
        headers.pop("Last-Modified", None)
        if "ETag" in headers:
            headers["ETag"] = f'"{crc32(body.encode()):x}"'
            if request.headers.get("if-none-match") == headers["ETag"]:
                return Answer("", HTTPStatus.NOT_MODIFIED, headers)
        return replace(found, body=body, headers=headers)

    return answer


# -- statuses


def status(code: int, retry_after: float | None = None, *, as_date: bool = False) -> Kind:
    """An error, with a Retry-After of this many seconds, given as a number or as an HTTP date.

    A date is rounded up to a whole second.
    """

    def answer(_request: Request) -> Answer:
        headers = {"Content-Type": HTML}
        if retry_after is not None and as_date:
            until = datetime.now(UTC) + timedelta(seconds=retry_after + 0.999999)
            headers["Retry-After"] = format_datetime(until, usegmt=True)
        elif retry_after is not None:
            headers["Retry-After"] = f"{retry_after:g}"
        words = HTTPStatus(code).phrase
        return Answer(f"<html><title>{words}</title><h1>{words}</h1></html>", code, headers)

    return answer


# -- the wire


def over_wire(**orders: Any) -> Kind:
    """The page is sent differently, as fields of `Wired` say."""
    return lambda request: wired(request.ask(), **orders)


def timeout() -> Kind:
    """There is never an answer."""
    return lambda _request: wired(Answer(), silent=True)


def hang_up() -> Kind:
    """The connection closes without an answer."""
    return lambda _request: wired(Answer(), silent=True, cut=0.0)


def slow(seconds: float) -> Kind:
    """The answer begins this many seconds later."""
    return over_wire(delay=seconds)


def drip(size: int = 512, seconds: float = 0.05) -> Kind:
    """The page arrives in pieces of this many bytes, with this many seconds between."""
    return over_wire(drip=(size, seconds))


def cut(share: float = 0.5, *, reset: bool = False) -> Kind:
    """The connection ends in the middle of the body, properly or by a reset."""
    return over_wire(cut=share, reset=reset)


def truncated_gzip(share: float = 0.5) -> Kind:
    """The compressed body ends early, although its length matches Content-Length."""
    return over_wire(truncate=share)


def wrong_length(excess: int, *, ends: bool = False) -> Kind:
    """Content-Length is this many bytes too large, or too small if negative.

    :param ends: whether the connection then ends; otherwise it stays open for the next request.
    """
    return over_wire(excess=excess, cut=1.0 if ends else None)


def endless(size: int = 1024 * _MEGABYTE, *, chunked: bool = False) -> Kind:
    """The body has this many bytes: the page is repeated over and over."""

    def answer(request: Request) -> Answer:
        found = request.ask()
        raw = found.body.encode() or b" "
        return wired(found, raw=raw, repeat=-(-size // len(raw)), chunked=chunked)

    return answer


def gzip_bomb(size: int = 1024 * _MEGABYTE) -> Kind:
    """A small compressed body expands to this many bytes (rounded up to megabytes)."""

    def answer(_request: Request) -> Answer:
        headers = {"Content-Type": HTML, "Content-Encoding": "gzip"}
        return wired(Answer(headers=headers), raw=_bomb(-(-size // _MEGABYTE)))

    return answer


@cache
def _bomb(megabytes: int) -> bytes:
    """Return this many megabytes of blanks as gzip: one compressed block, repeated."""
    blanks = b" " * _MEGABYTE
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(megabytes):
        checksum = crc32(blanks, checksum)
    size = megabytes * _MEGABYTE % 2**32
    tail = packer.flush() + checksum.to_bytes(4, "little") + size.to_bytes(4, "little")
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * megabytes + tail


# -- characters


def charset(header: str | None, meta: str | None = "utf-8", written: str = "utf-8") -> Kind:
    """Header and page claim these character sets (None: none), and the bytes are in a third."""

    def answer(request: Request) -> Answer:
        found = request.ask()
        if found.status != HTTPStatus.OK:
            return found
        claim = f'<meta charset="{meta}" />' if meta else ""
        body = found.body.replace('<meta charset="utf-8" />', claim)
        content_type = f"text/html; charset={header}" if header else "text/html"
        headers = {**found.headers, "Content-Type": content_type}
        return wired(
            found, body=body, headers=headers, raw=body.encode(written, "xmlcharrefreplace")
        )

    return answer


# -- pages in another's place


def empty() -> Kind:
    """An empty page, with status 200."""
    return says("")


def soft_404() -> Kind:
    """The page that says "not found", with status 200."""
    return says(pages.plain("Page not found", "The page you asked for is not here any more."))


Vendor = Literal[
    "cloudflare", "imperva", "akamai", "datadome", "perimeterx", "aws", "sucuri", "f5", "anubis"
]
VENDORS: tuple[Vendor, ...] = get_args(Vendor)


def challenge(vendor: Vendor = "cloudflare", code: int | None = None) -> Kind:
    """A browser check in the form of a vendor's, with its usual status or another."""
    body, usual, headers = _CHALLENGES[vendor]
    return lambda _request: Answer(body, code or usual, {"Content-Type": HTML, **headers})


def _check(title: str, body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="robots" content="noindex,nofollow">{head}</head>\n<body>{body}</body></html>'
    )


#: Body, usual status and headers. Titles and hooks are the vendors', all other words our own.
_CHALLENGES: Mapping[Vendor, tuple[str, int, Mapping[str, str]]] = {
    "cloudflare": (
        _check(
            "Just a moment...",
            "<div class='main-wrapper' role='main'><h1>osce.org</h1>"
            "<p>A short check of your browser has to come first.</p>"
            "<noscript>Scripts and cookies have to be allowed.</noscript>"
            "<script>window._cf_chl_opt={cType:'managed'};</script>"
            "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></div>",
        ),
        403,
        {"Server": "cloudflare", "cf-mitigated": "challenge"},
    ),
    "imperva": (
        (
            '<html style="height:100%"><head><meta name="ROBOTS" content="NOINDEX, NOFOLLOW">'
            '<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>'
            '</head><body style="margin:0px;height:100%"><iframe id="main-iframe" '
            'src="/_Incapsula_Resource?CWUDNSAI=24" width="100%" height="100%">'
            "Request unsuccessful. Incident 877000210-1</iframe></body></html>"
        ),
        200,
        {"X-Iinfo": "1-2-3", "X-CDN": "Imperva"},
    ),
    "akamai": (
        _check(
            "Access Denied",
            "<h1>Access Denied</h1>This server does not let you see the page.<p>"
            "Reference&#32;&#35;18&#46;2d3f1602&#46;1700000000&#46;1a2b3c</p>",
        ),
        403,
        {"Server": "AkamaiGHost"},
    ),
    "datadome": (
        _check(
            "osce.org",
            "<p id='cmsg'>Please enable JS and disable any ad blocker</p>"
            "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>",
        ),
        403,
        {"X-DataDome": "protected"},
    ),
    "perimeterx": (
        _check(
            "Access to this page has been denied",
            "<div id='px-captcha'></div><p>Something about your visit looks like a robot's.</p>",
        ),
        403,
        {},
    ),
    "aws": (
        _check(
            "",
            "<div id='challenge-container'></div><noscript><h1>JavaScript is disabled</h1>"
            "Without it we cannot see that no robot asks.</noscript>",
            "<script src='/challenge.js'></script>",
        ),
        202,
        {"x-amzn-waf-action": "challenge", "Server": "awselb/2.0"},
    ),
    "sucuri": (
        _check(
            "You are being redirected...",
            "<noscript>Scripts are needed here.</noscript>",
            "<script>document.cookie='sucuri_cloudproxy_uuid=1';location.reload();</script>",
        ),
        200,
        {"Server": "Sucuri/Cloudproxy"},
    ),
    "f5": (
        (
            "<html><head><title>Request Rejected</title></head><body>Your request was rejected. "
            "Ask the administrator and name this number.<br><br>Your support ID is: 1701999&nbsp;"
            "<br><a href='javascript:history.back();'>[Go Back]</a></body></html>"
        ),
        200,
        {},
    ),
    "anubis": (
        _check(
            "Making sure you&#39;re not a bot!",
            "<main><h1 id='title'>Making sure you&#39;re not a bot!</h1>"
            "<p id='status'>Calculating</p></main>",
            "<script id='anubis_challenge' type='application/json'>{\"difficulty\":4}</script>",
        ),
        200,
        {},
    ),
}

LOGIN_PAGE = chrome.legacy(
    chrome.head("User account", "en", 3),
    '<div class="content--header"><h1>User account</h1></div>'
    '<form action="/login" method="post" id="user-login"><label for="edit-name">Username:</label>'
    '<input type="text" name="name" id="edit-name" /><label for="edit-pass">Password:</label>'
    '<input type="password" name="pass" id="edit-pass" />'
    '<input type="submit" value="Log in" /></form>',
    section="User account",
)


# -- redirects


def redirect(to: str, code: int = HTTPStatus.FOUND) -> Kind:
    """The page has moved to another address.

    :param to: the address; `{target}` in it stands for the requested target.
    """

    def answer(request: Request) -> Answer:
        place = to.format(target=request.target)
        return Answer("", code, {"Content-Type": HTML, "Location": place})

    return answer


def redirect_loop(addresses: int | None = 2) -> Kind:
    """The page redirects in a circle of this many addresses; None for a new one each time."""

    def answer(request: Request) -> Answer:
        path, _, step = request.target.partition("step=")
        number = int(step or 0) + 1
        if addresses is not None:
            number %= addresses
        mark = "" if path.endswith(("?", "&")) else "&" if "?" in path else "?"
        place = f"{path}{mark}step={number}" if number else path.rstrip("?&")
        return Answer("", HTTPStatus.FOUND, {"Content-Type": HTML, "Location": place})

    return answer


# -- the pager


_PAGE = re.compile(r"([?&]page=)\d+")
_LINK = re.compile(r'<li class="pager-([a-z]+)"><a href="([^"]*)">.*?</a></li>')
_RESULTS = re.compile(
    r'(?<=pane-apachesolr-result"><div class="pane-content">\n)'
    r'.*?(?=\n(?:<div class="item-list">|\n?</div></div></div>))',
    re.DOTALL,
)
_FAR = 10**6  # a page that no listing has
_NOTHING = "yielded no results"


def paged(target: str, number: int) -> str:
    """Return the address of another page of a listing."""
    if _PAGE.search(target):
        return _PAGE.sub(rf"\g<1>{number}", target)
    return f"{target}{'&' if '?' in target else '?'}page={number}"


def _links(change: Callable[[Request, str, str, int], str]) -> Kind:
    """The pager's links are changed.

    :param change: gets request, link, name (`next`, `item`, …) and page number; returns the link.
    """

    def answer(request: Request) -> Answer:
        def link(found: re.Match[str]) -> str:
            page = re.search(r"[?&;]page=(\d+)", found[2])
            return change(request, found[0], found[1], int(page[1]) if page else 0)

        return changes(lambda body: _LINK.sub(link, body))(request)

    return answer


def next_lost() -> Kind:
    """The pager has no next link, although it names later pages."""
    return _links(lambda _request, link, name, _page: "" if name == "next" else link)


def next_leads_to(number: int = 0) -> Kind:
    """The next link leads to this page."""

    def change(_request: Request, link: str, name: str, page: int) -> str:
        return link.replace(f"page={page}", f"page={number}") if name == "next" else link

    return _links(change)


def pager_ends(last: int) -> Kind:
    """The listing ends with this page: its pager names no later one, and none exists."""
    shorter = _links(lambda _request, link, _name, page: "" if page > last else link)

    def answer(request: Request) -> Answer:
        if request.page is not None and request.page > last:
            return request.ask(paged(request.target, _FAR))
        return shorter(request)

    return answer


def endless_next() -> Kind:
    """Pages without a next link get one, to the next number."""

    def answer(request: Request) -> Answer:
        href = paged(request.target, (request.page or 0) + 1).replace("&", "&amp;")
        link = f'<li class="pager-next"><a href="{href}">next ›</a></li>'

        def change(body: str) -> str:
            if 'class="pager-next"' in body:
                return body
            if '<ul class="pager">' in body:
                return body.replace('<ul class="pager">', f'<ul class="pager">{link}', 1)
            pager = f'\n<div class="item-list"><ul class="pager">{link}</ul></div>'
            return _RESULTS.sub(lambda found: found[0] + pager, body, count=1)

        return changes(change)(request)

    return answer


def last_again() -> Kind:
    """Pages past the end are the last page again."""

    def answer(request: Request) -> Answer:
        found = request.ask()
        if _NOTHING not in found.body:
            return found
        first = request.ask(paged(request.target, 0)).body
        numbers = re.findall(r'"pager-last"><a href="[^"]*[?&;]page=(\d+)', first)
        return request.ask(paged(request.target, int(numbers[0]) if numbers else 0))

    return answer


def same_page(number: int = 0) -> Kind:
    """Every page is this one."""
    return lambda request: request.ask(paged(request.target, number))


def same_entries(number: int = 0) -> Kind:
    """Every page has the entries of this one, but its own pager."""

    def answer(request: Request) -> Answer:
        other = _RESULTS.search(request.ask(paged(request.target, number)).body)
        results = other[0] if other else ""
        return changes(lambda body: _RESULTS.sub(lambda _found: results, body, count=1))(request)

    return answer


def no_entries(words: str = f"<h2>Your search {_NOTHING}</h2>") -> Kind:
    """The page has its pager, and these words instead of entries."""
    return changes(lambda body: _RESULTS.sub(lambda _found: words, body, count=1))


# -- redesigns


def new_classes() -> Kind:
    """Every class name and id is different."""
    return changes(redesign.new_classes)


def new_labels() -> Kind:
    """Labels and headings say the same in other words."""
    return changes(redesign.new_labels)


def scripted() -> Kind:
    """The page's content is empty until a script fills it."""
    return changes(redesign.scripted)


# -- robots.txt


def robots(*lines: str, size: int = 0, content_type: str | None = "text/plain") -> Kind:
    """These are the rules for all robots, followed by comments up to this many bytes."""
    rules = "".join(f"{line}\n" for line in ("User-agent: *", *lines))
    comment = "# this line says nothing at all\n"
    return says(rules + comment * (max(0, size - len(rules)) // len(comment)), 200, content_type)
