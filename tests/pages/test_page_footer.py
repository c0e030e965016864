"""The address of the organisation below a page is not a contact of the release."""

from grid import check_each

from osce_crawl.extraction import extract_with_ways

TEXT = (
    "<p>NOVI PAZAR, 3 November 2021 – Eighteen students met for a workshop on checking facts.</p>"
    "<p>They worked in pairs, and each pair wrote a correction that a paper will print.</p>"
)
RELEASE = (
    "<p>Press release</p><h1>Students learn to check facts</h1><dl><dt>Date:</dt><dd>3 November"
    f" 2021</dd><dt>Source:</dt><dd>OSCE Mission to Serbia</dd></dl><div>{TEXT}</div>"
)
NAME = "Organization for Security and Co-operation in Europe"
NUMBER = "<p>Tel.: +43 1 000 000</p>"
ADDRESS = f"<p>{NAME}, Example Lane 6, 1010 Vienna, Austria. Tel.: +43 1 000 000</p>"
RIGHTS = "<p>© OSCE 2025. All rights reserved.</p>"
PERSON = "Ada Example, Spokesperson, +381 11 000 000"
CONTACT = f"<p>{PERSON}</p>"
PANE = f"<h2>Contacts</h2>{CONTACT}"


def read(body):
    page = f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    found = extract_with_ways(page, "https://www.osce.org/serbia/519777")
    return found.item["contacts"], found.left_out.get("frame", 0)


def test_the_address_in_a_footer_of_the_page_is_left_out():
    main = f"<main>{RELEASE}</main>"
    box = f"<div id=page><div id=content>{RELEASE}{PANE}</div>{{}}</div>"
    check_each(
        read,
        {
            f"{main}<div id=footer>{ADDRESS}</div>": ([], 1),
            f"{main}<div class='region region-footer'>{ADDRESS}{RIGHTS}</div>": ([], 2),
            f"{main}<div class=site-footer>{ADDRESS}{RIGHTS}</div>": ([], 2),
            f"{main}<div role=contentinfo>{ADDRESS}</div>": ([], 1),
            f"{main}<div id=bottom>{ADDRESS}</div>": ([], 1),
            f"<main>{RELEASE}{PANE}</main><div id=footer>{ADDRESS}</div>": ([PERSON], 1),
            box.format(f"<div id=footer>{ADDRESS}{RIGHTS}</div>"): ([PERSON], 2),
            f"{RELEASE}<div id=footer>{ADDRESS}</div>": ([], 1),
            f"{main}<div id=bottom><p>{NAME}</p><p>Example Lane 6</p>{NUMBER}</div>": ([], 3),
        },
    )


def test_a_contact_for_the_press_stays_wherever_it_is():
    check_each(
        read,
        {
            f"<article>{RELEASE}<div class=footer>{PANE}</div></article>": ([PERSON], 0),
            f"<main><div>{RELEASE}</div><div class=footer>{PANE}</div></main>": ([PERSON], 0),
            f"<div class=item>{RELEASE}<div class=footer>{PANE}</div></div>": ([PERSON], 0),
            f"<main>{RELEASE}</main><div class=card-footer>{PANE}</div>": ([PERSON], 0),
            f"<main>{RELEASE}</main><div>{PANE}</div>": ([PERSON], 0),
            f"<main>{RELEASE}</main><div class=footer>{PANE}</div>": ([PERSON], 0),
            f"<main>{RELEASE}</main><div>{CONTACT}</div>": ([PERSON], 0),
            f"<main>{RELEASE}</main><div><p>{NAME}, Press Office</p>{NUMBER}</div>": (
                [f"{NAME}, Press Office, Tel.: +43 1 000 000"],
                0,
            ),
        },
    )


def test_the_names_in_a_footer_are_no_text_left_out_of_a_short_release():
    def issues(text, footer):
        head = (
            "<h1>Council begins</h1><ul><li>Date: 1 December 2009</li><li>Source: ODIHR</li></ul>"
        )
        main = f"<div id=main>{head}<div><p>{text}</p></div></div>"
        page = f"<html lang=en><body>{main}<div id=footer>{footer}</div></body></html>"
        item = extract_with_ways(page, "https://www.osce.org/odihr/519777").item
        return [issue["code"] for issue in item["issues"]]

    short = "ATHENS, 1 December 2009 – The Council began today."
    links = "<ul><li><a href=/c>Contact</a></li><li><a href=/t>Terms of use</a></li></ul>"
    rights = "<p>© OSCE 2026. Example Lane 6, 1010 Vienna, Austria</p>"
    prose = (
        "The participants came from all of the States and met in the old town hall for two days."
    )
    check_each(
        issues,
        {
            (short, f"<p>{NAME}</p>{links}{rights}"): [],
            (short, f"{links}{rights}"): [],
            (short, f"<p>{NAME}</p><p>{prose}</p>"): ["text-left-out"],
        },
    )
