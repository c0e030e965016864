"""A spider of one page of code: follows the pager, takes twelve fields of each release."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.http import TextResponse

from benchmarks.callbacks import by_loader

RELEASE = re.compile(r"/\d{4,7}$")


class Naive(scrapy.Spider):
    """Crawls the newsroom served at the address given with ``-a base=…``."""

    name = "naive"

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the listing."""
        yield scrapy.Request(self.base + "/press-releases?page=0&rows=50")

    def parse(self, response: TextResponse) -> Iterator[Any]:
        """Ask for what a listing page links, and for the next."""
        for link in response.css("h3 a::attr(href)").getall():
            if RELEASE.search(link):
                yield response.follow(link, self.parse_release)
        following = response.css("li.pager-next a::attr(href)").get()
        if following:
            yield response.follow(following)

    def parse_release(self, response: TextResponse) -> Iterator[Any]:
        """Yield the fields of a release."""
        yield by_loader(response.selector)
