"""A listed page that is not a release stays skipped, whatever its address answers later."""

import pytest
from crawl.command import Command
from crawl.site import Newsroom, Page, fact, html, releases

EVENT = html(
    "Meeting of the forum",
    "<h2>Event</h2><h1>Meeting of the forum</h1><dl><dt>When:</dt><dd>1 June 2024</dd>"
    "<dt>Location:</dt><dd>Hofburg, Vienna</dd></dl><p>Delegations meet to talk about water.</p>",
)
DECOY = fact(500_001, title="Meeting of the forum", kind="Event")


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return a good night, one on which the page of an event fails, and what that asked for."""
    command = Command(tmp_path_factory.mktemp("left out"))
    with Newsroom([DECOY, *releases(12)], {DECOY.at: EVENT}, rows=20) as site:
        always = {**site.settings, "OSCE_RECHECK_DAYS": 9999}  # so that it is asked for again
        first = command.run(**always)
        site.pages[DECOY.at] = Page(status=500)
        before = len(site.paths)
        second = command.run(**always, RETRY_ENABLED=0)
        return first, second, site.paths[before:]


def test_it_is_asked_for_again(nights):
    assert DECOY.at in nights[2]


def test_no_item_is_made_of_its_listing_entry(nights):
    first, second, _ = nights
    assert (first.status, len(first.items)) == (0, 12), first.err
    assert second.ids == [f"{one.node}-en" for one in releases(12)], second.err
