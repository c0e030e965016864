"""What Parquet needs is an extra: without it one line says so, and JSON Lines do without."""

import subprocess
import sys

import pytest
from crawl.command import REPLAY
from starting import start

#: `scrapy` where a module is not installed.
WITHOUT = """
import sys
sys.modules[{module!r}] = None  # importing it fails
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
def program(tmp_path_factory):
    return tmp_path_factory.mktemp("program") / "program.py"


def line(command, *words):
    return command.words("newsroom", "-a", "limit=3", *words, **REPLAY)


@pytest.fixture
def through(command, program):
    """Return a function that runs a crawl through a program."""

    def run(source, *words):
        program.write_text(source)
        process = start(
            *line(command, *words), program=program, cwd=command.folder, env=command.environ
        )
        return command.wait(process)

    return run


def test_parquet_is_refused_before_the_first_request_where_its_library_is_missing(through):
    run = through(WITHOUT.format(module="pyarrow"), "-O", "items.jsonl", "-O", "items.parquet")

    (line,) = run.errors

    assert run.status == 2
    assert line == (
        "osce_crawl: feed items.parquet: format parquet needs pyarrow: pip install"
        " 'osce_crawl[dataset]' (in the project's folder: make dataset)"
    )
    assert [one.name for one in run.folder.iterdir()] == ["scrapy.cfg"]


def test_json_lines_are_written_without_it(through):
    run = through(WITHOUT.format(module="pyarrow"), "-O", "items.jsonl", "-O", "items.csv")

    assert (run.status, len(run.items)) == (0, 3)


@pytest.mark.parametrize(
    ("name", "loaded"), [("items.jsonl", ""), ("items.parquet", " numpy pyarrow")]
)
def test_crawl_loads_of_it_what_its_format_needs(command, program, name, loaded):
    """An interpreter of its own: the server that forks others has imported more."""
    program.write_text(LOADED)
    run = subprocess.run(
        [sys.executable, str(program), *line(command, "-O", name)],
        cwd=command.folder,
        env=command.environ,
        stderr=subprocess.PIPE,
        check=False,
    )

    last = run.stderr.decode().splitlines()[-1].rstrip()
    assert (run.returncode, last) == (0, f"loaded:{loaded}")
