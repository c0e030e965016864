"""Archives that state the year above the entries, or the month with it."""

from itertools import product

from grid import check_each

from osce_crawl import extract_listing

TITLE = "<a href='/odihr/{}'>Clerks compare old case files</a>"


def dates(groups, language="en"):
    page = f"<html lang='{language}'><body><main><h1>Archive</h1>{groups}</main></body></html>"
    entries = extract_listing(page, "https://www.osce.org/news/archive")["entries"]
    assert [entry["summary"] for entry in entries] == [None] * len(entries)
    return [entry["published"] for entry in entries]


SHAPES = {
    "headings": "<h3>{}</h3><ul><li><span>{}</span> – {}</li><li><span>{}</span> – {}</li></ul>",
    "boxes that unfold": (
        "<details open><summary>{} (2)</summary><ul><li><span>{}</span>{}</li>"
        "<li><span>{}</span>{}</li></ul></details>"
    ),
    "rows of a table": (
        "<table><tr><th colspan=2>{}</th></tr><tr><td>{}</td><td>{}</td></tr>"
        "<tr><td>{}</td><td>{}</td></tr></table>"
    ),
}


def filled(shape, *groups):
    """Return groups of two entries: their heading and the two days."""
    html = ""
    for number, (heading, *days) in enumerate(groups):
        first, second = (TITLE.format(600001 + 2 * number + at) for at in (0, 1))
        html += shape.format(heading, days[0], first, days[1], second)
    return html


#: Language → groups of entries: heading and two days.
GROUPS = {
    "en": [("October 2023", "9 October", "2 October"), ("May 2022", "5 May", "4 May")],
    "en, bare years": [("2023", "9 Oct", "2 Oct"), ("2022", "May 5", "May 4")],
    "ru": [("Октябрь 2023", "9 октября", "2 октября"), ("Май 2022", "5 мая", "4 мая")],
    "bs": [("Oktobar 2023.", "9. oktobar", "2. oktobar"), ("Maj 2022.", "5. maj", "4. maj")],
    "de": [("Oktober 2023", "09.10.", "02.10."), ("Mai 2022", "05.05.", "04.05.")],
}


def test_days_have_the_year_above():
    def read(language, shape):
        return dates(filled(SHAPES[shape], *GROUPS[language]), language[:2])

    days = ["2023-10-09", "2023-10-02", "2022-05-05", "2022-05-04"]
    check_each(read, dict.fromkeys(product(GROUPS, SHAPES), days))


def test_a_group_of_one_entry_has_its_heading_as_no_teaser():
    shape = "<details><summary>{}</summary><ul><li><span>{}</span>{}</li></ul></details>"
    groups = shape.format("October 2023", "9 October", TITLE.format(600001))
    groups += shape.format("May 2022", "5 May", TITLE.format(600002))
    assert dates(groups) == ["2023-10-09", "2022-05-05"]


def test_a_day_with_its_own_year_keeps_it():
    groups = filled(SHAPES["headings"], ("October 2023", "9 October 2021", "2 October"))
    assert dates(groups) == ["2021-10-09", "2023-10-02"]


def test_a_day_of_another_month_does_not_get_the_year():
    title = "<li><h3><a href='/odihr/{}'>Clerks meet</a></h3><p>{}</p></li>"
    rows = title.format(600001, "9 October") + title.format(600002, "5 June")
    page = f"<html><body><main><h2>October 2023</h2><ul>{rows}</ul></main></body></html>"
    entries = extract_listing(page, "https://www.osce.org/news/archive")["entries"]
    assert [entry["published"] for entry in entries] == ["2023-10-09", None]
