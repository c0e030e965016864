"""Captures: found by address in anybody's files, revisits by what they refer to."""

from datetime import UTC, datetime

import pytest
from archive.warcs import PAGE, http, info, record, write

from osce_crawl.archive.captures import Captures, read_capture
from osce_crawl.archive.places import ArchiveError

URL = "https://www.osce.org/odihr/1001"


def of(path, **more):
    return Captures([path], **more)


def test_the_newest_capture_up_to_a_moment_is_found(tmp_path):
    records = [
        record(http(b"%d" % day), URL, date=f"2024-05-{day:02}T12:00:00Z") for day in (1, 3, 2)
    ]
    path = write(tmp_path / "x.warc.gz", *records)
    with of(path) as captures:
        found = captures.lookup("http://www.osce.org/odihr/1001#top")
        assert (read_capture(found).body, found.status, found.media) == (b"3", 200, "text/html")
        assert [one.moment.day for one in captures.all_of(URL)] == [3, 2, 1]
    with of(path, until=datetime(2024, 5, 2, 23, tzinfo=UTC)) as captures:
        assert read_capture(captures.lookup(URL)).body == b"2"
        assert captures.lookup("https://www.osce.org/odihr/1002") is None
        assert captures.left_out == {"later": 1}


@pytest.mark.parametrize(
    "reference",
    [
        ("WARC-Refers-To: <urn:uuid:1>",),
        (f"WARC-Refers-To-Target-URI: {URL}", "WARC-Refers-To-Date: 2024-05-01T12:00:00Z"),
        ("WARC-Payload-Digest: sha1:A",),
    ],
)
def test_a_revisit_has_the_body_of_the_record_it_refers_to(reference, tmp_path):
    first = record(http(), URL, "WARC-Record-ID: <urn:uuid:1>", "WARC-Payload-Digest: sha1:A")
    again = record(http(b""), URL, *reference, kind="revisit", date="2024-06-01T12:00:00Z")
    with of(write(tmp_path / "x.warc.gz", again, first)) as captures:
        found = captures.lookup(URL)
        assert (found.moment.month, found.place != found.body) == (6, True)
        assert read_capture(found).body == PAGE


def test_a_revisit_of_what_is_not_there_is_refused(tmp_path):
    lost = record(http(b""), URL, "WARC-Payload-Digest: sha1:B", kind="revisit")
    with of(write(tmp_path / "x.warc.gz", lost)) as captures:
        assert (captures.lookup(URL), captures.refused) == (None, {"revisit": 1})


def test_files_of_one_run_of_ours_are_known(tmp_path):
    for name in ("a", "b"):
        write(tmp_path / f"{name}.warc.gz", info("osce-crawl-run: 7-x"), record(http(), URL))
    with of(tmp_path) as captures:
        assert (captures.run, len(captures)) == ("7-x", 2)
    write(tmp_path / "c.warc.gz", record(http(), URL))
    with of(tmp_path) as captures:
        assert captures.run is None


def test_files_are_named_by_path_folder_or_glob(tmp_path):
    (tmp_path / "in").mkdir()
    one = write(tmp_path / "in" / "a.warc.gz", record(http(), URL))
    (tmp_path / "in" / "notes.txt").write_text("no archive")
    for name in (one, tmp_path, tmp_path / "i*", tmp_path / "**" / "*.warc.gz"):
        with of(name) as captures:
            assert list(captures.files) == [one]
    with of(tmp_path) as captures:
        assert captures.files == {one: "in/a.warc.gz"}
    for name in (tmp_path / "nothing", tmp_path / "*.warc"):
        with pytest.raises(ArchiveError, match="name WARC files"):
            of(name)
