"""A page far larger than any of the site is refused; smaller ones are read.

That reading does not become slow on the way there is shown by `test_linear_reading` and by the
trial `large-pages`.
"""

import pytest
from pages.large import ENTRY, LARGE, LISTING, TOO_LARGE, URL, many, page

from osce_crawl import NotAListing, NotARelease, extract, extract_listing
from osce_crawl.pages.refusals import SOMETHING_ELSE


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_page_beyond_the_bounds_is_refused(kind):
    with pytest.raises(NotARelease) as refusal:
        extract(TOO_LARGE[kind](), URL)
    assert refusal.value.reason == "too-large"


def test_listing_beyond_the_bounds_is_refused():
    with pytest.raises(NotAListing) as refusal:
        extract_listing(many(10_000, ENTRY), LISTING)
    assert refusal.value.reason == "too-large"


@pytest.mark.parametrize("kind", ["prose", "an attribute"])
def test_page_within_the_bounds_is_read(kind):
    assert extract(page(LARGE[kind]()), URL)["title"] == "Mission meets"


def test_page_that_is_too_large_may_be_a_release():
    assert "too-large" not in SOMETHING_ELSE
