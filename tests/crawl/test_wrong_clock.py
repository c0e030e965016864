"""A clock that was wrong on the first night puts nothing off."""

from datetime import timedelta

from crawl.first_contact import Contact
from crawl.nights import Nights

YEAR = timedelta(days=366)
#: A page that only a survey asks for.
NEWS = "/news"


def ahead(nights):
    """Return the settings of a run whose clock is a year ahead of the site's."""
    return {"OSCE_NOW": f"{nights.site.clock.now + YEAR:%Y-%m-%dT%H:%M:%SZ}"}


def test_withdrawal_far_back_is_found_by_the_next_night(tmp_path):
    with Nights(tmp_path, 12) as nights:
        gone = nights.site.facts.items[-1].id
        first = nights.night(**ahead(nights))
        nights.site.withdraw(gone)
        second = nights.night()
    assert [night.run.status for night in (first, second)] == [0, 0]
    assert [item["id"] for item in second.items if item["removed_at"]] == [gone]


def test_choice_of_sources_is_looked_at_again_and_then_kept(tmp_path):
    with Contact(tmp_path, "script", 8) as contact:
        nights = contact.night(**ahead(contact)), contact.night(), contact.night()
    assert [night.run.status for night in nights] == [0, 0, 0], nights[-1].said
    assert [NEWS in {hit.path for hit in night.hits} for night in nights] == [True, True, False]
