"""A known page that is served without its text: the run says so, once."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from crawl.nights import Nights, window

_TEXT = re.compile(r"<p>.*?</p>", re.DOTALL)
SAYS = "1 known items have lost their text, e.g. "


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Return the first night, and two on which one of its pages has no text."""
    with Nights(tmp_path_factory.mktemp("lost"), 2) as nights:
        site = nights.site
        site.publish(5)
        first = nights.night()
        path = window(site)[0].path

        def answer(target, headers):
            if urlsplit(target).path != path:
                return site.answer(target, headers)
            said = site.answer(target, {})
            return replace(said, body=_TEXT.sub("", said.body), headers={"ETag": '"bare"'})

        nights.server.answer = answer
        return path, [first, nights.night(), nights.night()]


def test_run_is_published_and_names_the_page(nights):
    path, (_, second, _) = nights
    (said,) = [line for line in second.run.errors if line.startswith("Check") and SAYS in line]
    assert (second.run.status, said.endswith(path)) == (3, True), second.run.err


def test_next_night_says_it_no_more(nights):
    _, (_, second, third) = nights
    assert (third.run.status, third.feed) == (0, second.feed), third.run.err
