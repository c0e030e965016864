"""Pages as other content systems, other decades and other moods would print them.

Each page lies in ``odd/`` beside what it must give: the printed facts, or the reason why it is no
release. A page is added as ``NAME.html`` and ``NAME.json``.
"""

import json
from pathlib import Path

import pytest
from grid import check_each

from osce_crawl import extract
from osce_crawl.pages.refusals import NotARelease

ODD = Path(__file__).with_name("odd")
EXPECTED = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(ODD.glob("*.json"))}


def _extracted(name):
    return extract((ODD / f"{name}.html").read_bytes(), EXPECTED[name]["url"])


def _read(item, path):
    """Return what *path* ("dates.page", "sources.raw") leads to; of a list, one of each entry."""
    key, _, inner = path.partition(".")
    value = item[key]
    if not inner:
        return value
    return [entry[inner] for entry in value] if isinstance(value, list) else value[inner]


def _printed(name):
    item = _extracted(name)
    return {path: _read(item, path) for path in EXPECTED[name]["printed"]}


def _refused(name):
    with pytest.raises(NotARelease) as refusal:
        _extracted(name)
    return refusal.value.reason


def _having(key):
    return {name: expected[key] for name, expected in EXPECTED.items() if key in expected}


def test_a_release_says_what_is_printed():
    check_each(_printed, _having("printed"))


def test_another_page_is_refused_for_its_reason():
    check_each(_refused, _having("refused"))
