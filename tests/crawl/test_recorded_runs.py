"""Crawls with OSCE_ARCHIVE: what the files hold, and what a run makes of a disk that fills up."""

import gzip
import hashlib
import json
import random
import re
import shlex
import shutil
import signal
import subprocess
from dataclasses import replace

import pytest
from archive.exchanges import member, read
from crawl.command import ROOT, Command
from crawl.site import Newsroom, html, release, releases
from server import Page

ARCHIVE = {"OSCE_ARCHIVE": "archive"}
COUNT = 5


def files(command):
    return sorted((command.folder / "archive").glob("*.warc.gz"))


def records_of(file, kind):
    """Return headers and content of the records of a kind in a file."""
    return [(headers, content) for one, headers, content in read(file) if one == kind]


def records(command, kind):
    """Return headers and content of the records of a kind in all files."""
    return [record for file in files(command) for record in records_of(file, kind)]


def path_of(headers, newsroom):
    return headers["WARC-Target-URI"].removeprefix(newsroom.url)


@pytest.fixture
def newsroom():
    with Newsroom(releases(COUNT)) as running:
        yield running


# -- what is recorded: a run of a site of which some pages are odd

PACKED, BROKEN, MOVED, MISSING, ERASED, *PLAIN = releases(10)
SECRETS = json.dumps({"Authorization": "s3cret-token", "X-Api-Key": "s3cret-key"})
SENT = gzip.compress(release(PACKED).body)


@pytest.fixture(scope="module")
def odd():
    """Return the site, in which two plain pages have the same ETag."""
    cut = {**release(BROKEN).headers, "Content-Length": "9999", "Connection": "close"}
    cookie = {"Set-Cookie": "SESS=s3cret-cookie; Path=/"}
    pages = {
        "/robots.txt": Page(b"User-agent: *\n", headers=cookie),
        PACKED.at: Page(SENT, headers={"Content-Encoding": "gzip"}),
        BROKEN.at: replace(release(BROKEN), headers=cut),
        MOVED.at: Page(status=302, headers={"Location": "/elsewhere"}),
        "/elsewhere": release(MOVED),
        MISSING.at: Page(b"<h1>Service unavailable</h1>", 503),
    }
    for one in PLAIN[:2]:
        pages[one.at] = replace(release(one), headers={"ETag": '"1"'})
    with Newsroom(releases(10), pages) as running:
        yield running


@pytest.fixture(scope="module")
def recorded(odd, tmp_path_factory):
    """Return the command of the project that has recorded it, the run, and what was asked for."""
    command = Command(tmp_path_factory.mktemp("recorded"))
    headers = {"COOKIES_ENABLED": 1, "DEFAULT_REQUEST_HEADERS": SECRETS}
    done = command.run("-a", "language=en", **odd.settings, **ARCHIVE, **headers)
    return command, done, list(odd.server.hits)


def test_all_that_the_site_answered_is_recorded(recorded, odd):
    command, done, hits = recorded
    answered = [path_of(headers, odd) for headers, _ in records(command, "response")]
    asked = [path_of(headers, odd) for headers, _ in records(command, "request")]

    assert done.status == 3
    assert f"Recorded   {len(hits)} responses" in done.err
    assert f"to {files(command)[0].name}\n" in done.err
    assert sorted(asked) == sorted(hit.path for hit in hits)
    assert {"/robots.txt", PLAIN[0].at, MOVED.at, "/elsewhere", MISSING.at} <= set(answered)
    assert answered.count(MISSING.at) == 2  # it was asked for again


def test_a_body_is_kept_as_it_was_sent(recorded):
    assert SENT in gzip.decompress(files(recorded[0])[0].read_bytes())


def test_a_broken_body_is_kept_as_far_as_it_came_and_fails_all_the_same(recorded, odd):
    command, done, _ = recorded
    broken = [
        (headers["WARC-Truncated"], content)
        for headers, content in records(command, "response")
        if path_of(headers, odd) == BROKEN.at
    ]

    assert "data loss" in done.err
    assert broken == [("disconnect", release(BROKEN).body)] * 2


def test_an_item_names_the_record_that_holds_its_page(recorded):
    command, done, _ = recorded
    items = [item for item in done.items if item["complete"] and item["node"] != str(PACKED.node)]

    assert {item["node"] for item in items} >= {str(one.node) for one in PLAIN}
    for item in items:
        provenance = item["provenance"]
        record = member(command.folder / "archive", provenance["archive"])
        assert f"WARC-Target-URI: {item['url']}".encode() in record
        body = record.split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n")
        assert hashlib.sha256(body).hexdigest() == provenance["response_sha256"]


def test_every_file_says_which_run_wrote_it(recorded, odd):
    ((headers, content),) = records(recorded[0], "warcinfo")
    said = dict(line.split(": ", 1) for line in content.decode().splitlines())

    assert f"{said['osce-crawl-run']}-00001.warc.gz" == headers["WARC-Filename"]
    assert said["osce-crawl-base-url"] == odd.url
    assert said["osce-crawl-arguments"] == '{"language": "en"}'
    assert said["robots"] == "obey"


