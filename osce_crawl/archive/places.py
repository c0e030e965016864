"""The place of a record, and why one cannot be read."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a record in a file.

    :ivar offset: of its first byte in the file, or of its gzip member.
    :ivar length: bytes in the file up to the next record.
    :ivar inside: usually None. If one gzip member holds several records, the offset of this one in
        the decompressed member; then `offset` is that of the member, and `length` goes to the end
        of the file.
    """

    file: Path
    offset: int
    length: int
    inside: int | None = None


class ArchiveError(ValueError):
    """An archive cannot be used at all; the message states the reason and the remedy."""


#: What is wrong with a record that cannot be used.
FLAWS: dict[str, str] = {
    "absent": "the archive has no capture of the address",
    "address": "the record's address is missing or cannot be parsed",
    "cut": "the record is truncated: its end is missing",
    "date": "the record's date cannot be read",
    "digest": "the record is not what was written: its digest differs",
    "encoding": "the body has an unknown compression",
    "garbage": "no record begins here",
    "header": "the record's header cannot be read",
    "length": "the record is not as long as its Content-Length says",
    "no-http": "the record does not begin with the header of a response",
    "revisit": "the record refers to another one that is in none of the files",
    "too-large": "the record or its body is larger than the limit",
    "truncated": "the record was truncated by its writer (`WARC-Truncated`)",
    "unpacking": "the record or its body cannot be decompressed",
}


class RefusedError(ValueError):
    """A record cannot be read, or holds no page.

    :ivar reason: a key of `FLAWS`, used for counting.
    """

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(said or reason)
        self.reason = reason
