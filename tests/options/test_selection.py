"""What can be asked for of the store, and what is said of what cannot."""

from datetime import date

import pytest

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


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"unit": "odihr"},
        {"unit": "secretariat, odihr"},
        {"country": "MD"},
        {"field": "elections,policing"},
        {"language": "en,ru", "content_type": "news"},
        {"since": "2026-10-01", "until": "2026-10-01"},
        {"unit": "odihr", "country": "UA", "field": "elections"},
    ],
)
def test_item_is_wanted(given):
    assert read_selection(given, TODAY).wants(ITEM)


@pytest.mark.parametrize(
    "given",
    [
        {"unit": "secretariat"},
        {"country": "RU"},
        {"field": "policing"},
        {"language": "ru"},
        {"content_type": "press-release"},
        {"since": "2026-10-02"},
        {"unit": "odihr", "country": "RU"},
    ],
)
def test_item_is_not_wanted(given):
    assert not read_selection(given, TODAY).wants(ITEM)


def test_everything_is_asked_for_where_nothing_is_said():
    assert read_selection({}, TODAY) == Selection()
    assert Selection().whole
    assert not read_selection({"unit": "odihr"}, TODAY).whole


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"unit": "odhir"}, "unit=odhir: 'odhir' is not known (did you mean odihr?)"),
        ({"country": "Moldova"}, "country=Moldova: 'Moldova' is not known (did you mean MD?)"),
        ({"country": "md"}, "(did you mean MD?)"),
        ({"field": "Policing"}, "(did you mean policing?)"),
        (
            {"unit": "odihr,"},
            "'' is not known; allowed: the ids in docs/reference/vocabularies.md",
        ),
        ({"content_type": "pres-release"}, "(did you mean press-release?)"),
        ({"units": "odihr"}, "argument units=odihr is not known (did you mean unit?)"),
        ({"limit": "3"}, "allowed: since, until, content_type, language, unit, country, field"),
        ({"since": "2027-01-01"}, "is in the future"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "is after until"),
    ],
)
def test_what_cannot_be_asked_for_is_named_with_what_can(given, told):
    with pytest.raises(OptionError) as refusal:
        read_selection(given, TODAY)
    assert told in str(refusal.value)
