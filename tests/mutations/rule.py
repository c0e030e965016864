"""A rule of reading: the exact text of its code, and its tests."""

from typing import NamedTuple


class Rule(NamedTuple):
    """A rule, and the tests that must fail without it.

    :ivar file: a file of the project; `text` occurs in it exactly once and is replaced by `by`.
    :ivar tests: the test file in which at least one test must then fail.
    """

    guard: str
    file: str
    text: str
    by: str
    tests: str


def rules_of(file: str, *rows: tuple[str, str, str, str]) -> list[Rule]:
    """Return rules of one file of the package: guard, text, replacement, tests."""
    return [
        Rule(guard, f"osce_crawl/{file}", text, by, f"tests/{tests}")
        for guard, text, by, tests in rows
    ]
