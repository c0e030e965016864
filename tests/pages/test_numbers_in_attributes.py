"""Numbers in attributes that are no numbers, or too long for Python to convert."""

import pytest

from osce_crawl import extract, extract_listing

ODD = ["²", "٣", "-1", "0", "9" * 5000]


@pytest.mark.parametrize("number", ODD, ids=["superscript", "Arabic", "negative", "zero", "long"])
def test_width_of_a_picture_may_be_anything(number):
    page = f"""<h1>Clerks meet</h1><dl><dt>Date:</dt><dd>9 June 2017</dd>
    <dt>Source:</dt><dd>OSCE Secretariat</dd></dl><p>Forty clerks from nine courts met today to
    compare old case files.</p><img src="/a.jpg" width="{number}">"""
    item = extract(page, "https://www.osce.org/secretariat/322492")

    assert len(item["images"]) == int(number != "0")


@pytest.mark.parametrize("number", ODD, ids=["superscript", "Arabic", "negative", "zero", "long"])
def test_cell_may_span_any_number_of_rows(number):
    rows = f"""<tr><td rowspan="{number}">9 June 2017</td><td><a href="/odihr/300001">Clerks meet
    again</a></td></tr><tr><td>8 June 2017</td><td><a href="/odihr/300002">Mayors share budget
    advice</a></td></tr>"""
    listing = extract_listing(f"<h1>News</h1><table>{rows}</table>", "https://www.osce.org/news")

    assert [entry["published"] for entry in listing["entries"]] == ["2017-06-09", "2017-06-08"]
