"""Data that a download handler adds to a response: when it was received and where it is stored.

It is stored in the response's flags, where no server can forge it.
"""

from datetime import UTC, datetime
from typing import Any

from scrapy.http import Response

_MOMENT = "saved-at:"
_RECORD = "archived:"
_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def moment_flag(moment: datetime) -> str:
    """Return the flag with the time at which a response was received."""
    return f"{_MOMENT}{moment.astimezone(UTC):{_FORMAT}}"


def saved_at(response: Response) -> datetime | None:
    """Return when a recorded or replayed response was received (UTC); None for any other."""
    said = _said(response, _MOMENT)
    return None if said is None else datetime.strptime(said, _FORMAT).replace(tzinfo=UTC)


def record_flag(file: str, offset: int, length: int) -> str:
    """Return the flag with the WARC record that holds the body of a response.

    :param file: the file's name in the archive folder; offset and length are those of the gzip
        member, in bytes.
    """
    return f"{_RECORD}{offset}:{length}:{file}"


def archived_in(response: Response) -> dict[str, Any] | None:
    """Return the WARC record that holds a response's body, as `provenance.archive` names it."""
    said = _said(response, _RECORD)
    if said is None:
        return None
    offset, length, file = said.split(":", 2)
    return {"file": file, "offset": int(offset), "length": int(length)}


def _said(response: Response, word: str) -> str | None:
    said = (flag.removeprefix(word) for flag in response.flags if flag.startswith(word))
    return next(said, None)
