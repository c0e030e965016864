"""What cards and groups of a listing print beside titles: units, tags, the date of a group."""

from grid import check_each

from osce_crawl import extract_listing

URL = "https://www.osce.org/press-releases?page=2"


def read(entries):
    """Return the entries of a listing with this markup."""
    page = f'<html lang="en"><body><main><h1>Newsroom</h1>{entries}</main></body></html>'
    return extract_listing(page, URL)["entries"]


def test_a_heading_below_the_title_may_name_the_unit():
    card = (
        "<div class='card'><span>Press release</span><h5><a href='/odihr/{}'>Clerks meet</a></h5>"
        "<h6>OSCE Secretary General, OSCE High Commissioner on National Minorities</h6>"
        "<p>Clerks of ten towns met in Ohrid.</p><small>{} May 2021</small></div>"
    )
    first, second = read(card.format(400001, 5) + card.format(400002, 4))
    for entry in (first, second):
        assert entry["sources"] == [
            "OSCE Secretary General",
            "OSCE High Commissioner on National Minorities",
        ]
        assert entry["summary"] == "Clerks of ten towns met in Ohrid."


def test_tags_of_an_entry_are_fields_of_work():
    post = (
        "<li><h2><a href='/odihr/{}'>Clerks meet</a></h2><div><time datetime='2021-05-05'>"
        "5 May 2021</time></div><p>Clerks of ten towns met in Ohrid.</p><div><span>Tags: </span>"
        "<a href='/t/1' rel='tag'>Elections</a>, <a href='/t/2' rel='tag'>Policing</a></div></li>"
    )
    entries = read(f"<ul>{post.format(400001)}{post.format(400002)}</ul>")
    assert [one["fields_of_work"] for one in entries] == [["Elections", "Policing"]] * 2


def test_a_date_above_several_titles_is_that_of_each():
    title = "<div><h4><a href='/odihr/{}'>{}</a></h4><p>Clerks of ten towns met in Ohrid.</p></div>"
    groups = (
        f"<div><h3>5 May 2021</h3>{title.format(400001, 'One')}{title.format(400002, 'Two')}</div>"
        f"<div><h3>4 May 2021</h3>{title.format(400003, 'Three')}</div>"
    )
    dates = [entry["published"] for entry in read(groups)]
    assert dates == ["2021-05-05", "2021-05-05", "2021-05-04"]


def test_a_date_in_the_card_before_is_not_borrowed():
    card = "<div><h3><a href='/odihr/{}'>Clerks meet</a></h3>{}<p>Clerks met in Ohrid.</p></div>"
    entries = read(card.format(400001, "<h4>5 May 2021</h4>") + card.format(400002, ""))
    assert [entry["published"] for entry in entries] == ["2021-05-05", None]


def test_a_card_that_is_one_link_has_its_title_behind_date_and_kind():
    card = (
        "<div><a href='/odihr/{}'><div>{} May 2021</div><div>Press release</div>"
        "<p>Clerks meet</p><p>OSCE Secretariat</p></a></div>"
    )
    entries = read(card.format(400001, 5) + card.format(400002, 4))
    assert [entry["title"] for entry in entries] == ["Clerks meet"] * 2
    assert [entry["published"] for entry in entries] == ["2021-05-05", "2021-05-04"]
    assert [entry["sources"] for entry in entries] == [["OSCE Secretariat"]] * 2


def test_a_table_that_can_be_sorted_may_stand_in_a_form():
    row = "<tr><td><a href='/odihr/{}'>Clerks meet</a></td><td>{} May 2021</td></tr>"
    rows = f"{row.format(400001, 5)}{row.format(400002, 4)}"
    entries = read(f"<form><table><tr><th>Title</th><th>Date</th></tr>{rows}</table></form>")
    assert [entry["published"] for entry in entries] == ["2021-05-05", "2021-05-04"]


