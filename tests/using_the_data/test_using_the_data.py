"""Every block of docs/using-the-data.md does what the page says, on one simulated dataset.

Python's blocks run in a process of their own, one after the other; SQL in DuckDB; the shell's lines
in Bash. Spark's block runs by `make spark`, see loading_in_spark_trial.py beside this.
"""

import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from xml.etree import ElementTree as ET

import pytest
from docs.page_blocks import blocks
from using_the_data.blocks import PAGE, check, programs
from using_the_data.simulated import Simulated

BLOCKS = [block for block in blocks(PAGE) if block.heading != "Spark"]
_R = shutil.which("Rscript")
#: Runs blocks of Python, each without the names of the others, and tells what each has printed.
_PYTHON = """
import json, sys
from contextlib import redirect_stdout
from io import StringIO

told = []
for code in json.load(sys.stdin):
    with redirect_stdout(StringIO()) as out:
        exec(code, {})
    told.append(out.getvalue())
json.dump(told, sys.stdout)
"""
_JSONLITE = 'if (!requireNamespace("jsonlite", quietly = TRUE)) { cat("no jsonlite"); quit() }'


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return Simulated(tmp_path_factory.mktemp("newsroom"))


@pytest.fixture(scope="module")
def printed(data):
    """Return what each block of Python prints; their libraries, which start slowly, start once."""
    codes = [block.code for block in BLOCKS if block.language == "python"]
    told = json.loads(run(data, sys.executable, "-c", _PYTHON, said=json.dumps(codes)))
    return dict(zip(codes, told, strict=True))


def each(*languages):
    """Give a test every block of these languages."""
    found = [block for block in BLOCKS if block.language in languages]
    return pytest.mark.parametrize("block", found, ids=[block.name for block in found])


def ask(query, *values):
    """Return what DuckDB answers, with a session of its own."""
    import duckdb

    with duckdb.connect() as db:
        return db.execute(query, values).fetchall()


