"""Runs that keep what comes, and are killed while they do."""

from pathlib import Path
from random import Random

from crawl.kills import Moment, kill
from crawl.nights import Nights

from osce_crawl.archive.cdxj import write_index
from osce_crawl.archive.checking import check
from osce_crawl.archive.indexing import lines_by_records
from trials.trial import Scripted

_ITEMS = 60
_RUNS = 20
#: Pages that may be on their way when the run is killed: one asked for, one that has just come.
_UNDER_WAY = 2


def _killed(folder: Path) -> list[str]:
    random, wrong = Random(1), []
    for number in range(_RUNS):
        at = random.randrange(5, _ITEMS)
        (project := folder / str(number)).mkdir()
        with Nights(project, _ITEMS) as nights:
            kill(nights, Moment(request=at), OSCE_ARCHIVE="archive")
        (file,) = (project / "archive").glob("*.warc.gz")
        found = check(file)
        kept = found.records["response"] + found.records["revisit"]
        wrong += [f"killed at {at}: {one.reason} at {one.place.offset}" for one in found.damaged]
        if kept < at - _UNDER_WAY:
            wrong.append(f"killed at {at}: {kept} answers are kept")
        write_index(file, (line.encode() for line in lines_by_records(file)))
        if not check(file).whole:
            wrong.append(f"killed at {at}: the index made afterwards is not that of the records")
    return wrong


ROWS = (
    Scripted(
        name="recorded-kills",
        about=f"{_RUNS} runs that record to an archive are killed at random moments",
        must="every record is complete; only responses in flight are missing; an index can be"
        " created",
        problems=_killed,
    ),
)
