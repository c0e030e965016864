"""`python -m benchmarks.archive`: the cost of recording, compared with a crawl without it."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsroom.server import Server
from newsroom.site import Site

from benchmarks.folders import crawling, emptied, project
from benchmarks.measure import Result, Run, command, in_turn, of_runs, run, scrapy

TITLE = "Recording"
ABOUT = """
A first crawl of {items:,} items with and without `OSCE_ARCHIVE`, from a server that compresses its
responses and from one that does not. The ratio compares the CPU time with that of the same crawl
without an archive.
"""


def measure(*, quick: bool = False) -> Result:
    """Crawl in turn; return the cost of recording, and the bytes of archive per item."""
    items, rounds = (40, 1) if quick else (500, 3)
    with TemporaryDirectory() as name, Server() as server:
        folder = Path(name)

        def crawl(words: list[str], place: Path) -> Run:
            server.answer = Site(server.url, items, delay=0).answer
            return run(scrapy(*words), emptied(project(place)))

        kinds, folders = {}, {}
        for how in ("compressed", "plain"):
            words = [*crawling(server.url), "-s", f"COMPRESSION_ENABLED={how == 'compressed'}"]
            for kind, more in (("", []), (", recorded", ["-s", "OSCE_ARCHIVE=archive"])):
                title = f"{how} responses{kind}"
                folders[title] = folder / title.replace(" ", "-")
                kinds[title] = partial(crawl, [*words, *more], folders[title])
        found = in_turn(kinds, rounds)
        rows: dict[str, dict[str, Any]] = {}
        for title, runs in found.items():
            size = sum(file.stat().st_size for file in (folders[title] / "archive").glob("*.gz"))
            rows[title] = of_runs(runs, found[title.removesuffix(", recorded")])
            rows[title]["kilobytes_an_item"] = round(size / items / 1024, 1) or None
    return {"of": {"items": items, "rounds": rounds}, "rows": rows}


if __name__ == "__main__":
    command("archive", measure)
