"""Words on the items' pages that no vocabulary knew when they were read."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = """
SELECT json_extract(issue.value, '$.value') AS words,
    count(DISTINCT item.id) AS items, json_extract(item.row, '$.url'),
    max(coalesce(item.published, ''))
FROM item, json_each(item.row, '$.issues') AS issue
WHERE words IS NOT NULL AND json_extract(issue.value, '$.code') = ?
GROUP BY words ORDER BY items DESC, words
"""


@dataclass(frozen=True)
class UnknownWord:
    """Words named by an issue of items.

    :ivar code: the issue's code; ``items``: how many items have it; ``url``: the newest of them.
    """

    code: str
    words: str
    items: int
    url: str


def unknown_words(db: sqlite3.Connection, code: str) -> Iterator[UnknownWord]:
    """Yield the words named by issues with this code, the most frequent first."""
    for words, items, url, _ in db.execute(_WORDS, (code,)):
        yield UnknownWord(code, words, items, url)
