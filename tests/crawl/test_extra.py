"""What Parquet needs is an extra: without it one line says so, and JSON Lines do without."""

import pytest
from crawl.command import REPLAY
from starting import start

#: `scrapy` where the libraries of the extra are not installed.
WITHOUT = """
import sys
sys.modules |= dict.fromkeys(["altair", "numpy", "pyarrow", "vl_convert"])  # importing them fails
from scrapy.cmdline import execute
execute(["scrapy", *sys.argv[1:]])
"""
#: `scrapy` that tells on its last line which modules of the extra were loaded.
LOADED = """
import atexit
import sys
from scrapy.cmdline import execute

extra = {"altair", "numpy", "pyarrow", "vl_convert"}
atexit.register(lambda: print("loaded:", *sorted(extra & set(sys.modules)), file=sys.stderr))
execute(["scrapy", *sys.argv[1:]])
"""


@pytest.fixture
def through(command, tmp_path_factory):
    """Return a function that runs a crawl through a program."""

    def run(source, *words):
        program = tmp_path_factory.mktemp("program") / "program.py"
        program.write_text(source)
        line = command.words("newsroom", "-a", "limit=3", *words, **REPLAY)
        process = start(*line, program=program, cwd=command.folder, env=command.environ)
        return command.wait(process)

    return run


def test_parquet_is_refused_before_the_first_request_where_its_library_is_missing(through):
    run = through(WITHOUT, "-O", "items.jsonl", "-O", "items.parquet")

    (line,) = run.errors

    assert run.status == 2
    assert line == (
        "osce_crawl: feed items.parquet: format parquet needs pyarrow: pip install"
        " 'osce_crawl[dataset]' (in the project's folder: make dataset)"
    )
    assert [one.name for one in run.folder.iterdir()] == ["scrapy.cfg"]


def test_json_lines_are_written_without_it(through):
    run = through(WITHOUT, "-O", "items.jsonl", "-O", "items.csv")

    assert (run.status, len(run.items)) == (0, 3)


def test_crawl_loads_of_it_what_its_format_needs(through):
    """By its ending `.parquet` a feed would be written by a fork that has all of the extra."""
    run = through(LOADED, "-O", "items:parquet")

    assert (run.status, run.errors[-1]) == (0, "loaded: numpy pyarrow")
