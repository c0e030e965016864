"""Crawls with OSCE_ARCHIVE: what the files hold, and what a run makes of a disk that fills up."""

import gzip
import hashlib
import json
import random
import re
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from archive.exchanges import member, read
from archive.warcs import http, packed, record
from crawl.command import ROOT
from crawl.site import Newsroom, html, release, releases
from server import Page

ARCHIVE = {"OSCE_ARCHIVE": "archive"}
COUNT = 5


def files(command):
    return sorted((command.folder / "archive").glob("*.warc.gz"))


def records(command, kind):
    """Return headers and content of the records of a kind in all files."""
    found = (one for file in files(command) for one in read(file))
    return [(headers, content) for one, headers, content in found if one == kind]


def path_of(headers, newsroom):
    return headers["WARC-Target-URI"].removeprefix(newsroom.url)


@pytest.fixture
def newsroom():
    with Newsroom(releases(COUNT)) as running:
        yield running


# -- what is recorded


def test_all_that_the_site_answered_is_recorded(command, newsroom):
    first, moved, missing, *_ = newsroom.facts
    newsroom.pages[moved.at] = Page(status=302, headers={"Location": "/elsewhere"})
    newsroom.pages["/elsewhere"] = release(moved)
    newsroom.pages[missing.at] = Page(b"<h1>Service unavailable</h1>", 503)

    done = command.run(**newsroom.settings, **ARCHIVE)

    assert done.status == 3
    assert f"Recorded   {len(newsroom.server.paths)} answers" in done.err
    assert f"to {files(command)[0].name}\n" in done.err
    answered = [path_of(headers, newsroom) for headers, _ in records(command, "response")]
    asked = [path_of(headers, newsroom) for headers, _ in records(command, "request")]
    assert sorted(asked) == sorted(newsroom.server.paths)
    assert {"/robots.txt", first.at, moved.at, "/elsewhere", missing.at} <= set(answered)
    assert answered.count(missing.at) == 2  # it was asked for again


def test_a_body_is_kept_as_it_was_sent(command, newsroom):
    first = newsroom.facts[0]
    sent = gzip.compress(release(first).body)
    newsroom.pages[first.at] = Page(sent, headers={"Content-Encoding": "gzip"})

    command.run(**newsroom.settings, **ARCHIVE)

    file = files(command)[0]
    assert sent in gzip.decompress(file.read_bytes())


def test_a_broken_body_is_kept_as_far_as_it_came_and_fails_all_the_same(command, newsroom):
    first = newsroom.facts[0]
    whole = release(first)
    headers = {**whole.headers, "Content-Length": "9999", "Connection": "close"}
    newsroom.pages[first.at] = replace(whole, headers=headers)

    done = command.run(**newsroom.settings, **ARCHIVE)

    assert done.status == 3
    assert "data loss" in done.err
    broken = [
        (headers["WARC-Truncated"], content)
        for headers, content in records(command, "response")
        if path_of(headers, newsroom) == first.at
    ]
    assert broken == [("disconnect", whole.body)] * 2


def test_an_item_names_the_record_that_holds_its_page(command, newsroom):
    done = command.run(**newsroom.settings, **ARCHIVE)

    for item in done.items:
        provenance = item["provenance"]
        record = member(command.folder / "archive", provenance["archive"])
        assert f"WARC-Target-URI: {item['url']}".encode() in record
        body = record.split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n")
        assert hashlib.sha256(body).hexdigest() == provenance["response_sha256"]


def test_without_an_archive_an_item_names_none(command, newsroom):
    done = command.run(**newsroom.settings)

    assert {str(item["provenance"]["archive"]) for item in done.items} == {"None"}


def test_every_file_says_which_run_wrote_it(command, newsroom):
    command.run("-a", "language=en", **newsroom.settings, **ARCHIVE)

    ((headers, content),) = records(command, "warcinfo")
    said = dict(line.split(": ", 1) for line in content.decode().splitlines())
    assert f"{said['osce-crawl-run']}-00001.warc.gz" == headers["WARC-Filename"]
    assert said["osce-crawl-base-url"] == newsroom.url
    assert said["osce-crawl-arguments"] == '{"language": "en"}'
    assert said["robots"] == "obey"


