"""A release that names the address of another one cites it."""

import pytest

from osce_crawl.links import links


def citing(item, address, **keys):
    return item(400002, body_html=f'<p>See <a href="{address}">there</a>.</p>', **keys)


def cited(rows, aliases=None):
    return [
        (one.from_, one.to, one.evidence) for one in links(rows, aliases) if one.relation == "cites"
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.osce.org/odihr/400001",
        "http://osce.org/node/400001?utm_source=mail#top",
        "https://bih.osce.org/elsewhere/400001/",
    ],
)
def test_address_of_a_known_release_is_a_citation(item, address):
    rows = [citing(item, address), item(400001)]

    assert cited(rows) == [("400002-en", "400001-en", address)]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.osce.org/odihr/499999",
        "https://www.example.org/odihr/400001",
        "https://www.osce.org/files/400001.pdf",
        "https://www.osce.org/odihr/400002",
        "mailto:press@osce.org",
    ],
)
def test_other_addresses_are_none(item, address):
    assert cited([citing(item, address), item(400001)]) == []


def test_address_that_the_text_only_prints_counts_too(item):
    rows = [item(400002, body="Read more (https://www.osce.org/odihr/400001)."), item(400001)]

    assert cited(rows) == [("400002-en", "400001-en", "https://www.osce.org/odihr/400001")]


def test_several_addresses_of_one_release_are_one_citation(item):
    html = '<a href="https://www.osce.org/odihr/400001">a</a> <a href="/node/400001">b</a>'
    rows = [item(400001), item(400002, body_html=html, body="https://www.osce.org/node/400001")]

    assert len(cited(rows)) == 1


def test_address_without_a_node_is_known_by_what_it_leads_to(item):
    slug = "https://www.osce.org/news/some-slug"
    rows = [citing(item, slug), item(400001)]

    assert cited(rows) == []
    assert cited(rows, {slug: "400001-en"}) == [("400002-en", "400001-en", slug)]
    assert cited(rows, {slug: "gone-en"}) == []


@pytest.mark.parametrize(
    ("language", "address", "expected"),
    [
        ("en", "https://www.osce.org/odihr/400001", "400001-en"),
        ("ru", "https://www.osce.org/odihr/400001", "400001-en"),
        ("ru", "https://www.osce.org/node/400001", "400001-ru"),
        ("en", "https://www.osce.org/ru/odihr/400001", "400001-ru"),
        ("de", "https://www.osce.org/node/400001", "400001-en"),
    ],
)
def test_of_a_node_in_several_languages_the_likeliest_is_cited(item, language, address, expected):
    rows = [
        item(400001),
        item(400001, "ru"),
        item(400002, language, body_html=f'<a href="{address}">x</a>'),
    ]

    assert [to for _, to, _ in cited(rows)] == [expected]


def test_own_translation_is_no_citation(item):
    rows = [
        citing(item, "https://www.osce.org/ru/odihr/400001", work_id="400001"),
        item(400001, "ru", work_id="400001"),
    ]

    assert cited(rows) == []
