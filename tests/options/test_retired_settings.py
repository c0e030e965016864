"""Settings of the version before that have no effect any more are taken, and told of."""

import pytest
from crawl.command import REPLAY, Command
from grid import check_each

from osce_crawl.options import read_options, retired_settings, setting_names
from osce_crawl.options.osce_settings import RETIRED


def test_setting_is_taken_and_told_of():
    def read(name):
        (told,) = retired_settings({name: "5", "OSCE_MAX_FAILED": "0.5"})
        return (
            told.startswith(f"setting {name} has no effect any more: leave it out"),
            read_options({name: "5"}).thresholds == read_options({}).thresholds,
            name in setting_names(),
        )

    check_each(read, dict.fromkeys(sorted(RETIRED), (True, True, False)))


@pytest.mark.parametrize("given", ["-s", "environment"])
def test_run_logs_one_warning(tmp_path, given):
    command = Command(tmp_path)
    if given == "-s":
        result = command.run("-a", "limit=3", **REPLAY, OSCE_FEW_FAILED=5)
    else:
        result = command.run("-a", "limit=3", **REPLAY, environ={"OSCE_FEW_FAILED": "5"})

    assert result.status == 0, result.err
    told = [line for line in result.errors if "has no effect any more" in line]
    assert len(told) == 1
    assert "WARNING: setting OSCE_FEW_FAILED" in told[0]
