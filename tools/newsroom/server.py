"""A small web server on the loopback interface that writes every byte of its answers itself.

It can therefore break them at any byte, see `Wired`. It serves GET and HEAD over HTTP/1.1 with
persistent connections.
"""

import asyncio
import contextlib
import gzip
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Self

from .site import Answer

HOST = "127.0.0.1"
_FASTEST = 1  # of gzip's levels: the crawler is on the same machine
_BLOCK = 65_536
#: The words of each status; those that proxies made up have none.
_PHRASES = {int(one): one.phrase for one in HTTPStatus}
_NO_LINGER = struct.pack("ii", 1, 0)  # a connection closed so ends with a reset (socket(7))


@dataclass(frozen=True)
class Wired(Answer):
    """An answer with options for its transmission; by default it is sent normally.

    :ivar raw: the body in bytes, sent instead of `body`.
    :ivar repeat: how many times the body is repeated, uncompressed.
    :ivar truncate: the share of the (compressed) body that is kept; Content-Length matches it.
    :ivar excess: bytes by which Content-Length is too large; negative: too small.
    :ivar chunked: whether the body is sent in chunks, without its length.
    :ivar cut: the share of the body after which the connection ends; None to keep it open.
    :ivar reset: whether the connection ends with a reset.
    :ivar delay: seconds before the first byte.
    :ivar drip: bytes per piece and seconds between pieces; None to send everything at once.
    :ivar silent: nothing is sent; the client has to disconnect, or the server does if `cut` is set.
    """

    raw: bytes | None = None
    repeat: int = 1
    truncate: float = 1.0
    excess: int = 0
    chunked: bool = False
    cut: float | None = None
    reset: bool = False
    delay: float = 0.0
    drip: tuple[int, float] | None = None
    silent: bool = False


def wired(answer: Answer, **orders: Any) -> Wired:
    """Return the answer with these fields of `Wired` set."""
    return Wired(**{**vars(answer), **orders})


@dataclass(slots=True)
class Hit:
    """One line of the access log, written when a request arrives and completed as it is answered.

    :ivar time: time of arrival (`time.monotonic`); ``ended``: when the answer was sent.
    :ivar head: request line and headers as received.
    :ivar status: zero if there was no answer.
    :ivar sent: bytes of the answer, head and body, passed to the network.
    :ivar left: whether the client disconnected before the end.
    """

    time: float
    method: str
    path: str
    head: str
    status: int = 0
    sent: int = 0
    left: bool = False
    ended: float | None = None

    @property
    def host(self) -> str:
        """The requested host, without a port."""
        return self.headers.get("host", "").partition(":")[0]

    @property
    def headers(self) -> dict[str, str]:
        """The request's headers, names in lower case."""
        lines = (line.partition(":") for line in self.head.split("\r\n")[1:] if line)
        return {name.lower(): value.strip() for name, _, value in lines}


class Server:
    """Serves the answers of `answer`; a context manager that runs in its own thread.

    An exception in `answer` closes the connection, and is raised when the context ends.

    :param host: another address of the loopback interface makes a foreign host.
    :ivar url: its address without a slash at the end; known before the server runs.
    :ivar hits: the access log.
    :ivar most_at_once: the most requests that were open at the same time.
    """

    def __init__(self, port: int = 0, host: str = HOST) -> None:
        self.hits: list[Hit] = []
        self.most_at_once = 0
        self.answer: Callable[[str, Mapping[str, str]], Answer] = lambda _path, _headers: Answer()
        self._open = 0
        self._error: Exception | None = None
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, host, port, start_serving=False)
        )
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._serving = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.url = f"http://{host}:{self._server.sockets[0].getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._serving.wait()  # otherwise the first client may connect too early
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        self._loop.run_until_complete(self._server.start_serving())
        self._serving.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._close())
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        for task, writer in self._connections.items():
            task.cancel()
            writer.transport.abort()
        await asyncio.gather(*self._connections)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._connections[task] = writer
            task.add_done_callback(self._connections.pop)
        gone = asyncio.IncompleteReadError, ConnectionError, ssl.SSLError, asyncio.CancelledError
        with contextlib.suppress(*gone):  # the client has disconnected, or the server stops
            try:
                while await self._one(reader, writer):
                    pass
            finally:
                writer.close()
                await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection is kept."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, target, _ = head.split(" ", 2)
        return await self._logged(Hit(time.monotonic(), method, target, head), reader, writer)

    async def _logged(
        self, hit: Hit, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer a request and complete its log line; return whether the connection is kept."""
        self.hits.append(hit)
        self._open += 1
        self.most_at_once = max(self.most_at_once, self._open)
        try:
            return await self._reply(hit, reader, writer)
        except ConnectionError:
            hit.left = True
            raise
        finally:
            hit.ended = time.monotonic()
            self._open -= 1

    async def _reply(
        self, hit: Hit, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        headers = hit.headers
        try:
            answer = wired(self.answer(hit.path, headers))
        except Exception as error:  # noqa: BLE001  # raised again in the test
            self._error = self._error or error
            return False
        await asyncio.sleep(answer.delay)
        if answer.silent and answer.cut is None:
            hit.left = not await reader.read(1)
            return False
        if not answer.silent:
            hit.status = int(answer.status)
            for piece in _pieces(answer, hit.method, headers):
                if reader.at_eof():
                    hit.left = True
                    return False
                writer.write(piece)
                hit.sent += len(piece)
                await writer.drain()
                if answer.drip is not None:
                    await asyncio.sleep(answer.drip[1])
        if answer.reset:
            line: socket.socket = writer.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        return answer.cut is None and headers.get("connection", "").lower() != "close"


def _pieces(answer: Wired, method: str, headers: Mapping[str, str]) -> Iterator[bytes]:
    """Return head and body as sent over the wire, piece by piece."""
    body = answer.body.encode() if answer.raw is None else answer.raw
    fields = dict(answer.headers)
    packs = "gzip" in headers.get("accept-encoding", "") and "Content-Encoding" not in fields
    if body and packs and answer.repeat == 1:
        body = gzip.compress(body, _FASTEST, mtime=0)
        fields |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    body = body[: int(len(body) * answer.truncate)]
    total = len(body) * answer.repeat
    if answer.chunked:
        fields["Transfer-Encoding"] = "chunked"
    elif answer.status != HTTPStatus.NOT_MODIFIED:
        fields["Content-Length"] = str(max(0, total + answer.excess))
    lines = [f"HTTP/1.1 {int(answer.status)} {_PHRASES.get(answer.status, '')}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    if method == "HEAD":
        yield head
    elif not (answer.chunked or answer.drip or answer.repeat > 1):
        yield head + body[: total if answer.cut is None else int(total * answer.cut)]
    else:
        yield head
        yield from _split(answer, body, total)


def _split(answer: Wired, body: bytes, total: int) -> Iterator[bytes]:
    """Return the sent part of a body in pieces, so that it is never in memory as a whole."""
    step = answer.drip[0] if answer.drip else _BLOCK
    end = total if answer.cut is None else int(total * answer.cut)
    at = 0
    while at < end:
        start = at % len(body)
        piece = body[start : start + min(step, end - at)]
        at += len(piece)
        yield b"%x\r\n%b\r\n" % (len(piece), piece) if answer.chunked else piece
    if answer.chunked and answer.cut is None:
        yield b"0\r\n\r\n"
