"""Shared by sitemaps and feeds: untrusted XML, perhaps gzipped, perhaps truncated."""

import re
import zlib
from typing import NoReturn

from lxml import etree
from lxml.etree import _Element

from osce_crawl.pages.recognise import stand_in
from osce_crawl.pages.refusals import NotAListing

#: The sitemap protocol's own limit for a decompressed file, in bytes (sitemaps.org).
LONGEST = 52_428_800

_GZIP = b"\x1f\x8b"
_BEFORE = b"\xef\xbb\xbf \t\r\n"
#: An entity for one character or a short word is harmless: ``<!ENTITY nbsp "&#160;">``.
_LONGEST_ENTITY = 16
_REFERENCE = re.compile(r"[&%][\w#]")


def unpacked(body: bytes, url: str, longest: int = LONGEST) -> tuple[bytes, bool]:
    """Return a file without gzip, and whether it is complete.

    :raises NotAListing: when it is empty, or longer than *longest* bytes.
    """
    whole = True
    if body.startswith(_GZIP):
        body, whole = _unzipped(body, url, longest)
    if len(body) > longest:
        _refuse_length(url, longest)
    body = body.lstrip(_BEFORE)  # a parser accepts nothing before the declaration
    if not body:
        raise NotAListing("empty", url, "nothing came")
    return body, whole


def _unzipped(body: bytes, url: str, longest: int) -> tuple[bytes, bool]:
    parts: list[bytes] = []
    size = 0
    while body.startswith(_GZIP):  # a file may have several members
        reader = zlib.decompressobj(wbits=31)
        try:
            parts.append(reader.decompress(body, longest + 1 - size))
        except zlib.error:
            return b"".join(parts), False
        size += len(parts[-1])
        if size > longest:
            _refuse_length(url, longest)
        if not reader.eof:
            return b"".join(parts), False
        body = reader.unused_data
    return b"".join(parts), True


def _refuse_length(url: str, longest: int) -> NoReturn:
    raise NotAListing("too-large", url, f"it has more than {longest} bytes")


def first_name(body: bytes, url: str) -> str | None:
    """Return the local name of the first element of a file; None if it is not XML.

    :raises NotAListing: when it declares entities that are files or expand.
    """
    # fetches nothing, and resolves no entities
    parser = etree.XMLPullParser(
        events=("start",), recover=True, resolve_entities=False, no_network=True
    )
    try:
        parser.feed(body[:65_536])
        found: _Element | None = next((element for _, element in parser.read_events()), None)
    except etree.XMLSyntaxError:
        return None
    if found is None:
        return None
    _refuse_entities(found, url)
    return etree.QName(found).localname


def _refuse_entities(root: _Element, url: str) -> None:
    """Refuse a file that declares entities which may be files of this machine, or expand.

    :raises NotAListing: when there is such an entity; the message names it.
    """
    dtd = root.getroottree().docinfo.internalDTD
    for entity in dtd.iterentities() if dtd is not None else ():
        text = entity.content
        if text is None or len(text) > _LONGEST_ENTITY or _REFERENCE.search(text):
            raise NotAListing("entities", url, f"it declares the entity {entity.name:.40}")


def refuse_other(body: bytes, url: str, wanted: str, name: str | None) -> NoReturn:
    """Refuse a file of another type than *wanted*, and state its type.

    :param name: the name of its first element, or None.
    :raises NotAListing: always.
    """
    if name is not None and name.lower() != "html":
        raise NotAListing("other-xml", url, f"it is XML of another kind ({name:.40}), not {wanted}")
    reason = stand_in(body, url)
    if reason is not None:
        raise NotAListing(reason, url, f"a web page instead of {wanted}")
    if re.search(rb"<html\b|<!doctype html", body[:4096], re.IGNORECASE):
        raise NotAListing("not-xml", url, f"an HTML page instead of {wanted}")
    raise NotAListing("not-xml", url, f"it is not XML, but {wanted} was expected")
