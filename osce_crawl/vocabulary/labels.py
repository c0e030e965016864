"""The words of labels, of headings of panes and of the page's furniture: data, looked up exactly.

Words are compared in folded form: case, spaces and a colon at the end make no difference.
"""

import json
import re
from functools import cache, lru_cache
from importlib import resources

from osce_crawl.text.forms import fold

_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)", re.IGNORECASE)
#: Words longer than this are text, not a label: folding paragraphs costs.
_LONGEST_WORDS = 200


@cache
def _vocabulary() -> dict[str, dict[str, str]]:
    text = resources.files("osce_crawl").joinpath("data/labels.json").read_text("utf-8")
    data = json.loads(text)
    tables = {
        table: {fold(word): key for key, words in data[table].items() for word in words}
        for table in ("header", "sections")
    }
    tables["furniture"] = dict.fromkeys(map(fold, data["furniture"]), "furniture")
    return tables


@lru_cache(maxsize=16_384)
def _roles(words: str) -> tuple[str | None, str | None, bool]:
    """Return what *words* are to the vocabulary: a section, a header label, furniture."""
    tables, known = _vocabulary(), fold(words)
    return tables["sections"].get(known), tables["header"].get(known), known in tables["furniture"]


def section_of(words: str) -> str | None:
    """Return the kind of section that a heading of these *words* opens, or None."""
    return None if len(words) > _LONGEST_WORDS else _roles(words)[0]


def is_furniture(words: str) -> bool:
    """Tell whether *words* belong to the page, not to the release ("Newsroom", "Skip Links")."""
    return (len(words) <= _LONGEST_WORDS and _roles(words)[2]) or bool(_COPYRIGHT.match(words))


def header_key(words: str) -> str | None:
    """Return the key of the header label *words* (``date``, ``place``, …), or None."""
    return None if len(words) > _LONGEST_WORDS else _roles(words)[1]
