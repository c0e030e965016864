"""Scrapy's remote control runs any code sent to it, so it is off unless a run turns it on."""

import pytest
from crawl.command import REPLAY


@pytest.mark.parametrize(
    ("settings", "on"), [({}, False), ({"REMOTE_CONTROL_ENABLED": 1}, True)], ids=["default", "on"]
)
def test_remote_control_listens_only_if_it_is_turned_on(command, tmp_path, settings, on):
    settings |= {"REMOTE_CONTROL_JOBS_DIR": tmp_path / "jobs"}
    result = command.run("-a", "limit=1", **REPLAY, **settings)

    assert ("Remote control HTTP server listening" in result.err) == on
