"""Write responses to a folder that `osce_crawl.downloader.saved_site` can serve."""

from datetime import datetime
from pathlib import Path

from scrapy.http import Response

from osce_crawl.archive.table import key_of
from osce_crawl.downloader.saved_site import INDEX, index_line


class SavedFolder:
    """A folder for OSCE_REPLAY that keeps the first response of each address."""

    def __init__(self, folder: Path) -> None:
        """Create the folder.

        :raises OSError: when it cannot be created.
        """
        self.folder = folder
        self._known: set[str] = set()
        (folder / "pages").mkdir(parents=True, exist_ok=True)

    def add(self, response: Response, moment: datetime) -> None:
        """Write a response with its body decoded, and nothing from the request.

        :raises OSError: when it cannot be written.
        """
        key = key_of(response.url)
        if key in self._known or not response.url.startswith("http"):
            return
        self._known.add(key)
        name = f"pages/{len(self._known):04}.body" if response.body else None
        if name is not None:
            (self.folder / name).write_bytes(response.body)
        line = index_line(response.url, response.status, headers_of(response), moment, name)
        with (self.folder / INDEX).open("ab") as index:
            index.write(line)


def headers_of(response: Response) -> dict[str, str]:
    """Return the headers of a response by name, repeats joined by commas."""
    return {
        header.decode("latin-1"): b", ".join(values).decode("latin-1")
        for header, values in response.headers.items()
    }
