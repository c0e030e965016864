"""A process that has imported Scrapy and the project and forks for each command; see `starting`.

The new process does the work of ``python -m scrapy`` with its own folder, environment, search path,
streams, limits and reactor. It inherits the hash seed, the imported modules and what the readers
of pages remember: vocabularies, compiled patterns and answers for short texts. No other code has
run yet.
"""

import atexit
import gc
import importlib
import importlib.metadata
import json
import os
import pkgutil
import platform
import resource
import runpy
import select
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from scrapy import commands
from scrapy.settings import default_settings

ROOT = Path(__file__).parents[1]
#: Imported by each command itself, since it reads the environment.
_SETTINGS = "osce_crawl.settings"
#: Imported only by a fork of the server, for commands that need the extra `dataset`: each other
#: fork would be slower.
_OF_THE_EXTRA = ("osce_crawl.dataset", "osce_crawl.links", "osce_crawl.feeds.arrow")
#: What Scrapy's command line and its log import only in a run.
_WHEN_USED = ("cProfile", "rich._emoji_codes", "scrapy.cmdline", "statistics")
_PAGES = ROOT / "fixtures/site/pages"
_ADDRESS = "https://www.osce.org/press-releases"
#: Saved pages of two layouts and languages, one of them with telephone numbers.
_READ = ("448010-en.html", "530770-ru.html")
_LONGEST = 2**20
_STREAMS = 3


def import_all() -> None:
    """Import the modules of a crawl, and read pages."""
    for name in (*_of_scrapy(), *_of_the_project()):
        if not name.startswith(_OF_THE_EXTRA):
            importlib.import_module(name)
    # at each start, Scrapy looks for commands in all installed packages: it reads a hundred files
    importlib.metadata.entry_points = cache(importlib.metadata.entry_points)
    for name in _WHEN_USED:
        importlib.import_module(name)
    importlib.metadata.entry_points(group="scrapy.commands")
    platform.platform()  # asks another process, and remembers the answer
    importlib.import_module("osce_crawl.columns").columns()
    _read_pages()
    _freeze()


def _import_extra() -> None:
    for name in _of_the_project():
        importlib.import_module(name)
    importlib.import_module("pandas")  # as pyarrow does where there is pandas
    _freeze()


def _freeze() -> None:
    if "twisted.internet.reactor" in sys.modules or threading.active_count() > 1:
        raise RuntimeError("a reactor or a thread cannot be forked")
    gc.freeze()  # garbage collection would unshare the memory


def _of_scrapy() -> Iterator[str]:
    yield from (found.name for found in pkgutil.iter_modules(commands.__path__, "scrapy.commands."))
    for value in vars(default_settings).values():
        yield from _named(value)


def _named(setting: Any) -> Iterator[str]:
    """Yield the modules of the classes that a setting names."""
    if isinstance(setting, dict):
        for one in (*setting, *setting.values()):
            yield from _named(one)
    elif isinstance(setting, str) and setting.startswith("scrapy."):
        yield setting.rpartition(".")[0]


