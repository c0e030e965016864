"""What docs/archive.md says of Common Crawl, run unchanged against a stand-in for it."""

import json
import re
import shlex
import shutil
import subprocess

import pytest
from archive.warcs import http, packed, record
from crawl.command import ROOT, Command
from crawl.site import fact, release
from reextract.rereading import forking
from server import Hit, Page, Server

PAGE = (ROOT / "docs" / "archive.md").read_text("utf-8")
SECTION = PAGE.partition("### Common Crawl\n")[2].partition("### The Wayback")[0]
COMMANDS = re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL)
FILE = "crawl-data/CC-MAIN-2026-43/segments/1/warc/CC-MAIN-00001.warc.gz"
NODES = (322491, 322492, 322493)


class CommonCrawl:
    """One file with more than what is asked for, and an index of the site's pages in it."""

    def __init__(self) -> None:
        site = "https://www.osce.org/secretariat/{}"
        headers = "X-Crawl-Content-Encoding: gzip", "X-Crawl-Transfer-Encoding: chunked"
        answers = {
            site.format(node): http(release(fact(node)).body, *headers) for node in NODES
        } | {"https://example.org/": http(b"<p>Another site</p>")}
        self.file = b""
        self.index = b""
        for url, answer in answers.items():
            member = packed([record(answer, url, date="2026-10-20T00:00:00Z")])
            line = {"url": url, "filename": FILE, "offset": str(len(self.file))}
            line |= {"length": str(len(member)), "status": "200", "mime-detected": "text/html"}
            if "osce" in url:
                self.index += json.dumps(line).encode() + b"\n"
            self.file += member

    def answer(self, hit: Hit) -> Page:
        """Answer as the index, or as the storage of the files does."""
        if hit.path.startswith("/CC-MAIN-2026-43-index?url=osce.org&matchType=domain&"):
            return Page(self.index)
        if hit.path != f"/{FILE}":
            return Page(status=404)
        first, last = map(int, hit.headers["Range"].removeprefix("bytes=").split("-"))
        return Page(self.file[first : last + 1], 206)


@pytest.fixture
def run(command: Command):
    """Return what runs the shell's part; its hosts are the stand-in, and it does not wait."""
    with Server(others=CommonCrawl().answer) as server:

        def run(words: str) -> None:
            for name in ("index", "data"):
                words = words.replace(f"https://{name}.commoncrawl.org", server.url)
            subprocess.run(
                ["bash", "-euo", "pipefail", "-c", words.replace("sleep 1", "true")],
                cwd=command.folder,
                check=True,
                timeout=100,
            )

        yield run


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="no curl or jq")
def test_the_page_says_how_captures_of_common_crawl_become_items(command: Command, run) -> None:
    assert len(COMMANDS) == 3, "another step has come: run it here"
    forking(command.folder)
    for words in COMMANDS[:2]:
        run(words)
    for line in COMMANDS[2].splitlines():
        program, verb, *words = shlex.split(line)
        assert program == ".venv/bin/scrapy"
        done = command.scrapy(verb, *words)
        if verb == "archive":
            assert done.status == 0, done.err
        else:
            feed = command.folder / "commoncrawl.jsonl"
            nodes = {json.loads(one)["node"] for one in feed.read_text().splitlines()}
            assert (done.status in {0, 3}, nodes) == (True, set(map(str, NODES))), done.err
            feed.unlink()
