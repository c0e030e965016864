"""Items as JSON Lines."""

from dataclasses import dataclass
from io import BytesIO

import pytest
from feeds.writing import write

from osce_crawl.feeds.json_lines import JsonLinesExporter


@dataclass
class Release:
    title: str
    node: str


def exported(*items, **options):
    file = BytesIO()
    write(JsonLinesExporter, file, items, **options)
    return file.getvalue()


def test_each_item_is_one_line_that_ends_in_lf():
    assert exported({"a": 1}, {"a": "x\ny"}) == b'{"a":1}\n{"a":"x\\ny"}\n'


def test_keys_keep_their_order():
    assert exported({"b": None, "a": {"d": 1, "c": 2}}) == b'{"b":null,"a":{"d":1,"c":2}}\n'


def test_text_is_unescaped_utf8():
    assert exported({"place": "Приштина"}) == '{"place":"Приштина"}\n'.encode()


def test_dataclass_is_written_in_the_order_of_its_fields():
    assert exported(Release("One", "1")) == b'{"title":"One","node":"1"}\n'


def test_fields_to_export_choose_and_rename():
    assert exported({"a": 1, "b": 2}, fields_to_export={"b": "B"}) == b'{"B":2}\n'


def test_feed_options_without_effect_are_taken():
    assert exported({"a": 1}, encoding="utf-8", indent=4) == b'{"a":1}\n'


def test_value_that_json_cannot_hold_is_refused():
    with pytest.raises(TypeError):
        exported({"a": {1, 2}})


def test_unknown_option_is_refused():
    with pytest.raises(TypeError, match="sort_keys"):
        exported(sort_keys=True)
