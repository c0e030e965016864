"""A rule of the reading: the exact words of the code that hold it, and its tests."""

from typing import NamedTuple


class Rule(NamedTuple):
    """A rule, and what must fail without it.

    :ivar file: of the project; `text` occurs in it exactly once, and is replaced by `by`.
    :ivar tests: the test file of which at least one test must then fail.
    """

    guard: str
    file: str
    text: str
    by: str
    tests: str


def rules_of(file: str, *rows: tuple[str, str, str, str]) -> list[Rule]:
    """Return rules of one file of the package: guard, text, what it becomes, its tests."""
    return [
        Rule(guard, f"osce_crawl/{file}", text, by, f"tests/{tests}")
        for guard, text, by, tests in rows
    ]
