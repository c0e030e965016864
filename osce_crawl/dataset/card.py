"""README.md of a dataset: the data card that the Hugging Face hub shows.

It begins with the metadata for the hub, as the subset of YAML that is also JSON:
https://huggingface.co/docs/hub/datasets-cards.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from osce_crawl.columns import ListOf, Type, columns
from osce_crawl.dataset.facts import Facts
from osce_crawl.publication.terms import (
    GEONAMES_TERMS,
    KOSOVO,
    OSCE_COPYRIGHT,
    OSCE_TERMS,
    PERSONAL,
)
from osce_crawl.webpage.markup import share

#: Upper limits of the hub's size categories.
_SIZES = {1_000: "n<1K", 10_000: "1K<n<10K", 100_000: "10K<n<100K", 1_000_000: "100K<n<1M"}
_TASKS = ("text-classification", "text-retrieval", "summarization", "translation")
#: How many units are named; the rest are counted.
_MOST = 20

_MARKDOWN = re.compile(r"[\\`*_\[\]<>|#~&]")
_FILES = {
    "items.parquet": "the items, nested and typed; for pandas, Polars, DuckDB, Spark, `datasets`",
    "items.jsonl.gz": "the same as JSON, one object per line",
    "items.csv": "the same as flat columns, lists as JSON; for spreadsheets and R",
    "newsroom.db": "the same as SQLite tables with keys, indexes and full-text search",
    "links.parquet": "releases that belong together: translations, copies, near-copies, citations",
    "links.jsonl": "the same as JSON, one object per line",
    "index.html": "a self-contained page with charts",
    "datapackage.json": "every file with its schema, size and hash (datapackage.org)",
    "item.schema.json": "JSON Schema of one line of `items.jsonl.gz`",
}

_METHOD = """
[osce_crawl](https://github.com/osce-crawl/osce_crawl) walks the newsroom's listing and fetches
the page of each release, repeatedly while it may still be edited. Rules read header, dateline and
body from the words on the page. Units, fields of work, kinds, States and places are looked up
in vocabularies that ship with the code, places in an extract of GeoNames. No value is guessed: a
value that could not be determined is null and reported in `issues`; the keys that end in `raw`
keep what the page prints. An item that the site removes stays in the dataset, with `removed_at`.
"""
_LIMITS = """
- The dataset contains what the newsroom lists or listed since the first crawl. Releases that were
  removed before are missing.
- Errors on pages are kept: `dates` holds the dates of header, listing and dateline separately, and
  the issue `dates-disagree` marks items where they differ.
- The kinds changed over the years: "News" became "News Item", and what one mission calls a press
  release is news for another. Compare kinds over time with care.
- Each language version of a release is a separate item; `work_id` joins them.
- Links between releases are found by comparing texts. `score` and `evidence` say how certain each
  link is, and why.
- Ids such as `node` are text, even if they look like numbers.
"""


def card(facts: Facts, created: str, made_of: dict[str, str], digests: Mapping[str, str]) -> str:
    """Return the data card.

    :param created: when the dataset was created.
    :param made_of: name → value: the source of its pages, the versions of schema and vocabularies.
    :param digests: Parquet file → its SHA-256 as hexadecimal digits.
    """
    return "".join(_parts(facts, created, made_of, digests))


def _parts(
    facts: Facts, created: str, made_of: dict[str, str], digests: Mapping[str, str]
) -> Iterator[str]:
    yield f"---\n{_front(facts, digests)}---\n\n# OSCE newsroom\n\n"
    yield (
        "Press releases, news and monitoring reports of the newsroom of the Organization for"
        " Security and\nCo-operation in Europe (OSCE), each with its text, date, places, issuing"
        " units and fields of work.\nOpen `index.html` for a look.\n"
    )
    yield "\n## In numbers\n\n"
    yield _table(("", ""), _numbers(facts, created, made_of))
    yield "\n## Languages\n\n" + _table(("language", "items"), _counts(facts.languages))
    yield "\n## Kinds\n\n" + _table(("kind", "items"), _counts(facts.kinds))
    yield "\n## Units\n\n" + _table(("unit", "items"), _counts(facts.units, _MOST))
    yield "\n## Files\n\n" + _table(("file", "what"), ((f"`{a}`", b) for a, b in _FILES.items()))
    yield (
        "\n```python\nfrom datasets import load_dataset\n\n"
        'items = load_dataset("PATH_OR_NAME_OF_THIS_DATASET", split="train")\n'
    )
    if facts.relations:
        yield 'links = load_dataset("PATH_OR_NAME_OF_THIS_DATASET", "links", split="train")\n'
    yield "```\n"
    yield "\n## Fields\n\n`full` is the share of the items in which the field has a value.\n\n"
    yield _table(("field", "type", "full", "what"), _fields(facts))
    yield f"\n## Method\n{_METHOD}\n## Limits\n{_LIMITS}"
    if facts.issues:
        yield "\nIssues by number of items:\n\n" + _table(("issue", "items"), _counts(facts.issues))
    yield f"\n## Rights\n\n{OSCE_TERMS}\nSee <{OSCE_COPYRIGHT}>.\n\n{GEONAMES_TERMS}\n\n{KOSOVO}\n"
    if facts.filled["contacts"]:
        yield f"\n{PERSONAL}\n"


def _front(facts: Facts, digests: Mapping[str, str]) -> str:
    languages = sorted(one for one in facts.languages if one != "und")
    configs = [{**_config("items", digests), "default": True}]
    if facts.relations:  # the library does not accept a table without rows
        configs.append(_config("links", digests))
    values: dict[str, Any] = {
        "pretty_name": "OSCE newsroom",
        "language": languages,
        "license": "other",
        "license_name": "osce-copyright",
        "license_link": OSCE_COPYRIGHT,
        "size_categories": [
            next((name for most, name in _SIZES.items() if facts.items < most), "n>1M")
        ],
        "task_categories": list(_TASKS),
        "tags": ["osce", "press-releases", "news", "international-organizations"],
        "configs": configs,
    }
    return "".join(f"{key}: {orjson.dumps(value).decode()}\n" for key, value in values.items())


def _config(name: str, digests: Mapping[str, str]) -> dict[str, Any]:
    """Return the library's configuration of a table.

    The library caches what it has loaded by the folder's name and this configuration. Without a
    version that changes with the file, it would return the rows of an earlier dataset.
    """
    file = f"{name}.parquet"
    return {
        "config_name": name,
        "data_files": file,
        "version": f"0.0.{int(digests[file][:8], 16)}",
    }


def _numbers(
    facts: Facts, created: str, made_of: dict[str, str]
) -> Iterator[tuple[object, object]]:
    yield "made at", created
    yield "items", f"{facts.items:,}"
    yield "releases, translations counted once", f"{len(facts.works):,}"
    yield "published", f"{facts.first} to {facts.last}" if facts.first else "unknown"
    yield "languages", len(facts.languages)
    yield "removed from the site", f"{facts.removed:,}"
    yield "known from the listing only", f"{facts.incomplete:,}"
    yield from ((f"links: {name}", f"{count:,}") for name, count in sorted(facts.relations.items()))
    yield from made_of.items()


def _counts(counts: Counter[str], most: int | None = None) -> Iterator[tuple[object, object]]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    yield from ((_plain(name), f"{count:,}") for name, count in ordered[:most])
    if most is not None and len(ordered) > most:
        yield f"{len(ordered) - most} more", ""


def _fields(facts: Facts) -> Iterator[tuple[object, ...]]:
    for column in columns():
        full = facts.filled[column.name] / facts.items if facts.items else 0
        yield (
            f"`{column.name}`",
            _type(column.type),
            share(full),
            column.description.replace("|", "\\|"),
        )


def _type(kind: Type) -> str:
    if isinstance(kind, ListOf):
        return f"list of {_type(kind.of)}"
    if isinstance(kind, tuple):
        return "{" + ", ".join(one.name for one in kind) + "}"
    return kind


def _plain(text: str) -> str:
    """Return a text from the pages, escaped so that Markdown shows it as plain text."""
    return _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))


def _table(head: tuple[object, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)
