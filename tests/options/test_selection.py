"""What can be asked for of the store, and what is said of what cannot."""

import re
from datetime import date

import pytest
from grid import check_each

from osce_crawl.options import OptionError
from osce_crawl.options.selection import Selection, read_selection

TODAY = date(2026, 11, 1)
ITEM = {
    "published": "2026-10-01",
    "content_type": "news",
    "language": "en",
    "sources": [{"id": "odihr"}, {"id": None}],
    "countries": [{"code": "MD"}, {"code": "UA"}],
    "fields_of_work": [{"id": "elections"}],
}


def arguments(*words):
    """Return arguments that are written as they are after `-a`."""
    return dict(word.split("=") for word in words)


def is_wanted(*words):
    return read_selection(arguments(*words), TODAY).wants(ITEM)


WANTED = [
    (),
    "unit=odihr",
    "unit=secretariat, odihr",
    "country=MD",
    "field=elections,policing",
    ("language=en,ru", "content_type=news"),
    ("since=2026-10-01", "until=2026-10-01"),
    ("unit=odihr", "country=UA", "field=elections"),
]


def test_item_is_wanted():
    check_each(is_wanted, dict.fromkeys(WANTED, True))


NOT_WANTED = [
    "unit=secretariat",
    "country=RU",
    "field=policing",
    "language=ru",
    "content_type=press-release",
    "since=2026-10-02",
    ("unit=odihr", "country=RU"),
]


def test_item_is_not_wanted():
    check_each(is_wanted, dict.fromkeys(NOT_WANTED, False))


def test_everything_is_asked_for_where_nothing_is_said():
    assert read_selection({}, TODAY) == Selection()
    assert Selection().whole
    assert not read_selection({"unit": "odihr"}, TODAY).whole


REFUSED = {
    ("unit=odhir",): "unit=odhir: 'odhir' is not known (did you mean odihr?)",
    ("country=Moldova",): "country=Moldova: 'Moldova' is not known (did you mean MD?)",
    ("country=md",): "(did you mean MD?)",
    ("field=Policing",): "(did you mean policing?)",
    ("unit=odihr,",): "'' is not known; allowed: the ids in docs/reference/vocabularies.md",
    ("content_type=pres-release",): "(did you mean press-release?)",
    ("units=odihr",): "argument units=odihr is not known (did you mean unit?)",
    ("limit=3",): "allowed: since, until, content_type, language, unit, country, field",
    ("since=2027-01-01",): "is in the future",
    ("since=2026-02-01", "until=2026-01-01"): "is after until",
}


def test_what_cannot_be_asked_for_is_named_with_what_can():
    def read(*words):
        with pytest.raises(OptionError, match=re.escape(REFUSED[words])):
            read_selection(arguments(*words), TODAY)

    check_each(read, dict.fromkeys(REFUSED))
