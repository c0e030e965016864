"""The spiders that the crawl is compared with are Scrapy's own, not the project's."""

import json
import os

import pytest
import starting
from crawl.command import ROOT
from newsroom.server import Server
from newsroom.site import Site

from benchmarks.folders import plain, spider


def run(words, folder):
    """Run one of the spiders; return the lines of its feed and its log."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = starting.start(*words, cwd=folder, env=env)
    _, log = process.communicate(timeout=60)
    assert process.wait() == 0, log.decode()
    return (folder / "items.jsonl").read_text("utf-8").splitlines(), log.decode()


@pytest.mark.parametrize("name", ["naive", "bare"])
def test_spider_crawls_the_newsroom_with_stock_settings(name, tmp_path):
    folder = plain(tmp_path / "alone")
    with Server() as server:
        server.answer = Site(server.url, 12, delay=0).answer
        lines, log = run(spider(name, "-a", f"base={server.url}"), folder)

    assert lines
    assert all(map(json.loads, lines))
    assert "osce_crawl." not in log


def test_spider_of_rows_yields_each_with_stock_settings(tmp_path):
    folder = plain(tmp_path / "alone")
    (folder / "rows.jsonl").write_text('{"id": "1-en"}\n{"id": "2-en"}\n')
    lines, log = run(spider("rows"), folder)

    assert lines == ['{"id": "1-en"}', '{"id": "2-en"}']
    assert "osce_crawl." not in log
