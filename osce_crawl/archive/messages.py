"""HTTP requests and responses in the form that records hold, without secrets.

Responses are written as received, but without the values of cookies. Requests keep only the values
of headers known to hold no secret. Otherwise an operator's keys and passwords would stay in the
archive for good.
"""

from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

Headers = Iterable[tuple[bytes, bytes]]
#: Written in place of a value that is left out.
MASKED = b"masked"
#: Headers of requests whose values are written.
_PLAIN = frozenset(
    {
        *(b"accept", b"accept-encoding", b"accept-language", b"cache-control", b"content-length"),
        *(b"content-type", b"host", b"if-modified-since", b"if-none-match", b"range", b"referer"),
        b"user-agent",
    }
)
_LINE_ENDS = bytes.maketrans(b"\r\n\0", b"   ")


def address_of(url: str) -> str:
    """Return an address without any user name and password."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=host, fragment=""))


def request_block(method: str, url: str, headers: Headers, body: bytes) -> bytes:
    """Return a request in the form of a record, with the Host that Scrapy adds when sending it."""
    parts = urlsplit(url)
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    host = parts.netloc.rpartition("@")[2].encode()
    kept = [(name, value if name.lower() in _PLAIN else MASKED) for name, value in headers]
    first = f"{method} {target} HTTP/1.1".encode()
    return _head(first, [(b"Host", host), *kept]) + body


def response_head(protocol: str | None, status: int, headers: Headers) -> bytes:
    """Return the head of a response in the form of a record, with the standard reason phrase."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:  # a non-standard status, such as a proxy's
        phrase = ""
    kept = [
        (name, _without_value(value) if name.lower() == b"set-cookie" else value)
        for name, value in headers
    ]
    return _head(f"{protocol or 'HTTP/1.1'} {status} {phrase}".encode(), kept)


def _without_value(cookie: bytes) -> bytes:
    pair, semicolon, attributes = cookie.partition(b";")
    return pair.partition(b"=")[0] + b"=" + MASKED + semicolon + attributes


def _head(first: bytes, headers: Headers) -> bytes:
    lines = [first, *(name + b": " + value.translate(_LINE_ENDS) for name, value in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"
