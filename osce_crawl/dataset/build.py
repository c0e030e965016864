"""Writes all files of a dataset into one folder, from the rows of a store."""

import gzip
import sqlite3
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import orjson

from osce_crawl.clock import stamp
from osce_crawl.columns import Column, columns
from osce_crawl.dataset.card import card
from osce_crawl.dataset.database import Database
from osce_crawl.dataset.facts import Facts
from osce_crawl.dataset.folder import NAME, PACKAGE
from osce_crawl.dataset.page import About, write_page
from osce_crawl.feeds.csv_file import CsvExporter
from osce_crawl.feeds.json_lines import JsonLinesExporter
from osce_crawl.feeds.parquet import ParquetExporter
from osce_crawl.feeds.row_exporter import RowExporter
from osce_crawl.feeds.swap import digest
from osce_crawl.items import SCHEMA_VERSION, json_schema
from osce_crawl.links import Link, link_columns, links
from osce_crawl.publication.datapackage import described, described_file, named
from osce_crawl.publication.terms import GEONAMES_TERMS, KOSOVO, OSCE_TERMS, PERSONAL, SAMPLE
from osce_crawl.store import past
from osce_crawl.store.aliases import known_aliases
from osce_crawl.store.commit import last_full_walk
from osce_crawl.versions import own_version
from osce_crawl.vocabulary import vocabulary_version

_INDENTED = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
#: Level 9 makes simulated items 1 % smaller and takes a third longer.
_GZIP_LEVEL = 6
_ITEMS: dict[str, Callable[..., RowExporter]] = {
    "items.parquet": ParquetExporter,
    "items.jsonl.gz": JsonLinesExporter,
    "items.csv": CsvExporter,
}
_LINKS: dict[str, Callable[..., RowExporter]] = {
    "links.parquet": ParquetExporter,
    "links.jsonl": JsonLinesExporter,
}
#: The files that are not tables, each with its description.
_OTHERS = {
    "newsroom.db": "application/vnd.sqlite3",
    "index.html": "text/html",
    "README.md": "text/markdown",
    "item.schema.json": "application/schema+json",
}


@dataclass(frozen=True)
class Origin:
    """The input of a dataset.

    :ivar store: source of the rows; no other process may write it during the build.
    :ivar pages: the source of its items, as recorded in the store.
    :ivar created: the creation time given in the dataset.
    :ivar contacts: whether to keep press contacts, which are personal data.
    """

    store: sqlite3.Connection
    pages: str
    created: datetime
    contacts: bool = False

    def rows(self) -> Generator[dict[str, Any]]:
        """Yield the items in the order of the feed; close it before closing the store."""
        for row in past.rows(self.store):
            yield row.item if self.contacts else {**row.item, "contacts": []}


def build(
    origin: Origin, folder: Path, done: Callable[[str, int], None] = lambda _what, _rows: None
) -> Facts:
    """Write all files into an empty folder; return the facts about them.

    The rows are read twice, with only a few in memory at a time. The same rows and creation time
    give the same bytes.

    :param done: called with the current step and the number of rows done.
    :raises OSError, sqlite3.Error: if a file cannot be written.
    """
    facts = Facts()
    database = Database(folder / "newsroom.db")
    try:
        _write_items(origin, folder, database, facts, done)
        with closing(origin.rows()) as rows:
            found = list(links(_reporting(rows, "links", done), known_aliases(origin.store)))
        facts.relations = Counter(link.relation for link in found)
        _write(folder, _LINKS, link_columns(), [link.row() for link in found])
        about = _about(origin, facts)
        done("newsroom.db", facts.items)
        database.finish(map(_values, found), about)
    finally:
        database.close()
    made_of = {
        "pages from": about["origin"],
        "the whole listing was last walked": about["full_walk"] or f"never. {SAMPLE}",
        "schema": SCHEMA_VERSION,
        "vocabularies": about["vocabulary_version"],
    }
    digests = {path.name: digest(path) for path in folder.glob("*.parquet")}
    (folder / "README.md").write_text(card(facts, about["created"], made_of, digests), "utf-8")
    (folder / "item.schema.json").write_bytes(orjson.dumps(json_schema(), option=_INDENTED))
    done("index.html", facts.items)
    page = About(
        facts=facts,
        made_at=about["created"],
        version=own_version(),
        files={path.name: path.stat().st_size for path in sorted(folder.iterdir())},
        terms=(*_terms(facts), KOSOVO),
        remark="" if about["full_walk"] else SAMPLE,
    )
    write_page(folder / "newsroom.db", folder / "index.html", page)
    (folder / PACKAGE).write_bytes(orjson.dumps(_package(folder, facts, about), option=_INDENTED))
    return facts


