"""A run as told to people and machines: words, page, metrics, data package."""

from osce_crawl.report.build import build
from osce_crawl.report.words import lines
from osce_crawl.report.write import package_of, write, write_packages

__all__ = ["build", "lines", "package_of", "write", "write_packages"]
