"""The spiders that the crawl is compared with are Scrapy's own, not the project's."""

import json

import pytest
from newsroom.server import Server
from newsroom.site import Site

from benchmarks.folders import plain, spider
from benchmarks.measure import run, scrapy


@pytest.mark.parametrize("name", ["naive", "bare"])
def test_spider_crawls_the_newsroom_with_stock_settings(name, tmp_path):
    folder = plain(tmp_path / "alone")
    with Server() as server:
        server.answer = Site(server.url, 12, delay=0).answer
        run(scrapy(*spider(name, "-a", f"base={server.url}")), folder)

    lines = (folder / "items.jsonl").read_text("utf-8").splitlines()
    assert lines
    assert all(map(json.loads, lines))
    assert "osce_crawl." not in (folder / "log").read_text("utf-8")


def test_spider_of_rows_yields_each_with_stock_settings(tmp_path):
    folder = plain(tmp_path / "alone")
    (folder / "rows.jsonl").write_text('{"id": "1-en"}\n{"id": "2-en"}\n')
    run(scrapy(*spider("rows")), folder)

    assert (folder / "items.jsonl").read_text().splitlines() == ['{"id": "1-en"}', '{"id": "2-en"}']
    assert "osce_crawl." not in (folder / "log").read_text("utf-8")
