"""Printed text in one normal form: NFC, plain spaces, no leftovers of markup."""

import html
import re
import unicodedata
from collections.abc import Iterable

from osce_crawl.text.cache import cache_short

#: The marks that end a sentence.
END_MARKS = (".", "!", "?", "…", "։")
# Soft hyphens, zero-width spaces and joiners, word joiners, byte order marks: invisible characters.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
# C0 and C1 control characters do not belong in a text; white space among them is folded first. Nor
# do lone surrogates and noncharacters, which XML does not allow either.
_UNPRINTED = re.compile(
    f"{_INVISIBLE.pattern}|[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)

#: U+0080 to U+009F stand for windows-1252 characters, as in HTML's reading of ``&#150;``.
_HIGH_CONTROL = re.compile("[\x80-\x9f]")
_MEANT = {number: bytes([number]).decode("cp1252", "ignore") for number in range(0x80, 0xA0)}

#: Invisible characters that Unicode classifies as letters or marks: fillers and joiners.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


@cache_short
def clean_text(text: str) -> str:
    """Return *text* on one line: NFC, white space (NBSP too) folded, entities resolved once more.

    Some pages escape entities twice (``&amp;amp;``), so that parsing leaves ``&amp;``. Quotes,
    dashes and case stay as printed.

    >>> clean_text(" Law &amp; order\\u00a0 in\\nPri\\u00adzren ")
    'Law & order in Prizren'
    """
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    # the only printable white space is the plain space
    if not text.isprintable() or "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
        if not text.isprintable() and _UNPRINTED.search(text):
            text = " ".join(_UNPRINTED.sub("", text.translate(_MEANT)).split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def without_invisible(text: str) -> str:
    """Return *text* in NFC without invisible characters; white space stays."""
    if text.isascii():
        return text
    if not text.replace("\n", "").isprintable():  # most texts are
        text = _INVISIBLE.sub("", text)
        if _HIGH_CONTROL.search(text):
            text = text.translate(_MEANT)
    return unicodedata.normalize("NFC", text)


@cache_short
def fold(text: str) -> str:
    """Return the form of *text* under which two spellings of one phrase compare equal.

    >>> fold("Fields of\\u00a0Work :")
    'fields of work'
    """
    return clean_text(text).casefold().rstrip(" :\uff1a")


def starts_small(text: str) -> bool:
    """Return whether *text* begins with a small letter, unlike a name or sentence.

    Georgian has no capitals in running text, though Unicode calls its letters small.
    """
    first = text[:1]
    return first.islower() and not "\u10d0" <= first <= "\u10ff"


def printable(text: object) -> str:
    """Return *text* without characters that break lines, control terminals or direction, or hide.

    Texts of pages appear in reports, logs and terminals. Control characters, direction overrides
    and isolates, zero-width characters and those that cannot be encoded each become U+FFFD.

    >>> printable("harm\u202eless")
    'harm\ufffdless'
    """
    words = str(text)
    if words.isprintable() and _BLANKS.isdisjoint(words):
        return words
    return "".join(one if _prints(one) else "\ufffd" for one in words)


def _prints(character: str) -> bool:
    if character in _BLANKS:
        return False
    # Python counts all spaces except the plain one as not printable
    return character.isprintable() or character == "\t" or unicodedata.category(character) == "Zs"


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of the *words*, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
