"""The encoding of a page's bytes, judged by the resulting text and not only by the declaration.

Servers and pages often declare a wrong encoding. So a page with bytes that are not UTF-8 is one of
two things:

- UTF-8 with stray bytes, such as a template in an older encoding or a text cut within a character.
  UTF-8 shows in sequences that decode to a small letter or a punctuation mark. In single-byte
  encodings such sequences are rare: one for at least 38 bytes that are not UTF-8, measured on the
  names of States and languages, also in capitals, in 16 languages and up to four encodings each
  (CLDR); one for 26 with each name in quotes and in capitals.
- A text in an older encoding. It is decoded with each candidate, and the best one makes most
  letters beyond ASCII letters of one language, in words of one script and ordinary case. Bytes 0x96
  or 0xA0 without any UTF-8 are dashes and spaces of windows-1252, whatever the page declares.
"""

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from w3lib.encoding import html_body_declared_encoding, read_bom, to_unicode

from osce_crawl.data_files import read_data

CANDIDATES = ("cp1252", "cp1251", "cp1250", "iso8859-2", "koi8-u", "iso8859-5", "mac-cyrillic")
"""The candidate encodings, the likelier first; koi8-u is koi8-r with some more letters."""

FEW = 3
"""An encoding with a nonsense score within this distance of the best may be the right one."""

STRAYS = 8
"""How many stray bytes UTF-8 may have for each character that shows UTF-8."""

STRAYS_AGAINST = 1
"""The same if the page declares another encoding."""

LETTERS_AGAINST = 12
"""How many letters beyond ASCII confirm an encoding other than the declared UTF-8."""

SAMPLE = 262_144
"""The number of bytes of a page that are examined."""

WORSE = 3
"""How many letters that no single language has count as much as one in an impossible word."""

MOST_NONSENSE = 0.3
"""With a greater share of nonsense letters than this, an encoding is only a guess."""

_UTF8 = "utf-8"
_REPLACEMENT = "\ufffd"
#: Small letters of the newsroom's languages, and punctuation.
_UTF8_SHOWS = re.compile(
    "[\xa0«»\u2010-\u2026€№ß-ÿāăąćčđėęğıłńőřśşšźżžșțə\u0430-\u045f\u0561-\u0587\u10d0-\u10ff]"
)
#: A truncated dash or quote in UTF-8; no text in an older encoding has these two bytes.
_CUT_MARK = re.compile(rb"\xe2\x80(?![\x80-\xbf])")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_BEYOND = re.compile(rb"[\x80-\xff]")
_LETTERS = re.compile(r"[^\W\d_]+")
#: Characters beside words in any language.
_MARKS = frozenset("\xa0\xad–—‘’‚“”„…«»‹›•·§©®™°№€")
_SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])[©®№§°](?=[^\W\d_])")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
#: No word in the newsroom's languages has three such letters in a row; Cyrillic read as Latin does.
_ACCENTS = re.compile("[\u00c0-\u024f]{3}")


#: UTF-8 read as windows-1252 or windows-1251: dashes and quotes, and some of each script's letters.
_GARBLED_MARKS = ("â€", "вЂ")
_GARBLED = (*_GARBLED_MARKS, "Ã", "Ð", "Ä‡", "Ä‘", "Å¡", "Å¾", "Рѕ", "Р°")
#: Single characters are found ten times as fast; one of each.
_GARBLED_SIGNS = "âЂÃÐÄÅѕ°"
_GARBLED_WORD = re.compile(r"\S*[^\x00-\x7f]\S*")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True)
class Decoded:
    """The decoded text of a page.

    :ivar encoding: the encoding used, by its Python name.
    :ivar sure: False if another encoding fits nearly as well and gives another text, or if none
        fits well.
    """

    text: str
    encoding: str
    sure: bool = True


