"""`python -m benchmarks.crawl`: pages per second of CPU time in a whole crawl.

The real command crawls a newsroom on loopback into a fresh store, compared with two spiders without
any of its checks.
"""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsroom.server import Server
from newsroom.site import Site

from benchmarks.folders import crawling, emptied, plain, project, spider
from benchmarks.measure import Result, Run, command, in_turn, ratios, run, scrapy, spread
from osce_crawl import settings

TITLE = "Crawl"
ABOUT = """
A first crawl of a simulated newsroom of {items:,} items on loopback, with robots.txt, listing and
every page, including the time for starting and publishing. The naive spider follows the pager and
extracts twelve fields with an ItemLoader; the bare spider yields one address per page. Stock
settings are Scrapy's; spiders with the crawl's settings share these with it: {same}. The ratio
compares pages per CPU second with those of the naive spider with stock settings: a lower value is
slower.
"""
#: Scrapy settings for the spiders that run with the same settings.
SAME = (
    "LOG_LEVEL",
    "ROBOTSTXT_OBEY",
    "COOKIES_ENABLED",
    "CONCURRENT_ITEMS",
    "CONCURRENT_REQUESTS",
    "DOWNLOAD_TIMEOUT",
    "TELNETCONSOLE_ENABLED",
)
NAIVE = "naive spider, stock settings"


def measure(*, quick: bool = False) -> Result:
    """Crawl in turn; return the pages per second of each."""
    items, rounds = (40, 1) if quick else (500, 3)
    with TemporaryDirectory() as name, Server() as server:
        folder = Path(name)

        def crawl(words: list[str], kind: str) -> tuple[int, Run]:
            server.answer = Site(server.url, items, delay=0).answer
            before = len(server.hits)
            made = plain if words[0] == "runspider" else project
            took = run(scrapy(*words), emptied(made(folder / kind)))
            return len(server.hits) - before, took

        base = ["-a", f"base={server.url}"]
        stock = [*base, "-s", "LOG_FILE=log.txt"]
        same = [*base] + [
            word for key in SAME for word in ("-s", f"{key}={getattr(settings, key)}")
        ]
        ours = crawling(server.url)
        commands = {
            NAIVE: spider("naive", *stock),
            "naive spider, the crawl's settings": spider("naive", *same),
            "bare spider, stock settings": spider("bare", *stock),
            "bare spider, the crawl's settings": spider("bare", *same),
            "the crawl, without a store": [*ours, "-s", "OSCE_STORE="],
            "the crawl": ours,
            "the crawl, also as Parquet": [*ours, "-O", "items.parquet"],
            "the crawl, with an archive": [*ours, "-s", "OSCE_ARCHIVE=archive"],
        }
        kinds = {
            kind: partial(crawl, words, f"folder-{number}")
            for number, (kind, words) in enumerate(commands.items())
        }
        found = in_turn(kinds, rounds)
    rates = {kind: [pages / took.cpu for pages, took in runs] for kind, runs in found.items()}
    rows: dict[str, dict[str, Any]] = {
        kind: {
            "pages_a_cpu_second": spread(rates[kind]),
            "ratio": ratios(rates[kind], rates[NAIVE]),
            "requests": runs[0][0],
            "megabytes": round(max(took.megabytes for _, took in runs)),
        }
        for kind, runs in found.items()
    }
    same_as = ", ".join(f"`{key}`" for key in SAME)
    return {"of": {"items": items, "rounds": rounds, "same": same_as}, "rows": rows}


if __name__ == "__main__":
    command("crawl", measure)
