"""Metrics of real runs: what a sample or a demo leaves is apart from those of the night."""

import re
import shutil

import pytest
from crawl.command import REPLAY, Command
from crawl.site import Newsroom, releases
from server import Page

from osce_crawl.reports.run_kind import kind_of


def published_at(folder):
    """Return when the nightly run last published, by its metrics."""
    metrics = (folder / "output/runs/latest.prom").read_text("utf-8")
    found = re.search(
        r'^osce_crawl_last_published_\w+\{run="whole"\} (\S+)$', metrics, re.MULTILINE
    )
    return float(found[1]) if found else None


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """Crawl a newsroom whole, on 1 November 2026 at 03:00; yield it, still served."""
    command = Command(tmp_path_factory.mktemp("night"))
    with Newsroom(releases(3)) as newsroom:
        assert command.run(**newsroom.settings).status == 0
        yield newsroom, command.folder


@pytest.fixture
def night(command, newsroom):
    """Return the newsroom, and the project as that night left it."""
    shutil.copytree(newsroom[1], command.folder, dirs_exist_ok=True)
    return newsroom[0]


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ("limit=1", "latest-sample.prom"),
        ("language=en", "latest-part.prom"),
    ],
)
def test_other_runs_leave_the_metrics_of_the_night(command, night, words, file):
    reports = command.folder / "output/runs"
    before = (reports / "latest.prom").read_bytes()
    command.spider("newsroom", "-O", "other.jsonl", "-a", words, **night.settings)

    assert ((reports / "latest.prom").read_bytes(), (reports / file).is_file()) == (before, True)


@pytest.mark.parametrize(
    ("argument", "kind"), [("max_pages", "sample"), ("urls", "sample"), ("since", "part")]
)
def test_other_arguments_make_such_runs_too(argument, kind):
    assert kind_of({argument: "1"}, replay=False) == kind


@pytest.mark.usefixtures("night")
def test_replay_leaves_the_metrics_of_the_night(command):
    reports = command.folder / "output/runs"
    before = (reports / "latest.prom").read_bytes()
    command.run("-a", "limit=1", **REPLAY, OSCE_STORE="")

    assert (reports / "latest.prom").read_bytes() == before
    assert (reports / "latest-replay.prom").is_file()


def test_withheld_night_tells_when_one_was_last_published(command, night, monkeypatch):
    monkeypatch.setitem(night.pages, "/robots.txt", Page(b"", 500))
    later = {**night.settings, "OSCE_NOW": "2026-11-02T03:00:00Z"}

    assert command.run(**later).status == 4
    assert published_at(command.folder) == 1793502000  # 2026-11-01T03:00:00Z