def test_no_secret_is_recorded(recorded):
    command, _, hits = recorded
    held = gzip.decompress(files(command)[0].read_bytes())

    assert hits[-1].headers["Cookie"] == "SESS=s3cret-cookie"
    assert hits[-1].headers["Authorization"] == "s3cret-token"
    assert b"s3cret" not in held
    assert b"Cookie: masked" in held


def test_the_files_are_listed(recorded):
    command, _, hits = recorded
    done = command.scrapy("archive", "list", "--json", **ARCHIVE)

    (line,) = map(json.loads, done.out.splitlines())
    assert line["file"] == files(command)[0].name
    assert (line["from"], line["index"]) == ("2026-11-01T03:00:00Z", "yes")
    assert line["answers"] == len(hits)
    shown = command.scrapy("archive", **ARCHIVE)
    assert line["file"] in shown.out.decode()


# -- what came unchanged: a night that is not recorded, and one that is


@pytest.fixture(scope="module")
def later(recorded, odd, tmp_path_factory):
    """Return the command of a copy of the project, after both nights."""
    folder = tmp_path_factory.mktemp("later") / "project"
    shutil.copytree(recorded[0].folder, folder)
    command = Command(folder)
    first, second, *_ = PLAIN
    other = replace(second, title="Another title")
    odd.pages[second.at] = replace(release(other), headers={"ETag": '"2"'})
    command.run("-a", "fresh=1", **odd.settings)

    for one in (first, second):
        odd.pages[one.at] = Page(status=304, headers={"Content-Length": "0"})

    def erase():
        # while the run goes on, which has read the indexes already
        command.scrapy("archive", "erase", f"{odd.url}{ERASED.at}", **ARCHIVE)

    odd.on[ERASED.at] = erase
    command.run(**odd.settings, **ARCHIVE, OSCE_RECHECK_DAYS=9999)
    return command


def nights(recorded, later):
    """Return the files of both nights in their order, which names of one moment do not tell."""
    (first,) = (path.name for path in files(recorded[0]))
    return sorted(files(later), key=lambda path: path.name != first)


def test_a_page_that_came_again_as_it_was_is_recorded_as_unchanged(recorded, later, odd):
    before, after = nights(recorded, later)
    bodies = {path_of(headers, odd) for headers, _ in records_of(before, "response")}
    again = {path_of(headers, odd) for headers, _ in records_of(after, "revisit")}

    assert {one.at for one in PLAIN} <= bodies & again


def test_a_304_refers_to_the_answer_whose_validator_it_repeats(later, odd):
    """The second page was seen in another version by the night that was not recorded."""
    first, second, *_ = PLAIN
    refers = {
        path_of(headers, odd): headers.get("WARC-Refers-To-Date")
        for headers, _ in records(later, "revisit")
        if headers["WARC-Profile"].endswith("server-not-modified")
    }

    assert refers == {first.at: "2026-11-01T03:00:00Z", second.at: None}


def test_a_page_whose_earlier_record_was_erased_is_kept_whole_again(recorded, later, odd):
    before, after = (
        {path_of(headers, odd) for headers, _ in records_of(file, "response")}
        for file in nights(recorded, later)
    )

    assert (ERASED.at in before, ERASED.at in after) == (False, True)


def test_an_address_is_erased_from_all_files(later, odd, command):
    shutil.copytree(later.folder / "archive", command.folder / "archive")
    url = f"{odd.url}{PLAIN[2].at}"
    done = command.scrapy("archive", "erase", url, **ARCHIVE)

    assert (done.status, done.out.count(b"2 records erased")) == (0, 2)
    paths = [path_of(headers, odd) for headers, _ in records(command, "request")]
    assert PLAIN[2].at not in paths
    assert command.scrapy("archive", "check", **ARCHIVE).status == 0
    again = command.scrapy("archive", "erase", url, **ARCHIVE)
    assert (again.status, b"Nothing erased" in again.out) == (1, True)


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
    assert (checked.status, b": intact;" in checked.out) == (0, True), checked.out
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


def test_old_files_are_deleted_by_the_next_run_that_records(recorded, command, newsroom):
    shutil.copytree(recorded[0].folder / "archive", command.folder / "archive")
    (old,) = files(command)
    later = {**newsroom.settings, "OSCE_NOW": "2026-12-24T03:00:00Z", "OSCE_ARCHIVE_DAYS": 30}

    command.run(**later, **ARCHIVE)

    (new,) = files(command)
    assert old != new


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
    environ = {"OSCE_BASE_URL": newsroom.url, "OSCE_NOW": "2026-11-01T03:00:00Z"}

    def run(line: str) -> str:
        line = line.replace("https://www.osce.org/secretariat/322491", item["url"] if item else "")
        program, verb, *words = shlex.split(line)
        if program == ".venv/bin/scrapy":
            done = command.scrapy(verb, *words, environ=environ)
            assert done.status == 0, (line, done.out, done.err)
            return done.text
        # of a pipe the last counts: `head` ends what feeds it
        return subprocess.check_output(["bash", "-c", line], cwd=command.folder, text=True)

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
    assert ": intact;" in checked
    assert "Every file has an index" in indexed
    assert "2 records erased" in erased
    assert "No file is older" in expired
