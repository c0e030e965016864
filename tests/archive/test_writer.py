"""WARC files of ours, read by warcio."""

import gzip
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from archive.exchanges import INFO, MOMENT, PAGE, URL, exchange, read, write

from osce_crawl.archive.captures import Captures, read_capture
from osce_crawl.archive.cdxj import Line, index_of, read_index
from osce_crawl.archive.checking import check
from osce_crawl.archive.writer import Revisit, WarcWriter

EARLIER = Line(URL, "text/html", "200", "sha1:ABC", 9, 7, "old.warc.gz", MOMENT)


def test_a_file_holds_warcinfo_then_each_response_with_its_request(tmp_path):
    file = write(tmp_path, exchange(), exchange(f"{URL}?page=1"))

    assert [kind for kind, _, _ in read(file)] == ["warcinfo", *["response", "request"] * 2]


def test_warcinfo_names_the_run_and_its_robots_policy(tmp_path):
    ((_, headers, content), *_) = read(write(tmp_path, exchange()))

    assert content.decode().splitlines() == [f"{name}: {value}" for name, value in INFO.items()]
    assert headers["WARC-Filename"] == "run-00001.warc.gz"


def test_a_response_is_kept_as_it_came(tmp_path):
    response = read(write(tmp_path, exchange(ip_address="192.0.2.7")))[1]

    _, headers, content = response
    assert content == PAGE
    assert headers["WARC-Target-URI"] == URL
    assert headers["WARC-Date"] == "2026-11-02T03:00:04Z"
    assert headers["WARC-IP-Address"] == "192.0.2.7"


def test_a_request_names_the_response_it_belongs_to(tmp_path):
    _, (_, response, _), (_, request, _) = read(write(tmp_path, exchange()))

    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]


def test_a_header_that_is_not_ascii_keeps_its_bytes(tmp_path):
    file = write(tmp_path, exchange(headers=[(b"X-Title", "Müller".encode())]))

    assert "X-Title: Müller".encode() in _unpacked(file)


def test_a_body_that_broke_off_is_marked(tmp_path):
    _, (_, headers, content), _ = read(
        write(tmp_path, exchange(body=PAGE[:9], truncated="disconnect"))
    )

    assert (headers["WARC-Truncated"], content) == ("disconnect", PAGE[:9])


def test_what_came_unchanged_refers_to_the_earlier_record_and_holds_no_body(tmp_path):
    same = Revisit("identical-payload-digest", EARLIER)

    _, (kind, headers, content), _ = read(write(tmp_path, (exchange(), same)))

    assert (kind, content) == ("revisit", b"")
    assert headers["WARC-Profile"].endswith("/revisit/identical-payload-digest")
    assert headers["WARC-Refers-To-Target-URI"] == URL
    assert headers["WARC-Refers-To-Date"] == "2026-11-02T03:00:04Z"
    assert headers["WARC-Payload-Digest"] == "sha1:ABC"


def test_a_304_about_what_was_not_recorded_refers_to_nothing(tmp_path):
    unknown = Revisit("server-not-modified")

    _, (kind, headers, _), _ = read(write(tmp_path, (exchange(status=304, body=b""), unknown)))

    assert kind == "revisit"
    assert not {"WARC-Refers-To-Date", "WARC-Payload-Digest"} & headers.keys()


def test_of_two_answers_of_one_second_the_one_that_came_again_is_meant(tmp_path):
    first = exchange(body=b"<p>Being mended</p>", status=503)
    writer = WarcWriter(tmp_path, "run", INFO)
    writer.write(first)
    line = writer.write(exchange())
    later = exchange(moment=MOMENT + timedelta(days=1))
    writer.write(later, Revisit("identical-payload-digest", line))
    writer.close()

    with Captures([tmp_path]) as captures:
        newest = next(captures.all_of(URL))
        assert read_capture(newest).body == PAGE


def test_a_full_file_is_followed_by_another_with_warcinfo_of_its_own(tmp_path):
    write(tmp_path, exchange(), exchange(), exchange(), full=1_500)

    files = sorted(tmp_path.glob("*.warc.gz"))
    assert [file.name for file in files] == ["run-00001.warc.gz", "run-00002.warc.gz"]
    assert [read(file)[0][0] for file in files] == ["warcinfo", "warcinfo"]


def test_the_index_says_where_each_answer_is(tmp_path):
    file = write(tmp_path, exchange(f"{URL}?page=1"), exchange())

    lines = list(read_index(file))

    assert [line.url for line in lines] == [URL, f"{URL}?page=1"]
    data = file.read_bytes()
    for line in lines:
        place = line.place(tmp_path)
        alone = tmp_path / "alone.warc.gz"
        alone.write_bytes(data[place.offset :][: place.length])
        ((kind, headers, _),) = read(alone)
        assert (kind, headers["WARC-Target-URI"]) == ("response", line.url)


FULL_DISK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from archive.exchanges import INFO, exchange
from osce_crawl.archive.writer import WarcWriter

writer = WarcWriter(Path(sys.argv[1]), "run", INFO)
writer.write(exchange())
size = sum(file.stat().st_size for file in Path(sys.argv[1]).glob("*.gz"))
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, size + 100))  # the disk is nearly full
try:
    writer.write(exchange())
except OSError:
    print("not written")
"""


def test_what_cannot_be_written_whole_is_taken_back(tmp_path):
    tests = Path(__file__).parents[1]
    ran = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path), str(tests)],
        cwd=tests.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.stdout, ran.returncode) == ("not written\n", 0), ran.stderr
    (file,) = tmp_path.glob("*.warc.gz")
    assert [kind for kind, _, _ in read(file)] == ["warcinfo", "response", "request"]
    assert check(file).damaged == []


def test_warcio_finds_nothing_wrong(tmp_path):
    same = Revisit("identical-payload-digest", EARLIER)
    file = write(tmp_path, exchange(), (exchange(), same), exchange(status=404))

    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout
    assert "digest pass" in checked.stdout
    assert index_of(file).exists()


def _unpacked(file):
    return gzip.decompress(file.read_bytes())