def test_no_secret_is_recorded(command, newsroom):
    newsroom.pages["/robots.txt"] = Page(
        b"User-agent: *\n", headers={"Set-Cookie": "SESS=s3cret-cookie; Path=/"}
    )
    headers = json.dumps({"Authorization": "s3cret-token", "X-Api-Key": "s3cret-key"})

    done = command.run(
        **newsroom.settings, **ARCHIVE, COOKIES_ENABLED=1, DEFAULT_REQUEST_HEADERS=headers
    )

    assert done.status == 0
    assert newsroom.server.hits[-1].headers["Cookie"] == "SESS=s3cret-cookie"
    held = gzip.decompress(files(command)[0].read_bytes())
    assert b"s3cret" not in held
    assert b"Cookie: masked" in held


# -- what came unchanged


def test_a_page_that_came_again_as_it_was_is_recorded_as_unchanged(command, newsroom):
    command.run(**newsroom.settings, **ARCHIVE)
    command.run("-a", "fresh=1", **newsroom.settings, **ARCHIVE)

    bodies = {path_of(headers, newsroom) for headers, _ in records(command, "response")}
    again = {path_of(headers, newsroom) for headers, _ in records(command, "revisit")}
    assert {one.at for one in newsroom.facts} <= bodies & again


def test_a_304_refers_to_the_answer_whose_validator_it_repeats(command, newsroom):
    first, second, *_ = newsroom.facts
    for one, tag in ((first, '"1"'), (second, '"1"')):
        newsroom.pages[one.at] = replace(release(one), headers={"ETag": tag})
    command.run(**newsroom.settings, **ARCHIVE)
    # a night that was not recorded saw another version of the second page
    other = replace(second, title="Another title")
    newsroom.pages[second.at] = replace(release(other), headers={"ETag": '"2"'})
    command.run("-a", "fresh=1", **newsroom.settings)
    for one in (first, second):
        newsroom.pages[one.at] = Page(status=304, headers={"Content-Length": "0"})
    done = command.run(**newsroom.settings, **ARCHIVE, OSCE_RECHECK_DAYS=9999)

    refers = {
        path_of(headers, newsroom): headers.get("WARC-Refers-To-Date")
        for headers, _ in records(command, "revisit")
        if headers["WARC-Profile"].endswith("server-not-modified")
    }
    assert refers == {first.at: "2026-11-01T03:00:00Z", second.at: None}, done.err


def test_a_page_whose_earlier_record_was_erased_is_kept_whole_again(command, newsroom):
    first = newsroom.facts[0]
    command.run(**newsroom.settings, **ARCHIVE)

    def erase():
        # while the next run goes on, which has read the indexes already
        command.scrapy("archive", "erase", f"{newsroom.url}{first.at}", **ARCHIVE)

    newsroom.on[first.at] = erase
    command.run("-a", "fresh=1", **newsroom.settings, **ARCHIVE)

    assert first.at in {path_of(headers, newsroom) for headers, _ in records(command, "response")}


# -- what ends a recording


def test_a_disk_that_fills_up_ends_the_recording_and_not_the_crawl(command, newsroom):
    ballast = random.Random(1).randbytes(1 << 20).hex()
    big = release(newsroom.facts[2])
    newsroom.pages[newsroom.facts[2].at] = replace(
        big, body=big.body + f"<!--{ballast}-->".encode()
    )
    run = command.run(limits={"RLIMIT_FSIZE": 800 * 1024}, **newsroom.settings, **ARCHIVE)

    assert run.status == 3, run.err
    assert "Check      warning: recording to OSCE_ARCHIVE has stopped" in run.err, run.err
    assert len(run.items) == COUNT
    assert command.scrapy("archive", "check", **ARCHIVE).status == 0


