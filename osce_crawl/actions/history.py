"""Implements ``scrapy history``: the versions of an item and their differences."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.text import Text
from scrapy.settings import BaseSettings

from osce_crawl.actions.differences import differences
from osce_crawl.actions.messages import refuse
from osce_crawl.actions.older_store import bring_up_to_date
from osce_crawl.actions.printing import Screen, while_it_is_read, write_json
from osce_crawl.actions.retired_settings import warn_of_retired
from osce_crawl.actions.store_setting import store_path
from osce_crawl.store.database import StoreError, read
from osce_crawl.store.history import Version, resembling, versions
from osce_crawl.store.merge import changed_keys
from osce_crawl.text.forms import printable


def run(settings: BaseSettings | None, args: list[str], *, as_json: bool) -> None:
    """Print the versions of one item."""
    if len(args) != 1:
        refuse("scrapy history takes the id of one item, e.g. scrapy history 322491-en")
    path = store_path(settings)
    warn_of_retired(settings)
    try:
        bring_up_to_date(path)
        with closing(read(path, whole=False)) as db:
            found = list(versions(db, args[0])) or _refuse_unknown(db, path, args[0])
    except (StoreError, sqlite3.Error) as error:
        refuse(f"setting OSCE_STORE: {error}")
    if as_json:
        write_json(machine_report(found))
        return
    screen = Screen()
    with while_it_is_read():
        for line in report(found):
            screen.print(line, soft_wrap=True)


def machine_report(found: list[Version]) -> Iterator[dict[str, Any]]:
    """Yield an object per version: ``change``, ``at``, ``keys`` and the whole ``item``."""
    for version, keys in _with_keys(found):
        yield {"change": version.change, "at": version.at, "keys": keys, "item": version.row}


def report(found: list[Version]) -> Iterator[Text]:
    """Yield the lines for people: a heading per version, then the changes, key by key."""
    last = found[-1].row
    yield Text(printable(f"{last['id']}  {last['title'] or last['url']}"), "bold")
    before: Mapping[str, Any] | None = None
    for version, keys in _with_keys(found):
        yield Text("")
        yield Text(f"revision {version.row['revision']}, {version.change}, {version.at}", "bold")
        if before is not None:
            yield from differences(before, version.row, [key for key in keys if key != "revision"])
        before = version.row


def _with_keys(found: list[Version]) -> Iterator[tuple[Version, tuple[str, ...]]]:
    """Yield each version with the keys that changed; all of them for the first."""
    before: dict[str, Any] | None = None
    for version in found:
        yield version, changed_keys(before, version.row) if before else tuple(version.row)
        before = version.row


def _refuse_unknown(db: sqlite3.Connection, path: Path, item_id: str) -> list[Version]:
    near = resembling(db, item_id)
    hint = f"; the store has {', '.join(near)}" if near else ""
    refuse(f"store {path} has no item {item_id}{hint}")
