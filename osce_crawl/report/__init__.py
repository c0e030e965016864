"""A run as told to people and machines: words, page, metrics, data package."""

from osce_crawl.report.build import build
from osce_crawl.report.words import lines
from osce_crawl.report.write import write

__all__ = ["build", "lines", "write"]
