"""A crawl of a hostile archive: what can be read is, the rest is refused, in bounded memory."""

import gzip

from archive.hostile import LIMIT_MB, PEAK, URL, answers, hostile
from archive.warcs import http, packed, record
from crawl.command import Command
from crawl.site import fact, release

GOOD = 20
#: Python runs this first: what the process took at its most is left in a file, in megabytes.
LEAVE = """
import atexit, pathlib
atexit.register(lambda: pathlib.Path(__file__).with_name("peak").write_text(str(peak())))
"""


def test_a_hostile_archive_is_crawled(command: Command) -> None:
    pages = {n: release(fact(n)).body for n in range(1000, 1000 + GOOD)}
    good = [
        record(http(body), URL.format(n), date="2025-05-01T00:00:00Z") for n, body in pages.items()
    ]
    deep = http(pages[1000].replace(b"<p>", b"<div>" * 10_000 + b"<p>"))
    strange = http(b"\xff\xfe\x00" + pages[1001], media="text/html; charset=nobody")
    odd = [
        record(block, URL.format(5000 + n))
        for n, block in enumerate([deep, strange, *(block for block, _ in answers().values())])
    ]
    members = [packed([one]) for one in [*good, *odd]]
    breaks = [member for member, _ in hostile().values()]
    (command.folder / "x.warc.gz").write_bytes(b"".join([*members[:9], *breaks, *members[9:]]))
    whole = gzip.compress(b"".join(good[:20]) + b"garbage")
    (command.folder / "y.warc.gz").write_bytes(whole[:-30])

    (command.folder / "sitecustomize.py").write_text(PEAK + LEAVE)
    result = command.run(OSCE_REPLAY="*.warc.gz", OSCE_STORE="", OSCE_MAX_FAILED=1)

    assert result.status == 3, result.err
    assert {f"{n}-en" for n in pages} <= set(result.ids)
    assert int((command.folder / "peak").read_text()) < LIMIT_MB
    assert "Traceback" not in result.err
    assert "Captures " in result.err
