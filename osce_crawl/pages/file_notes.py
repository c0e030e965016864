"""What is printed beside a link to a file: its format and size, as in "Report (PDF, 240 KB)"."""

import re
from collections.abc import Sequence

from osce_crawl.normalise.urls import FILE_FORMATS
from osce_crawl.vocabulary import resolve_language_name
from osce_crawl.vocabulary.labels import header_key

_UNITS = "[kmg]i?b|[kmg]o|bytes|кб|мб"
#: Format and size, in any order, and nothing else: "(1.3 MB - PDF)".
_NOTE = re.compile(rf"[\W\d_]*(?:(?:{FILE_FORMATS}|{_UNITS})\b[\W\d_]*)+", re.IGNORECASE)
#: The size, and the format before it, at the end of a title.
_SIZE = re.compile(
    rf"[\s(\[|·•,–—-]*(?:(?:{FILE_FORMATS})[\s|·•,–—-]*)?\b\d[\d.,]*\s?(?:{_UNITS})[\s)\]]*$",
    re.IGNORECASE,
)
#: The last note of a title: in brackets, after a mark, or after brackets.
_LAST_NOTE = re.compile(
    r"\s*(?:[(\[]([^()\[\]]+)[)\]]|(?:[,|·]|\s[–—-])\s+([^,|·()\[\]–—]+)|(?<=[)\]])\s([^()\[\]]+))$"
)
_MARK = re.compile(r",\s|[;|·]")


def is_file_note(words: str) -> bool:
    """Return whether *words* are only the format or size of a file."""
    return _NOTE.fullmatch(words) is not None


def without_notes(words: str) -> tuple[str, str | None]:
    """Return the title of a file without the notes at its end, and the language among them.

    What follows the size belongs to it: "Report (PDF, 240 KB, opens in a new window)". A language
    of its own stays, because it may distinguish titles: "Report (Shqip)".
    """
    title, kept, language, certain = words, "", None, False
    while (found := _LAST_NOTE.search(title)) is not None:
        parts = [part.strip() for part in _MARK.split(found[1] or found[2] or found[3])]
        own = _before_notes(parts)
        if len(own) == len(parts) or (kept and _language(parts[0])):
            break
        if len(parts) == 1 and _language(parts[0]):
            kept = found[0]
        certain = certain or any(map(is_file_note, parts))
        language = language or next(filter(None, map(_language, parts)), None)
        title = title[: found.start()]
        if own:
            title = f"{title} ({', '.join(own)})"
            break
    title = _SIZE.sub("", title) + kept if certain else _SIZE.sub("", words)
    if not title or is_file_note(title):
        return words, None
    return title, language if certain else None


def _before_notes(parts: Sequence[str]) -> Sequence[str]:
    """Return the parts before those that say what a file is; all if these do not end the list."""
    first = next((at for at, part in enumerate(parts) if _says_what_file_is(part)), len(parts))
    strange = [at for at, part in enumerate(parts) if at > first and not _says_what_file_is(part)]
    sized = any(_SIZE.fullmatch(part) for part in parts[first : min(strange, default=first)])
    return parts if strange and not sized else parts[:first]


def _says_what_file_is(words: str) -> bool:
    """Return whether words are format, size, language or number of pages of a file."""
    number, _, unit = words.partition(" ")
    pages = number.isdecimal() and header_key(unit) == "publication"
    return pages or _language(words) is not None or is_file_note(words)


def _language(words: str) -> str | None:
    return resolve_language_name(words.removeprefix("in "))
