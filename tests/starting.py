"""Starts `scrapy` commands for tests: in a separate process, without the second for imports.

A server forks the process, see `fork_server`; all processes of a test run share one. Tests of
interpreter settings, closed streams or import times start `COMMAND` directly. `test_starting.py`
shows that both ways give the same result.
"""

import atexit
import functools
import json
import os
import re
import resource
import select
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

#: The command line itself.
COMMAND = (sys.executable, "-m", "scrapy")
_SERVER = Path(__file__).with_name("fork_server.py")
#: The variable that tells the processes that this one starts where the server is.
_SHARED = "FORK_SERVER"
#: Variables that an interpreter reads when it starts: the server's values apply.
_OF_THE_INTERPRETER = ("PYTHON", "LANG", "LC_")
#: What the commands that need the extra `dataset` say.
_OF_THE_EXTRA = re.compile(r"^dataset\b|(\.|-:)parquet\b", re.IGNORECASE)


class Process:
    """A running command, used like a `subprocess.Popen`.

    :ivar usage: its CPU time in seconds, once it has ended; ``memory``: its peak memory in bytes,
        which is at least that of the fork server.
    """

    def __init__(self, keeper: socket.socket, streams: Sequence[int | None]) -> None:
        self.stdout, self.stderr = (one if one is None else os.fdopen(one, "rb") for one in streams)
        self.returncode: int | None = None
        self.usage = 0.0
        self.memory = 0
        if not (said := keeper.recv(100)):
            raise RuntimeError("the fork server has ended, and says why on standard error")
        self.pid: int = json.loads(said)
        self._keeper = keeper
        self._end = os.pidfd_open(self.pid)
        self._read: dict[Any, bytes] = {self.stdout: b"", self.stderr: b""}

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return its exit status; raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._end], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(COMMAND, timeout or 0.0)
            self._keeper.sendall(b"?")
            self.returncode, self.usage, self.memory = json.loads(self._keeper.recv(100))
            self._keeper.close()
            os.close(self._end)
        return self.returncode

    def poll(self) -> int | None:
        """Return its exit status, None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def send_signal(self, number: int) -> None:
        """Send it a signal if it still runs."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._end, number)

    def kill(self) -> None:
        """Send it SIGKILL if it still runs."""
        self.send_signal(signal.SIGKILL)

    @property
    def said(self) -> bytes:
        """What `communicate` has read so far of its standard error."""
        return self._read[self.stderr]

    def communicate(self, timeout: float | None = None) -> tuple[bytes, bytes]:
        """Read its streams to the end and wait; after TimeoutExpired no output is lost."""
        last = None if timeout is None else time.monotonic() + timeout
        with selectors.DefaultSelector() as unread:
            for stream in {self.stdout, self.stderr} - {None}:
                if not stream.closed:
                    unread.register(stream, selectors.EVENT_READ)
            while unread.get_map():
                ready = unread.select(None if last is None else max(0, last - time.monotonic()))
                if not ready:
                    raise subprocess.TimeoutExpired(COMMAND, timeout or 0.0)
                for stream in (key.fileobj for key, _ in ready):
                    part = stream.read1()
                    self._read[stream] += part
                    if not part:
                        unread.unregister(stream)
                        stream.close()
        self.wait(None if last is None else max(0, last - time.monotonic()))
        return self._read[self.stdout], self._read[self.stderr]


def start(
    *words: object,
    cwd: Path,
    env: Mapping[str, str],
    program: str | Path = "scrapy",
    page: bytes = b"",
    stdout: IO[bytes] | None = None,
    stderr: IO[bytes] | None = None,
    limits: Mapping[str, int] | None = None,
) -> Process:
    """Start ``scrapy`` with `words`.

    :param program: another module, or a file.
    :param page: its standard input.
    :param stdout: a file for its output, instead of the process's `stdout`; likewise `stderr`.
    :param limits: soft limits such as ``{"RLIMIT_FSIZE": 8192}``, see `resource`.
    :raises ValueError: if the environment requires another interpreter than the server's.
    """
    if _interpreter(env) != _interpreter(os.environ):
        raise ValueError("the interpreter's own settings differ: start COMMAND itself")
    given = {getattr(resource, name): limit for name, limit in (limits or {}).items()}
    line = [str(one) for one in words]
    extra = _OF_THE_EXTRA.search(" ".join(line)) is not None
    told = {"program": str(program), "words": line, "cwd": str(cwd), "extra": extra}
    said = json.dumps({**told, "env": dict(env), "limits": given}).encode()
    ours, theirs = socket.socketpair()
    with ExitStack() as stack:
        stdin = stack.enter_context(tempfile.TemporaryFile())
        stdin.write(page)
        stdin.seek(0)
        read: list[int | None] = []
        written = []
        for file in (stdout, stderr):
            if file is None:
                end, start = os.pipe()
                stack.callback(os.close, start)
            else:
                end, start = None, file.fileno()
            read.append(end)
            written.append(start)
        end = stack.enter_context(theirs).fileno()
        socket.send_fds(_server(), [said], [stdin.fileno(), *written, end])
    return Process(ours, read)


def _interpreter(env: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in env.items()
        if name.startswith(_OF_THE_INTERPRETER) and name != "PYTHONPATH"
    }


@functools.cache
def _server() -> socket.socket:
    """Return this process's connection to the server."""
    share()
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.connect(f"\0{os.environ[_SHARED]}")
    atexit.register(connection.close)
    return connection


def share() -> None:
    """Share one server with the processes that this one starts; their first command starts it.

    It ends with this process. In a process that shares one already nothing happens.
    """
    if _SHARED in os.environ:
        return
    asked = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    asked.bind("")  # a name that Linux chooses, and that is no file
    asked.listen()
    os.environ[_SHARED] = asked.getsockname()[1:].decode()
    threading.Thread(target=_serve, args=[asked], daemon=True).start()


def _serve(asked: socket.socket) -> None:
    """Start the server once somebody has connected."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    select.select([asked], [], [])
    with asked:
        server = subprocess.Popen(
            [sys.executable, str(_SERVER), str(asked.fileno())],
            env={**environ, "OPENBLAS_NUM_THREADS": "1"},  # threads cannot be forked
            stdin=subprocess.PIPE,  # never written: it closes with this process
            stdout=subprocess.DEVNULL,
            pass_fds=[asked.fileno()],
        )
    atexit.register(server.communicate)
