"""Bytes of a WARC file in order, packed or not, a piece at a time."""

import os
import re
import zlib
from typing import BinaryIO

_PIECE = 1 << 16
#: How a gzip member begins: magic number and the one method (RFC 1952, 2.3.1).
GZIP = b"\x1f\x8b\x08"
BEGINNING = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_LONGEST_BEGINNING = 16
_NEXT = re.compile(rb"\n(?=WARC/\d\.\d+[ \t]*\r?\n)")
_LAST = frozenset({b"", b"\r", b"\n", b"\r\n", b"\r\n\r"})
_EMPTY_LINES = (b"\r\n\r\n", b"\n\n")
# Pages of the newsroom unpack to 6 times their size, and sitemaps to 30; what is made to, to 1,000.
_MOST_TIMES, _HARMLESS = 200, 1 << 24


class Stream:
    """Bytes of a file from an offset on, read once and in order.

    :ivar position: bytes that were taken or skipped so far.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self.position = 0
        self._file = file
        self._buffer = bytearray()
        self._start = offset
        self._read_to = offset

    @property
    def offset(self) -> int:
        """Where in the file the next byte is."""
        return self._start + self.position

    def peek(self, size: int) -> bytes:
        """Return the next bytes and leave them there; fewer at the end."""
        self._fill(size)
        return bytes(memoryview(self._buffer)[:size])

    def take(self, size: int) -> bytes:
        """Return the next bytes; fewer at the end."""
        self._file.seek(self.offset)
        taken = self._file.read(size)
        self._go_to(self.position + len(taken))
        return taken

    def skip(self, size: int) -> None:
        """Leave out bytes."""
        self._go_to(self.position + size)

    def skip_newlines(self) -> None:
        """Leave out what stands between records."""
        while self._fill(1):
            ends = len(self._buffer) - len(self._buffer.lstrip(b"\r\n"))
            self._drop(ends)
            if self._buffer:
                return

    @property
    def at_end(self) -> bool:
        """Whether there are no more bytes."""
        return not self.peek(1)

    def begins_record(self) -> bool:
        """Return whether a record begins here."""
        return BEGINNING.match(self.peek(_LONGEST_BEGINNING)) is not None

    def end_is_wrong(self, size: int) -> str | None:
        """Return why no record can end after this many bytes, None where one may.

        They are not read for it: a length that is not true costs nothing.
        """
        end = self.offset + size
        if end > self._file.seek(0, os.SEEK_END):
            return "cut"
        self._file.seek(end)
        return None if _may_follow(self._file.read(_LONGEST_BEGINNING)) else "length"

    def _fill(self, size: int) -> int:
        """See to it that this many bytes are there; return how many there are, fewer at the end."""
        while len(self._buffer) < size and (piece := self._more()):
            self._buffer += piece
        return len(self._buffer)

    def _go_to(self, position: int) -> None:
        ahead = position - self.position
        del self._buffer[:ahead]
        self.position = position
        if not self._buffer:
            self._read_to = self.offset

    def _drop(self, size: int) -> None:
        del self._buffer[:size]
        self.position += size

    def _more(self) -> bytes:
        self._file.seek(self._read_to)
        piece = self._file.read(_PIECE)
        self._read_to += len(piece)
        return piece


def _may_follow(behind: bytes) -> bool:
    """Tell what may stand behind a record: an empty line, the end, or another record."""
    return behind in _LAST or behind.startswith(_EMPTY_LINES) or BEGINNING.match(behind) is not None


class Member(Stream):
    """What a gzip member unpacks to.

    Reading raises zlib.error where the member is damaged, or unpacks to so much that it is a bomb.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        super().__init__(file, offset)
        self._reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._packed = b""
        self._unpacked = 0

    @property
    def whole(self) -> bool:
        """Whether the end of the member was met, and its checksum was right."""
        return self._reader.eof

    @property
    def end(self) -> int:
        """Offset in the file behind what was unpacked."""
        return self._read_to - len(self._reader.unused_data or self._packed)

    def take(self, size: int) -> bytes:
        """Return the next bytes; fewer at the end."""
        taken = self.peek(size)
        self._drop(len(taken))
        return taken

    def skip(self, size: int) -> None:
        """Leave out bytes, up to the end."""
        while size and not self.at_end:
            some = min(size, len(self._buffer))
            self._drop(some)
            size -= some

    def find_record(self, most: int) -> bool:
        """Go to where the next record begins, within this many bytes; return whether one does."""
        last = self.position + most
        while not self.at_end and self.position < last:
            self.peek(_PIECE)
            found = _NEXT.search(self._buffer)
            if found is not None:
                self._drop(found.end())
                return True
            # what is cut here may go on in the next piece
            self._drop(max(1, len(self._buffer) - _LONGEST_BEGINNING))
        return False

    def end_is_wrong(self, size: int) -> str | None:
        """Return why no record can end after this many bytes, which stay there."""
        if self._fill(size + _LONGEST_BEGINNING) < size:
            return "cut"
        behind = bytes(self._buffer[size : size + _LONGEST_BEGINNING])
        return None if _may_follow(behind) else "length"

    def _more(self) -> bytes:
        while not self._reader.eof:
            if not self._packed:
                self._packed = super()._more()
            fed = self._packed
            piece = self._reader.decompress(fed, _PIECE)
            self._packed = self._reader.unconsumed_tail
            self._unpacked += len(piece)
            if self._unpacked > max(_HARMLESS, _MOST_TIMES * (self._read_to - self._start)):
                raise zlib.error("it unpacks to far more than any page does")
            if piece or not fed:
                return piece
        return b""


def next_record(file: BinaryIO, start: int) -> int:
    """Return the offset of the next record or member at or behind `start`; the file's end if none.

    The bytes are looked at as they are, so that what cannot be unpacked is stepped over.
    """
    overlap = _LONGEST_BEGINNING
    offset = start
    while True:
        file.seek(offset)
        piece = file.read(_PIECE + overlap)
        for found in _CANDIDATE.finditer(piece):
            if begins_at(file, offset + found.start()):
                return offset + found.start()
        if len(piece) < _PIECE + overlap:
            return offset + len(piece)
        offset += _PIECE


def begins_at(file: BinaryIO, offset: int) -> bool:
    """Return whether a record begins at an offset, packed or not."""
    file.seek(offset)
    head = file.read(_PIECE // 64)
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _LONGEST_BEGINNING)
        except zlib.error:
            return False
    return BEGINNING.match(head) is not None


_CANDIDATE = re.compile(rb"\x1f\x8b\x08|WARC/\d\.")
