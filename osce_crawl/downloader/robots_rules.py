"""What a robots.txt says, whatever bytes it came in: pure functions."""

import codecs
import re

from protego import Protego
from scrapy.utils.python import binary_is_text

# RFC 9309, 2.5: a crawler parses at least 500 kibibytes and may stop there.
PARSED_BYTES = 500 * 1024
#: UTF-32 before UTF-16, whose mark its own begins with.
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
    """Return what is to be parsed of a robots.txt, in UTF-8 without a mark.

    It is empty where there are no rules (4xx but 429), None where they are unknown.
    """
    if status // 100 == 4 and status != 429:  # noqa: PLR2004
        return b""
    rules = in_utf8(body) if status // 100 == 2 else None  # noqa: PLR2004
    if rules is None or len(rules) <= PARSED_BYTES:
        return rules
    # A rule cut in two would mean something else.
    return rules[:PARSED_BYTES].rpartition(b"\n")[0]


def in_utf8(body: bytes) -> bytes | None:
    """Return a text in UTF-8; None where it is binary.

    Of the wide encodings one is taken if a mark says so or, without any, if the text is valid in it
    and has a line of a robots.txt, which no other encoding would show.
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
    """Return the seconds between two requests that ``Request-rate`` asks for, 0 where it does not.

    Scrapy's RobotParser has no word for it, so it is read by Protego itself, whatever
    ROBOTSTXT_PARSER says. Of several lines for one agent Protego gives the last. A time of the
    day beside it is left out of account: a run may last into it, and the pace is a lower bound.
    """
    if b"request-rate" not in rules.lower():
        return 0.0
    rate = Protego.parse(rules.decode("utf-8", "ignore")).request_rate(agent)
    return rate.seconds / rate.requests if rate is not None else 0.0
