"""Addresses of the newsroom: the node id, the language and the one canonical spelling.

The node id (nid: 4 to 7 digits, the last segment of the path) is the same under every address of
an item and on every generation of the site, so it is what identifies an item.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

#: Language prefixes of paths and the BCP 47 tag each stands for. The site writes ``hbs`` for the
#: common Bosnian-Croatian-Serbian text and ``me`` for Montenegrin.
PATH_LANGUAGES = {
    "en": "en",
    "ru": "ru",
    "uk": "uk",
    "ua": "uk",
    "sq": "sq",
    "al": "sq",
    "de": "de",
    "fr": "fr",
    "it": "it",
    "es": "es",
    "bs": "bs",
    "hr": "hr",
    "sr": "sr",
    "hbs": "sh",
    "me": "cnr",
    "cnr": "cnr",
    "mk": "mk",
    "ro": "ro",
    "mo": "ro",
    "ky": "ky",
    "kk": "kk",
    "tg": "tg",
    "tk": "tk",
    "uz": "uz",
    "az": "az",
    "hy": "hy",
    "ka": "ka",
    "be": "be",
    "pl": "pl",
    "tr": "tr",
}
#: Parameters that change nothing of what a page shows (seen on stored addresses of listings).
IGNORED_PARAMETERS = ("fields", "activities", "source", "secretariat")
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|mc_[ce]id|_ga|_gl|yclid|msclkid|igshid)$", re.IGNORECASE
)
_USUAL_PORTS = {"http": 80, "https": 443}
_NID = re.compile(r"^\d{4,7}$")
_SHORTEST_PATH = 4
_LISTING_PATH = re.compile(r"^/(?:[a-z]{2,3}/)?press-releases(?:/|$)", re.IGNORECASE)
_FILE_PATH = re.compile(
    r"^/(?:sites/default/)?files/|\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Address:
    """What the address of a page says about it.

    :ivar node: the node id, or None where the path has none.
    :ivar language: BCP 47 tag of the path's language prefix, or None.
    """

    url: str
    node: str | None
    language: str | None


@lru_cache(maxsize=8192)
def read_address(url: str) -> Address:
    """Return the node id and the language that *url* itself states.

    >>> read_address("https://bih.osce.org/hbs/node/602771")
    Address(url='https://bih.osce.org/hbs/node/602771', node='602771', language='sh')
    """
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    node = segments[-1] if segments and _NID.match(segments[-1]) else None
    language = PATH_LANGUAGES.get(segments[0].lower()) if len(segments) > 1 else None
    return Address(url, node, language)


def is_item_address(url: str) -> bool:
    """Tell whether *url* looks like the address of an item: it ends in a nid and is no file.

    Unit pages, events and reports look the same; only the page itself can tell them apart.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or "download=" in parts.query:
        return False
    if _FILE_PATH.search(parts.path) or _LISTING_PATH.match(parts.path):
        return False
    return read_address(url).node is not None


def is_page_address(url: str) -> bool:
    """Tell whether *url* may be a page of the site: no file, no listing, not the start page."""
    parts = urlsplit(url)
    if "download=" in parts.query or len(parts.path.strip("/")) < _SHORTEST_PATH:
        return False
    return not _FILE_PATH.search(parts.path) and not _LISTING_PATH.match(parts.path)


def is_listing_trap(url: str) -> bool:
    """Tell whether *url* is a keyword search under ``/press-releases/``, of which none ends."""
    path = urlsplit(url).path
    match = _LISTING_PATH.match(path)
    return match is not None and bool(path[match.end() :].strip("/"))


def is_file_address(url: str) -> bool:
    """Tell whether *url* is a download: a file's path, or an item's ``?download=true``."""
    parts = urlsplit(url)
    return "download=" in parts.query or bool(_FILE_PATH.search(parts.path))


def is_osce_host(host: str) -> bool:
    """Tell whether *host* is osce.org or one of its sub-domains."""
    return host == "osce.org" or host.endswith(".osce.org")


def clean_address(url: str) -> str:
    """Return the spelling under which one page has one address.

    https on OSCE's hosts, the host in lower case, no fragment, no tracking or ignored parameter, no
    trailing slash.

    >>> clean_address("http://osce.org/odihr/326711/?utm_source=x#top")
    'https://osce.org/odihr/326711'
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    scheme = parts.scheme
    shown = f"[{host}]" if ":" in host else host  # IPv6
    netloc = shown if parts.port is None else f"{shown}:{parts.port}"
    if is_osce_host(host):
        scheme, netloc = "https", host
    kept = [
        pair
        for pair in parts.query.split("&")
        if pair
        and pair.split("=", 1)[0] not in IGNORED_PARAMETERS
        and not _TRACKING.match(pair.split("=", 1)[0])
    ]
    path = parts.path if parts.path == "/" else parts.path.rstrip("/")
    return urlunsplit((scheme, netloc, path, "&".join(kept), ""))


def node_of(url: str) -> str:
    """Return the node id of *url*, or ``u`` and 16 hex digits of its canonical form's SHA-256."""
    node = read_address(url).node
    if node is not None:
        return node
    digest = hashlib.sha256(canonicalize_url(clean_address(url)).encode()).hexdigest()
    return f"u{digest[:16]}"


def is_osce_or_own_host(url: str, base: str) -> bool:
    """Tell whether *url* stays on OSCE's hosts or on the host of *base*."""
    host = urlsplit(url).hostname or ""
    return is_osce_host(host) or host == urlsplit(base).hostname


def is_visited(url: str, base: str) -> bool:
    """Tell whether a crawl of *base* may ask for *url*.

    OSCE's hosts are on the usual ports, and the host of *base* is on its own port: another port is
    another server. Neither has a user name.

    >>> is_visited("https://bih.osce.org/news", "http://127.0.0.1:8000")
    True
    >>> is_visited("http://127.0.0.1:8001/", "http://127.0.0.1:8000")
    False
    """
    try:
        parts, own = urlsplit(url), urlsplit(base)
        port, own_port = _port(parts), _port(own)
    except ValueError:  # a port that is none
        return False
    if parts.scheme not in _USUAL_PORTS or "@" in parts.netloc:
        return False
    host = parts.hostname or ""
    if host == own.hostname and port == own_port:
        return True
    return port is None and is_osce_host(host)


def _port(parts: SplitResult) -> int | None:
    """Return the port of an address, None for its scheme's usual one; raises ValueError."""
    return None if parts.port == _USUAL_PORTS.get(parts.scheme) else parts.port


@lru_cache(maxsize=8192)
def absolute(base: str, href: str) -> str | None:
    """Return *href* as an absolute http(s) address, or None for anything else (mailto, script)."""
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base, href)
        scheme = urlsplit(url).scheme
    except ValueError:  # "http://[" and the like: a broken link is no link
        return None
    return url if scheme in ("http", "https") else None
