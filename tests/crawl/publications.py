"""The publication according to the files, the store and the change feed: they must agree."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from .nights import replayed, snapshot


def disagreements(folder: Path, *feeds: str) -> Iterator[str]:
    """Yield the disagreements between a project's outputs, which must show the same publication.

    :param feeds: JSON Lines of the whole dataset.
    """
    with closing(sqlite3.connect(folder / "output" / "newsroom.sqlite")) as db:
        order = "published DESC, number DESC, node, language"
        rows = [row for (row,) in db.execute(f"SELECT row FROM item ORDER BY {order}")]
        if db.execute("SELECT * FROM publication").fetchall():
            yield "a publication is not done"
        if db.execute("SELECT 1 FROM run WHERE committed AND ended_at IS NULL").fetchone():
            yield "the end of a published run is not noted"
    for name in feeds:
        if (folder / name).read_text("utf-8").splitlines() != rows:
            yield f"{name} is not what the store holds"
    lines = (folder / "output" / "changes.jsonl").read_text("utf-8").splitlines()
    if replayed(map(json.loads, lines)) != snapshot(map(json.loads, rows)):
        yield "the change feed does not amount to what the store holds"
    yield from _untrue(folder / f"{feeds[0].partition('.')[0]}.datapackage.json", feeds)
    left = [
        path.name for pattern in ("*.part", ".*.old", "*.lock") for path in folder.glob(pattern)
    ]
    if left:
        yield f"left behind: {left}"


def _untrue(package: Path, feeds: tuple[str, ...]) -> Iterator[str]:
    resources = {one["path"]: one for one in json.loads(package.read_bytes())["resources"]}
    for name in feeds:
        sha256 = hashlib.sha256((package.parent / name).read_bytes()).hexdigest()
        if name not in resources or resources[name]["sha256"] != sha256:
            yield f"the data package does not tell of {name}"
