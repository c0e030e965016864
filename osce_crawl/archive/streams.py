"""Bytes of a WARC file in order, packed or not, a piece at a time."""

import re
import zlib
from typing import BinaryIO

_PIECE = 1 << 16
#: How a gzip member begins: magic number and the one method (RFC 1952, 2.3.1).
GZIP = b"\x1f\x8b\x08"
BEGINNING = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_LONGEST_BEGINNING = 16


class Stream:
    """Bytes of a file from an offset on, read once and in order.

    :ivar position: bytes that were taken or skipped so far.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        self.position = 0
        self._file = file
        self._buffer = bytearray()
        self._offset = offset

    def peek(self, size: int) -> bytes:
        """Return the next bytes and leave them there; fewer at the end."""
        while len(self._buffer) < size and (piece := self._more()):
            self._buffer += piece
        return bytes(memoryview(self._buffer)[:size])

    def take(self, size: int) -> bytes:
        """Return the next bytes; fewer at the end."""
        taken = self.peek(size)
        self._drop(len(taken))
        return taken

    def skip(self, size: int) -> int:
        """Leave out bytes; return how many there were."""
        left = size
        while left:
            if not self._buffer:
                self._buffer += self._more()
                if not self._buffer:
                    break
            some = min(left, len(self._buffer))
            self._drop(some)
            left -= some
        return size - left

    def skip_newlines(self) -> int:
        """Leave out what stands between records; return how many line ends that were."""
        ends = 0
        while (byte := self.peek(1)) in {b"\r", b"\n"}:
            ends += byte == b"\n"
            self._drop(1)
        return ends

    @property
    def at_end(self) -> bool:
        """Whether there are no more bytes."""
        return not self.peek(1)

    def begins_record(self) -> bool:
        """Tell whether a record begins here."""
        return BEGINNING.match(self.peek(_LONGEST_BEGINNING)) is not None

    def _drop(self, size: int) -> None:
        del self._buffer[:size]
        self.position += size

    def _more(self) -> bytes:
        self._file.seek(self._offset)
        piece = self._file.read(_PIECE)
        self._offset += len(piece)
        return piece


class Member(Stream):
    """What a gzip member unpacks to.

    Reading raises zlib.error where the member is damaged.
    """

    def __init__(self, file: BinaryIO, offset: int) -> None:
        super().__init__(file, offset)
        self._reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._packed = b""

    @property
    def whole(self) -> bool:
        """Whether the end of the member was met, and its checksum was right."""
        return self._reader.eof

    @property
    def end(self) -> int:
        """Offset in the file behind what was unpacked."""
        return self._offset - len(self._reader.unused_data or self._packed)

    def _more(self) -> bytes:
        while not self._reader.eof:
            if not self._packed:
                self._packed = super()._more()
            fed = self._packed
            piece = self._reader.decompress(fed, _PIECE)
            self._packed = self._reader.unconsumed_tail
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
    """Tell whether a record begins at an offset, packed or not."""
    file.seek(offset)
    head = file.read(_PIECE // 64)
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _LONGEST_BEGINNING)
        except zlib.error:
            return False
    return BEGINNING.match(head) is not None


_CANDIDATE = re.compile(rb"\x1f\x8b\x08|WARC/\d\.")
