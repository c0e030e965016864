"""A listed page that is not a release stays skipped, whatever its address answers later."""

import pytest
from crawl.nights import Nights
from newsroom.facts import Decoy
from newsroom.site import Answer


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return a good night, and one on which the pages of events and projects fail."""
    with Nights(tmp_path_factory.mktemp("left out"), 120) as newsroom:
        site = newsroom.site
        decoys = {entry.of.path for entry in site.facts.entries if isinstance(entry.of, Decoy)}
        always = {"OSCE_RECHECK_DAYS": 9999}  # so that they are asked for again
        first = newsroom.night(**always).run.ids

        def failing(target, headers):
            return Answer(status=500) if target in decoys else site.answer(target, headers)

        newsroom.server.answer = failing
        second = newsroom.night(**always, RETRY_TIMES=0)
        return decoys, first, second


def test_they_are_asked_for_again(nights):
    decoys, _, second = nights
    asked = {path for path, _ in second.pages}
    assert (len(decoys) > 0, decoys - asked) == (True, set()), second.pages


def test_no_item_is_made_of_their_listing_entries(nights):
    _, first, second = nights
    assert second.run.ids == first