def run(data, *words, said=""):
    """Run a program in the dataset's folder; return what it printed.

    :param said: its standard input.
    """
    done = subprocess.run(
        words,
        cwd=data.folder,
        input=said.encode(),
        env={**os.environ, "HF_HOME": str(data.folder.parent / "hub"), "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


# -- the blocks


@each("python")
def test_python_prints_what_is_shown(printed, block):
    check(block, printed[block.code])


@pytest.mark.usefixtures("printed")
def test_map_has_a_mark_for_each_city(data):
    drawn = ET.parse(data.folder / "cities.svg")
    marks = [one for one in drawn.iter() if "mark-symbol" in one.get("class", "")]
    assert sum(len(mark) for mark in marks if "legend" not in mark.get("class", "")) == 34


@pytest.mark.usefixtures("printed")
def test_corpus_has_neither_datelines_nor_paragraphs_that_two_texts_share(data):
    items = {item["id"]: item for item in data.items}
    lines = (data.folder / "corpus.jsonl").read_bytes().splitlines()
    texts = [json.loads(line) for line in lines]
    for text in texts:
        dateline = items[text["id"]]["dateline"]
        assert dateline is None or not text["text"].startswith(dateline["raw"])
    shared = Counter(part for text in texts for part in set(text["text"].split("\n\n")))
    assert max(shared.values()) == 1


@each("sql")
def test_sql_gives_what_is_shown(data, block, monkeypatch):
    import duckdb

    monkeypatch.chdir(data.folder)
    found = duckdb.sql("SET TimeZone = 'UTC'; " + block.code)
    rows = [["" if cell is None else str(cell) for cell in row] for row in found.fetchall()]
    if block.shown is None:
        check(block, str(rows))
    else:
        assert [found.columns, *rows] == block.shown


@each("sh")
def test_shell_prints_what_is_shown(data, block):
    if missing := [name for name in programs(block) if shutil.which(name) is None]:
        pytest.skip(f"{missing} not installed")
    if not block.code.startswith(".venv/bin/scrapy "):
        check(block, run(data, "bash", "-euo", "pipefail", "-c", block.code))
        return
    for line in block.code.splitlines():
        ran = data.scrapy(*shlex.split(line)[1:])
        assert ran.status == 0, ran.err
    if block.shown is not None:
        check(block, ran.out.decode())


@each("r")
@pytest.mark.skipif(_R is None, reason="R is not installed")
def test_r_prints_what_is_shown_where_r_is_installed(data, block):
    told = run(data, _R, "-e", _JSONLITE, "-e", block.code)
    if told == "no jsonlite":
        pytest.skip("R has no jsonlite")
    check(block, told)


@each("r")
def test_brackets_and_quotes_of_r_are_balanced_which_is_all_that_is_tested_without_r(block):
    code = re.sub(r'"[^"\n]*"', "", block.code)
    assert '"' not in code
    while (
        shorter := re.sub(r"\([^(){}\[\]]*\)|\{[^(){}\[\]]*\}|\[[^(){}\[\]]*\]", "", code)
    ) != code:
        code = shorter
    assert not re.search(r"[(){}\[\]]", code)


def test_every_block_is_in_a_language_that_a_test_runs():
    assert {block.language for block in BLOCKS} <= {"python", "sql", "sh", "r"}


@pytest.mark.parametrize("number", range(1, 11))
def test_question_is_answered_by_a_block_with_its_result(number):
    answers = [block for block in BLOCKS if block.heading.startswith(f"{number}. ")]
    assert answers
    assert all(block.shown for block in answers)


# -- the pitfalls


def test_pandas_takes_node_for_a_number_unless_told_otherwise(data):
    import pandas as pd

    text = {"node": "str", "work_id": "str"}
    assert pd.read_json(data.lines, lines=True)["node"].dtype == "int64"
    read = pd.read_json(data.lines, lines=True, dtype=text)
    assert read["id"].equals(read["node"] + "-" + read["language"])


def test_polars_fails_on_what_it_guessed_from_the_first_lines(data):
    import polars as pl

    # a small file gives the first, a larger one the second
    with pytest.raises((pl.exceptions.ComputeError, pl.exceptions.PanicException)):
        pl.read_ndjson(data.lines)
    assert pl.read_ndjson(data.lines, infer_schema_length=None)["id"].n_unique() == 201


@pytest.mark.parametrize(
    ("file", "word"), [("output/changes.jsonl", "at"), ("dataset/links.jsonl", "to")]
)
def test_words_of_sql_are_quoted(data, file, word):
    from duckdb import ParserException

    where = f"read_json('{data.project / file}')"
    with pytest.raises(ParserException):
        ask(f"SELECT * FROM {where} ORDER BY {word}")
    assert ask(f'SELECT count("{word}") FROM {where}') != [(0,)]


def test_end_of_the_dateline_counts_code_points():
    import polars as pl

    body, end = "𝐀𝐁, 1 May – Text", 12
    assert body[end:] == "Text"
    assert ask("SELECT substr(?, ? + 1)", body, end) == [("Text",)]
    with closing(sqlite3.connect(":memory:")) as db:
        assert db.execute("SELECT substr(?, ? + 1)", [body, end]).fetchone() == ("Text",)
    assert pl.Series([body]).str.slice(end).to_list() == ["Text"]
    assert body.encode("utf-16-le")[2 * end :].decode("utf-16-le") != "Text"


def test_year_of_duckdb_is_that_of_its_time_zone():
    import duckdb

    query = "SELECT year(TIMESTAMPTZ '2026-01-01 01:00:00Z')"
    with duckdb.connect() as db:
        db.execute("SET TimeZone = 'America/New_York'")
        assert db.execute(query).fetchone() == (2025,)
        db.execute("SET TimeZone = 'UTC'")
        assert db.execute(query).fetchone() == (2026,)


def test_snapshot_holds_removed_items_and_translations(data):
    file = data.folder / "items.parquet"
    counts = "count(*), count(*) FILTER (removed_at IS NULL), count(DISTINCT work_id)"
    assert ask(f"SELECT {counts} FROM '{file}'") == [(201, 198, 158)]
