"""A run without OSCE_CONTACTS leaves nothing of a press contact anywhere."""

from dataclasses import replace

import pytest
from crawl.command import Command
from crawl.site import Newsroom, entry, listing, release, releases
from grid import check_each
from pages.contact_shapes import MARKUPS, PERSONAL, contact

#: Words of the text, which are kept.
KEPT = b"stayed until the evening"
TEASER = "people. For further information contact Mira Invented, +43 1 555 01 23.</p>"


def with_contact(one, markup):
    """Return the page of a release with a press contact at the end of its text."""
    page = release(one)
    body = page.body.replace(
        b"\n</div></div></div>", f"{contact(markup, 'en')}</div></div>".encode()
    )
    return replace(page, body=body)


def crawl(folder, **settings):
    facts = releases(len(MARKUPS))
    with Newsroom(facts, rows=50) as site:
        pages = zip(facts, MARKUPS, strict=True)
        site.pages |= {one.at: with_contact(one, markup) for one, markup in pages}
        entries = [entry(one).replace("people.</p>", TEASER) for one in facts]
        site.pages["/press-releases?page=0&rows=50&solrsort=ds_date+desc"] = listing(entries)
        return Command(folder).run(**site.settings, LOG_LEVEL="DEBUG", **settings)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return crawl(tmp_path_factory.mktemp("contacts"))


def files(run):
    return [path for path in run.folder.rglob("*") if path.is_file()]


def test_run_keeps_the_texts(run):
    assert (run.status, len(run.items)) == (0, len(MARKUPS)), run.err
    assert all(KEPT.decode() in item["body"] for item in run.items)
    assert {item["summary"].split(".")[0][-6:] for item in run.items} == {"people"}


def test_run_writes_all_that_it_may_write(run):
    """The feed, its package, changes, the store, and the reports: JSON, page and metrics."""
    assert {path.suffix for path in files(run)} >= {".html", ".json", ".jsonl", ".prom", ".sqlite"}


def test_contact_is_in_no_file(run):
    check_each(
        lambda secret: [path.name for path in files(run) if secret.encode() in path.read_bytes()],
        {secret: [] for secret in PERSONAL},
    )


def test_contact_is_in_no_log(run):
    check_each(
        lambda secret: [line for line in run.errors if secret in line],
        {secret: [] for secret in PERSONAL},
    )
    assert [secret for secret in PERSONAL if secret.encode() in run.out] == []


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return crawl(tmp_path_factory.mktemp("asked"), OSCE_CONTACTS=1)


def test_what_is_sought_is_there_when_asked_for(asked):
    """Otherwise the tests above would hold for a site without contacts."""
    assert all("Invented" in ", ".join(item["contacts"]) for item in asked.items)
    assert KEPT in asked.feed


def test_content_hash_is_the_same_when_asked_for(run, asked):
    hashes = [{item["id"]: item["content_hash"] for item in one.items} for one in (run, asked)]
    assert hashes[0] == hashes[1]
