"""A day whose parts are in elements of their own, as on a leaf of a calendar, is one text."""

from itertools import product

import pytest
from grid import check_each

from osce_crawl import extract, extract_listing
from osce_crawl.pages.reading.document import HtmlDocument
from osce_crawl.pages.reading.reader import read_lines

URL = "https://www.osce.org/moldova/322492"
TEXT = (
    "<p>The head of the mission opened a workshop for forty judges and clerks who handle appeals"
    " in the courts of the region.</p><p>They thanked the hosts for their work.</p>"
)
LEAVES = {
    "boxes": "<div><div>{day}</div><div>{month}</div><div>2023</div></div>",
    "paragraphs": "<div><p>{day}</p><p>{month}</p><p>2023</p></div>",
    "month first": "<div><div>{month}</div><div>{day}</div><div>2023</div></div>",
    "two boxes": "<div><div>{day}</div><div>{month} 2023</div></div>",
    "year apart": "<div><div>{day} {month}</div><div>2023</div></div>",
    "breaks": "<div>{day}<br>{month}<br>2023</div>",
    "items": "<div><ul><li>{day}</li><li>{month}</li><li>2023</li></ul></div>",
    "spans": "<div><span>{day}</span><span>{month}</span><span>2023</span></div>",
    "spans, month first": "<div><span>{month}</span><span>{day}</span><span>2023</span></div>",
    "time": "<div><time><span>{day}</span><span>{month}</span><span>2023</span></time></div>",
}
ENTRIES = {
    "card": "<div class=i>{leaf}<div><h3>{link}</h3><p>{teaser}</p></div></div>",
    "row": "<li>{leaf}<div>{link}</div></li>",
    "below": "<div><h3>{link}</h3>{leaf}<p>{teaser}</p></div>",
}


def lines(html):
    return [line.text for line in read_lines([HtmlDocument(f"<body>{html}</body>", URL).body])]


def test_the_day_of_a_release():
    def read(place, leaf, day, month):
        printed = LEAVES[leaf].format(day=day, month=month)
        header = {
            "above": f"{printed}<p>Press release</p><h1>Judges meet</h1>",
            "below": f"<p>Press release</p><h1>Judges meet</h1>{printed}",
            "labelled": (
                f"<p>News</p><h1>Judges meet</h1><dl><dt>Date<dd>{printed}<dt>Place<dd>X</dl>"
            ),
        }[place]
        item = extract(f"<html><body><main>{header}<div>{TEXT}</div></main></body></html>", URL)
        return item["dates"]["page"], item["body"].count("\n\n")

    cases = [
        (place, leaf, *day)
        for place, leaf in product(["above", "below", "labelled"], LEAVES)
        for day in (("9", "October"), ("09", "Oct"), ("9", "октября"))
        if (place, leaf) != ("above", "items")  # lists there are menus
    ]
    check_each(read, dict.fromkeys(cases, ("2023-10-09", 1)))


def test_the_days_of_a_listing():
    def read(shape, leaf):
        rows = "".join(
            ENTRIES[shape].format(
                leaf=LEAVES[leaf].format(day=day, month="Oct"),
                link=f"<a href='/moldova/60000{day}'>Judges meet {day}</a>",
                teaser="The head of the mission opened a workshop.",
            )
            for day in (9, 8)
        )
        page = f"<html><body><main><h1>News</h1>{rows}</main></body></html>"
        entries = extract_listing(page, "https://www.osce.org/press-releases")["entries"]
        return [(entry["title"], entry["published"]) for entry in entries]

    days = [("Judges meet 9", "2023-10-09"), ("Judges meet 8", "2023-10-08")]
    check_each(read, dict.fromkeys(product(ENTRIES, LEAVES), days))


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>9</td><td>October</td><td>2023</td></tr></table>",
        "<div>May 2021</div><div>12</div><div>April 2021</div><div>7</div>",
        "<dl><dt>May 2021<dd>12<dt>April 2021<dd>7</dl>",
        "<div><a href=/a>9</a><span>October</span><span>2023</span></div>",
        "<p>9</p><div>October</div><p>2023</p>",
    ],
)
def test_what_only_looks_like_the_parts_of_a_day_stays_apart(html):
    assert "9 October 2023" not in lines(html)
    assert "12 April 2021" not in lines(html)


def test_lines_beside_the_day_keep_their_elements():
    html = "<div id=a><p>9</p><p>October</p><p>2023</p><p>Text</p></div><p>More</p>"
    found = read_lines([HtmlDocument(f"<body>{html}</body>", URL).body])
    box = next(iter(found[0].ancestors())).getparent()
    assert [line.text for line in found] == ["9 October 2023", "Text", "More"]
    assert list(found.within(box)) == [0, 1]
    assert [list(found.within(one)) for one in box] == [[0], [], [], [1]]
