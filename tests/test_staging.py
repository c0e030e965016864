"""Staging: one row an item, the complete one before the stub, in the contract's order."""

import pytest

from osce_crawl.staging import Staging


@pytest.fixture
def staging():
    one = Staging()
    yield one
    one.close()


def item(node, published=None, language="en", **more):
    base = {"id": f"{node}-{language}", "published": published, "node": node}
    return {**base, "language": language, "complete": True, **more}


def ids(staging):
    return [row["id"] for row in staging.rows()]


def test_row_comes_back_as_it_was_put(staging):
    row = item("1", title="Отделение", places=[{"latitude": 48.2}])
    staging.put(row)

    assert list(staging.rows()) == [row]


def test_newest_is_first(staging):
    for day in ("2024-01-01", "2024-03-01", "2023-12-31"):
        staging.put(item(day[5:7], day))

    assert ids(staging) == ["03-en", "01-en", "12-en"]


def test_items_without_a_date_are_last(staging):
    staging.put(item("9"))
    staging.put(item("1", "1995-01-01"))

    assert ids(staging) == ["1-en", "9-en"]


def test_nodes_of_one_day_descend_by_number_not_by_text(staging):
    for node in ("99999", "500000", "100000"):
        staging.put(item(node, "2024-01-01"))

    assert ids(staging) == ["500000-en", "100000-en", "99999-en"]


def test_nodes_that_are_hashes_come_after_numbers(staging):
    for node in ("uffff", "1", "u0000"):
        staging.put(item(node, "2024-01-01"))

    assert ids(staging) == ["1-en", "u0000-en", "uffff-en"]


def test_languages_of_one_node_ascend(staging):
    for language in ("ru", "en", "sq"):
        staging.put(item("1", "2024-01-01", language))

    assert ids(staging) == ["1-en", "1-ru", "1-sq"]


def test_order_in_which_items_come_makes_no_difference():
    rows = [item(str(n), f"2024-01-{n % 3 + 1:02}") for n in range(1, 30)]
    one, other = Staging(), Staging()
    for row, back in zip(rows, reversed(rows), strict=True):
        one.put(row)
        other.put(back)

    assert list(one.rows()) == list(other.rows())
    one.close()
    other.close()


def test_complete_item_takes_the_place_of_a_stub(staging):
    staging.put(item("1", complete=False))
    kept = staging.put(item("1", "2024-01-01"))

    assert (kept, [row["published"] for row in staging.rows()]) == (True, ["2024-01-01"])


def test_stub_never_replaces_a_complete_item(staging):
    staging.put(item("1", "2024-01-01"))
    kept = staging.put(item("1", complete=False))

    assert (kept, [row["complete"] for row in staging.rows()]) == (False, [True])


def test_first_of_two_complete_items_stays(staging):
    staging.put(item("1", title="first"))
    staging.put(item("1", title="second"))

    assert [row["title"] for row in staging.rows()] == ["first"]


def test_length_counts_items(staging):
    staging.put(item("1"))
    staging.put(item("1"))
    staging.put(item("2"))

    assert len(staging) == 2


def test_staging_names_no_file(staging, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for number in range(2000):
        staging.put(item(str(number), title="x" * 2000))

    assert list(tmp_path.iterdir()) == []
