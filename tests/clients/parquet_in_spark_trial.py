"""Parquet read by Spark in local mode, compared with JSON Lines: `make spark`.

It needs .venv/spark, an environment with the requirements of the crawler and of recipes/spark, and
Java.
"""

import json
import os
import subprocess

import pytest
from clients.rows import bare, simulated, write
from crawl.command import ROOT

PYTHON = ROOT / ".venv" / "spark" / "bin" / "python"
#: Reads Parquet files as one table; prints the columns' types, then the rows as in JSON Lines.
READ = """
import json, sys
from datetime import datetime
from pyspark.sql import SparkSession

def text(value):
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value.isoformat()

spark = SparkSession.builder.config("spark.ui.enabled", "false").getOrCreate()
frames = [spark.read.parquet(path) for path in sys.argv[1:]]
table = frames[0].unionByName(frames[1])
print(json.dumps(dict(table.dtypes)))
for row in table.toLocalIterator():
    print(json.dumps(row.asDict(recursive=True), default=text))
spark.stop()
"""


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory):
    folder = tmp_path_factory.mktemp("snapshots")
    rows = {"many": simulated(2000), "bare": bare(3)}
    for name, some in rows.items():
        write(folder / f"{name}.parquet", some)
    return folder, [row for some in rows.values() for row in some]


@pytest.fixture(scope="module")
def read(snapshots):
    """Return the types of the columns, and the rows."""
    folder, _ = snapshots
    paths = [folder / "many.parquet", folder / "bare.parquet"]
    done = subprocess.run(
        [PYTHON, "-c", READ, *paths],
        env={**os.environ, "TZ": "UTC", "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": PYTHON},
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr.decode()
    types, *rows = map(json.loads, done.stdout.splitlines())
    return types, rows


def test_rows_of_two_snapshots_are_those_of_json_lines(snapshots, read):
    assert read[1] == snapshots[1]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("node", "string"),
        ("published", "date"),
        ("removed_at", "timestamp"),
        ("revision", "bigint"),
        ("contacts", "array<string>"),
        ("dates", "struct<page:date,listing:date,dateline:date>"),
    ],
)
def test_column_has_its_type(read, column, expected):
    assert read[0][column] == expected
