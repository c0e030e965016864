"""Answers of the search service are read whatever the types of their values."""

import json

import pytest
from grid import check_each

from osce_crawl.pages.refusals import NotAListing
from osce_crawl.pages.search_results import read_results

URL = "https://prod.search.web.osce.org/collections/unified/documents/search?q=*"
BASE = "https://www.osce.org"
#: Noon of 9 June 2017, UTC.
NOON = 1_497_009_600


def results(*documents, **more):
    answer = {"found": len(documents), "hits": [{"document": one} for one in documents], **more}
    return read_results(json.dumps(answer).encode(), URL, BASE)


def document(**values):
    given = {"id": "1", "nid": "322491", "url": "/secretariat/322491", "date": NOON}
    (one,) = results(given | values).documents
    return one


def test_results_say_how_many_there_are_in_all():
    assert (results(found=312).found, results({"id": "1"}).found) == (312, 1)


def test_document_has_its_address_node_day_and_kind():
    one = document(item_type_label="News Item")

    assert one.address == "https://www.osce.org/secretariat/322491"
    assert (one.node, one.date, one.day, one.kind) == ("322491", NOON, "2017-06-09", "News Item")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://bih.osce.org/hbs/node/602771", "https://bih.osce.org/hbs/node/602771"),
        (["/odihr/322491"], "https://www.osce.org/odihr/322491"),
        (None, "https://www.osce.org/node/322491"),
        ("mailto:press@osce.org", None),
    ],
)
def test_address_may_be_whole_relative_a_list_or_missing(url, address):
    assert document(url=url).address == address


@pytest.mark.parametrize("nid", ["322491", 322491, ["322491"], [322491]])
def test_node_may_be_a_text_a_number_or_a_list(nid):
    assert document(nid=nid, url="/news/a-slug").node == "322491"


def test_node_comes_from_the_address_where_it_is_not_said():
    assert document(nid=None).node == "322491"


def test_day_is_told_from_seconds_and_milliseconds():
    check_each(
        lambda date: document(date=date).day,
        {
            NOON: "2017-06-09",
            NOON * 1000: "2017-06-09",
            NOON - 14 * 3600: "2017-06-09",  # midnight in Vienna
            -86_400: "1969-12-31",
            "9 June 2017": None,
            True: None,
            10**30: None,  # no date of this world
            None: None,
        },
    )
    assert document(date=[NOON]).day == "2017-06-09"


def test_what_is_no_document_is_passed_over():
    answer = {"found": 3, "hits": [None, {"document": None}, {"document": {"id": "1"}}]}

    assert len(read_results(json.dumps(answer).encode(), URL, BASE).documents) == 1


def test_limit_of_a_key_is_told_from_that_of_a_page():
    said = "Only upto 100 hits can be fetched. Ensure that `page` and `per_page` are within it."
    results = read_results(json.dumps({"message": said}).encode(), URL, BASE)
    assert (results.limit, results.documents) == (100, [])

    with pytest.raises(NotAListing, match="Only upto 250 hits can be fetched per page"):
        read_results(b'{"message": "Only upto 250 hits can be fetched per page."}', URL, BASE)


def test_other_answers_are_refused_with_their_words():
    def refusal(body, words):
        with pytest.raises(NotAListing, match=words) as refused:
            read_results(body, URL, BASE)
        return refused.value.reason

    check_each(
        refusal,
        {
            (b'{"message": "Forbidden - a valid key must be sent."}', "Forbidden"): "unavailable",
            (b'{"found": 3}', "no results in the response"): "unavailable",
            (b"<html><body>Down</body></html>", "is not JSON"): "unknown",
            (b"[1, 2]", "is not that of a search service"): "unknown",
            (b"", "is not JSON"): "unknown",
            (b'{"found": 3, "hits": [{"docu', "is not JSON"): "unknown",
        },
    )