def decode(body: bytes) -> Decoded:
    """Return the text of a page's bytes; bytes that cannot be decoded become U+FFFD.

    A byte order mark decides, or else zeros as every other byte of the first four. Otherwise the
    page is UTF-8 if it has at most STRAYS stray bytes for each character that shows UTF-8. If not,
    the best encoding is used, or the declared one if it fits nearly as well.

    The charset of the HTTP header is ignored: saved pages have none, and the bytes are enough.
    """
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return Decoded(to_unicode(body[len(mark) :], marked), marked)
    for wide, first in (("utf-16-be", 0), ("utf-16-le", 1)):
        if body[first:4:2] == b"\0\0":
            return Decoded(body.decode(wide, "replace"), wide)
    text = body.decode(_UTF8, "replace")
    stray = text.count(_REPLACEMENT) - body.count(_REPLACEMENT.encode())
    declared = html_body_declared_encoding(body)
    most = STRAYS if declared in {None, _UTF8} else STRAYS_AGAINST
    if stray <= most * _shows_utf8(body, text):
        return Decoded(text, _UTF8)
    return _judged(body, declared)


def garbled(text: str) -> str | None:
    """Return the first word of a text that the site itself has decoded wrongly, or None.

    Such a word becomes valid UTF-8 when encoded in windows-1252 or windows-1251. The text is left
    unchanged, because characters may have been lost.

    >>> garbled("The Missionâ€™s plan")
    'Missionâ€™s'
    """
    if text.isascii() or not any(sign in text for sign in _GARBLED_SIGNS):
        return None
    if not any(mark in text for mark in _GARBLED):
        return None
    return next((word for word in _GARBLED_WORD.findall(text) if _is_garbled(word)), None)


def _is_garbled(word: str) -> bool:
    if any(mark in word for mark in _GARBLED_MARKS):
        return True
    for run in _BEYOND_ASCII.findall(word):
        for encoding in ("cp1252", "cp1251"):
            with suppress(UnicodeError):
                run.encode(encoding).decode(_UTF8)
                return True
    return False


def _shows_utf8(body: bytes, text: str) -> int:
    """Return how many characters of *text*, decoded from *body*, show that it is UTF-8."""
    return len(_UTF8_SHOWS.findall(text)) + len(_CUT_MARK.findall(body))


def _judged(body: bytes, declared: str | None) -> Decoded:
    sample = body[:SAMPLE]
    words = {word for word in _WORD.findall(sample) if not word.isascii()}
    against = declared == _UTF8
    if against or (declared is not None and _REPLACEMENT in to_unicode(sample, declared)):
        declared = None
    names = dict.fromkeys((*([declared] if declared else []), *CANDIDATES))
    nonsense = {name: _nonsense(words, name) for name in names}
    best = min(names, key=lambda name: nonsense[name])
    near = [name for name in names if nonsense[name] < nonsense[best] + FEW]
    chosen = declared if declared in near else best
    text = to_unicode(sample, chosen)
    rivals = declared != chosen and any(to_unicode(sample, name) != text for name in near)
    letters = sum(len(_BEYOND.findall(word)) for word in words)
    sure = not rivals and nonsense[chosen] <= letters * MOST_NONSENSE
    if against:
        sure = sure and sum(one > "\x7f" and one.isalpha() for one in text) >= LETTERS_AGAINST
    return Decoded(to_unicode(body, chosen), chosen, sure=sure)


def _nonsense(words: Iterable[bytes], encoding: str) -> int:
    """Return the nonsense score of words in an encoding: letters, with worse faults counted thrice.

    :param words: distinct runs of bytes that may be letters.
    """
    worse = 0
    letters: Counter[str] = Counter()
    for word in words:
        text = to_unicode(word, encoding)
        worse += sum(one > "\x7f" and not one.isalpha() and one not in _MARKS for one in text)
        worse += len(_SIGN_IN_WORD.findall(text))
        for run in _LETTERS.findall(text):
            beyond = [one for one in run.lower() if one > "\x7f"]
            if _is_word(run):
                letters.update(beyond)
            else:
                worse += len(beyond)
    known = max(sum(letters[one] for one in alphabet) for alphabet in _alphabets())
    return WORSE * worse + letters.total() - known


def _is_word(run: str) -> bool:
    """Return whether letters may be a word: in one script and in ordinary case.

    A single capital is usually a wrongly decoded dash or quote.
    """
    if _ACCENTS.search(run) or (_CYRILLIC.search(run) and _LATIN.search(run)):
        return False
    return run[1:].islower() or run.islower() or (run.isupper() and len(run) > 1)


@cache
def _alphabets() -> tuple[frozenset[str], ...]:
    """Return the letters beyond ASCII of each language, in small letters."""
    return tuple(map(frozenset, read_data("alphabets").values()))
