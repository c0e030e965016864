"""Listings without labels whose entries stand side by side in no element of their own.

What stands between two headlines is the upper one's or the lower one's; the first headline tells.
"""

from grid import check_each

from osce_crawl import extract_listing

ENTRIES = [
    (600001, "Clerks compare old case files", "5 May 2021", "News", "OSCE Mission to Moldova"),
    (600002, "Mayors share budget advice", "4 May 2021", "Press release", "OSCE Secretariat"),
    (600003, "Editors learn to check facts", "3 May 2021", "News", "OSCE Presence in Albania"),
]
TEASER = "<p>Forty clerks from nine courts met this week to compare how files are kept.</p>"


def read(shape: str, before: str = "") -> list[tuple[str, str | None, str | None, list[str]]]:
    """Return node, date, kind and units of a listing whose entries are *shape*, filled in."""
    html = "".join(
        shape.format(
            title=f'<a href="/node/{node}">{title}</a>',
            date=date,
            kind=kind,
            unit=unit,
            teaser=TEASER,
        )
        for node, title, date, kind, unit in ENTRIES
    )
    page = f"<html lang='en'><body><main><h1>Newsroom</h1>{before}{html}</main></body></html>"
    entries = extract_listing(page, "https://www.osce.org/press-releases")["entries"]
    keys = ("node", "published", "content_type_raw", "sources")
    return [tuple(entry[key] for key in keys) for entry in entries]


WANTED = [
    (str(node), f"2021-05-0{5 - n}", kind, [unit])
    for n, (node, _, _, kind, unit) in enumerate(ENTRIES)
]
FLAT = {
    "above": "<p>{kind} | {date} | {unit}</p><h3>{title}</h3>{teaser}",
    "below": "<h3>{title}</h3><p>{kind} | {date} | {unit}</p>{teaser}",
    "above, unit last": "<p>{kind} | {date}</p><h3>{title}</h3>{teaser}<p>{unit}</p>",
    "unit above, rest below": "<p>{unit}</p><h3>{title}</h3><p>{kind} · {date}</p>{teaser}",
    "kind above, rest below": "<p>{kind}</p><h3>{title}</h3><p>{date} · {unit}</p>{teaser}",
    "three lines above": "<p>{unit}</p><p>{kind}</p><p>{date}</p><h3>{title}</h3>{teaser}",
    "unit last": "<h3>{title}</h3><p>{kind} | {date}</p>{teaser}<p>{unit}</p>",
    "spans": "<div><span>{kind}</span><span>{date}</span><span>{unit}</span></div><h3>{title}</h3>",
}


def test_facts_go_to_their_own_headline():
    check_each(lambda shape: read(FLAT[shape]), dict.fromkeys(FLAT, WANTED))


def test_a_line_of_the_page_above_the_first_headline_is_no_entrys():
    before = "<p class='path'>Press releases</p>"
    shape = "<h3>{title}</h3><p>{date} · {unit}</p>{teaser}<p class='kind'>{kind}</p>"
    assert read(shape, before) == WANTED


def test_several_units_and_fields_in_lines_of_their_own_are_all_read():
    shape = (
        "<article><h3>{title}</h3><p>{kind} | {date}</p><div>{unit}</div><div>Permanent Council"
        "</div><ul><li><a href='/t/1'>Human rights</a></li><li><a href='/t/2'>Youth</a></li></ul>"
        "</article>"
    )
    assert [units for *_, units in read(shape)] == [
        [unit, "Permanent Council"] for *_, unit in ENTRIES
    ]


def test_dates_that_end_in_a_full_stop_stand_beside_titles():
    html = "".join(
        f"<li>{day}. mart 2021. <a href='/node/{600000 + day}'>Naslov broj {day}</a></li>"
        for day in (5, 4)
    )
    page = f"<html lang='sr'><body><h1>Vesti</h1><ul>{html}</ul></body></html>"
    entries = extract_listing(page, "https://www.osce.org/press-releases")["entries"]
    assert [entry["published"] for entry in entries] == ["2021-03-05", "2021-03-04"]


def test_a_label_without_its_colon_is_read_where_a_date_follows():
    shape = "<article><h3>{title}</h3><small>Publishing date {date}</small>{teaser}</article>"
    assert [published for _, published, *_ in read(shape)] == [
        "2021-05-05",
        "2021-05-04",
        "2021-05-03",
    ]


def test_a_menu_within_an_entry_and_a_country_are_no_units():
    menu = "".join(f"<li>{name}</li>" for name in ["Secretariat", "Secretary General", "Troika"])
    fields = "".join(f"<li>{name}</li>" for name in ["Youth", "Elections", "Policing", "Education"])
    shape = "<article><h3>{title}</h3><p>{kind} | {date}</p>"
    assert [units for *_, units in read(f"{shape}<ul>{menu}{fields}</ul></article>")] == [[]] * 3
    assert [units for *_, units in read(f"{shape}<p>Albania</p></article>")] == [[]] * 3
