"""`python -m benchmarks.accuracy`: which fields of a release each extractor gets right."""

from collections import Counter
from collections.abc import Callable
from statistics import mean
from typing import Any
from urllib.parse import urljoin

from benchmarks.extract import FLOOR, beside
from benchmarks.folders import OSCE
from benchmarks.measure import Result, command
from benchmarks.released import releases

TITLE = "Fields read right"
ABOUT = """
The share of {pages} simulated release pages on which a tool returns exactly what the page says; “–”
means that the tool has no such field. Each tool gets only the page and its address. The pages cover
all layouts and languages of the newsroom, including headers that lack a line. The callbacks and the
fundus parser were written with the simulator's pages at hand, and trafilatura is configured to
leave out the menu; `osce_crawl` was developed with the simulator too, and with fixtures. The other
tools were made for neither. `extract` refuses a page if only the listing shows that it is a
release. What such a page says counts as missed, although a crawl would know its listing entry.
"""


def _same(true: Any, told: Any) -> float:
    return float((told or None) == (true or None))


def _same_words(true: str, told: str | None) -> float:
    return float((told or "").split() == true.split())


def _words(true: str, told: str | None) -> float:
    """Return the harmonic mean of precision and recall of the words."""
    wanted, found = Counter(true.split()), Counter((told or "").split())
    common = (wanted & found).total()
    return 2 * common / (wanted.total() + found.total())


def _same_set(true: list[str], told: list[str] | None) -> float:
    return float(set(true) == set(told or []))


def _same_addresses(true: list[str], told: list[str] | None) -> float:
    return float(set(true) == {urljoin(OSCE, one) for one in told or []})


def _language(true: str, told: str | None) -> float:
    return float((told or "").split("-")[0] == true)


def _names(item: dict[str, Any], key: str) -> list[str]:
    return [one["raw"] for one in item[key]]


_True = Callable[[dict[str, Any]], Any]
_Right = Callable[[Any, Any], float]
#: Row → the field's name in a tool's result, its true value, and the share of it that is right.
FIELDS: dict[str, tuple[str, _True, _Right]] = {
    "title": ("title", lambda item: item["title"], _same),
    "date": ("date", lambda item: item["published"], _same),
    "language": ("language", lambda item: item["language"], _language),
    "body, exactly these words": ("body", lambda item: item["body"], _same_words),
    "body, shared words (F1)": ("body", lambda item: item["body"], _words),
    "kind": ("kind", lambda item: item["content_type_raw"], _same),
    "places": (
        "places",
        lambda item: [one["header_raw"] or one["dateline_raw"] for one in item["places"]],
        _same_set,
    ),
    "units": ("units", lambda item: _names(item, "sources"), _same_set),
    "fields of work (tags)": ("tags", lambda item: _names(item, "fields_of_work"), _same_set),
    "images": ("images", lambda item: [one["url"] for one in item["images"]], _same_addresses),
    "documents": (
        "documents",
        lambda item: [one["url"] for one in item["documents"]],
        _same_addresses,
    ),
    "translations": (
        "translations",
        lambda item: [one["language"] for one in item["translations"]],
        _same_set,
    ),
}


def measure(*, quick: bool = False) -> Result:
    """Read the pages with each tool; return the correct share of each field."""
    pages = releases(20 if quick else 300)
    found = beside(pages, rounds=0)
    del found[FLOOR]
    rows: dict[str, dict[str, Any]] = {title: {} for title in FIELDS}
    for tool, told in found.items():
        offered = {name for one in told for name in one}
        for title, (name, true, right) in FIELDS.items():
            share = None
            if name in offered:
                share = mean(
                    right(true(page.item), one.get(name))
                    for page, one in zip(pages, told, strict=True)
                )
            rows[title][tool] = None if share is None else {"share": round(share, 4)}
    return {"of": {"pages": len(pages)}, "rows": rows}


if __name__ == "__main__":
    command("accuracy", measure)
