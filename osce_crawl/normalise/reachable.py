"""E-mail addresses, phone numbers and messenger links: the ways to reach a person or an office."""

import re
from collections.abc import Iterator

from osce_crawl.vocabulary.contacts import ends_with_channel

_AT = "at|ät|et|aet|a|@|sign|собака|sobaka|кучка|majmun|kukac|małpa|chiocciola|arroba|arobase|heçe"
_DOT = r"dot|d0t|punkt|point|punto|точка|крапка|tačka|točka|тачка|kropka|nokta|pikë|punct"
_MAIL = re.compile(
    r"[\w.%+'-]+[ ]?[@＠][ ]?[\w-]+(?:[ ]?\.[ ]?[\w-]+)+"
    rf"|[\w.%+-]+\s*[\[({{<]\s*(?:{_AT})\s*[\])}}>]\s*[\w-]+"
    rf"(?:\s*(?:\.|[\[({{<]\s*(?:{_DOT})\s*[\])}}>]|\s(?:{_DOT})\s)\s*[\w-]+)*"
    rf"|[\w.%+-]+\s(?:at|AT)\s[\w-]+(?:\s(?:{_DOT}|DOT)\s[\w-]+)+"
    r"|[a-z0-9.%+]+(?:-at-|_at_)[\w-]+\.[a-z]{2,}"
    r"|\[\s*e-?mail[^\]]*\]",
    re.IGNORECASE,
)
#: Joomla's words in place of an address, whatever their language: "… protected from spambots. You
#: need JavaScript enabled to view it."; and the marks before them.
_CLOAKED = re.compile(
    r"(?:spam|спам)[^.!?\n]{0,40}[.!?]\s[^.!?\n]{0,80}javascript[^.!?\n]{0,60}[.!?]?",
    re.IGNORECASE,
)
_BEFORE_CLOAKED = ".:,;!?|(\n"
_HANDLE = re.compile(
    r"\b(?:skype|telegram|whatsapp|viber|signal|threema|скайп|телеграмм?|ватсап|вотсап|вайбер)"
    r"(?: ?(?:id|name))? ?: ?@?[\w.:+-]{3,}|\b(?:m|t|telegram|viber|wa)\.me/[\w.+-]{3,}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d ()/.\u2010-\u2015-]{4,}\d")
_BRACKETS = "[({<"
_BRACKETED = re.compile(rf"[\[({{<]\s?(?:{_AT}|e-?mail)\b", re.IGNORECASE)
#: Signs of any of this, except numbers and brackets, that are cheap to search for.
_SIGNS = ("@", "＠", " dot ", "-at-", "_at_", ".me/", "javascript")
#: More signs, in lines with a colon.
_MESSENGERS = (
    *("skype", "telegram", "whatsapp", "viber", "signal", "threema"),
    *("скайп", "телеграм", "ватсап", "вотсап", "вайбер"),
)
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01]) ?[./-] ?(?:0?[1-9]|1[0-2]) ?[./-] ?(?:\d{4}|\d\d)"
    r"|(?:1[89]|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|\d?\d\.\d\d ?[-–—] ?\d?\d\.\d\d"
)
_PART = re.compile(r"\d+")
#: "0123/2019" is a document's number, "48.01590" a coordinate, "0.123456" a share.
_NO_NUMBER = re.compile(r"\d+/(?:19|20)\d\d|\d+\.\d+|[1-9]\d{0,2}(?:\.\d{3})+")
_BRACKET = re.compile(r"\d{2,5}(?:-\d)?\) ?\d")
_COUNTED = ("№", "No.", "no.", "Nr.", "nr.", "br.")
_FEWEST, _FEWEST_TOLD, _MOST = 7, 5, 15
_BEFORE = 24
#: "8 (495)": how calls within a country begin in some languages of the site.
_TRUNK = re.compile(r"8[ -]?(?:\(\d{3,5}\)|-\d{3,5}-|\d{3}-)[ \d-]{5,11}")
#: A messenger name in a line of contacts: "@name".
_NAME = re.compile(r"(?<!\w)[@＠]\w{3,}|\b[\w.]+@[\w.]+")
_YEAR, _DAY = 4, 3

_CALLS = re.compile(
    r"\s*(?:mailto:(?!\?|$)|(?:callto|sgnl|signal|skype|sms|tel|tg|threema|viber|whatsapp):"
    r"|(?:https?://[^/]+)?/cdn-cgi/l/email-protection"
    r"|(?:https?:)?//(?:www\.)?(?:(?:api|web)\.whatsapp\.com|chats\.viber\.com|join\.skype\.com"
    r"|signal\.me|threema\.id|viber\.me|wa\.me)\b)",
    re.IGNORECASE,
)
_CHANNELS = re.compile(
    r"\s*(?:https?:)?//(?:www\.)?(?:m\.me|t\.me|telegram\.dog|telegram\.me)\b", re.IGNORECASE
)
#: Addresses that begin with "/" but do not lead to a page of the site.
_OFF_SITE = ("//", "/cdn-cgi/")
#: Links for sharing the page.
_SHARING = re.compile(r"share|forward|[?&](?:text|url)=|//msg", re.IGNORECASE)


