"""A run has drained when the last thing that it asked for has been dealt with, and not before."""

import pytest
from crawl.many import LastIsRetried, outcomes
from crawl.site import Newsroom, releases


@pytest.mark.parametrize("status", [503, 429])
def test_runs_whose_last_answer_is_a_retry_are_published(command, status):
    assert set(outcomes(command, LastIsRetried(status), 2)) == {"0"}


@pytest.mark.parametrize("setting", [{"DEPTH_LIMIT": 1}, {"URLLENGTH_LIMIT": 40}], ids=str)
def test_run_waits_once_for_requests_that_scrapy_drops(command, old, setting):
    command.impatient()
    with Newsroom(releases(3), rows=2) as site:
        result = command.run(**site.settings, **setting)

    assert (result.status, result.feed) == (4, old), result.err
    dropped = "A Scrapy setting drops them"
    assert result.err.count(dropped) == 1, result.err
