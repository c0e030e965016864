"""What a whole crawl costs beside a naive Scrapy spider: pages a second of processor time.

`python -m benchmarks.crawl` serves a newsroom on loopback and lets both crawl it in turn: the
newsroom's crawl with all it checks, into a fresh store each time, and a spider of one page of code
with Scrapy's stock settings, which follows the pager and takes twelve fields by CSS.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from newsroom.server import Server
from newsroom.site import Site

from benchmarks.snapshot import timed

_NAIVE = """
import re
import scrapy
from itemloaders.processors import TakeFirst
from scrapy.loader import ItemLoader


class Loader(ItemLoader):
    default_item_class = dict
    default_output_processor = TakeFirst()


class Naive(scrapy.Spider):
    name = "naive"
    base = "{base}"

    async def start(self):
        yield scrapy.Request(self.base + "/press-releases?page=0&rows=50")

    def parse(self, response):
        for href in response.css("a::attr(href)").getall():
            if re.search(r"/\\d{{4,7}}$", href):
                yield response.follow(href, self.parse_item)
        following = response.css("a[rel=next]::attr(href), li.pager-next a::attr(href)").get()
        if following:
            yield response.follow(following)

    def parse_item(self, response):
        loader = Loader(response=response)
        loader.add_css("title", "h1::text")
        loader.add_css("kind", ".content-type::text, .field-type::text")
        loader.add_css("date", "time::attr(datetime)")
        loader.add_css("place", ".place::text, .field-place *::text")
        loader.add_css("source", ".source a::text, .field-source a::text")
        loader.add_css("fields", ".fields a::text, .field-of-work a::text")
        loader.add_css("body", "p::text")
        loader.add_css("html", "article")
        loader.add_css("images", "img::attr(src)")
        loader.add_css("documents", "a[href$='.pdf']::attr(href)")
        loader.add_css("languages", "link[rel=alternate]::attr(href)")
        loader.add_css("canonical", "link[rel=canonical]::attr(href)")
        yield loader.load_item()
"""


def main() -> None:
    """Crawl in turn; print pages a second of either and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rates: dict[str, list[float]] = {"crawl": [], "naive": []}
    with tempfile.TemporaryDirectory() as name, Server() as server:
        folder = Path(name)
        for kind in rates:
            (folder / kind).mkdir()
        (folder / "crawl/scrapy.cfg").write_text("[settings]\ndefault = osce_crawl.settings\n")
        (folder / "naive/naive.py").write_text(_NAIVE.format(base=server.url))
        crawl = ["crawl", "newsroom", "-O", "items.jsonl", "-s", f"OSCE_BASE_URL={server.url}"]
        crawl += ["-s", "OSCE_NOW=2026-10-31T23:00:00Z", "-s", "DOWNLOAD_DELAY=0"]
        crawl += ["-s", "AUTOTHROTTLE_ENABLED=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8"]
        naive = ["runspider", "naive.py", "-O", "items.jsonl", "-s", "LOG_FILE=log.txt"]
        for _ in range(options.rounds):
            for kind, words in (("crawl", crawl), ("naive", naive)):
                site = Site(server.url, options.items, delay=0)
                server.answer, before = site.answer, len(server.hits)
                shutil.rmtree(folder / kind / "output", ignore_errors=True)
                seconds, _most = timed(words, folder / kind)
                rates[kind].append((len(server.hits) - before) / seconds)
                sys.stdout.write(f"{kind}: {len(server.hits) - before} pages in {seconds:.1f} s\n")
    ours, theirs = median(rates["crawl"]), median(rates["naive"])
    sys.stdout.write(
        f"pages a second: crawl {ours:.0f}, naive spider {theirs:.0f}, ratio {ours / theirs:.2f}\n"
    )


if __name__ == "__main__":
    main()
