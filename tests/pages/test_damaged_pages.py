"""Whatever is done to a page, reading it returns something valid or refuses it.

The long form is the trial `damaged-pages`.
"""

import pytest
from pages.damage import problem


@pytest.mark.parametrize("seed", range(120))
def test_damaged_page_is_read_or_refused(seed):
    assert problem(seed) is None
