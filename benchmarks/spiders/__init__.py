"""Spiders that the crawl is compared with."""
