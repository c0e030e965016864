"""The same rows and values in every format, read back by those who will read them.

300 simulated items with all that is odd or rare, and three whose lists are all empty.
"""

import csv
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from itertools import chain, zip_longest
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from clients.rows import KEYS, Row, bare, keys_with_values, simulated, write
from pyarrow import parquet

from osce_crawl.columns import columns
from osce_crawl.feeds.arrow import arrow_schema
from osce_crawl.feeds.csv_file import original
from osce_crawl.flat import flat, flat_columns

#: Cells that are not text are read as what they are.
_READ: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "float": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@pytest.fixture(autouse=True)
def _nothing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Row]]:
    """Return the rows of two snapshots, by the stem of their files, as JSON Lines has them."""
    folder = tmp_path_factory.mktemp("snapshots")
    found = {}
    for name, rows in (("many", simulated(300)), ("bare", bare(3))):
        for ending in ("parquet", "csv"):
            write(folder / f"{name}.{ending}", rows)
        lines = write(folder / f"{name}.jsonl", rows).read_bytes().splitlines()
        found[str(folder / name)] = [json.loads(line) for line in lines]
    return found


def test_all_keys_are_put_to_the_test(snapshots):
    many, few = snapshots.values()

    assert set(keys_with_values(many)) == set(KEYS)
    assert (len(many), len(few)) == (300, 3)


def from_datasets(paths: list[str]) -> list[Row]:
    from datasets import Dataset, disable_progress_bars

    disable_progress_bars()
    cache = Path(paths[0]).with_name("cache")
    return list(Dataset.from_parquet(paths, cache_dir=str(cache)))


def from_duckdb(paths: list[str]) -> list[Row]:
    import duckdb

    with duckdb.connect() as db:
        db.execute("SET TimeZone = 'UTC'")
        found = db.execute("SELECT * FROM read_parquet(?)", [paths])
        return [dict(zip(KEYS, row, strict=True)) for row in found.fetchall()]


def from_pandas(paths: list[str], **options: Any) -> list[Row]:
    import pandas as pd

    frames = [pd.read_parquet(path, **options) for path in paths]
    return pd.concat(frames).to_dict("records")


def from_polars(paths: list[str]) -> list[Row]:
    import polars as pl

    return pl.concat(map(pl.read_parquet, paths)).to_dicts()


def from_polars_lazily(paths: list[str]) -> list[Row]:
    import polars as pl

    return pl.scan_parquet(paths).collect().to_dicts()


#: How those who use the files load one or several of them.
CLIENTS: dict[str, Callable[[list[str]], list[Row]]] = {
    "pyarrow": lambda paths: pa.concat_tables(map(parquet.read_table, paths)).to_pylist(),
    "pandas": from_pandas,
    "pandas with Arrow's types": lambda paths: from_pandas(paths, dtype_backend="pyarrow"),
    "polars": from_polars,
    "polars, lazily": from_polars_lazily,
    "DuckDB": from_duckdb,
    "Hugging Face datasets": from_datasets,
}


def as_json(value: Any) -> Any:
    """Return a value of any client as JSON Lines has it."""
    if isinstance(value, Mapping):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list | np.ndarray):
        return [as_json(one) for one in value]
    if value is None or type(value).__name__ in {"NaTType", "NAType"}:  # of pandas
        return None
    if isinstance(value, float) and isnan(value):
        return None  # pandas' null; there is no such number in an item
    if isinstance(value, datetime):
        assert value.utcoffset() is not None
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value


def differences(found: list[Row], expected: list[Row]) -> list[Any]:
    pairs = zip_longest(map(as_json, found), expected)
    return [pair for pair in pairs if pair[0] != pair[1]][:3]


@pytest.mark.parametrize("client", CLIENTS)
def test_parquet_has_the_values_of_json_lines_and_two_snapshots_are_loaded_as_one(
    snapshots, client
):
    paths = [f"{stem}.parquet" for stem in snapshots]

    assert differences(CLIENTS[client](paths), list(chain(*snapshots.values()))) == []


@pytest.mark.parametrize("client", CLIENTS)
def test_snapshot_without_any_list_is_loaded_by_itself(snapshots, client):
    *_, (stem, rows) = snapshots.items()

    assert differences(CLIENTS[client]([f"{stem}.parquet"]), rows) == []


def test_columns_have_the_same_types_whatever_the_rows(snapshots):
    schemas = [parquet.read_schema(f"{stem}.parquet") for stem in snapshots]

    assert schemas == [arrow_schema(columns())] * 2


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("published", pa.date32()),
        ("fetched_at", pa.timestamp("ms", tz="UTC")),
        ("removed_at", pa.timestamp("ms", tz="UTC")),
        ("revision", pa.int64()),
        ("complete", pa.bool_()),
        ("node", pa.string()),
    ],
)
def test_column_of_parquet_has_its_type(snapshots, column, expected):
    for stem in snapshots:
        assert parquet.read_schema(f"{stem}.parquet").field(column).type == expected


# -- CSV


def with_the_standard_library(path: str) -> list[dict[str, str]]:
    with Path(path).open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def with_pandas(path: str) -> list[Row]:
    import pandas as pd

    return pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")


def with_polars(path: str) -> list[Row]:
    import polars as pl

    return pl.read_csv(path, infer_schema=False).to_dicts()


def with_duckdb(path: str) -> list[Row]:
    import duckdb

    with duckdb.connect() as db:
        found = db.execute("SELECT * FROM read_csv(?, all_varchar=true)", [path])
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


READERS = (with_the_standard_library, with_pandas, with_polars, with_duckdb)


def read(cells: Row) -> Row:
    """Return what the cells of a line mean, as docs/using-the-data.md says."""
    found = {}
    for column in flat_columns():
        cell = cells[column.name]
        value = None if cell in {"", None} else original(cell)
        found[column.name] = value and _READ.get(column.type, str)(value)
    return found


@pytest.mark.parametrize("reader", READERS)
def test_csv_has_the_values_of_json_lines(snapshots, reader):
    for stem, rows in snapshots.items():
        found = [read(cells) for cells in reader(f"{stem}.csv")]

        assert differences(found, [flat(row) for row in rows]) == []


def test_no_cell_of_csv_is_a_formula(snapshots):
    for stem in snapshots:
        for cells in with_the_standard_library(f"{stem}.csv"):
            assert not [cell for cell in cells.values() if cell[:1] in set("=+-@\t\r\n＝＋－＠")]


def test_two_snapshots_of_csv_have_the_same_header(snapshots):
    headers = {Path(f"{stem}.csv").read_bytes().partition(b"\r\n")[0] for stem in snapshots}

    assert headers == {b"\xef\xbb\xbf" + ",".join(one.name for one in flat_columns()).encode()}
