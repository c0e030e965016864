"""A grid that fails says which cases, which fields, what was expected and what was found."""

import pytest
from grid import check_each

ITEM = {"title": "Judges meet", "places": [{"name": "Vienna"}, {"name": "Bern"}]}
OTHER = {"title": "Judges meet", "places": [{"name": "Vienna"}, {"name": None}]}


def failure(read, expected):
    with pytest.raises(AssertionError) as failed:
        check_each(read, expected)
    return str(failed.value).splitlines()


def test_cases_that_are_as_expected_pass():
    check_each(lambda case: case.upper(), {"a": "A", "b": "B"})
    check_each(lambda one, two: one + two, {("a", "b"): "ab"})


def test_a_difference_is_told_by_case_and_field():
    assert failure({"list": ITEM, "table": OTHER}.get, {"list": ITEM, "table": ITEM}) == [
        "1 of 2 cases differ",
        "  'table': places[1].name: expected 'Bern', found None",
    ]


def test_other_keys_another_order_and_another_length_are_differences():
    expected = {"keys": {"a": 1, "b": 2}, "order": ["a", "b"], "length": ["a"]}
    found = {"keys": {"b": 2, "a": 1, "c": 3}, "order": ["b", "a"], "length": ["a", "b"]}
    assert failure(found.get, expected) == [
        "3 of 3 cases differ",
        "  'keys': expected {'a': 1, 'b': 2}, found {'b': 2, 'a': 1, 'c': 3}",
        "  'order': [0]: expected 'a', found 'b'",
        "  'order': [1]: expected 'b', found 'a'",
        "  'length': expected ['a'], found ['a', 'b']",
    ]


def test_a_number_is_no_truth():
    assert failure({"a": 1}.get, {"a": True})[1] == "  'a': expected True, found 1"


def test_an_error_is_a_difference_and_hides_no_other_case():
    def read(_case, number):
        return 1 // number

    assert failure(read, {("a", 0): 1, ("b", 2): 1}) == [
        "2 of 2 cases differ",
        "  'a, 0': raised ZeroDivisionError: integer division or modulo by zero",
        "  'b, 2': expected 1, found 0",
    ]


def test_a_grid_without_cases_fails():
    assert failure(str, {}) == ["there is no case"]