def _of_the_project() -> Iterator[str]:
    for file in sorted(ROOT.glob("osce_crawl/**/*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if name != _SETTINGS:
            yield name


def _read_pages() -> None:
    """Read some saved pages, so that what all readings share is in memory.

    Where that fails, the commands show why.
    """
    # found by the search path that the server sets
    from osce_crawl.extraction import extract, extract_listing
    from osce_crawl.vocabulary import gazetteer

    with suppress(Exception):
        extract_listing((_PAGES / "listing-newsroom-0.html").read_bytes(), _ADDRESS)
        for name in _READ:
            extract((_PAGES / name).read_bytes(), f"{_ADDRESS}/{name}")
    gazetteer._gazetteer().close()  # each process needs a connection of its own
    gazetteer._gazetteer.cache_clear()


class Server:
    """Forks a process for each command, until standard input closes.

    Connections are file descriptors: the forked process closes them all.

    :ivar asked: where clients connect, if it accepts any; ``clients``: their connections.
    :ivar running: the connections that ask for the end of a process, with its id.
    :ivar extra: the connection to the fork that has imported the extra, once it was needed.
    """

    def __init__(self, asked: int) -> None:
        self.asked: int | None = asked
        self.clients: set[int] = set()
        self.running: dict[int, int] = {}
        self.extra: int | None = None

    def serve(self) -> tuple[dict[str, Any], list[int]]:
        """Serve; return, in a forked process, what it was told and its streams."""
        while True:
            poll = select.poll()
            poll.register(sys.stdin, select.POLLIN)
            for fd in ({self.asked} - {None}) | self.clients | self.running.keys():
                poll.register(fd, select.POLLIN)
            for fd, _ in poll.poll():
                if fd == self.asked:
                    with _socket(fd) as asked:
                        self.clients.add(asked.accept()[0].detach())
                elif fd in self.running:
                    _tell_end(fd, self.running.pop(fd))
                elif fd not in self.clients:
                    sys.exit()
                elif (command := self._take(fd)) is not None:
                    return command

    def _take(self, client: int) -> tuple[dict[str, Any], list[int]] | None:
        """Read a command and fork; return it in the forked process only."""
        with _socket(client) as connection:
            said, fds, _, _ = socket.recv_fds(connection, _LONGEST, _STREAMS + 1)
        if not said:
            self.clients.remove(client)
            os.close(client)
            return None
        told = json.loads(said)
        if told["extra"] and self.asked is not None:
            command = self._pass_on(said, fds)
            if command is not None:
                return command
        else:
            pid = os.fork()
            if not pid:
                return told, fds
            asker = fds.pop()
            os.write(asker, json.dumps(pid).encode())
            self.running[asker] = pid
        for fd in fds:
            os.close(fd)
        return None

    def _pass_on(self, said: bytes, fds: list[int]) -> tuple[dict[str, Any], list[int]] | None:
        """Leave a command to the fork that has imported the extra, which serves like this one."""
        if self.extra is None:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self.extra, other = ours.detach(), theirs.detach()
            if not os.fork():
                os.closerange(_STREAMS, other)
                os.closerange(other + 1, os.sysconf("SC_OPEN_MAX"))
                self.asked, self.clients, self.running = None, {other}, {}
                _import_extra()
                return self.serve()
            os.close(other)
        with _socket(self.extra) as extra:
            socket.send_fds(extra, [said], fds)
        return None


def _socket(fd: int) -> socket.socket:
    return socket.socket(fileno=os.dup(fd))


def _tell_end(asker: int, pid: int) -> None:
    """Send the exit status of a process that has ended, CPU time and memory; release its id.

    A client that is gone has sent nothing: its process is left to the system.
    """
    if os.read(asker, 1):
        _, status, used = os.wait4(pid, 0)
        seconds = used.ru_utime + used.ru_stime
        answer = os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss * 1024
        os.write(asker, json.dumps(answer).encode())
    os.close(asker)


def _become(told: dict[str, Any], fds: list[int], path: list[str]) -> str:
    """Become the process that was asked for; return its program.

    :param path: the interpreter's own part of the search path.
    """
    for number, fd in enumerate(fds[:_STREAMS]):
        os.dup2(fd, number)
    os.closerange(_STREAMS, os.sysconf("SC_OPEN_MAX"))
    os.chdir(told["cwd"])
    os.environ.clear()
    os.environ.update(told["env"])
    time.tzset()
    named = told["env"].get("PYTHONPATH", "")
    program = told["program"]
    first = str(Path(program).parent) if program.endswith(".py") else told["cwd"]
    sys.path[:] = [first, *(one for one in named.split(os.pathsep) if one), *path]
    sys.argv[1:] = told["words"]
    sys.modules.pop("sitecustomize", None)
    with suppress(ModuleNotFoundError):
        importlib.import_module("sitecustomize")
    for limit, value in told["limits"].items():
        resource.setrlimit(int(limit), (value, resource.getrlimit(int(limit))[1]))
    return program


def _run(program: str) -> None:
    """Run a program and end as the interpreter does, but leave the memory to the system.

    To take apart all that was imported costs more than a crawl of some pages. An end that is not
    plain is left to the interpreter.
    """
    try:
        if program.endswith(".py"):
            runpy.run_path(program, run_name="__main__")
        else:
            runpy.run_module(program, run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        status = end.code or 0
    main = threading.main_thread()
    if any(one is not main and not one.daemon for one in threading.enumerate()):
        sys.exit(status)
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(status)  # the interpreter has its own status for this
    os._exit(status)


if __name__ == "__main__":
    own = sys.path[1:]
    sys.path[0] = str(ROOT)
    import_all()
    _run(_become(*Server(int(sys.argv.pop())).serve(), own))
