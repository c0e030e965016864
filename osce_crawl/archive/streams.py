"""Read the bytes of a WARC file in order and in pieces, compressed or not."""

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
# Pages of the newsroom decompress to 6 times their size, sitemaps to 30 times, bombs to 1,000.
_MOST_TIMES, _HARMLESS = 200, 1 << 24


class Stream:
    """Bytes of a file from an offset on, read once and in order.

    :ivar position: the number of bytes taken or skipped so far.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self.position = 0
        self._file = file
        self._buffer = bytearray()
        self._start = offset
        self._read_to = offset

    @property
    def offset(self) -> int:
        """The offset of the next byte in the file."""
        return self._start + self.position

    def peek(self, size: int) -> bytes:
        """Return the next bytes without taking them; fewer at the end."""
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
        """Skip the newlines between records."""
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
        """Return why no record can end after this many bytes, or None.

        Does not read them, so a wrong length costs nothing.
        """
        end = self.offset + size
        if end > self._file.seek(0, os.SEEK_END):
            return "cut"
        self._file.seek(end)
        return None if _may_follow(self._file.read(_LONGEST_BEGINNING)) else "length"

    def _fill(self, size: int) -> int:
        """Fill the buffer with this many bytes; return its length, which is less at the end."""
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
    """Return whether this may follow a record: an empty line, the end, or another record."""
    return behind in _LAST or behind.startswith(_EMPTY_LINES) or BEGINNING.match(behind) is not None


class Member(Stream):
    """The decompressed content of a gzip member.

    Reading raises zlib.error if the member is damaged, or so large decompressed that it is a bomb.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        super().__init__(file, offset)
        self._reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._packed = b""
        self._unpacked = 0

    @property
    def whole(self) -> bool:
        """Whether the end of the member was reached with a correct checksum."""
        return self._reader.eof

    @property
    def end(self) -> int:
        """The offset in the file after the decompressed part."""
        return self._read_to - len(self._reader.unused_data or self._packed)

    def take(self, size: int) -> bytes:
        """Return the next bytes; fewer at the end."""
        taken = self.peek(size)
        self._drop(len(taken))
        return taken

    def skip(self, size: int) -> None:
        """Skip bytes; stop at the end."""
        while size and not self.at_end:
            some = min(size, len(self._buffer))
            self._drop(some)
            size -= some

    def find_record(self, most: int) -> bool:
        """Go to the next record within this many bytes; return whether there is one."""
        last = self.position + most
        while not self.at_end and self.position < last:
            self.peek(_PIECE)
            found = _NEXT.search(self._buffer)
            if found is not None:
                self._drop(found.end())
                return True
            # a beginning that is cut here may continue in the next piece
            self._drop(max(1, len(self._buffer) - _LONGEST_BEGINNING))
        return False

    def end_is_wrong(self, size: int) -> str | None:
        """Return why no record can end after this many bytes, or None; takes none of them."""
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
    """Return the offset of the next record or member at or after `start`; the file's end if none.

    Searches the raw bytes, so that anything that cannot be decompressed is skipped.
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
    """Return whether a record begins at an offset, compressed or not."""
    file.seek(offset)
    head = file.read(_PIECE // 64)
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _LONGEST_BEGINNING)
        except zlib.error:
            return False
    return BEGINNING.match(head) is not None


_CANDIDATE = re.compile(rb"\x1f\x8b\x08|WARC/\d\.")
