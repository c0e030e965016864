"""What a page makes of the item that is known: new, changed in which keys, or nothing at all."""

import pytest
from store.making import entry, listed, read

from osce_crawl.items import KEYS
from osce_crawl.store.merge import merge, removed

LATER = "2026-11-02T03:00:00Z"


def known(**keys):
    return merge(None, read(entry(7), **keys)).row


def seen(**keys):
    return read(entry(7), 2, **keys)


@pytest.fixture
def old():
    return known()


def test_item_met_for_the_first_time_is_new():
    change = merge(None, read(entry(7)))

    assert (change.kind, change.keys, change.row["revision"]) == ("new", KEYS, 1)


def test_keys_keep_their_order(old):
    assert tuple(merge(old, seen(title="Other")).row) == KEYS


def test_page_that_says_the_same_is_no_change(old):
    assert merge(old, seen()) is None


def test_answer_that_differs_in_its_bytes_alone_is_no_change(old):
    new = seen()
    new["provenance"] = {**new["provenance"], "response_sha256": "ff", "http_status": 203}

    assert merge(old, new) is None


def test_edited_page_is_a_new_revision(old):
    change = merge(old, seen(body="Another text."))

    assert (change.kind, change.keys, change.row["revision"]) == (
        "updated",
        ("body", "revision"),
        2,
    )


def test_changed_keys_stand_in_the_order_of_the_item(old):
    keys = merge(old, seen(body="Other.", title="Other", documents=[{"url": "u"}])).keys

    assert list(keys) == sorted(keys, key=KEYS.index)


def test_change_of_the_teaser_alone_is_no_revision(old):
    change = merge(old, seen(summary="Another teaser."))

    assert (change.kind, change.keys, change.row["revision"]) == ("updated", ("summary",), 1)


def test_what_another_extractor_reads_is_reextracted(old):
    change = merge(old, seen(body="Another text.", extractor="9.0.0"))

    assert (change.kind, change.row["revision"]) == ("reextracted", 1)


def test_edit_that_the_validators_prove_is_one_with_another_extractor_as_well(old):
    change = merge(old, seen(body="Another text.", extractor="9.0.0"), page_changed=True)

    assert (change.kind, change.row["revision"]) == ("updated", 2)


def test_stub_never_replaces_an_item(old):
    assert merge(old, listed(entry(7, title="Other"), 2)) is None


def test_page_completes_a_stub_without_a_new_revision():
    change = merge(merge(None, listed(entry(7))).row, seen())

    assert (change.kind, change.row["complete"], change.row["revision"]) == ("updated", True, 1)


def test_page_read_by_another_extractor_completes_a_stub_as_an_update():
    change = merge(merge(None, listed(entry(7))).row, seen(extractor="9.0.0"))

    assert change.kind == "updated"


@pytest.mark.parametrize("key", ["first_seen_at", "id", "language", "url"])
def test_what_was_published_first_stays(old, key):
    new = seen(title="Other", id="7-de", language="de", url="https://www.osce.org/node/7")

    assert merge(old, new).row[key] == old[key]


def test_time_of_a_change_is_that_of_the_answer(old):
    row = merge(old, seen(title="Other")).row

    assert (row["changed_at"], row["fetched_at"]) == (LATER, LATER)


def test_address_follows_where_the_site_leads_away_from_the_known_one(old):
    new = seen(url="https://www.osce.org/odihr/7")

    assert merge(old, new, led_from=[old["url"]]).row["url"] == new["url"]


def test_address_stays_where_the_site_leads_away_from_an_alias(old):
    new = seen(url="https://www.osce.org/odihr/7")

    assert merge(old, new, led_from=["https://www.osce.org/node/7"]) is None


def test_gone_item_keeps_its_last_content(old):
    change = removed(old, LATER)

    assert change.row == {**old, "removed_at": LATER, "changed_at": LATER}


def test_gone_item_is_removed_once(old):
    assert removed(removed(old, LATER).row, "2026-11-03T03:00:00Z") is None


@pytest.mark.parametrize(
    ("keys", "revision"),
    [
        pytest.param({}, 1, id="as it was"),
        pytest.param({"body": "Another text."}, 2, id="edited meanwhile"),
    ],
)
def test_gone_item_that_is_back_is_restored(old, keys, revision):
    change = merge(removed(old, LATER).row, seen(**keys))

    assert (change.kind, change.row["removed_at"], change.row["revision"]) == (
        "restored",
        None,
        revision,
    )
