"""Where a record lies, and what keeps one from being read."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies in a file.

    :ivar offset: of its first byte in the file; where records are compressed one by one, of its
        gzip member.
    :ivar length: bytes in the file, to the next record.
    :ivar inside: None; but where one gzip member holds several records, the offset of this one in
        what the member unpacks to. `offset` is that of the member then, `length` goes to the end
        of the file.
    """

    file: Path
    offset: int
    length: int
    inside: int | None = None


class ArchiveError(ValueError):
    """An archive cannot be used at all; the text says why and what to do."""


class RefusedError(ValueError):
    """A record cannot be read, or holds no page.

    :ivar reason: a word to count it by, such as ``cut``.
    """

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(said or reason)
        self.reason = reason
