"""The words around press contacts in the languages of the site: data, looked up by prefix.

Most languages inflect their words, so a phrase matches all words that begin with it.
"""

import re
from functools import cache
from typing import Literal

from osce_crawl.data_files import read_data
from osce_crawl.text.cache import cache_short

#: ``openings``: a sentence that begins like this names a contact, wherever it is; ``callers``:
#: beginnings of sentences that may say who can be written to or called; ``words``: of headings;
#: ``roles``: of people and offices; ``channels``: whole words before a number or an address;
#: ``public``: words showing that a number is for the public, or not a phone number.
Group = Literal["openings", "callers", "words", "roles", "channels", "public"]

_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʻʼ´`", "'"))
_WORD_START = re.compile(r"(?<!\w)\w")


@cache_short
def _fold(text: str) -> str:
    return text.casefold().replace("i\u0307", "i").translate(_APOSTROPHES)


@cache
def _phrases(group: Group) -> dict[str, tuple[str, ...]]:
    """Return the phrases of a group by their first letter, the longest first."""
    found: dict[str, list[str]] = {}
    languages = read_data("contacts")[group].values()
    for phrase in {_fold(phrase) for one in languages for phrase in one}:
        found.setdefault(phrase[0], []).append(phrase)
    return {key: tuple(sorted(one, key=len, reverse=True)) for key, one in found.items()}


@cache
def _channels() -> re.Pattern[str]:
    either = "|".join(
        f"{re.escape(key)}(?:{'|'.join(re.escape(phrase[1:]) for phrase in phrases)})"
        for key, phrases in _phrases("channels").items()
    )
    return re.compile(rf"(?<![^\W\d_])(?:{either})(?![^\W\d_])[.:]?")


def opens_with(group: Group, text: str) -> bool:
    """Return whether *text* begins with a phrase of the *group*."""
    words = _fold(text)
    return words.startswith(_phrases(group).get(words[:1], ()))


def holds(group: Group, text: str) -> bool:
    """Return whether *text* contains a phrase of the *group*."""
    words, phrases = _fold(text), _phrases(group)
    return any(
        words.startswith(phrases[match.group()], match.start())
        for match in _WORD_START.finditer(words)
        if match.group() in phrases
    )


def without_channels(text: str) -> str:
    """Return *text* in folded form without the words before numbers and addresses.

    >>> without_channels("Jane Doe, Tel.:").split()
    ['jane', 'doe,', ':']
    """
    return _channels().sub(" ", _fold(text))


def ends_with_channel(text: str) -> bool:
    """Return whether *text* ends with such a word, as "Tel.: (" does."""
    words = _fold(text).rstrip(" .:()+–-\u00a0")
    return any(found.end() == len(words) for found in _channels().finditer(words))