def _write_items(
    origin: Origin,
    folder: Path,
    database: Database,
    facts: Facts,
    done: Callable[[str, int], None],
) -> None:
    def counted(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in _reporting(rows, "items", done):
            facts.add(row)
            database.add(row)
            yield row

    with closing(origin.rows()) as rows:
        _write(folder, _ITEMS, columns(), counted(rows))


def _write(
    folder: Path,
    files: Mapping[str, Callable[..., RowExporter]],
    of: tuple[Column, ...],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    """Write the same rows to several files."""
    with ExitStack() as opened:
        exporters = [
            made(opened.enter_context(_opened(folder / name)), columns=of)
            for name, made in files.items()
        ]
        for exporter in exporters:
            opened.callback(exporter.abandon)
            exporter.start_exporting()
        for row in rows:
            for exporter in exporters:
                exporter.export_item(row)
        for exporter in exporters:
            exporter.finish_exporting()


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("wb") as file:
        if path.suffix != ".gz":
            yield file
            return
        # without name and time, so that the same rows give the same bytes
        with gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0) as packed:
            yield packed  # type: ignore[misc]


def _reporting(
    rows: Iterable[dict[str, Any]], what: str, done: Callable[[str, int], None]
) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows):
        done(what, number)
        yield row


def _values(link: Link) -> tuple[str, str, str, float, str]:
    return link.from_, link.to, link.relation, link.score, link.evidence


def _about(origin: Origin, facts: Facts) -> dict[str, str]:
    """Return what `newsroom.db` and the page say about the dataset as a whole."""
    walked = last_full_walk(origin.store)
    return {
        "title": "OSCE newsroom",
        "origin": _public(origin.pages),
        "created": stamp(origin.created),
        "full_walk": str(walked) if walked else "",
        "items": str(facts.items),
        "first_published": facts.first or "",
        "last_published": facts.last or "",
        "schema_version": SCHEMA_VERSION,
        "vocabulary_version": vocabulary_version(),
        "rights": " ".join(_terms(facts)),
        "note": KOSOVO,
    }


def _terms(facts: Facts) -> tuple[str, ...]:
    return OSCE_TERMS, GEONAMES_TERMS, *([PERSONAL] if facts.filled["contacts"] else [])


def _public(pages: str) -> str:
    """Return the site that pages come from, without the folder of saved pages."""
    site, saved, _folder = pages.partition(", saved in ")
    return f"{site}, saved pages" if saved else site


def _package(folder: Path, facts: Facts, about: Mapping[str, str]) -> dict[str, Any]:
    count = facts.relations.total()
    files = [
        *(described_file(_file(folder / name, facts.items)) for name in _ITEMS),
        *(described_file(_file(folder / name, count), link_columns(), key="") for name in _LINKS),
        *(
            {"path": name, "type": "file", "mediatype": kind, **_sizes(folder / name)}
            for name, kind in _OTHERS.items()
        ),
    ]
    sample = not about["full_walk"]
    own = {
        "origin": about["origin"],
        "created": about["created"],
        "sample": sample,
        "schema_version": about["schema_version"],
        "vocabulary_version": about["vocabulary_version"],
    }
    return described(NAME, SAMPLE if sample else "", own, named(files))


def _file(path: Path, rows: int) -> dict[str, Any]:
    return {
        "path": path.name,
        "rows": rows,
        "bytes": path.stat().st_size,
        "sha256": digest(path),
    }


def _sizes(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest(path)}"}
