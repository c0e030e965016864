"""The part of `benchmarks.extract` and `benchmarks.accuracy` that runs with the other extractors.

`python -m benchmarks.side_by_side PAGES ROUNDS FOUND` reads each page with each tool: PAGES is a
file of JSON lines with an address and a page each. It writes to FOUND the CPU seconds of each call
in each round or, if ROUNDS is 0, each tool's result for each page.
"""

import json
import logging
import sys
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.extract import WARM
from benchmarks.measure import seconds
from benchmarks.readers import READERS, Reader


def timed(pages: list[tuple[str, str]], rounds: int) -> dict[str, list[list[float]]]:
    """Return for each tool the CPU seconds of each page, one list per round; the tools take turns.

    Each round has its own pages, since a crawl does not read pages twice either: caches help a tool
    as much as they would there.
    """
    told(pages[:WARM])
    found: dict[str, list[list[float]]] = {name: [[] for _ in range(rounds)] for name in READERS}
    for number in range(rounds):
        for url, text in pages[WARM + number :: rounds]:
            page = text.encode()
            for name, reader in READERS.items():
                found[name][number].append(seconds(partial(reader.read, text, page, url)))
    return found


def told(pages: list[tuple[str, str]]) -> dict[str, list[dict[str, Any]]]:
    """Return for each tool its result for each page."""
    return {
        name: [_told(reader, text, url) for url, text in pages] for name, reader in READERS.items()
    }


def _told(reader: Reader, text: str, url: str) -> dict[str, Any]:
    return reader.told(reader.read(text, text.encode(), url))


def main() -> None:
    """Read the pages and write the results."""
    logging.disable(logging.CRITICAL)
    file, rounds, result = sys.argv[1:]
    pages = [tuple(json.loads(line)) for line in Path(file).read_text("utf-8").splitlines()]
    found = timed(pages, int(rounds)) if int(rounds) else told(pages)
    Path(result).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
