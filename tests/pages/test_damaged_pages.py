"""Whatever is done to a page, reading it returns something valid or refuses it.

The long form is the trial `damaged-pages`.
"""

from pages.damage import problem


def test_damaged_page_is_read_or_refused():
    assert [told for seed in range(40) if (told := problem(seed))] == []
