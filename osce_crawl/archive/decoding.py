"""From what a server sent to the bytes of a page: HTTP heads, chunks, compression.

Archives do not agree on what they keep. Some keep bodies as they were sent; others decode them and
leave the headers as they were. So the bytes decide, not the headers alone.
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

#: The longest body, in bytes, once it is decoded: no page of the newsroom comes near it.
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
    """A compressed body is cut, or was never one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server as an archive has it, its body undecoded.

    :ivar headers: in their order and spelling, repeats kept; in Latin-1, as bytes go.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Return the values of a header, joined by commas; nothing where there is none."""
        return ", ".join(value for one, value in self.headers if one.lower() == name)


def read_answer(block: bytes) -> Answer:
    """Take the block of a response record apart.

    :raises RefusedError: ``no-http``, where it does not begin with the head of an answer.
    """
    status = _STATUS.match(block)
    end = _HEAD_END.search(block, status.end() - 2, _MOST_HEAD) if status else None
    # a head without end is one without body
    if status is None or (end is None and len(block) > _MOST_HEAD):
        raise RefusedError("no-http", "the record does not begin with the head of an answer")
    head = block[status.end() : end.start() if end else len(block)]
    body = block[end.end() :] if end else b""
    return Answer(int(status[1]), tuple(_headers(head.decode("latin-1"))), body)


def decode(answer: Answer, most: int = MOST_BODY) -> bytes:
    """Return the body of an answer without chunks and compression.

    :param most: bytes.
    :raises RefusedError: ``cut`` (its end is missing), ``encoding`` (unknown), ``unpacking`` (no
        such compression, or broken), ``too-large``.
    """
    if not answer.body:
        return b""
    transfer = _names_of(answer.header("transfer-encoding"))
    chunked = "chunked" in transfer
    body = unchunked(answer.body, chunked=chunked)
    encodings = _names_of(answer.header("content-encoding"))
    encodings += [one for one in transfer if one != "chunked"]  # it came on top
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
    """Return the names that a header lists, but for those that mean nothing."""
    names = (one.strip().lower() for one in value.split(","))
    return [one for one in names if one not in _NOT_ENCODED]


def unchunked(body: bytes, *, chunked: bool) -> bytes:
    """Return a body without the frames of chunks, or as it is where it has none.

    :param chunked: whether a header says that it has some.
    :raises RefusedError: ``cut``, where a header says so, it begins so, and its end is missing.
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
    """Yield what a compressed body holds, a piece at a time.

    A checksum that is wrong and bytes behind the end do not count, as with browsers.

    :param encoding: a key of `READERS`.
    :raises BrokenBodyError: where the end that the format marks is missing, after what there is.
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
        raise RefusedError("encoding", f"the body is encoded in {encoding!r}")
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
            return body  # as it was before it was kept
        raise RefusedError("unpacking", f"the body is not a whole {encoding}: {error}") from error
    return bytes(whole)


def _headers(head: str) -> Iterator[tuple[str, str]]:
    """Yield the headers of an answer; a folded line belongs to the one before."""
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
        reader = zlib.decompressobj(-zlib.MAX_WBITS)  # without zlib's header, as some servers do
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
#: What a page begins with that is packed although no header says so.
_UNSAID = {name: _MAGIC[name] for name in ("gzip", "zstd")}
#: What each name of Content-Encoding is unpacked by.
READERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
