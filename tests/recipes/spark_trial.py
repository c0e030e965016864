"""The Spark job on Spark in local mode, compared with `scrapy reextract`: `make spark`.

It needs .venv/spark, an environment with the requirements of the crawler and of recipes/spark, and
Java.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from archive.warcs import http, record
from crawl.command import ROOT
from reextract.rereading import NOW, Reextract, saved_site

BIN = ROOT / ".venv" / "spark" / "bin"
JOB = ROOT / "recipes" / "spark" / "job.py"
THREADS = 3
#: Reads Parquet with a library other than the writer's; dates and times as in the feed.
READ = """
import json, sys
from datetime import date, datetime
import pyarrow.parquet as parquet

def text(value):
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value.isoformat()

table = parquet.read_table(sys.argv[1])
print(json.dumps({field.name: str(field.type) for field in table.schema}))
for row in table.to_pylist():
    print(json.dumps(row, default=text))
"""


class Job:
    """The job as run in recipes/README.md, and its output.

    :ivar told: its last line.
    :ivar types: the columns' types as read by Arrow; ``rows``: their values.
    """

    def __init__(self, folder: Path, *archives: str, **environ: str) -> None:
        done = subprocess.run(
            [
                *("spark-submit", "--master", f"local[{THREADS}]"),
                *("--conf", "spark.ui.enabled=false"),
                *(str(JOB), *archives, str(folder)),
            ],
            env=self._environ() | environ,
            capture_output=True,
            check=False,
            timeout=600,
        )
        self.said = (done.stderr + done.stdout).decode()  # Spark writes the job's output to either
        self.status = done.returncode
        if self.status:
            return
        self.told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        shown = subprocess.run(
            [BIN / "python", "-c", READ, str(folder)], capture_output=True, check=True
        )
        self.types, *self.rows = map(json.loads, shown.stdout.splitlines())

    @staticmethod
    def _environ() -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if "SPARK" not in name}
        path = f"{BIN}:{clean['PATH']}"
        return clean | {"PATH": path, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of WARC files: the offline site in two files, and a damaged one."""
    folder = tmp_path_factory.mktemp("spark") / "archive"
    folder.mkdir()
    whole = saved_site(folder / "site.warc")
    records = [b"WARC/1.1" + one for one in whole.read_bytes().split(b"WARC/1.1")[1:]]
    whole.unlink()
    for number in range(2):
        (folder / f"{number}.warc").write_bytes(b"".join(records[number::2]))
    bomb = record(http(b"\x1f\x8b no gzip", "Content-Encoding: gzip"), "https://osce.org/odihr/77")
    cut = record(http(b"<p>A page that is cut"), "https://osce.org/odihr/78")[:-9]
    (folder / "damaged.warc").write_bytes(b"no record\r\n\r\n" + bomb + cut)
    return folder


@pytest.fixture(scope="module")
def job(archive: Path) -> Job:
    return Job(archive.parent / "releases", str(archive))


@pytest.fixture(scope="module")
def reextracted(archive: Path) -> list[dict[str, Any]]:
    """Return the items of `scrapy reextract`."""
    command = Reextract(archive.parent)
    return command.run("archive", OSCE_NOW=NOW, OSCE_STORE="").items


def test_folder_that_is_there_is_refused_before_anything_is_read(archive, tmp_path):
    refused = Job(tmp_path, str(archive))
    assert (refused.status, list(tmp_path.iterdir())) == (2, [])
    assert f"{tmp_path} exists already" in refused.said


def test_items_are_those_of_reextract_in_its_order(job, reextracted):
    assert job.status == 0, job.said
    assert len(job.rows) >= 70
    assert job.rows == reextracted


def test_columns_have_types(job):
    assert job.types["published"] == "date32[day]"
    assert job.types["fetched_at"] == "timestamp[ms, tz=UTC]"
    assert job.types["revision"] == "int64"
    assert job.types["places"].startswith("list<element: struct<name: string, kind: string")
    assert "latitude: double" in job.types["places"]


def test_what_is_refused_is_counted_by_reason(job):
    refused = job.told["refused"]

    assert job.told["files"] == 3
    assert job.told["items"] == len(job.rows)
    assert refused["event"] == 1
    assert refused["challenge"] == 1
    assert refused["garbage"] == 1
    assert refused["cut"] == 1


@contextmanager
def object_store(bodies: dict[str, bytes], hits: list[str]) -> Iterator[str]:
    """Yield the address of a server for the few S3 requests needed for reading.

    :param hits: gets a line for each read request.
    """

    class Store(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def _answer(self, *, with_body: bool) -> None:
            body = bodies[self.path.partition("?")[0]]
            first, last = 0, len(body) - 1
            if asked := self.headers.get("Range"):
                first, last = map(int, asked.removeprefix("bytes=").split("-"))
            part = body[first : last + 1]
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(len(part)))
            self.send_header("ETag", '"1"')
            self.send_header("Last-Modified", "Mon, 02 Nov 2026 03:00:00 GMT")
            if asked:
                end = first + len(part) - 1
                self.send_header("Content-Range", f"bytes {first}-{end}/{len(body)}")
            self.end_headers()
            if with_body:
                hits.append(f"{self.path} {asked}")
                self.wfile.write(part)

        def log_message(self, *_args: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_files_of_an_object_store_are_read_and_of_each_record_its_bytes_alone(archive, tmp_path):
    bodies = {f"/bucket/{path.name}": path.read_bytes() for path in archive.glob("?.warc")}
    hits: list[str] = []
    with object_store(bodies, hits) as store:
        where = f"?endpoint_override={store}&scheme=http&region=eu-central-1"
        far = Job(tmp_path / "far", *(f"s3://key:secret@bucket/{n}.warc{where}" for n in range(2)))

    near = Job(tmp_path / "near", *(str(archive / f"{number}.warc") for number in range(2)))
    assert far.rows == near.rows
    assert len(set(hits)) > len(far.rows)
