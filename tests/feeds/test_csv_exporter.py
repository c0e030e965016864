"""Items as CSV, for spreadsheets and what else has cells."""

import csv
from io import BytesIO, StringIO

from feeds.writing import write
from grid import check_each
from hypothesis import given
from hypothesis import strategies as st

from osce_crawl.columns import Column, ListOf
from osce_crawl.feeds.csv_file import CsvExporter, defused, original

COLUMNS = (
    Column("text", "text", nullable=True),
    Column("day", "date", nullable=True),
    Column("number", "integer", nullable=True),
    Column("sure", "boolean", nullable=True),
    Column("list", ListOf("text"), nullable=False),
    Column("pair", (Column("one", "text", True), Column("other", "float", True)), nullable=True),
)
EMPTY = dict.fromkeys((column.name for column in COLUMNS), None) | {"list": []}
HEADER = "text,day,number,sure,list,pair_one,pair_other"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a")


def exported(*rows):
    file = BytesIO()
    write(CsvExporter, file, ({**EMPTY, **row} for row in rows), columns=COLUMNS)
    return file.getvalue()


def lines(*rows):
    return exported(*rows).decode("utf-8-sig").split("\r\n")


def test_file_says_that_it_is_utf_8():
    assert exported({"text": "Škoda"}).startswith(b"\xef\xbb\xbftext,")
    assert "Škoda".encode() in exported({"text": "Škoda"})


def test_header_is_there_without_rows():
    assert lines() == [HEADER, ""]


def test_null_is_an_empty_cell_and_an_empty_list_is_a_list():
    assert lines({})[1] == ",,,,[],,"


def test_structure_has_a_cell_for_each_field():
    assert lines({"pair": {"one": "a", "other": 1.5}})[1] == ",,,,[],a,1.5"


def test_values_are_written_as_json_writes_them():
    row = {"day": "2017-06-09", "number": 7, "sure": True}

    assert lines(row, {"sure": False})[1:3] == [",2017-06-09,7,true,[],,", ",,,false,[],,"]


def test_list_is_json():
    assert lines({"list": ["a", 'b"c']})[1] == r',,,,"[""a"",""b\""c""]",,'


def test_cell_with_commas_quotes_and_lines_is_quoted():
    text = 'a, "b"\nc'

    assert next(csv.DictReader(StringIO(exported({"text": text}).decode("utf-8-sig"))))["text"] == (
        text
    )


def test_formula_is_text():
    file = exported(*({"text": text} for text in FORMULAS)).decode("utf-8-sig")
    _, *rows = csv.reader(StringIO(file, newline=""))

    assert [row[0] for row in rows] == [f"'{text}" for text in FORMULAS]


def test_other_text_stays_as_it_is():
    check_each(defused, {text: text for text in ("1-1", "a=b", "'tis", "Vienna", "[]", " =1")})


@given(st.text(alphabet="'=+-@\t\r\n＝a1", max_size=6))
def test_what_was_defused_can_be_had_back(text):
    assert original(defused(text)) == text
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
