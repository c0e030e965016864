"""One Spark job: WARC files in, typed Parquet out, by the functions of `scrapy reextract`.

    spark-submit job.py 's3://bucket/archive/*.warc.gz' s3a://bucket/releases

Each file is scanned once, by any worker. The driver, which sees only addresses and places, chooses
the capture of each item. The workers read those captures. Spark writes the items as Parquet with
the types of `osce_crawl.columns`. The last line on standard output is JSON: what was read, and what
was refused, by reason.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from pyarrow import fs
from pyspark import StorageLevel
from pyspark.sql import SparkSession, types
from pyspark.sql.functions import col

from osce_crawl.archive.captures import Captures
from osce_crawl.archive.files import ENDINGS, warc_files
from osce_crawl.archive.places import ArchiveError, Place, RefusedError
from osce_crawl.columns import Column, ListOf, Type, columns, typed
from osce_crawl.crawl.answer import NoAnswer, read_stub
from osce_crawl.options import Arguments, Options
from osce_crawl.reextract.captured import Page, pages
from osce_crawl.reextract.plan import Plan
from osce_crawl.reextract.reading import Task, read_entries, read_page
from osce_crawl.reextract.walked import place_of, walked_listings
from osce_crawl.sources import make_sources
from osce_crawl.store.fetched import Answer
from osce_crawl.store.merge import as_first_published

#: Pages per Spark task, which takes a second or two.
PAGES = 400
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    # the default is INT96, which other readers take for nanoseconds
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MILLIS",
}
#: The Spark types of the columns.
SCALARS: dict[str, types.DataType] = {
    "text": types.StringType(),
    "date": types.DateType(),
    "timestamp": types.TimestampType(),
    "integer": types.LongType(),
    "float": types.DoubleType(),
    "boolean": types.BooleanType(),
}


#: The contents of one WARC file: release pages; listing pages with their entries; refused records,
#: counted by reason. Places name the file by its number.
Seen: TypeAlias = tuple[list[Page], list[tuple[Page, list[dict[str, Any]]]], Counter[str]]


# -- files, wherever they are


def named_files(given: Iterable[str]) -> dict[str, str]:
    """Return the addresses of the WARC files, each with its name.

    :param given: paths, globs and folders of this machine; addresses of files and folders elsewhere
    """
    found: dict[str, str] = {}
    for name in given:
        if "://" not in name:
            found |= {str(path): short for path, short in warc_files([name]).items()}
            continue
        system, path = file_system(name)
        if system.get_file_info(path).type != fs.FileType.Directory:
            found[name] = path.rpartition("/")[2]
            continue
        folder, mark, query = name.partition("?")
        for one in sorted(system.get_file_info(fs.FileSelector(path, recursive=True)), key=_path):
            if one.path.endswith(ENDINGS):
                short = one.path.removeprefix(path.rstrip("/")).lstrip("/")
                found[f"{folder.rstrip('/')}/{short}{mark}{query}"] = short
    return found


def _path(info: fs.FileInfo) -> str:
    path: str = info.path
    return path


def file_system(address: str) -> tuple[fs.FileSystem, str]:
    """Return the file system of an address and the path in it; uses the machine's credentials."""
    system, path = fs.FileSystem.from_uri(address.replace("s3a://", "s3://", 1))
    return system, path


def is_there(address: str) -> bool:
    """Return whether a file or folder exists, as far as this can be known without Spark."""
    if "://" not in address:
        return Path(address).exists()
    with suppress(OSError, ValueError):  # Spark reports what only Spark can know when it writes
        system, path = file_system(address)
        found: bool = system.get_file_info(path).type != fs.FileType.NotFound
        return found
    return False


@contextmanager
def on_this_machine(address: str, place: Place | None = None) -> Iterator[Path]:
    """Give the path of a file, or of a temporary copy of a remote file or of one record in it."""
    if "://" not in address:
        yield Path(address)
        return
    system, path = file_system(address)
    with (
        system.open_input_file(path) as far,
        tempfile.NamedTemporaryFile(suffix=".warc.gz") as near,
    ):
        if place is not None:
            far.seek(place.offset)
        left = None if place is None else place.length
        while chunk := far.read(1 << 20 if left is None else min(left, 1 << 20)):
            near.write(chunk)
            left = left and left - len(chunk)
        near.flush()
        yield Path(near.name)


# -- what runs on the executors


def look_through(number: int, address: str, base_url: str) -> Seen:
    """Return what a WARC file holds."""
    releases: list[Page] = []
    listings: list[tuple[Page, list[dict[str, Any]]]] = []
    refused: Counter[str] = Counter()
    try:
        with on_this_machine(address) as path, Captures([path]) as captures:
            for page in pages(captures, base_url, Counter()):
                if page.may_be_listing and (entries := read_entries(page)):
                    listings.append((_numbered(page, number), entries))
                if page.may_be_release:
                    releases.append(_numbered(page, number))
            refused += captures.refused
    except (OSError, ValueError) as error:  # only this file is lost
        refused["file"] += 1
        sys.stderr.write(f"{address}: {error}\n")
    return releases, listings, refused


def _numbered(page: Page, number: int) -> Page:
    file = Path(str(number))
    found = page.found
    own, body = (replace(place, file=file) for place in (found.place, found.body))
    return replace(page, found=replace(found, place=own, body=body, copy=body))


