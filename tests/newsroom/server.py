"""A small web server on the loopback interface that writes every byte of its answers itself.

So that it can later break them at any byte; GET and HEAD over HTTP/1.1 with kept connections.
"""

import asyncio
import contextlib
import gzip
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Self

from .site import Answer

HOST = "127.0.0.1"
_FASTEST = 1  # of gzip's levels: the crawler is on the same machine


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the access log: when it was answered (time.monotonic), path and status."""

    time: float
    path: str
    status: int


class Server:
    """Serve what `answer` says; a context manager that runs in a thread of its own.

    :ivar url: where, without a slash at its end; known before the server runs.
    :ivar hits: the access log.
    """

    def __init__(self, port: int = 0) -> None:
        self.hits: list[Hit] = []
        self.answer: Callable[[str, Mapping[str, str]], Answer] = lambda _path, _headers: Answer()
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, HOST, port, start_serving=False)
        )
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._serving = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.url = f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._serving.wait()  # else the first visitor may come before the door is open
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        self._loop.run_until_complete(self._server.start_serving())
        self._serving.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._close())
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        for writer in self._connections.values():
            writer.transport.abort()
        await asyncio.gather(*self._connections)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._connections[task] = writer
            task.add_done_callback(self._connections.pop)
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the visitor is gone
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection is kept."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *lines = head.split("\r\n")
        method, target, _ = line.split(" ", 2)
        headers = {
            name.lower(): value.strip()
            for name, _, value in (one.partition(":") for one in lines if one)
        }
        answer = self.answer(target, headers)
        self.hits.append(Hit(time.monotonic(), target, int(answer.status)))
        for chunk in _bytes(answer, method, headers):
            writer.write(chunk)
        await writer.drain()
        return headers.get("connection", "").lower() != "close"


def _bytes(answer: Answer, method: str, headers: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Return head and body as they go over the wire."""
    body = answer.body.encode()
    fields = dict(answer.headers)
    if body and "gzip" in headers.get("accept-encoding", ""):
        body = gzip.compress(body, _FASTEST, mtime=0)
        fields |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    if answer.status != HTTPStatus.NOT_MODIFIED:
        fields["Content-Length"] = str(len(body))
    status = HTTPStatus(answer.status)
    lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return head, b"" if method == "HEAD" else body
