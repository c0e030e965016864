"""From the bytes that a server sent to those of a page: HTTP heads, chunks, compression.

Archives differ in what they store. Some store bodies as they were sent; others decode them but keep
the original headers. So the bytes decide, not the headers alone.
"""

import gzip
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import brotli  # type: ignore[import-untyped]  # the package ships without annotations
from backports import zstd

from osce_crawl.archive.places import RefusedError

#: The longest decoded body, in bytes; pages of the newsroom are far smaller.
MOST_BODY = 1 << 24
_PIECE = 1 << 16
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+([1-5]\d\d)(?:[ \t][^\r\n]*)?\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_MOST_HEAD = 1 << 18
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_LENGTH = re.compile(r"[0-9]{1,18}")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[]")
_NOT_ENCODED = frozenset({"", "identity", "none", "binary", "8bit", "utf-8"})
Headers = Sequence[tuple[str, str]]


class BrokenBodyError(ValueError):
    """A compressed body is truncated or not compressed at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer as stored in an archive, its body undecoded.

    :ivar headers: in the original order and spelling, with repeats; decoded as Latin-1.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Return the values of a header, joined by commas; empty if it is missing."""
        return ", ".join(value for one, value in self.headers if one.lower() == name)


def read_answer(block: bytes) -> Answer:
    """Parse the block of a response record.

    :raises RefusedError: ``no-http`` when it does not begin with the head of an answer.
    """
    status = _STATUS.match(block)
    end = _HEAD_END.search(block, status.end() - 2, _MOST_HEAD) if status else None
    # a head without an end has no body
    if status is None or (end is None and len(block) > _MOST_HEAD):
        raise RefusedError("no-http", "the record does not begin with the header of a response")
    head = block[status.end() : end.start() if end else len(block)]
    body = block[end.end() :] if end else b""
    return Answer(int(status[1]), tuple(_headers(head.decode("latin-1"))), body)


def decode(answer: Answer, most: int = MOST_BODY) -> bytes:
    """Return the body of an answer without chunks and compression.

    :param most: the largest body, in bytes.
    :raises RefusedError: ``cut`` (its end is missing), ``encoding`` (unknown), ``unpacking`` (not
        in that compression, or broken), ``too-large``.
    """
    if not answer.body:
        return b""
    transfer = _names_of(answer.header("transfer-encoding"))
    chunked = "chunked" in transfer
    body = unchunked(answer.body, chunked=chunked)
    encodings = _names_of(answer.header("content-encoding"))
    encodings += [one for one in transfer if one != "chunked"]  # applied after the encodings
    length = answer.header("content-length")
    if not chunked and not encodings and _LENGTH.fullmatch(length) and len(body) < int(length):
        raise RefusedError("cut", f"{len(body)} of {length} bytes were received")
    if not encodings and "html" in answer.header("content-type").lower():
        encodings = [name for name, magic in _UNSAID.items() if body.startswith(magic)]
    for encoding in reversed(encodings):
        body = _unpack(body, encoding, most)
    if len(body) > most:
        raise RefusedError("too-large", f"the body has more than {most} bytes")
    return body


def _names_of(value: str) -> list[str]:
    """Return the names that a header lists, except those without effect."""
    names = (one.strip().lower() for one in value.split(","))
    return [one for one in names if one not in _NOT_ENCODED]


def unchunked(body: bytes, *, chunked: bool) -> bytes:
    """Return a body without chunk framing; unchanged if it has none.

    :param chunked: whether a header says that it is chunked.
    :raises RefusedError: ``cut`` when a header says so, it begins with a chunk, and its end is
        missing.
    """
    whole = bytearray()
    at = 0
    while (frame := _CHUNK.match(body, at)) is not None:
        size = int(frame[1], 16)
        if size == 0:
            return bytes(whole)
        at = frame.end() + size
        whole += body[frame.end() : at]
        if body[at : at + 2] != b"\r\n":
            break
        at += 2
    if at and chunked:
        raise RefusedError("cut", "the last chunk is missing")
    return body


def unpacked(body: bytes, encoding: str) -> Iterator[bytes]:
    """Yield the decompressed body piece by piece.

    Like browsers, ignores a wrong checksum and bytes after the end.

    :param encoding: a key of `READERS`.
    :raises BrokenBodyError: after the last piece, if the format's end marker is missing.
    """
    empty = True
    try:
        for piece in READERS[encoding](body):
            empty = empty and not piece
            yield piece
    except gzip.BadGzipFile as error:
        if empty:
            raise BrokenBodyError(str(error)) from error
    except (EOFError, zlib.error, brotli.error, zstd.ZstdError) as error:
        raise BrokenBodyError(str(error)) from error


def _unpack(body: bytes, encoding: str, most: int) -> bytes:
    if encoding not in READERS:
        raise RefusedError("encoding", f"the body has the unknown compression {encoding!r}")
    whole = bytearray()
    try:
        for piece in unpacked(body, encoding):
            whole += piece
            if len(whole) > most:
                raise RefusedError("too-large", f"the body unpacks to more than {most} bytes")
    except BrokenBodyError as error:
        magic = _MAGIC.get(encoding)
        decoded = _MARKUP.match(body) if magic is None else not body.startswith(magic)
        if decoded and not whole:
            return body  # the archive stored it decoded
        raise RefusedError(
            "unpacking", f"the body is not complete {encoding} data: {error}"
        ) from error
    return bytes(whole)


def _headers(head: str) -> Iterator[tuple[str, str]]:
    """Yield the headers of an answer; a folded line continues the one before."""
    name, said = "", ""
    for line in re.split(r"\r?\n", head):
        if line[:1] in {" ", "\t"} and name:
            said = f"{said} {line.strip()}"
            continue
        if name:
            yield name, said
        field, _, value = line.partition(":")
        name, said = field.strip() if _ else "", value.strip()
    if name:
        yield name, said


def _gzip(body: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=BytesIO(body)) as file:
        while piece := file.read1(_PIECE):
            yield piece


def _zstd(body: bytes) -> Iterator[bytes]:
    with zstd.ZstdFile(BytesIO(body)) as file:
        while piece := file.read(_PIECE):
            yield piece


def _deflate(body: bytes) -> Iterator[bytes]:
    reader = zlib.decompressobj()
    try:
        piece = reader.decompress(body, _PIECE)
    except zlib.error:
        reader = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers omit zlib's header
        piece = reader.decompress(body, _PIECE)
    yield piece
    while not reader.eof:
        piece = reader.decompress(reader.unconsumed_tail, _PIECE)
        if not piece and not reader.eof:
            raise EOFError
        yield piece


def _brotli(body: bytes) -> Iterator[bytes]:
    reader = brotli.Decompressor()
    yield reader.process(body, output_buffer_limit=_PIECE)
    while not reader.is_finished():
        piece = reader.process(b"", output_buffer_limit=_PIECE)
        if not piece and not reader.is_finished():
            raise EOFError
        yield piece


_MAGIC = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
#: First bytes of pages that are compressed although no header says so.
_UNSAID = {name: _MAGIC[name] for name in ("gzip", "zstd")}
#: Content-Encoding → function that decompresses it.
READERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
