"""The content's hash: over what is printed, whatever host of the OSCE's it stands on."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from osce_crawl import extract, extract_listing

SITE = Path(__file__).parents[1] / "fixtures/site"
EXPECTED = SITE.parent / "expected"
PAGES = json.loads((EXPECTED / "pages.json").read_text("utf-8"))
WWW = re.compile(rb"https?://(?:www\.)?osce\.org(?=[/\"'])")
MOVES = {
    "to another host": (b"https://bih.osce.org", "https://bih.osce.org"),
    "to http on a port": (b"http://new.osce.org:8080", "http://new.osce.org:8080"),
}


@cache
def entries(stem):
    """Return the entries of a saved listing by their addresses."""
    url = json.loads((EXPECTED / f"listings/{stem}.json").read_text("utf-8"))["url"]
    found = extract_listing((SITE / f"pages/{stem}.html").read_bytes(), url)["entries"]
    return {entry["url"]: entry for entry in found}


@cache
def hash_of(item_id, url, links=None):
    """Return the hash of a saved page at an address, with its own links moved to a host."""
    page = PAGES[item_id]
    body = (SITE / page["file"]).read_bytes()
    body = WWW.sub(links, body) if links else body
    return extract(body, url, listing=entries(page["listing"])[page["entry"]])["content_hash"]


@pytest.mark.parametrize("number", range(len(MOVES)), ids=MOVES)
def test_site_that_moves_to_another_host_changes_no_hash(number):
    """Each saved page moves in one of the ways."""
    links, own = [*MOVES.values()][number]
    changed = []
    for item_id, page in [*PAGES.items()][number :: len(MOVES)]:
        new = re.sub(r"https?://[^/]*", own, page["url"])
        moved = {hash_of(item_id, new), hash_of(item_id, new, links)}
        if moved != {hash_of(item_id, page["url"])}:
            changed.append(item_id)
    assert changed == []


def page(*links):
    text = " ".join(f"<a href='{href}'>there</a>" for href in links)
    return (
        "<h1>Mission meets</h1><dl><dt>Date:</dt><dd>9 June 2017</dd><dt>Source:</dt>"
        f"<dd>OSCE Secretariat</dd></dl><p>The Mission met officials today. {text}</p>"
    )


def digest(*links):
    return extract(page(*links), "https://www.osce.org/secretariat/322492")["content_hash"]


def test_other_path_or_foreign_host_is_another_content():
    same = digest("https://www.osce.org/a?x=1")
    assert same == digest("/a?x=1") == digest("http://bih.osce.org/a?x=1")
    others = {
        digest("https://www.osce.org/b?x=1"),
        digest("https://www.osce.org/a?x=2"),
        digest("https://osce.example/a?x=1"),
    }
    assert len({same, *others}) == 4
    assert digest("/a?x=1", "https://bih.osce.org/a?x=1") == digest("/a?x=1", "/a?x=1")
