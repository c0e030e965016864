"""`python -m benchmarks.extract`: what `extract` costs in units of lxml's bare parse of a page."""

# ruff: noqa: T201 - what it prints is its result

import json
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from lxml import html

from osce_crawl import NotARelease, extract

SITE = Path(__file__).resolve().parent.parent / "fixtures/site"
SIZE = 80_000
"""Bytes a page is padded to, the size of a page of the site."""

ROUNDS = 7
LINK = '<li class="leaf"><a href="/menu/entry-{0}" title="Entry {0}">Entry number {0}</a></li>'


def pages() -> Iterator[tuple[str, bytes]]:
    """Yield address and body of each saved release page, padded to `SIZE` by a menu."""
    for line in (SITE / "index.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        if entry["status"] != 200 or not entry["file"].endswith(".html"):  # noqa: PLR2004 - OK
            continue
        body = (SITE / entry["file"]).read_bytes()
        try:
            extract(body, entry["url"])
        except NotARelease:
            continue
        yield entry["url"], _padded(body)


def _padded(body: bytes) -> bytes:
    count = max(0, SIZE - len(body)) // len(LINK.format(10_000))
    menu = "".join(map(LINK.format, range(count)))
    start = body.index(b">", body.index(b"<body")) + 1
    return body[:start] + f'<ul class="menu">{menu}</ul>'.encode() + body[start:]


def _seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call, the least of three."""
    least = float("inf")
    for _ in range(3):
        start = process_time()
        work()
        least = min(least, process_time() - start)
    return least


def main() -> None:
    """Print each round's medians, then the median of the rounds."""
    saved = list(pages())
    sizes = [len(body) for _, body in saved]
    print(f"{len(saved)} release pages of {min(sizes):,} to {max(sizes):,} bytes")
    ratios = []
    for _ in range(ROUNDS):
        pairs = [
            (
                _seconds(lambda body=body: html.document_fromstring(body)),  # type: ignore[misc]
                _seconds(lambda body=body, url=url: extract(body, url)),  # type: ignore[misc]
            )
            for url, body in saved
        ]
        ratio = statistics.median(ours / bare for bare, ours in pairs)
        bare, ours = (1e3 * statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"bare parse {bare:.2f} ms, extract {ours:.2f} ms, ratio {ratio:.2f}")
        ratios.append(ratio)
    print(f"extract costs {statistics.median(ratios):.2f} bare parses (median of {ROUNDS} rounds)")


if __name__ == "__main__":
    main()
