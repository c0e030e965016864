"""What is printed beside a link to a file: its format and size, as in "Report (PDF, 240 KB)"."""

import re

from osce_crawl.normalise.urls import FILE_FORMATS

_UNITS = "[kmg]i?b|[kmg]o|bytes|кб|мб"
#: Format and size, in any order, and nothing else: "(1.3 MB - PDF)".
_NOTE = re.compile(rf"[\W\d_]*(?:(?:{FILE_FORMATS}|{_UNITS})\b[\W\d_]*)+", re.IGNORECASE)
#: The size, and the format before it, at the end of a title.
_SIZE = re.compile(
    rf"[\s(\[|·•,–—-]*(?:(?:{FILE_FORMATS})[\s|·•,–—-]*)?\b\d[\d.,]*\s?(?:{_UNITS})[\s)\]]*$",
    re.IGNORECASE,
)


def is_file_note(words: str) -> bool:
    """Return whether *words* are only the format or size of a file."""
    return _NOTE.fullmatch(words) is not None


def without_size(title: str) -> str:
    """Return the title of a file without its size, unless it is nothing else."""
    return _SIZE.sub("", title) or title
