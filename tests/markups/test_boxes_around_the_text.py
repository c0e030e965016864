"""What boxes right around the text print: of the lead, of labels, of files and of other items.

Each test is one property of layout builders and old pages that once hid a text or a fact.
"""

from grid import check_each
from markups.small_release import FIRST, SECOND, TEXT, TITLE, URL, page

from osce_crawl import extract

DATED = f"<p>VIENNA, 9 June 2017 – {FIRST}</p><p>{SECOND}</p>"
LEAD = "<p>Four questions that every office asks now have one answer.</p>"


def read(main, *, language="en"):
    return extract(page(main, language=language), URL)


def ids(found):
    return [one["id"] for one in found]


def test_a_unit_in_a_box_of_its_own_between_a_lead_and_the_text_issued_it():
    def read_between(start, end):
        item = read(f"<main>{start}<p>News, 9 June 2017</p>{TITLE}<div>{LEAD}</div>{end}</main>")
        text = (item["body"].count("\n\n"), item["dateline"] is not None, item["issues"])
        return *text, ids(item["sources"])

    unit = "<div class='org'>OSCE Secretariat</div>"
    text, dated = (f"<div class='rich'><div>{one}</div></div>" for one in (TEXT, DATED))
    check_each(
        read_between,
        {
            ("", unit + text): (2, False, [], ["secretariat"]),
            ("", unit + dated): (2, True, [], ["secretariat"]),
            ("<div>", f"{unit}</div>{text}"): (2, False, [], ["secretariat"]),
            ("<div>", f"{unit}</div>{dated}"): (2, True, [], ["secretariat"]),
            ("<div>", f"<p>ODIHR</p></div>{text}"): (2, False, [], ["odihr"]),
            ("<div>", f"<div>ODIHR, OSCE Secretariat</div></div>{text}"): (
                *(2, False, []),
                ["odihr", "secretariat"],
            ),
            ("", f"{unit}<div>VIENNA</div><div>2 min read</div>{text}"): (
                *(2, False, []),
                ["secretariat"],
            ),
            ("", f"<p>OSCE Secretariat</p>{TEXT}"): (3, False, [], []),
            ("", f"<h2>OSCE Secretariat</h2>{text}"): (3, False, [], []),
            ("", f"<ul><li>OSCE Secretariat</li></ul>{text}"): (3, False, [], []),
        },
    )


def test_links_that_share_below_a_box_of_labels_without_a_day_are_no_headline_either():
    def read_beside(facts, href, between=""):
        share = f"{between}<ul><li><a href='{href}'>Y</a></li></ul>"
        column = f"<div><div><h2>Details</h2>{facts}</div>{share}</div>"
        top = f"<div><p>News 9 June 2017</p>{TITLE}</div>"
        item = read(f"<main>{top}<div><div>{TEXT}</div>{column}</div></main>")
        return ids(item["sources"]), ids(item["fields_of_work"]), "Fields" in item["body"]

    rows = (("Source", "OSCE Secretariat"), ("Fields of work", "Elections"))
    spans = "".join(f"<div><span>{one}</span><span>{two}</span></div>" for one, two in rows)
    terms = "<dl>" + "".join(f"<dt>{one}</dt><dd>{two}</dd>" for one, two in rows) + "</dl>"
    told, other = (["secretariat"], ["elections"], False), ([], [], True)
    check_each(
        read_beside,
        {
            (spans, "https://www.facebook.com/sharer.php?u=x"): told,
            (terms, "https://twitter.com/intent/tweet?url=x"): told,
            (spans, "mailto:?subject=Judges"): told,
            (spans, "javascript:print()"): told,
            (spans, "/moldova/322496"): other,
            (spans, "/moldova/322496", "<h2>Kontakt për mediat</h2><p>+355 69 555 01 41</p>"): told,
        },
    )


