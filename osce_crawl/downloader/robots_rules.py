"""Pure functions that read a robots.txt in any encoding."""

import codecs
import re

from protego import Protego
from scrapy.utils.python import binary_is_text

# RFC 9309, 2.5: a crawler parses at least 500 kibibytes and may stop there.
PARSED_BYTES = 500 * 1024
#: UTF-32 before UTF-16, because its byte order mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_RULE = re.compile(
    r"^[ \t]*(?:user-agent|disallow|allow|sitemap)[ \t]*:", re.IGNORECASE | re.MULTILINE
)


def readable_rules(status: int, body: bytes) -> bytes | None:
    """Return the part of a robots.txt to parse, in UTF-8 without a byte order mark.

    Empty if there are no rules (4xx except 429), None if the rules are unknown.
    """
    if status // 100 == 4 and status != 429:  # noqa: PLR2004
        return b""
    rules = in_utf8(body) if status // 100 == 2 else None  # noqa: PLR2004
    if rules is None or len(rules) <= PARSED_BYTES:
        return rules
    # A truncated rule would have another meaning.
    return rules[:PARSED_BYTES].rpartition(b"\n")[0]


def in_utf8(body: bytes) -> bytes | None:
    """Return a text in UTF-8; None if it is binary.

    UTF-16 and UTF-32 are assumed if a byte order mark states them or, without one, if the text is
    valid in the encoding and has a line of a robots.txt, which no other encoding would show.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.removeprefix(mark).decode(encoding, "ignore").encode()
    for encoding in _WIDE if b"\0" in body else ():
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _RULE.search(text):
            return text.encode()
    return body if binary_is_text(body) else None


def seconds_a_request(rules: bytes, agent: str) -> float:
    """Return the seconds between two requests according to ``Request-rate``; 0 without one.

    Scrapy's RobotParser does not offer it, so Protego reads it, whatever ROBOTSTXT_PARSER says. Of
    several lines for one agent, Protego returns the last. A time of day stated with it is ignored:
    a run may last into that time, and the pace is only a lower bound.
    """
    if b"request-rate" not in rules.lower():
        return 0.0
    rate = Protego.parse(rules.decode("utf-8", "ignore")).request_rate(agent)
    return rate.seconds / rate.requests if rate is not None else 0.0