def test_a_link_over_a_card_has_the_name_of_the_heading_in_it():
    card = (
        "<article><h2>Statement by five clerks</h2><p>Clerks of ten towns met in Ohrid.</p>"
        "<span>{} May 2021</span><span> · News</span>"
        "<a aria-label='Link to Statement by five clerks' href='/odihr/{}'></a></article>"
    )
    for entry in read(card.format(5, 400001) + card.format(4, 400002)):
        assert (entry["title"], entry["content_type"]) == ("Statement by five clerks", "news")
        assert entry["summary"] == "Clerks of ten towns met in Ohrid."


def test_the_kind_on_a_card_goes_before_the_heading_of_its_group():
    card = (
        "<article><span>{}</span><h3><a href='/odihr/{}'>Clerks meet {}</a></h3>"
        "<time datetime='2021-05-05'>5 May 2021</time></article>"
    )
    first = card.format("News", 400001, "again")
    second = card.format("Statement", 400002, "twice")
    group = "<section><h2>{}</h2>{}</section>"
    entries = read(group.format("Press releases", first) + group.format("Voices", second))
    assert [entry["content_type_raw"] for entry in entries] == ["News", "Statement"]
    assert [entry["summary"] for entry in entries] == [None, None]


def test_neither_an_arrow_nor_a_reading_time_is_a_teaser():
    card = (
        "<a href='/odihr/{}'><h3>Clerks meet</h3><div><time datetime='2021-05-05'>5 May 2021</time>"
        "<span>→</span></div><p>{}</p></a>"
    )
    times = ("2 min read", "Temps de lecture : 2 min", "2 dk okuma")
    entries = read("".join(card.format(400001 + at, time) for at, time in enumerate(times)))
    assert [entry["summary"] for entry in entries] == [None] * 3


def test_icons_part_facts():
    line = (
        "<div><h3><a href='/odihr/{}'>Clerks meet</a></h3><p><i class='calendar'></i> 5 May 2021"
        "{}OSCE Presence in Albania</p><p>Clerks of ten towns met in Ohrid.</p></div>"
    )
    icons = ("<i class='building'></i>", "<svg><path d=''></path></svg> ", " <span></span>")
    for entry in read("".join(line.format(400001 + at, icon) for at, icon in enumerate(icons))):
        assert entry["published"] == "2021-05-05"
        assert entry["sources"] == ["OSCE Presence in Albania"]
        assert entry["summary"] == "Clerks of ten towns met in Ohrid."


def test_the_name_of_an_unknown_body_beside_the_day_may_be_long():
    line = "News | {} May 2021 | Consultative board of clerks, notaries and keepers of the records"
    card = "<div><h3><a href='/odihr/{}'>Clerks meet</a></h3><p>{}</p><p>Ten clerks met.</p></div>"
    entries = read("".join(card.format(400001 + at, line.format(5 - at)) for at in range(2)))
    assert [entry["published"] for entry in entries] == ["2021-05-05", "2021-05-04"]
    assert [entry["summary"] for entry in entries] == ["Ten clerks met."] * 2


def test_a_teaser_that_is_cut_behind_the_name_of_a_unit_does_not_name_the_source():
    teaser = "Ohrid, {} May 2021 — The OSCE Hub for Clerks..."
    card = "<div><h3><a href='/odihr/{}'>Clerks meet</a></h3><p>{}</p></div>"
    entries = read("".join(card.format(400001 + at, teaser.format(5 - at)) for at in range(2)))
    assert [entry["sources"] for entry in entries] == [[], []]
    assert [entry["summary"] for entry in entries] == [teaser.format(5), teaser.format(4)]


def test_a_teaser_with_a_dateline_does_not_date_an_entry_below_a_date():
    title = (
        "<li><h3><a href='/odihr/{}'>Clerks meet</a></h3>"
        "<p>Ohrid, 2 May 2021 — The OSCE Hub for Clerks...</p></li>"
    )
    group = "<section><h2>5 May 2021</h2><ul>{}</ul></section>"
    entries = read(group.format(title.format(400001) + title.format(400002)))
    assert [entry["published"] for entry in entries] == ["2021-05-05", "2021-05-05"]


