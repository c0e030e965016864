"""A few nights at random; `make trials` has the long seasons."""

import pytest
from crawl.season import season

NIGHTS = 8


@pytest.mark.parametrize("seed", [5, 11])
def test_nights_at_random_are_published_as_they_must_be(tmp_path, seed):
    assert season(tmp_path, NIGHTS, seed, items=40) == []