def test_a_logo_beside_the_day_or_the_kind_in_a_table_is_a_letterhead():
    def read_below(row, kind):
        table = f"<table><tr><td><img src='/f/7.gif' alt='{row[0]}'></td><td>{row[1]}</td></tr>"
        source = "<div><b>Source</b> OSCE Secretariat</div>"
        item = read(f"<main>{table}</table>{kind}{TITLE}{source}<div>{DATED}</div></main>")
        return item["dates"]["page"], len(item["images"]), item["issues"]

    day, kind = "9 June 2017", "<div>Press release</div>"
    check_each(
        read_below,
        {
            (("OSCE", day), kind): ("2017-06-09", 0, []),
            (("OSCE Secretariat", day), kind): ("2017-06-09", 0, []),
            (("OSCE", "Press release"), f"<p>{day}</p>"): ("2017-06-09", 0, []),
            (("Practitioners in Vienna", "Some of the practitioners"), kind): (None, 1, []),
        },
    )


def test_one_label_of_the_issuer_may_have_no_colon_in_any_language():
    def read_labelled(line):
        item = read(f"<main><p>Daily report</p>{TITLE}<div>{line}</div><div>{TEXT}</div></main>")
        return ids(item["sources"]), item["body"].startswith(FIRST), item["issues"]

    told = (["secretariat"], True, [])
    check_each(
        read_labelled,
        {
            "<b>Источник</b> Секретариат ОБСЕ": told,
            "<span>Джерело</span> <a href='/u'>Секретаріат ОБСЄ</a>": told,
            "<strong>Quelle</strong> OSZE-Sekretariat": told,
            "<b>Burimi</b> OSCE Secretariat": told,
            "<b>Источник</b> Ada Example": ([], False, []),
        },
    )


HEADER = "<p>Press release</p><dl><dt>Date</dt><dd>9 June 2017</dd></dl>"
SUMMARY = "Those who took part compared how they register claims in each town."


def read_after(below, *, after=""):
    """Return the last words of the text, the documents, the words of links, and the issues."""
    item = read(f"<main>{TITLE}{HEADER}<div>{TEXT}{below}{after}</div></main>")
    files, links = ([one[key] for one in item[key_of]] for key, key_of in _TITLES)
    return item["body"].rpartition("\n\n")[2], files, links, [one["code"] for one in item["issues"]]


_TITLES = (("title", "documents"), ("text", "links"))
PDF = "/files/f/documents/1/2/322495.pdf"


def test_links_to_items_in_the_box_below_the_one_of_the_files_are_no_documents():
    files = f"<h2>Related documents</h2><ul><li><a href='{PDF}'>Form</a></li></ul>"
    items = "<ul><li><a href='/albania/577001'>Police trained</a></li></ul>"
    unknown = "<h2>You may be drawn to this</h2>"
    check_each(
        read_after,
        {
            f"<div><div>{files}</div><div>{items}</div></div>": (
                *(SECOND, ["Form"]),
                *(["Police trained"], []),
            ),
            f"<div><div>{files}</div><div>{unknown}{items}</div></div>": (
                *(SECOND, ["Form"]),
                *(["Police trained"], []),
            ),
            f"<div><h2>Related documents</h2><div>{items}</div></div>": (
                *(SECOND, ["Police trained"]),
                *([], []),
            ),
        },
    )


def test_the_summary_of_a_card_is_no_lost_text_if_its_day_and_kind_come_before_the_headline():
    def read_cards(above):
        title = "<div><a href='/albania/57700{}'>Police {} trained</a></div>"
        cards = (
            f"<div>{above}{title.format(one, one)}<div>{SUMMARY}</div></div>" for one in (1, 2)
        )
        box = f"<h2>You may be drawn to this</h2><div>{''.join(cards)}</div>"
        return read_after("", after=f"</div><section>{box}</section><div>")

    told = (SECOND, [], ["Police 1 trained", "Police 2 trained"], [])
    check_each(
        read_cards,
        {
            "": told,
            "<div>7 May 2017</div>": told,
            "<div>7 May 2017</div><div>ODIHR</div>": told,
            "<div>News | 7 May 2017</div>": told,
        },
    )


