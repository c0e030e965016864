r"""The one module for web addresses: what counts as one, its spelling, and its parts.

An address is read as browsers read it (WHATWG URL, for the schemes http and https):

- white space and control characters around it and line breaks in it are dropped;
- scheme and host are written in lower case, hosts beyond ASCII in punycode;
- ``\`` before the query is ``/``; slashes after the scheme may be too few or too many
  (``http:/x`` is ``http://x``, on a page of the same scheme the path ``/x`` of its host);
- the default port is dropped, and so are user names and passwords;
- spaces, quotes, angle brackets, control characters and all beyond ASCII are percent-encoded.

Anything else is not an address anywhere in the program: without a host, with an impossible host or
port, or with another scheme. The schema of the items has the same grammar, `PATTERN`.
"""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

_HOST_PATTERN = r"(\[[0-9a-f:.]+\]|[0-9a-z_-]{1,63}(\.[0-9a-z_-]{1,63})*\.?)"
#: The form of an address once it is read; also a pattern of JSON Schema (ECMA 262).
PATTERN = rf"^https?://{_HOST_PATTERN}(:[1-9][0-9]{{0,4}})?([/?#][!#-;=?-~]*)?$"
#: Browsers, servers and archives accept no longer ones.
LONGEST = 8192

_ADDRESS = re.compile(PATTERN)
_HOST = re.compile(_HOST_PATTERN)
_LINE_BREAKS = re.compile(r"[\t\n\r]")
_AROUND = "".join(map(chr, range(0x21))) + "\x7f"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HEAD = re.compile(r"[^?#]*")
_ENCODED = re.compile(r"[^!#-;=?-~]+")
_PORTS = {"http": 80, "https": 443}
_MOST_PORTS = 65_535
_LONGEST_HOST = 253
_NO_PARTS = SplitResult("", "", "", "", "")


def resolve(base: str, href: str) -> str | None:
    """Return the web address of *href* on the page *base*, or None if it is not one.

    >>> resolve("https://www.osce.org/a/", "HTTP:/osce.org/b c")
    'http://osce.org/b%20c'

    :param base: address of the page; "" if there is none, so that *href* must be absolute.
    """
    # checked first, because only short addresses should be cached
    return _resolve(base, href) if len(href) <= LONGEST and len(base) <= LONGEST else None


def web_address(url: str) -> str | None:
    """Return *url* in this spelling, or None if it is not a web address."""
    return resolve("", url)


def is_broken(base: str, href: str) -> bool:
    """Return whether *href* was meant to lead to a page or file, but is not an address."""
    if resolve(base, href) is not None:
        return False
    text = _plain(href)
    scheme = _SCHEME.match(text)
    return bool(text) and text[0] != "#" and (not scheme or scheme[1].lower() in _PORTS)


@lru_cache(maxsize=8192)
def split_address(url: str) -> SplitResult:
    """Return the parts of a web address; all of them are empty if *url* is not one."""
    address = web_address(url)
    return _NO_PARTS if address is None else urlsplit(address)


@lru_cache(maxsize=8192)
def _resolve(base: str, href: str) -> str | None:
    text = _plain(href)
    if not text:
        return None
    try:
        address = _joined(base, text)
    except ValueError:  # a host or a port that cannot be, half of a surrogate pair
        return None
    return address if _ADDRESS.match(address) and len(address) <= LONGEST else None


def _plain(href: str) -> str:
    return _LINE_BREAKS.sub("", href).strip().strip(_AROUND)


def _joined(base: str, text: str) -> str:
    """Return *text* as an absolute address; raises ValueError if that is impossible."""
    head = _HEAD.match(text)
    before = head[0] if head else ""
    text = before.replace("\\", "/") + text[len(before) :]
    base = web_address(base) or ""
    scheme = base.partition(":")[0]
    stated = _SCHEME.match(text)
    if stated:
        text = text[stated.end() :]
        if not text:
            raise ValueError("a scheme is no address")
        if stated[1].lower() != scheme or text.startswith("//"):
            text = f"//{text.lstrip('/')}"
        scheme = stated[1].lower()
    if scheme not in _PORTS:
        raise ValueError("no scheme of the web")
    if not text.startswith("//"):
        # forced to be a path, so that "a:b" does not become a scheme
        return urljoin(base, percent_encoded(text if text[0] in "/?#" else f"./{text}"))
    authority, rest = re.split(r"(?=[/?#])|$", text.lstrip("/"), maxsplit=1)
    return f"{scheme}://{_host_and_port(authority, scheme)}{percent_encoded(rest)}"


@lru_cache(maxsize=1024)
def _host_and_port(authority: str, scheme: str) -> str:
    """Return host and port of an authority; raises ValueError if they are impossible."""
    where = authority.rpartition("@")[2]
    host, colon, port = where.rpartition(":")
    if not colon or port.endswith("]"):
        host, port = where, ""
    if host.startswith("["):
        host = f"[{IPv6Address(host[1:-1])}]"
    elif len(host) > _LONGEST_HOST:
        raise ValueError("a host of that length cannot be")
    elif not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = host.lower()
    if not _HOST.fullmatch(host):
        raise ValueError("a host like that cannot be")
    if host.rstrip(".").rpartition(".")[2].isdigit():
        host = str(IPv4Address(host))
    if not port:
        return host
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= _MOST_PORTS):
        raise ValueError("a port like that cannot be")
    return host if int(port) == _PORTS[scheme] else f"{host}:{int(port)}"


def percent_encoded(text: str) -> str:
    """Return *text* with all characters encoded that an address cannot hold; raises ValueError."""
    return _ENCODED.sub(lambda match: quote(match[0], safe=""), text)
