"""Archives of hostile records: each costs itself, and the pages between them are read."""

from archive.hostile import URL, answers, hostile
from archive.warcs import http, packed, record
from crawl.site import entry, fact, listing, release

SITE = "https://www.osce.org"


def test_releases_between_hostile_records_are_read(reextract, tmp_path):
    facts = [fact(322_500 + number) for number in range(len(hostile()))]
    listed = record(http(listing(map(entry, facts)).body), f"{SITE}/press-releases")
    releases = [record(http(release(one).body), f"{SITE}{one.address}") for one in facts]
    pages = [record(block, URL.format(1000 + n)) for n, (block, _) in enumerate(answers().values())]
    between = [
        packed([page]) + block
        for page, (block, _) in zip(releases, hostile().values(), strict=True)
    ]
    (tmp_path / "some.warc.gz").write_bytes(packed([listed, *pages]) + b"".join(between))

    done = reextract.run("some.warc.gz", OSCE_STORE="", OSCE_MAX_FAILED=1, OSCE_MAX_UNREADABLE=1)

    assert done.status == 3, done.err
    assert {one.node for one in facts} == {int(one["node"]) for one in done.items}
    assert all(one["summary"] for one in done.items)
    assert "records of the archive cannot be read" in done.err
