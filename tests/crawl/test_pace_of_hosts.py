"""Each host is asked at the pace that it asks for, and none waits for another."""

from itertools import pairwise
from statistics import mean

import pytest
from crawl.first_contact import Contact
from newsroom import kinds
from newsroom.faults import Fault, Where

SLOW, CLOSED, OTHER = "odihr.osce.org", "bishkek.osce.org", "www.osce.org"
#: Seconds between two requests that the slow host asks for.
DELAY = 0.5
#: Seconds that a clock may be off.
JITTER = 0.1
#: Seconds that a host asks to be left alone for; no fraction of one can be said.
WAIT = 1


def times(night, host):
    return [hit.time for hit in night.hits if hit.host == host]


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Return a night in which one host asks for a delay and another answers no robots.txt."""
    with Contact(tmp_path_factory.mktemp("asked"), "listing", 20, delays={SLOW: DELAY}) as contact:
        contact.faulty([Fault(kinds.status(500), Where("robots", host=CLOSED))])
        return contact.night(RETRY_TIMES=0)


def test_the_delay_of_a_host_is_kept_by_that_host_alone(asked):
    slow, other = times(asked, SLOW), times(asked, OTHER)
    assert len(slow) > 3
    assert mean(b - a for a, b in pairwise(slow)) > DELAY - JITTER
    assert min(b - a for a, b in pairwise(other)) < DELAY / 2


def test_the_others_are_done_while_one_is_waited_for(asked):
    last = max(hit.time for hit in asked.hits if hit.host != SLOW)
    assert sum(time > last for time in times(asked, SLOW)) > 0


def test_who_asks_to_be_left_alone_is_and_the_others_go_on(tmp_path):
    with Contact(tmp_path, "listing", 24) as contact:
        contact.faulty([Fault(kinds.status(429, WAIT), Where("items", host=SLOW, first=1))])
        night = contact.night()
    assert night.run.status == 0, night.said
    refused = next(hit for hit in night.hits if hit.status == 429)
    after = [time - refused.time for time in times(night, SLOW) if time > refused.time]
    meanwhile = [hit for hit in night.hits if 0 < hit.time - refused.time < WAIT - JITTER]
    assert min(after) > WAIT - JITTER
    assert meanwhile
    assert night.card.good, "\n".join(night.card.lines())


def test_a_host_that_is_closed_costs_its_own_pages_alone(asked):
    theirs = {item["id"] for item in asked.truth if f"//{CLOSED}/" in item["url"]}
    assert (asked.run.status, len(theirs)) == (3, 2), asked.said
    assert {item["id"] for item in asked.items if not item["complete"]} == theirs