def read(task: Task, address: str) -> Iterator[tuple[str, Answer | str]]:
    """Yield an item's id and the answer read from its page; or an empty id and the reason.

    If the page of a listed item cannot be read, the answer holds what the listing says.
    """
    found = task.page.found
    answer: Answer | Exception
    try:
        with on_this_machine(address, found.body) as path:
            offset = 0 if "://" in address else found.body.offset
            copy = replace(found.body, file=path, offset=offset)
            page = replace(task.page, found=replace(found, copy=copy))
            answer = read_page(replace(task, page=page))
    except OSError as error:
        answer = error
    if isinstance(answer, Answer):
        if answer.item is None:
            yield "", answer.refusal or answer.kind
            return
        yield str(answer.item_id), answer
        return
    yield "", _reason(answer)
    if "title" in task.visit.entry:
        with suppress(ValueError):
            stub = read_stub(task.visit)
            yield str(stub.item_id), stub


def _reason(error: Exception) -> str:
    if isinstance(error, RefusedError):
        return error.reason
    return (isinstance(error, NoAnswer) and error.refusal) or "error"


def _number(page: Page) -> int:
    return int(str(page.found.body.file))


def row_of(answer: Answer, *, contacts: bool) -> dict[str, Any]:
    """Return the row of an item."""
    item = as_first_published(answer.item or {})
    return typed(item if contacts else {**item, "contacts": []})


def better(one: Answer, other: Answer) -> Answer:
    """Return the better of two answers for one item."""
    return max(one, other, key=lambda answer: (answer.rank, (answer.item or {})["fetched_at"]))


# -- the driver


def choose(
    seen: Iterable[Seen], names: list[str], options: Options
) -> tuple[list[Task], Counter[str]]:
    """Choose the captures to read, as `scrapy reextract` does; return the refusals so far too."""
    plan, refused = Plan(options.base_url, lambda _entry: None), Counter[str]()
    walked = walked_listings(make_sources(options, Arguments()))
    held: list[Page] = []
    for releases, listings, lost in seen:
        for page, entries in listings:
            plan.take_entries(page, entries, walked.get(place_of(page.url)))
        held += releases
        refused += lost
    for page in held:
        plan.take_page(page)
    tasks = [Task(visit, page, names[_number(page)]) for visit, page in plan.visits()]
    plan.close()
    return tasks, refused


def run(spark: SparkSession, files: dict[str, str], given: argparse.Namespace) -> dict[str, Any]:
    """Read files and write the Parquet; return what was read and refused."""
    context, options = spark.sparkContext, Options(base_url=given.base_url)
    addresses, names = list(files), list(files.values())
    seen = context.parallelize(list(enumerate(addresses)), len(files)).map(
        lambda numbered: look_through(*numbered, options.base_url)
    )
    tasks, refused = choose(seen.toLocalIterator(), names, options)
    answers = context.parallelize(tasks, len(tasks) // PAGES + 1).flatMap(
        lambda task: read(task, addresses[_number(task.page)])
    )
    answers.persist(StorageLevel.DISK_ONLY)
    items = answers.filter(lambda pair: bool(pair[0])).reduceByKey(better)
    contacts: bool = given.contacts
    rows = items.values().map(lambda answer: row_of(answer, contacts=contacts))
    frame = spark.createDataFrame(rows, schema()).orderBy(*in_order())
    frame.write.parquet(given.output, mode="errorifexists", compression="zstd")
    for reason, count in answers.filter(lambda pair: not pair[0]).values().countByValue().items():
        refused[str(reason)] += count
    written = spark.read.parquet(given.output).count()
    return {"files": len(files), "items": written, "refused": dict(sorted(refused.items()))}


def schema() -> types.StructType:
    """Return the columns of the items as a Spark schema."""
    return _structure(columns())


def in_order() -> list[Any]:
    """Return the order of a crawl's feed."""
    return [col("published").desc_nulls_last(), col("node").cast("long").desc(), col("language")]


def _structure(fields: tuple[Column, ...]) -> types.StructType:
    return types.StructType(
        [types.StructField(one.name, _type(one.type), one.nullable) for one in fields]
    )


def _type(kind: Type) -> types.DataType:
    if isinstance(kind, ListOf):
        return types.ArrayType(_type(kind.of), containsNull=False)
    return _structure(kind) if isinstance(kind, tuple) else SCALARS[kind]


def main() -> None:
    """Run the job."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("archives", nargs="+", help="WARC files, folders of them, globs, s3://…")
    parser.add_argument("output", help="a new folder, at an address that Spark can write to")
    parser.add_argument("--base-url", default=Options.base_url, help="the site (%(default)s)")
    parser.add_argument("--contacts", action="store_true", help="keep press contacts")
    given = parser.parse_args()
    # by default Spark takes the first python3 on the PATH, which lacks the crawler
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        files = named_files(given.archives)
    except (ArchiveError, OSError) as error:
        parser.error(str(error))
    if is_there(given.output):
        parser.error(f"{given.output} exists already: name another folder, or remove it")
    builder = SparkSession.builder.appName("osce_crawl: WARC to Parquet")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    told = run(spark, files, given)
    spark.stop()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
