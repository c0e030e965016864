"""What an address is: read as browsers read it, spelt in one way, or none at all."""

import re

import pytest
from grid import check_each
from hypothesis import given
from hypothesis import strategies as st

from osce_crawl.items import json_schema
from osce_crawl.normalise.urls import (
    absolute,
    clean_address,
    is_file_address,
    is_item_address,
    is_listing_trap,
    is_osce_or_own_host,
    is_page_address,
    node_of,
    read_address,
    without_osce_host,
)
from osce_crawl.normalise.web import is_broken, resolve, split_address

PAGE = "https://www.osce.org/odihr/322492"
SCHEMA = re.compile(json_schema()["$defs"]["Link"]["properties"]["url"]["pattern"])
NONE = [
    *("http://[site:domain]/node/322492", "https://www.osce.org:x/ru/322492", "http://[", "//["),
    *(
        "https://www.osce.org:99999/ru/322492",
        "https://www.osce.org:-1/",
        "https://www.osce.org:0/",
    ),
    *("http:", "https:", "http://", "https:///", "http://:80/", "http://user@/", "http://a..b/"),
    *(
        "http://a b/",
        "http://a%20b/",
        "http://℀.org/",
        "http://" + "a" * 64 + ".org/",
        "http://x:١/",
    ),
    *(
        "http://[::1%25eth0]/",
        "http://[1.2.3.4]/",
        "http://300.1.1.1/",
        "/\ud800",
        "/" + "a" * 9000,
    ),
]
SPELT = {
    "HTTP://x": "http://x",
    "HTTPS://WWW.OSCE.ORG/A": "https://www.osce.org/A",
    "http:/x": "http://x",
    "http:x": "http://x",
    "http:////x/y": "http://x/y",
    "https:/x": "https://www.osce.org/x",
    "https:x": "https://www.osce.org/odihr/x",
    "//bih.osce.org/1": "https://bih.osce.org/1",
    "///bih.osce.org/1": "https://bih.osce.org/1",
    r"\\bih.osce.org\1?\2": r"https://bih.osce.org/1?\2",
    " \n/a b\t": "https://www.osce.org/a%20b",
    "/a\nb": "https://www.osce.org/ab",
    "/a\x01b": "https://www.osce.org/a%01b",
    '/a"<b>': "https://www.osce.org/a%22%3Cb%3E",
    "/вести?ü#ö": "https://www.osce.org/%D0%B2%D0%B5%D1%81%D1%82%D0%B8?%C3%BC#%C3%B6",
    "/%D0%B2%zz": "https://www.osce.org/%D0%B2%zz",
    "http://exämple.org/": "http://xn--exmple-cua.org/",
    "http://user:secret@x/": "http://x/",
    "http://x:80/": "http://x/",
    "http://x:443/": "http://x:443/",
    "http://x:08080/": "http://x:8080/",
    "http://[::1]:6800/1": "http://[::1]:6800/1",
    "?page=2": "https://www.osce.org/odihr/322492?page=2",
    "../ru/322492": "https://www.osce.org/ru/322492",
    "a:b": None,
}


def test_what_cannot_be_parsed_is_no_address():
    check_each(
        lambda href: (resolve(PAGE, href), is_broken(PAGE, href)), dict.fromkeys(NONE, (None, True))
    )


def test_address_is_spelt_as_browsers_do():
    check_each(lambda href: resolve(PAGE, href), SPELT)


def test_what_leads_to_no_page_is_not_broken():
    hrefs = ["", " ", "#top", "mailto:a@b.org", "tel:1", "javascript:x", "a:b"]
    check_each(
        lambda href: (absolute(PAGE, href), is_broken(PAGE, href)),
        dict.fromkeys(hrefs, (None, False)),
    )


@pytest.mark.parametrize("href", ["/322492", "//x", "http://"])
def test_relative_address_without_a_page_is_none(href):
    assert resolve("", href) is None
    assert resolve("http://[", href) is None


PIECES = st.sampled_from(
    [*NONE, *SPELT, *"/\\?#:@[]%. \n", "http", "://", "www.osce.org", "322492", "xn--", "\u212a"]
)
HREFS = st.text() | st.lists(PIECES | st.text(max_size=3), max_size=6).map("".join)


@given(HREFS, HREFS | st.just(PAGE))
def test_schema_accepts_every_address_and_reading_it_again_changes_nothing(href, base):
    address = resolve(base, href)
    assert address is None or SCHEMA.search(address)
    assert address is None or resolve(base, address) == resolve("", address) == address
    cleaned = clean_address(address or PAGE)
    assert SCHEMA.search(cleaned)
    assert clean_address(cleaned) == cleaned


@given(HREFS, HREFS)
def test_no_question_about_an_address_raises(url, base):
    asked = (
        *(read_address, clean_address, node_of, split_address, without_osce_host),
        *(is_item_address, is_page_address, is_file_address, is_listing_trap),
    )
    for question in asked:
        question(url)
    is_osce_or_own_host(url, base)
    is_broken(base, url)
