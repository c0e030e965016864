"""The output of a run for people and programs: words, page, metrics, progress line."""

from osce_crawl.reports.build import build
from osce_crawl.reports.summary import lines
from osce_crawl.reports.write import write

__all__ = ["build", "lines", "write"]
