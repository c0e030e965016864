"""A number stands on one page: no written page repeats one of a generated page."""

import re
from dataclasses import fields

from docs.page_blocks import GENERATED, PAGES, ROOT

from osce_crawl.options import Options
from osce_crawl.verdict.thresholds import Thresholds

#: Same number and word, but another thing.
OTHERWISE = {
    "1 GB": "the size of a WARC file, and of a simulated page",
    "25,000 items": "the size of the newsroom, and of a benchmark's store",
    "50 entries": "of a listing page, asked for and measured",
    "60 MB": "the memory of a library, and the size of a simulated sitemap",
    "31 days": "between annual statements, and the margin of a window",
    "two requests": "in the story of a fixture, and in a statistic",
    "two seconds": "how soon a run stops, and a simulated delay",
}
_WORDS = "two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|hundred|thousand|million"
_NUMBER = re.compile(rf"\b((?:\d[\d,.]*\d|\d|{_WORDS})(?: ?%| [A-Za-z]+))")
#: Words after a number that is a value, an example or an exit status.
_NO_UNIT = {"and", "if", "is", "are", "in", "of", "or", "the", "to", "for", "with", "that", "when"}


def stated(text):
    """Return the numbers of a page, each with its unit; code, figures and trials left out."""
    left_out = r"```.*?```|<!-- figures of make bench -->.*?<!-- end|^\| trial \|.*"
    prose = re.sub(left_out, "", text, flags=re.DOTALL | re.MULTILINE)
    found = _NUMBER.findall(" ".join(prose.split()))
    return {one for one in found if one.split()[-1] not in _NO_UNIT}


def test_written_pages_state_no_number_of_a_generated_page():
    generated = {
        number: page for page in GENERATED for number in stated((ROOT / page).read_text("utf-8"))
    }
    twice = {
        (page, number, generated[number])
        for page in PAGES
        for number in stated((ROOT / page).read_text("utf-8"))
        if number in generated and number not in OTHERWISE
    }

    assert twice == set()


def test_default_of_a_setting_stands_in_the_reference_only():
    defaults = {
        f"OSCE_{one.name.upper()}": str(one.default)
        for kind in (Options, Thresholds)
        for one in fields(kind)
        if isinstance(one.default, int | float) and one.default > 1
    }
    told = {
        (page, name)
        for page in PAGES
        for line in (ROOT / page).read_text("utf-8").splitlines()
        for name, default in defaults.items()
        if name in line and re.search(rf"(?<![\w.]){re.escape(default)}(?![\w.])", line)
    }

    assert told == set()