def test_links_to_numbered_terms_are_facts_and_no_entries():
    card = (
        "<article><a href='/taxonomy/term/4107'>News</a>"
        "<h3><a href='/odihr/{}'>Clerks meet</a></h3>"
        "<div><time datetime='2021-05-05'>5 May 2021</time><a href='/taxonomy/term/8960'>ODIHR</a>"
        "</div><p>Clerks of ten towns met in Ohrid.</p></article>"
    )
    entries = read(card.format(400001) + card.format(400002))
    assert [entry["node"] for entry in entries] == ["400001", "400002"]
    for entry in entries:
        assert (entry["published"], entry["content_type"]) == ("2021-05-05", "news")
        assert (entry["sources"], entry["summary"]) == (
            ["ODIHR"],
            "Clerks of ten towns met in Ohrid.",
        )


def test_a_day_heads_a_group_of_entries_that_have_only_other_labels():
    entry = "<div><div><a href='/odihr/{}'>{}</a></div><div>Content type: News</div></div>"
    first, second, third = (
        entry.format(f"60000{at}", f"Clerks compare old files {at}") for at in (1, 2, 3)
    )
    shapes = {
        "headings": f"<h3>9 May 2021</h3>{first}{second}<h3>8 May 2021</h3>{third}",
        "words": f"<div>9 May 2021</div>{first}{second}<div>8 May 2021</div>{third}",
        "boxes": (
            f"<section><h3>9 May 2021</h3>{first}{second}</section>"
            f"<section><h3>8 May 2021</h3>{third}</section>"
        ),
    }

    def days(shape):
        page = f"<html lang='en'><body><main><h1>News</h1><div>{shapes[shape]}</div></main></body>"
        entries = extract_listing(page, "https://www.osce.org/newsroom")["entries"]
        return [(entry["published"], entry["content_type_raw"]) for entry in entries]

    wanted = [("2021-05-09", "News"), ("2021-05-09", "News"), ("2021-05-08", "News")]
    check_each(days, dict.fromkeys(shapes, wanted))


#: The words of a kind that may also announce a day or a name.
KINDS = ("Publication", "Photo", "Video", "News")
CARDS = {
    "above the title": "<div>@</div><h3><a href='/odihr/{0}'>{1}</a></h3><p>{2} May 2021</p>",
    "below the day": "<p>{2} May 2021</p><p>@</p><h3><a href='/odihr/{0}'>{1}</a></h3><p>Met.</p>",
    "at the end": "<h3><a href='/odihr/{0}'>{1}</a></h3><p>{2} May 2021</p><p>Met.</p><p>@</p>",
}


def test_words_that_may_announce_a_fact_are_the_kind_where_none_follows():
    def kinds(card, kind):
        shapes = [CARDS[card].replace("@", one) for one in (kind, "News")]
        rows = enumerate(shapes, 600001)
        entries = read("".join(f"<li>{shape.format(at, 'Cups', 9)}</li>" for at, shape in rows))
        return [entry["content_type_raw"] for entry in entries]

    check_each(kinds, {(card, kind): [kind, "News"] for card in CARDS for kind in KINDS})


def test_words_that_announce_a_fact_are_no_kind():
    card = (
        "<li><h3><a href='/odihr/{}'>Clerks meet</a></h3><p>Publication</p><p>5 May 2021</p>"
        "<p>Photo</p><p>OSCE/Ada Example</p></li>"
    )
    entries = read(card.format(600001) + card.format(600002))
    assert [entry["content_type_raw"] for entry in entries] == [None, None]


def test_several_units_in_one_line_and_tags_are_those_of_the_entry():
    units = ["OSCE Chairmanship", "OSCE Presence in Albania", "ODIHR", "OSCE Secretariat"]
    tags = ["Democratization", "Rule of law", "Policing"]
    items = "".join(f"<li>{tag}</li>" for tag in tags)
    card = (
        "<li><h3><a href='/odihr/{}'>Clerks meet</a></h3><p>Clerks of ten towns met in Ohrid.</p>"
        f"<ul><li>News</li><li>5 May 2021</li><li>{', '.join(units)}</li></ul><ul>{items}</ul></li>"
    )
    entries = read(f"<ul>{card.format(400001)}{card.format(400002)}</ul>")
    assert [(one["sources"], one["fields_of_work"]) for one in entries] == [(units, tags)] * 2
