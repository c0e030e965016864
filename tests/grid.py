"""Many cases of one behaviour in one test, compared as a whole.

``check_each(read, {case: expected, …})`` reads every case and reports all differences at once, each
with the case, the field, the expected and the found value. To add a case, add it to the dict.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

#: How many differences a failure prints.
_MOST = 40


def check_each(read: Callable[..., Any], expected: Mapping[Any, Any]) -> None:
    """Read each case and compare it with the expected value.

    :param read: called with the case; a tuple is passed as several arguments.
    :raises AssertionError: with every case that differs or could not be read.
    """
    __tracebackhide__ = True
    assert expected, "there is no case"
    told = []
    first_error = None
    wrong = 0
    for case, wanted in expected.items():
        name = ", ".join(map(str, case)) if isinstance(case, tuple) else str(case)
        try:
            found = read(*case) if isinstance(case, tuple) else read(case)
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001  reported as a difference
            lines = [f"raised {type(error).__name__}: {error}"]
            first_error = first_error or error
        else:
            lines = list(_differences(wanted, found))
        told += [f"{name!r}: {line}" for line in lines]
        wrong += bool(lines)
    if told:
        more = [f"… and {len(told) - _MOST} more"] if len(told) > _MOST else []
        head = f"{wrong} of {len(expected)} cases differ"
        raise AssertionError("\n  ".join([head, *told[:_MOST], *more])) from first_error


def _differences(wanted: Any, found: Any, field: str = "") -> Iterator[str]:
    """Yield the differences, each for the innermost field that differs."""
    if wanted == found and type(wanted) is type(found):
        return
    if isinstance(wanted, dict) and isinstance(found, dict) and list(wanted) == list(found):
        pairs = [(f"{field}.{key}" if field else str(key), key) for key in wanted]
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = [(f"{field}[{index}]", index) for index in range(len(wanted))]
    else:
        yield f"{field}{': ' * bool(field)}expected {wanted!r}, found {found!r}"
        return
    for inner, key in pairs:
        yield from _differences(wanted[key], found[key], inner)
