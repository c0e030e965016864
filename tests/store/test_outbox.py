"""The change feed has every change once, whatever became of the file in between."""

import logging
import tracemalloc

import jsonlines
import orjson
import pytest
from store.making import ORIGIN, Night, entry

from osce_crawl.store import Store, outbox


@pytest.fixture
def feed(tmp_path):
    return tmp_path / "changes.jsonl"


@pytest.fixture
def three(store):
    """Return a store with three changes."""
    Night(store).read(entry(7)).read(entry(8)).read(entry(9)).publish()
    return store


@pytest.fixture
def whole(three, feed):
    """Return the change feed as it should be."""
    outbox.deliver(three.db, feed)
    return feed.read_bytes()


def numbers(feed):
    with jsonlines.open(feed) as lines:
        return [line["seq"] for line in lines]


def test_file_gets_the_changes_in_their_order(three, feed):
    assert (outbox.deliver(three.db, feed), numbers(feed)) == (3, [1, 2, 3])


def test_file_gets_each_change_once(three, feed, whole):
    assert (outbox.deliver(three.db, feed), feed.read_bytes()) == (0, whole)


@pytest.mark.usefixtures("whole")
def test_file_gets_what_came_since(three, feed):
    Night(three, 2).read(entry(10)).publish()

    assert (outbox.deliver(three.db, feed), numbers(feed)) == (1, [1, 2, 3, 4])


def test_folder_of_the_file_is_made(three, tmp_path):
    outbox.deliver(three.db, tmp_path / "new/changes.jsonl")

    assert numbers(tmp_path / "new/changes.jsonl") == [1, 2, 3]


@pytest.mark.usefixtures("whole")
def test_second_file_gets_all_changes(three, tmp_path):
    assert outbox.deliver(three.db, tmp_path / "other.jsonl") == 3


@pytest.mark.parametrize("cut", [1, 2, 50, 100])
def test_torn_last_line_is_written_again(three, feed, whole, cut):
    feed.write_bytes(whole[:-cut])
    outbox.deliver(three.db, feed)

    assert feed.read_bytes() == whole


def test_every_tear_is_mended(three, feed, whole):
    start = whole.index(b"\n") + 1
    for end in range(start, whole.index(b"\n", start), 7):
        feed.write_bytes(whole[:end])
        outbox.deliver(three.db, feed)
        assert feed.read_bytes() == whole


def test_zeros_that_a_power_failure_left_are_cut_off(three, feed, whole):
    feed.write_bytes(whole[:-100] + bytes(100))
    outbox.deliver(three.db, feed)

    assert feed.read_bytes() == whole


def test_first_line_of_all_may_be_torn(three, feed, whole):
    three.db.execute("DELETE FROM delivery")
    feed.write_bytes(whole[:40])
    outbox.deliver(three.db, feed)

    assert feed.read_bytes() == whole


def test_lines_that_the_store_took_for_delivered_are_written_again(three, feed, whole):
    feed.write_bytes(whole[: whole.index(b"\n") + 1])
    outbox.deliver(three.db, feed)

    assert feed.read_bytes() == whole


def test_lines_that_the_store_did_not_know_to_be_delivered_are_not_doubled(three, feed, whole):
    three.db.execute("DELETE FROM delivery")
    outbox.deliver(three.db, feed)

    assert feed.read_bytes() == whole


@pytest.mark.parametrize("left", [None, b""], ids=["taken away", "emptied"])
@pytest.mark.usefixtures("whole")
def test_file_that_was_rotated_goes_on_where_it_ended(three, feed, left):
    feed.unlink()
    if left is not None:
        feed.write_bytes(left)
    Night(three, 2).read(entry(10)).publish()
    outbox.deliver(three.db, feed)

    assert numbers(feed) == [4]


@pytest.mark.usefixtures("whole")
def test_torn_line_of_a_file_begun_anew_is_written_again(three, feed):
    Night(three, 2).read(entry(10)).publish()
    feed.write_bytes(b'{"seq":4,"change":"n')
    outbox.deliver(three.db, feed)

    assert numbers(feed) == [4]


