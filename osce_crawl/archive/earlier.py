"""The last recorded response of each address, so that unchanged ones are not stored twice."""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from osce_crawl.archive.cdxj import REVISIT, Line, decode, index_of, read_index

logger = logging.getLogger(__name__)

#: The number of captures of earlier runs held in memory, from the newest files: about 40 MB.
MOST = 50_000


class Earlier:
    """The last whole response of each address, from this run and the indexes of earlier ones."""

    def __init__(self, folder: Path, since: datetime | None = None) -> None:
        """Read the indexes in a folder, the newest first, up to `MOST` captures.

        :param since: ignore older captures; None: use all.
        """
        self._lines: dict[str, bytes] = {}
        for line in _newest(folder):
            if len(self._lines) >= MOST:
                break
            if (since is None or line.moment >= since) and line.url not in self._lines:
                self.add(line)

    def add(self, line: Line) -> None:
        """Remember a response if it holds a whole page."""
        whole = line.mime != REVISIT and line.truncated is None
        if whole and line.status == "200" and line.digest is not None:
            self._lines[line.url] = line.encode()

    def of(self, url: str) -> Line | None:
        """Return the last response of an address, or None."""
        line = self._lines.get(url)
        return None if line is None else decode(line)


def _newest(folder: Path) -> Iterator[Line]:
    """Yield the lines of the indexes in a folder, the newest files first."""
    files = sorted(folder.glob("*.warc.gz"), key=lambda one: one.name, reverse=True)
    for file in files:
        try:
            yield from sorted(read_index(file), key=lambda one: one.moment, reverse=True)
        except FileNotFoundError:
            continue  # its run was killed; `scrapy archive index` makes the index
        except (OSError, ValueError) as error:
            logger.warning("%s cannot be used: %s", index_of(file), error)
