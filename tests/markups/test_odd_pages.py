"""Pages as other content systems, other decades and other moods would print them.

Each page lies in ``odd/`` beside what it must give: the printed facts, or the reason why it is no
release.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from osce_crawl import extract
from osce_crawl.pages.refusals import NotARelease

ODD = Path(__file__).with_name("odd")
EXPECTED = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(ODD.glob("*.json"))}
RELEASES = [name for name, expected in EXPECTED.items() if "printed" in expected]
OTHERS = [name for name, expected in EXPECTED.items() if "refused" in expected]


@cache
def _extracted(name):
    return extract((ODD / f"{name}.html").read_bytes(), EXPECTED[name]["url"])


def _read(item, path):
    """Return what *path* ("dates.page", "sources.raw") leads to; of a list, one of each entry."""
    key, _, inner = path.partition(".")
    value = item[key]
    if not inner:
        return value
    return [entry[inner] for entry in value] if isinstance(value, list) else value[inner]


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name in RELEASES for path in EXPECTED[name]["printed"]]
)
def test_the_release_says(name, path):
    assert _read(_extracted(name), path) == EXPECTED[name]["printed"][path]


@pytest.mark.parametrize("name", OTHERS)
def test_the_page_is_refused(name):
    with pytest.raises(NotARelease) as refusal:
        extract((ODD / f"{name}.html").read_bytes(), EXPECTED[name]["url"])
    assert refusal.value.reason == EXPECTED[name]["refused"]
