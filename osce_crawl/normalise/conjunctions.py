"""The words for "and" between names, in the site's languages: `data/conjunctions.json`."""

import json
from functools import cache
from importlib.resources import files


@cache
def conjunctions() -> frozenset[str]:
    """Return the words, in small letters."""
    raw = files("osce_crawl").joinpath("data/conjunctions.json").read_text(encoding="utf-8")
    return frozenset(json.loads(raw))