def test_words_that_open_a_box_of_links_in_the_middle_of_the_text_head_it():
    def read_remark(words, after):
        card = "<article><h4><a href='/albania/577001'>Police trained</a></h4></article>"
        return read_after(f"<div>{words}{card}</div>", after=after)[:3]

    check_each(
        read_remark,
        {
            ("<p>Read also</p>", "<p>They meet again.</p>"): (
                *("They meet again.", []),
                ["Police trained"],
            ),
            ("<p>Читайте также</p>", ""): (SECOND, [], ["Police trained"]),
        },
    )


def test_what_is_printed_around_links_to_files_below_the_text_is_no_text():
    link = f"<a href='{PDF}'>Form of July</a>"
    told = (SECOND, ["Form of July"], [], [])
    check_each(
        read_after,
        {
            f"<div><h4>{link}</h4>PDF, 1.2 MB</div>": told,
            f"<div><h4>{link}</h4><p>PDF</p><p>240 KB</p></div>": told,
            f"<div><div>Dokumenta:</div><div><div>{link}</div></div></div>": told,
            f"<div><span>Материалы</span><ul><li>{link}</li></ul></div>": told,
            f"<p><b>Файлы для скачивания</b></p><ul><li>{link}</li></ul>": told,
            f"<h3>Materiale</h3><p>{link}</p>": told,
            f"<p>Here is what they wrote.</p><p>{link}</p>": (
                *("Here is what they wrote.", ["Form of July"]),
                *([], []),
            ),
        },
    )


def test_labels_that_close_the_text_leave_the_box_of_the_fields_of_work_to_the_release():
    def read_fields(place):
        terms = "<h4><button>Fields of work</button></h4><ul><li>Elections</li></ul>"
        when = "<p><b>When:</b></p><p>Sunday, at 16:00.</p><p><b>Where:</b></p><p>Hotel Astra.</p>"
        facts = "<ul><li>Date: 9 June 2017</li><li>Source: OSCE Secretariat</li></ul>"
        item = read(f"<main><p>News</p>{TITLE}{facts}{TEXT}{place.format(when, terms)}</main>")
        return ids(item["fields_of_work"]), "Elections" in item["body"]

    check_each(
        read_fields,
        {
            "{}<div>{}</div>": (["elections"], False),
            "<div>{}{}</div>": ([], False),
        },
    )


def test_tags_that_close_flat_contacts_are_no_contacts():
    names = ("Elections", "Policing")
    tags = "".join(f"<li><a href='/t/{one}'>{one}</a></li>" for one in names)
    contacts = "<h3>Contacts</h3><p>Mira Invented<br>Press Officer<br>mira@example.org</p>"
    after = f"<ul class=tags>{tags}</ul>"
    item = read(f"<main><p>News</p>{TITLE}<p>9 June 2017</p>{TEXT}{contacts}{after}</main>")
    assert ids(item["fields_of_work"]) == ["elections", "policing"]
    assert "Elections" not in item["body"]


def test_a_few_words_below_the_lead_in_its_box_do_not_hide_the_text_below_the_box():
    def read_below(words, text=TEXT):
        box = f"<div><p>News, 9 June 2017</p>{TITLE}<div>{LEAD}</div>{words}</div>"
        item = read(f"<main>{box}<div><div>{text}</div></div></main>")
        return item["body"].endswith(SECOND), item["issues"]

    check_each(
        read_below,
        {
            "<div>Key points</div>": (True, []),
            "<div>For all offices</div><div>In two towns</div>": (True, []),
            "<h2>Summary</h2>": (True, []),
        },
    )


def test_a_label_to_share_between_a_lead_and_the_text_takes_no_text():
    def read_shared(buttons):
        item = read(f"<main><p>News</p>{TITLE}<p>9 June 2017</p>{LEAD}{buttons}<div>{TEXT}</div>")
        return item["body"].endswith(SECOND), "Share" in item["body"], item["issues"]

    link = "<a href='https://www.facebook.com/sharer.php?u=x'>Facebook</a>"
    check_each(
        read_shared,
        dict.fromkeys(
            (
                "<div>Share</div>",
                f"<div>Share</div><div>{link}</div>",
                f"<h4>Share</h4><ul><li>{link}</li></ul>",
            ),
            (True, False, []),
        ),
    )
