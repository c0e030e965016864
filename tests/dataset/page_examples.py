"""Datasets for tests of the page, from the offline site's items to hostile ones."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dataset.releases import STAMP, field, place, release, unit

from osce_crawl.dataset.database import Database
from osce_crawl.dataset.facts import Facts
from osce_crawl.dataset.page import About, write_page

EXPECTED = Path(__file__).parents[2] / "fixtures/expected/items"
WORDS = """<script>document.title='ran'</script>" onmouseover='x' </svg>&amp; \\u003c \u202eback"""
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 3
VIENNA = {"name": "Vienna", "country": "AT", "latitude": 48.20849, "longitude": 16.37208}
OTTAWA = {"name": "Ottawa", "country": "CA", "latitude": 45.41117, "longitude": -75.69812}


def demo() -> Iterator[dict[str, Any]]:
    """Yield the items of the offline site, all new on the same day."""
    for path in sorted(EXPECTED.glob("*.json")):
        item = json.loads(path.read_bytes())
        blank = release(int(item["node"].removeprefix("u"), 16), item["language"])
        entries = {"places": place(), "sources": unit(None), "fields_of_work": field("")}
        lists = {key: [{**whole, **one} for one in item[key]] for key, whole in entries.items()}
        yield {key: lists.get(key, item.get(key, blank[key])) for key in blank}


def many(count: int) -> Iterator[dict[str, Any]]:
    """Yield releases over many years, of every language, unit, field and kind in turn."""
    kinds = ("press-release", "news", "daily-report", "spot-report", "press-statement", None)
    cities = (VIENNA, OTTAWA, {"name": "Skopje", "latitude": 42.0, "longitude": 21.43})
    for number in range(count):
        year, day = 1995 + number % 32, 1 + number % 28
        yield release(
            number,
            ("en", "ru", "uk", "de", "sq")[number % 5],
            title=f"Release {number} on a matter of {number % 97}",
            content_type=kinds[number % 6],
            published=f"{year}-03-{day:02}" if number % 50 else None,
            places=[place(**cities[number % 3])],
            sources=[unit(f"Mission number {number % 23}")],
            fields_of_work=[field(f"Field {number % 13}")],
        )


def hostile() -> Iterator[dict[str, Any]]:
    """Yield items whose texts contain markup and whose addresses contain scripts."""
    urls = ("javascript:alert(1)", "data:text/html,<script>", 'https://www.osce.org/"onclick="x')
    for number, url in enumerate(urls):
        yield release(
            number,
            url=url,
            title=WORDS,
            content_type=WORDS,
            published="2020-01-02",
            places=[place(**{**VIENNA, "name": WORDS}), place(**{**OTTAWA, "name": WORDS})],
            countries=[{"code": WORDS, "origin": "place"}],
            sources=[unit(WORDS), unit(None, LONG)],
            fields_of_work=[field(WORDS), field(LONG)],
        )
    yield release(9, "und", title=LONG, published="2020-01-02")


def bare() -> Iterator[dict[str, Any]]:
    """Yield one item with only the required values."""
    yield release(title=None)


#: The datasets by name.
ALL = {
    "demo": demo,
    "many": lambda: many(1200),
    "hostile": hostile,
    "bare": bare,
    "empty": lambda: iter(()),
}


def made(items: Iterable[dict[str, Any]], folder: Path) -> Path:
    """Write the database of items and its page; return the page."""
    folder.mkdir(parents=True, exist_ok=True)
    database, facts = Database(folder / "newsroom.db"), Facts()
    for item in items:
        database.add(item)
        facts.add(item)
    database.finish([], {"created": STAMP})
    about = About(
        facts=facts,
        made_at=STAMP,
        version="1.0.0",
        files={"items.parquet": 12_345, "newsroom.db": 9_876_543},
        terms=("Personal or educational use.", "Places: GeoNames, CC BY 4.0."),
    )
    write_page(folder / "newsroom.db", folder / "index.html", about)
    return folder / "index.html"


def written(folder: Path, names: Iterable[str] = tuple(ALL)) -> dict[str, Path]:
    """Write the pages of datasets; return name of the dataset → file."""
    return {name: made(ALL[name](), folder / name) for name in names}
