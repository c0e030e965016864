"""The differences between two versions of an item, key by key, for people."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from typing import Any

import orjson
from rich.text import Text

from osce_crawl.text.forms import printable

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…])[ ]+|\n+|(?<=</p>)|(?<=</li>)")
_STYLES = {"+": "green", "-": "red", "…": "dim"}


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], keys: Sequence[str]
) -> Iterator[Text]:
    """Yield each of the keys, and below it the removed (-) and added (+) lines.

    If `body` changed, `body_html` is left out, since it has the same text.
    """
    for key in keys:
        if key != "body_html" or "body" not in keys:
            yield Text(f"  {key}")
            yield from _difference(_lines(old.get(key)), _lines(new.get(key)))


def _difference(old: list[str], new: list[str]) -> Iterator[Text]:
    rows = list(unified_diff(old, new, lineterm="", n=1))[2:]
    if not rows:
        yield Text("    … only spaces or line breaks", _STYLES["…"])
    for number, row in enumerate(rows):
        sign, words = row[0], row[1:]
        if sign == "@":
            if not number:
                continue
            sign, words = "…", ""
        yield Text(printable(f"    {sign} {words}".rstrip()), _STYLES.get(sign, ""))


def _lines(value: Any) -> list[str]:
    """Return a value as lines to compare: sentences of a text, entries of a list or an object."""
    if value is None:
        return []
    if isinstance(value, str):
        return [line for line in _BETWEEN_SENTENCES.split(value) if line]
    if isinstance(value, list):
        return [one if isinstance(one, str) else _pairs(one) for one in value]
    if isinstance(value, dict):
        return [f"{name}: {_word(one)}" for name, one in value.items() if one is not None]
    return [_word(value)]


def _pairs(value: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {_word(one)}" for name, one in value.items() if one is not None)


def _word(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