def signs_in(text: str) -> list[int]:
    """Return cheaply where `reached_in` may find anything in *text*; [] means nowhere."""
    numbers = _NUMBER.finditer(text)
    found = [match.start() for match in numbers if not _is_date(match.group())]
    for bracket in _BRACKETS:
        if bracket in text:
            found += [at for at in _places(text, bracket) if _BRACKETED.match(text, at)]
    quick = text.encode("utf-8", "replace").lower()  # only its ASCII, but ten times faster
    signs = [sign for sign in _SIGNS if sign.encode() in quick]
    with_colon = "\n".join([line for line in text.split("\n") if ":" in line]).lower()
    signs += [name for name in _MESSENGERS if name in with_colon]
    if signs:
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter that becomes two in lower case shifts the offsets
            lowered = text
        for sign in signs:
            found += _places(lowered, sign)
    return found


def _places(text: str, sign: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def reached_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every e-mail address, phone number and messenger name in *text*.

    Obfuscated addresses count ("name (at) osce.org"), and so do the words that replace a hidden
    one. A number counts if it begins like a phone number, with "+", "0" or an area code in
    brackets, or if the text calls it one. Dates, document numbers, coordinates and account numbers
    do not count.

    >>> [text[b:e] for text in ["Tel. +43 1 514 36, pr(at)osce.org"] for b, e in reached_in(text)]
    ['pr(at)osce.org', '+43 1 514 36']
    """
    for found in _MAIL.finditer(text):
        yield found.span()
    for found in _CLOAKED.finditer(text):
        begin = max(text.rfind(mark, 0, found.start()) for mark in _BEFORE_CLOAKED) + 1
        yield begin, found.end()
    for found in _HANDLE.finditer(text):
        yield found.span()
    for found in _NUMBER.finditer(text):
        if _is_phone(text, found):
            begin = found.start()
            while begin and text[begin - 1] in "+＋(":
                begin -= 1
            yield begin, found.end()


def named_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of phone numbers and names that only a line of contacts makes certain.

    >>> [text[b:e] for text in ["Press Officer, 202-555-0123, @mira"] for b, e in named_in(text)]
    ['202-555-0123', '@mira']
    """
    for found in _NUMBER.finditer(text):
        number = found.group()
        if _FEWEST <= sum(map(str.isdigit, number)) <= _MOST and not (
            _is_date(number) or _NO_NUMBER.fullmatch(number)
        ):
            begin = found.start()
            yield (begin - 1 if text[:begin].endswith("(") else begin), found.end()
    for found in _NAME.finditer(text):
        yield found.span()


def _is_phone(text: str, found: re.Match[str]) -> bool:
    number, begin = found.group(), found.start()
    digits = sum(map(str.isdigit, number))
    if not _FEWEST_TOLD <= digits <= _MOST or _is_date(number) or _NO_NUMBER.fullmatch(number):
        return False
    before = text[max(0, begin - _BEFORE) : begin]
    behind = text[found.end() : found.end() + _BEFORE].lstrip()
    if ends_with_channel(before) or (
        behind.startswith("(") and ends_with_channel(behind.partition(")")[0])
    ):
        return True
    if digits < _FEWEST:
        return False
    if before.endswith(("+", "＋", "+(", "(+")):
        return True
    if before.endswith("("):
        return _BRACKET.match(number) is not None or number.startswith("0")
    if before and not before[-1].isspace() and before[-1] not in ":,;|–—•":
        return False
    starts = number.startswith("0") or _TRUNK.fullmatch(number) is not None
    return starts and not before.rstrip().endswith(_COUNTED)


def _is_date(number: str) -> bool:
    """Return whether *number* is a date, a range of dates or opening hours."""
    if _DATE.fullmatch(number):
        return True
    parts = _PART.findall(number)
    years = [part for part in parts if len(part) == _YEAR and part[:2] in {"19", "20"}]
    return bool(years) and all(len(part) < _DAY or part in years for part in parts)


def leads_to_person(href: str) -> bool:
    """Return whether a link is for writing to or calling somebody; sharing does not count."""
    return _CALLS.match(href) is not None and ("phone=" in href or not _SHARING.search(href))


def leads_to_channel(href: str) -> bool:
    """Return whether a link leads to Telegram or Messenger: to a person or to a channel."""
    return _CHANNELS.match(href) is not None and not _SHARING.search(href)


def leads_to_somebody(href: str) -> bool:
    """Return whether a link does either; fast for links to pages of the site."""
    if href.startswith("/") and not href.startswith(_OFF_SITE):
        return False
    return leads_to_person(href) or leads_to_channel(href)