@pytest.mark.usefixtures("whole")
def test_file_in_another_place_goes_on_where_it_ended(three, feed, tmp_path):
    moved = feed.rename(tmp_path / "moved.jsonl")
    Night(three, 2).read(entry(10)).publish()
    outbox.deliver(three.db, moved)

    assert numbers(moved) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'{"seq":3,"change":"new"}\n', id="changes of another store"),
        pytest.param(b'{"seq":3,"change":"new"}', id="the same without an end"),
        pytest.param(b"a note\n", id="no JSON"),
        pytest.param(b"a note", id="no line"),
        pytest.param(b"\n", id="an empty line"),
        pytest.param(b"[3]\n", id="JSON without a number"),
        pytest.param(b'{"seq":"3"}\n', id="a number that is none"),
        pytest.param(b"\xff\xfe\x00{\n", id="bytes that are not text"),
    ],
)
def test_file_of_something_else_is_moved_aside_untouched(three, feed, content, tmp_path, caplog):
    feed.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        outbox.deliver(three.db, feed)

    assert (tmp_path / "changes.1.jsonl").read_bytes() == content
    assert numbers(feed) == [1, 2, 3]
    assert "changes.1.jsonl" in caplog.text


def test_files_that_were_moved_aside_before_stay(three, feed, tmp_path):
    (tmp_path / "changes.1.jsonl").write_bytes(b"older")
    feed.write_bytes(b"a note\n")
    outbox.deliver(three.db, feed)

    assert (tmp_path / "changes.1.jsonl").read_bytes() == b"older"


@pytest.mark.usefixtures("whole")
def test_two_stores_that_share_a_file_lose_nothing(three, feed, tmp_path):
    other = Store.open(tmp_path / "other.sqlite", ORIGIN)
    Night(other).read(entry(7)).publish()
    outbox.deliver(other.db, feed)
    Night(three, 2).read(entry(10)).publish()
    outbox.deliver(three.db, feed)
    other.close()

    assert numbers(tmp_path / "changes.1.jsonl") + numbers(feed) == [1, 2, 3, 4]


@pytest.mark.usefixtures("whole")
def test_store_put_back_from_a_backup_starts_a_file_of_its_own(three, feed, tmp_path):
    Night(three, 2).read(entry(10)).publish()
    outbox.deliver(three.db, feed)
    three.db.execute("DELETE FROM change WHERE seq = 4")
    three.db.execute("UPDATE delivery SET seq = 3")
    Night(three, 3).read(entry(11)).publish()
    outbox.deliver(three.db, feed)

    assert (numbers(tmp_path / "changes.1.jsonl"), numbers(feed)) == ([1, 2, 3, 4], [4])


@pytest.mark.usefixtures("whole")
def test_line_longer_than_what_is_read_at_once_is_recognised(three, feed):
    line = {"seq": 4, "keys": ["k" * 200_000]}
    three.db.execute("INSERT INTO change VALUES (4, ?)", (orjson.dumps(line).decode(),))
    outbox.deliver(three.db, feed)

    assert (outbox.deliver(three.db, feed), numbers(feed)) == (0, [1, 2, 3, 4])


def test_long_line_may_be_torn(three, feed, whole):
    line = {"seq": 4, "keys": ["k" * 200_000]}
    three.db.execute("INSERT INTO change VALUES (4, ?)", (orjson.dumps(line).decode(),))
    feed.write_bytes(whole + b'{"seq":4,"keys":["' + b"k" * 150_000)
    outbox.deliver(three.db, feed)

    assert numbers(feed) == [1, 2, 3, 4]


def test_file_that_cannot_be_written_keeps_its_changes_waiting(three, tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"):
        outbox.deliver(three.db, tmp_path / "folder")

    assert outbox.deliver(three.db, tmp_path / "changes.jsonl") == 3


def test_many_lines_leave_the_store_without_being_held_together(three, feed):
    line = orjson.dumps({"seq": 0, "keys": ["k" * 1_000]}).decode()
    three.db.executemany("INSERT INTO change VALUES (?, ?)", ((n, line) for n in range(4, 10_000)))
    tracemalloc.start()
    try:
        assert outbox.deliver(three.db, feed) == 9_999
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert feed.stat().st_size > 10_000_000
    assert most < 100_000


@pytest.mark.usefixtures("whole")
def test_nothing_to_deliver_makes_no_file(three, feed):
    feed.unlink()
    outbox.deliver(three.db, feed)

    assert not feed.exists()
