"""A few nights at random; `make trials` has the long seasons."""

from crawl.season import season

#: Draws one night of each kind: good, faulty, killed, killed while it publishes, full, fresh.
SEED, NIGHTS = 246, 6


def test_nights_at_random_are_published_as_they_must_be(tmp_path):
    assert season(tmp_path, NIGHTS, SEED, items=25) == []