def test_a_killed_run_leaves_whole_records_that_can_be_indexed(command, newsroom):
    process = None

    def kill():
        process.send_signal(signal.SIGKILL)

    newsroom.on[newsroom.facts[-1].at] = kill
    process = command.start("newsroom", "-O", "items.jsonl", **newsroom.settings, **ARCHIVE)
    process.communicate()

    checked = command.scrapy("archive", "check", **ARCHIVE)
    assert checked.status == 1
    assert b"it has no index" in checked.out
    assert command.scrapy("archive", "index", **ARCHIVE).status == 0
    checked = command.scrapy("archive", "check", **ARCHIVE)
    assert (checked.status, b"whole" in checked.out) == (0, True), checked.out
    assert len(records(command, "response")) == len(newsroom.server.paths) - 1


def test_a_stopped_run_closes_its_file(command, newsroom):
    process = None
    newsroom.on[newsroom.facts[-1].at] = lambda: process.send_signal(signal.SIGTERM)
    process = command.start("newsroom", "-O", "items.jsonl", **newsroom.settings, **ARCHIVE)

    assert command.wait(process).status == 5
    assert command.scrapy("archive", "check", **ARCHIVE).status == 0


# -- what records, and what does not


def test_a_survey_is_recorded(command, newsroom):
    newsroom.pages["/"] = html("OSCE", "<h1>OSCE</h1>")

    command.scrapy("survey", **newsroom.settings, **ARCHIVE)

    (file,) = files(command)
    assert file.name.startswith("survey-")
    assert len(records(command, "response")) == len(newsroom.server.paths)


def test_parse_has_no_run_and_records_nothing(command, newsroom):
    url = f"{newsroom.url}{newsroom.facts[0].at}"

    done = command.scrapy("parse", url, **newsroom.settings, **ARCHIVE)

    assert done.status == 0
    assert files(command) == []


def test_a_replay_is_not_recorded(command):
    done = command.run(**ARCHIVE, OSCE_REPLAY=".")

    assert done.status == 2
    assert "a replay cannot be recorded" in done.err


def test_an_archive_that_is_no_folder_is_refused(command):
    (command.folder / "archive").write_text("")

    done = command.run(**ARCHIVE)

    assert (done.status, len(done.errors)) == (2, 1)
    assert "OSCE_ARCHIVE=archive is not a writable folder" in done.err


# -- the command


def test_old_files_are_deleted_by_the_next_run_that_records(command, newsroom):
    command.run(**newsroom.settings, **ARCHIVE)
    (old,) = files(command)
    later = {**newsroom.settings, "OSCE_NOW": "2026-12-24T03:00:00Z", "OSCE_ARCHIVE_DAYS": 30}
    newsroom.facts = releases(COUNT, 600_000)

    command.run("-a", "fresh=1", **later, **ARCHIVE)

    assert old not in files(command)


def test_an_address_is_erased_from_all_files(command, newsroom):
    first = newsroom.facts[0]
    command.run(**newsroom.settings, **ARCHIVE)
    command.run("-a", "fresh=1", **newsroom.settings, **ARCHIVE)
    url = f"{newsroom.url}{first.at}"

    done = command.scrapy("archive", "erase", url, **ARCHIVE)

    assert (done.status, done.out.count(b"2 records were erased")) == (0, 2)
    paths = [path_of(headers, newsroom) for headers, _ in records(command, "request")]
    assert first.at not in paths
    assert command.scrapy("archive", "check", **ARCHIVE).status == 0
    again = command.scrapy("archive", "erase", url, **ARCHIVE)
    assert (again.status, b"nothing was erased" in again.out) == (1, True)


def test_erasing_names_every_file_that_may_still_hold_the_page(command):
    url = "https://www.osce.org/odihr/1001"
    folder = command.folder / "archive"
    (folder / "2025").mkdir(parents=True)
    other, page = packed([record(http(), f"{url}/2")]), packed([record(http(), url)])
    (folder / "cut.warc.gz").write_bytes(other + page[:-9])
    (folder / "2025" / "plain.warc").write_bytes(record(http(), url))
    (folder / "2025" / "whole.warc.gz").write_bytes(page)
    (folder / "gone.warc.gz").symlink_to("nowhere")

    done = command.scrapy("archive", "erase", url, **ARCHIVE)

    cut, plain, whole = done.out.decode().splitlines()
    assert done.status == 1
    assert f"bytes at {len(other)} cannot be read, and may still hold the page" in cut
    assert f"truncate --size={len(other)}" in cut
    assert "plain.warc: nothing was erased" in plain
    assert whole == "whole.warc.gz: 1 records were erased"


