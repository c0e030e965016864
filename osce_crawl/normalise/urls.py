"""Addresses of the newsroom: the node id, the language and the one canonical spelling.

The node id (nid: 4 to 7 digits, the last segment of the path) is the same under every address of
an item and in every generation of the site, so it identifies an item.

`osce_crawl.normalise.web` defines what an address is; nothing here ever raises.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlunsplit

from w3lib.url import canonicalize_url

from osce_crawl.normalise.web import resolve, split_address

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
#: Parameters that do not change what a page shows (seen on stored addresses of listings).
IGNORED_PARAMETERS = ("fields", "activities", "source", "secretariat")
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|mc_[ce]id|_ga|_gl|yclid|msclkid|igshid)$", re.IGNORECASE
)
#: An address with a user name.
_NAMED = re.compile(r"\s*[^/?#]*//[^/?#]*@")
_NID = re.compile(r"^\d{4,7}$")
#: The end of ``/news/some-slug/2026``: so low a node number must have ``/node/`` before it.
_YEAR = re.compile(r"^(?:19[89]|20[0-4])\d$")
#: What Drupal numbers apart from its nodes: ``/taxonomy/term/1266``.
_OTHER_NUMBERS = frozenset({"term", "user", "comment"})
_SHORTEST_PATH = 4
_LISTING_PATH = re.compile(r"^/(?:[a-z]{2,3}/)?press-releases(?:/|$)", re.IGNORECASE)
#: The formats of files for download, as in their names and beside links to them.
FILE_FORMATS = "pdf|docx?|xlsx?|pptx?|odt|rtf|zip"
#: Hosts of social networks and of services that share pages there.
_NETWORKS = (
    *("twitter.com", "x.com", "facebook.com", "instagram.com", "t.me", "telegram.me", "tiktok.com"),
    *("linkedin.com", "bsky.app", "threads.net", "mastodon.social", "whatsapp.com", "addthis.com"),
)
_FILE_PATH = re.compile(
    rf"^/(?:sites/default/)?files/|\.(?:{FILE_FORMATS}|jpe?g|png)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Address:
    """What the address of a page says about it.

    :ivar node: the node id, or None if the path has none.
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
    segments = [segment for segment in split_address(url).path.split("/") if segment]
    node = segments[-1] if segments and _NID.match(segments[-1]) else None
    if node is not None and _YEAR.match(node) and segments[-2:-1] != ["node"]:
        node = None
    if segments[-2:-1] and segments[-2] in _OTHER_NUMBERS:
        node = None
    language = PATH_LANGUAGES.get(segments[0].lower()) if len(segments) > 1 else None
    return Address(url, node, language)


@lru_cache(maxsize=8192)
def is_item_address(url: str) -> bool:
    """Return whether *url* looks like the address of an item: it ends in a nid and is not a file.

    Unit pages, events and reports look the same; only the page itself shows the difference.
    """
    parts = split_address(url)
    if "download=" in parts.query:
        return False
    if _FILE_PATH.search(parts.path) or _LISTING_PATH.match(parts.path):
        return False
    return read_address(url).node is not None


@lru_cache(maxsize=8192)
def is_page_address(url: str) -> bool:
    """Return whether *url* may be a page of the site: not a file, a listing or the start page."""
    parts = split_address(url)
    if "download=" in parts.query or len(parts.path.strip("/")) < _SHORTEST_PATH:
        return False
    return not _FILE_PATH.search(parts.path) and not _LISTING_PATH.match(parts.path)


@lru_cache(maxsize=8192)
def is_listing_trap(url: str) -> bool:
    """Return whether *url* is a keyword search under ``/press-releases/``, which never ends."""
    path = split_address(url).path
    match = _LISTING_PATH.match(path)
    return match is not None and bool(path[match.end() :].strip("/"))


@lru_cache(maxsize=8192)
def is_file_address(url: str) -> bool:
    """Return whether *url* is a download: a file's path, or an item's ``?download=true``."""
    parts = split_address(url)
    return "download=" in parts.query or bool(_FILE_PATH.search(parts.path))


def is_network_address(url: str) -> bool:
    """Return whether *url* leads to a social network, or to a service that shares pages there.

    >>> is_network_address("https://m.facebook.com/osce"), is_network_address("https://linux.com/")
    (True, False)
    """
    host = split_address(url).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in _NETWORKS)


def is_osce_host(host: str) -> bool:
    """Return whether *host* is osce.org or one of its sub-domains."""
    return host == "osce.org" or host.endswith(".osce.org")


@lru_cache(maxsize=8192)
def clean_address(url: str) -> str:
    """Return the canonical spelling of a page's address.

    https on OSCE's hosts, the host in lower case, no fragment, no tracking or ignored parameter, no
    trailing slash. Anything that is not an address is returned unchanged.

    >>> clean_address("http://osce.org/odihr/326711/?utm_source=x#top")
    'https://osce.org/odihr/326711'
    """
    parts = split_address(url)
    if not parts.netloc:
        return url
    scheme, netloc, host = parts.scheme, parts.netloc, parts.hostname or ""
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
    cleaned = clean_address(url)
    spelling = canonicalize_url(cleaned) if split_address(cleaned).netloc else cleaned
    digest = hashlib.sha256(spelling.encode("utf-8", "replace")).hexdigest()
    return f"u{digest[:16]}"


def lowest_node(nodes: Iterable[str]) -> str:
    """Return the lowest node id by number; hashes come after all numbers.

    >>> lowest_node(["u0f", "10001", "9999"])
    '9999'
    """
    return min(nodes, key=lambda one: (not one.isdigit(), int(one) if one.isdigit() else 0, one))


@lru_cache(maxsize=8192)
def is_osce_or_own_host(url: str, base: str) -> bool:
    """Return whether *url* stays on OSCE's hosts or on the host of *base*."""
    host = split_address(url).hostname or ""
    return is_osce_host(host) or (bool(host) and host == split_address(base).hostname)


def without_osce_host(url: str) -> str:
    """Return *url* from its path on if it is on one of OSCE's hosts, else unchanged.

    >>> without_osce_host("http://bih.osce.org:8080/hbs/602771?x=1")
    '/hbs/602771?x=1'
    """
    parts = split_address(url)
    if not is_osce_host(parts.hostname or ""):
        return url
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))


def is_visited(url: str, base: str) -> bool:
    """Return whether a crawl of *base* may request *url*.

    OSCE's hosts must have the default port, and the host of *base* its own port: another port is
    another server. Neither may have a user name.

    >>> is_visited("https://bih.osce.org/news", "http://127.0.0.1:8000")
    True
    >>> is_visited("http://127.0.0.1:8001/", "http://127.0.0.1:8000")
    False
    """
    parts, own = split_address(url), split_address(base)
    host = parts.hostname or ""
    if not host or _NAMED.match(url):
        return False
    if (host, parts.port) == (own.hostname, own.port):
        return True
    return parts.port is None and is_osce_host(host)


def absolute(base: str, href: str) -> str | None:
    """Return the target of a link on the page *base*, or None if it leads to no other page.

    None for anything but a web address (mailto, script, a broken one), and for anchors on the page.
    """
    return None if href.lstrip().startswith("#") else resolve(base, href)
