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
from pathlib import Path
from typing import Any

from scrapy import commands
from scrapy.settings import default_settings

ROOT = Path(__file__).parents[1]
#: Imported by each command itself, since it reads the environment.
_SETTINGS = "osce_crawl.settings"
#: Imported only by the server of commands that need the extra `dataset`: each other fork would be
#: slower.
_OF_THE_EXTRA = ("osce_crawl.dataset", "osce_crawl.links", "osce_crawl.feeds.arrow")
#: What Scrapy's command line and its log import only in a run.
_WHEN_USED = ("cProfile", "rich._emoji_codes")
_PAGES = ROOT / "fixtures/site/pages"
_ADDRESS = "https://www.osce.org/press-releases"
#: Saved pages of two layouts and languages, one of them with telephone numbers.
_READ = ("448010-en.html", "530770-ru.html")
_LONGEST = 2**20
_STREAMS = 3


def import_all(*, extra: bool) -> None:
    """Import the modules of a crawl, and perhaps those of the `extra`; read pages; freeze all."""
    for name in (*_of_scrapy(), *_of_the_project()):
        if extra or not name.startswith(_OF_THE_EXTRA):
            importlib.import_module(name)
    if extra:
        importlib.import_module("pandas")  # as pyarrow does where there is pandas
    for name in _WHEN_USED:
        importlib.import_module(name)
    importlib.metadata.entry_points(group="scrapy.commands")
    platform.platform()  # asks another process, and remembers the answer
    _read_pages()
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


def serve(control: int, path: list[str]) -> str:
    """Fork a process for each command, until the client is gone.

    It returns in the forked process, with the program to run.

    :param control: the connection to the client, a file descriptor.
    :param path: the interpreter's own part of the search path.
    """
    running: dict[int, int] = {}  # connections that ask for the end of a process: its id
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while True:
        ready = [fd for fd, _ in poll.poll()]
        for fd in running.keys() & ready:
            poll.unregister(fd)
            _tell_end(fd, running.pop(fd))
        if control in ready:
            with socket.socket(fileno=os.dup(control)) as client:
                told, fds, _, _ = socket.recv_fds(client, _LONGEST, _STREAMS + 1)
            if not told:
                sys.exit()
            pid = os.fork()
            if not pid:
                return _become(json.loads(told), fds, path)
            *streams, asker = fds
            for fd in streams:
                os.close(fd)
            os.write(asker, json.dumps(pid).encode())
            running[asker] = pid
            poll.register(asker, select.POLLIN)


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
    import_all(extra=sys.argv.pop() == "extra")
    program = serve(int(sys.argv[1]), own)
    _run(program)
