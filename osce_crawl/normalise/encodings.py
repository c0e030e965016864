"""The encoding of bytes that are no UTF-8: judged by what they would say, not only by what is said.

Servers and pages declare encodings that their bytes are not in. So the bytes are read under each
encoding in question, and that one stands under which most letters beyond ASCII are letters of one
language, in words of one script and of ordinary case.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from w3lib.encoding import html_body_declared_encoding, read_bom, to_unicode

CANDIDATES = ("cp1252", "cp1251", "cp1250", "iso8859-2", "koi8-u", "iso8859-5", "mac-cyrillic")
"""Encodings in question, the likelier first; koi8-u is koi8-r with letters for four of its boxes."""

FEW, TIMES = 3, 2
"""An encoding is as good as the best if it makes less nonsense than twice as much and three."""

IMPOSSIBLE = 10
"""What a character that no page prints counts: a control character, or a byte that is none."""

MOST_NONSENSE = 0.3
"""An encoding under which a greater share of the letters makes no sense is a guess."""

_UTF8 = "utf-8"
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
#: What stands beside words in any language: spaces, dashes, quotes, dots, signs of rights and units.
_MARKS = frozenset("\xa0\xad–—‘’‚“”„…«»‹›•·§©®™°№€")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
#: No word of a newsroom's languages has three such letters in a row; Cyrillic read as Latin has.
_ACCENTS = re.compile("[\u00c0-\u024f]{3}")
_SHOUTED = 0.5  # koi8-u shows in capitals what windows-1251 has in small letters, and the reverse


@dataclass(frozen=True)
class Decoded:
    """What bytes say.

    :ivar encoding: the one they were read in, as Python calls it.
    :ivar sure: False where another encoding fits nearly as well and would read otherwise, or where
        none fits well.
    """

    text: str
    encoding: str
    sure: bool = True


def decode(body: bytes) -> Decoded:
    """Return the text of a page's bytes.

    A byte order mark decides. Bytes that hold more characters in UTF-8 than stray bytes are UTF-8,
    the stray ones replaced. Of all others the encoding that fits best stands; what the page
    declares stands where it fits nearly as well.
    """
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return Decoded(to_unicode(body[len(mark) :], marked), marked)
    text = body.decode(_UTF8, "replace")
    wrong = text.count("\ufffd")
    if not wrong or sum(character > "\x7f" for character in text) > 2 * wrong:
        return Decoded(text, _UTF8)
    return _judged(body)


def _judged(body: bytes) -> Decoded:
    words = {word for word in _WORD.findall(body) if not word.isascii()}
    declared = html_body_declared_encoding(body)
    if declared == _UTF8 or (declared is not None and "\ufffd" in to_unicode(body, declared)):
        declared = None
    names = dict.fromkeys((*([declared] if declared else []), *CANDIDATES))
    nonsense = {name: _nonsense(words, name) for name in names}
    best = min(names, key=lambda name: nonsense[name])
    near = [name for name in names if nonsense[name] < FEW + TIMES * nonsense[best]]
    chosen = declared if declared in near else best
    text = to_unicode(body, chosen)
    rivals = declared != chosen and any(to_unicode(body, name) != text for name in near)
    letters = sum(one > 0x7F for word in words for one in word)
    return Decoded(text, chosen, sure=not rivals and nonsense[chosen] <= letters * MOST_NONSENSE)


def _nonsense(words: Iterable[bytes], encoding: str) -> float:
    """Return how many characters beyond ASCII make no sense under an encoding.

    :param words: different runs of bytes that may be letters.
    """
    total = 0
    sensible: Counter[str] = Counter()
    for word in words:
        text = to_unicode(word, encoding)
        total += sum(_weight(one) for one in text if one > "\x7f")
        for run, weight in _sensible_runs(text):
            for letter in run:
                sensible[letter] += weight
    return total - max(sum(sensible[one] for one in letters) for letters in _alphabets())


def _weight(character: str) -> int:
    if character in _MARKS:
        return 0
    return IMPOSSIBLE if character == "\ufffd" or character < "\xa0" else 1


def _sensible_runs(text: str) -> Iterator[tuple[str, float]]:
    """Yield the runs of letters that look like words, in small letters, and what a letter counts."""
    for run in _LETTERS.findall(text):
        if _CYRILLIC.search(run) and _LATIN.search(run):
            continue
        if _ACCENTS.search(run):
            continue
        if run[1:].islower() or run.islower():
            yield run.lower(), 1.0
        elif run.isupper():
            yield run.lower(), _SHOUTED


@cache
def _alphabets() -> tuple[frozenset[str], ...]:
    """Return the letters beyond ASCII of each language, in small letters."""
    raw = files("osce_crawl").joinpath("data/alphabets.json").read_text(encoding="utf-8")
    return tuple(map(frozenset, json.loads(raw).values()))