def test_an_index_that_cannot_be_written_costs_itself_alone(command):
    folder = command.folder / "archive"
    (folder / "a.cdxj").mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"{name}.warc.gz").write_bytes(packed([record(http())]))

    done = command.scrapy("archive", "index", *sorted(folder.glob("*.gz")), **ARCHIVE)

    first, second = done.out.decode().splitlines()
    assert done.status == 1
    assert f"{folder / 'a.cdxj'}: it could not be written: Is a directory" in first
    assert second == "b.cdxj: 1 answers"


def test_the_files_are_listed(command, newsroom):
    command.run(**newsroom.settings, **ARCHIVE)

    done = command.scrapy("archive", "list", "--json", **ARCHIVE)

    (line,) = map(json.loads, done.out.splitlines())
    assert line["file"] == files(command)[0].name
    assert (line["from"], line["index"]) == ("2026-11-01T03:00:00Z", "yes")
    assert line["answers"] == len(newsroom.server.paths)
    shown = command.scrapy("archive", **ARCHIVE)
    assert line["file"] in shown.out.decode()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["eraze"], "did you mean erase"),
        (["erase"], "takes addresses"),
        (["erase", "322491"], "is not a web address"),
        (["check", "none.warc.gz"], "is not a file"),
        (["list", "more"], "takes nothing more"),
        (["expire"], "OSCE_ARCHIVE_DAYS is 0"),
    ],
)
def test_what_the_command_cannot_do_is_refused_in_one_line(command, words, says):
    done = command.scrapy("archive", *words, **ARCHIVE)

    assert (done.status, len(done.errors)) == (2, 1)
    assert says in done.err


def test_without_a_folder_the_command_says_which_setting_names_it(command):
    done = command.scrapy("archive")

    assert (done.status, "OSCE_ARCHIVE is empty" in done.err) == (2, True)


# -- what the docs show


def shown(heading: str) -> list[str]:
    """Return the lines of the shell blocks below a heading of docs/archive.md."""
    section = (ROOT / "docs/archive.md").read_text("utf-8").split(f"\n## {heading}\n")[1]
    blocks = re.findall(r"^```sh\n(.*?)^```", section.split("\n## ")[0], re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]


def test_commands_of_the_docs_do_what_they_say(command, newsroom):
    (command.folder / "fast.py").write_text(
        "from osce_crawl.settings import *\nDOWNLOAD_DELAY = 0\nAUTOTHROTTLE_ENABLED = False\n"
    )
    (command.folder / "scrapy.cfg").write_text("[settings]\ndefault = fast\n")
    environ = {**command.environ, "OSCE_BASE_URL": newsroom.url, "OSCE_NOW": "2026-11-01T03:00:00Z"}

    def run(line: str) -> str:
        line = line.replace(".venv/bin/scrapy", f"{sys.executable} -m scrapy")
        line = line.replace("https://www.osce.org/secretariat/322491", item["url"] if item else "")
        done = subprocess.run(
            ["bash", "-c", line],  # of a pipe the last: `head` ends what feeds it
            cwd=command.folder,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        return done.stdout

    item = None
    record, page = shown("Recording")
    run(record)
    item = json.loads(command.feed.read_bytes().splitlines()[0])
    place = item["provenance"]["archive"]
    page = page.replace("c +2944", f"c +{place['offset'] + 1}").replace("FILE", place["file"])
    page = page.replace("head -c 809", f"head -c {place['length']}")
    assert f"WARC-Target-URI: {item['url']}" in run(page)
    listed, checked, indexed, erased, expired = map(run, shown("Keeping and erasing"))
    assert place["file"] in listed
    assert "whole" in checked
    assert "Every file has its index" in indexed
    assert "2 records were erased" in erased
    assert "No file is older" in expired
