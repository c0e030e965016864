"""Processes that read pages, one per processor.

If a process dies while reading (a page may crash a library, or the system may kill a process that
uses too much memory), only the page it was reading is lost.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Generic, TypeVar

#: How many pages are sent to a process at once: with fewer, messages cost more than necessary; with
#: more, a stopped run has to wait longer.
_BATCH = 16
#: How many batches are queued per process, so that none runs idle.
_AHEAD = 3
#: How a process starts: it inherits none of the engine's threads and signal handlers.
START = "spawn"
T = TypeVar("T")
R = TypeVar("R")


class DiedError(Exception):
    """The process that was reading a page died."""

    def __init__(self) -> None:
        super().__init__("the process that was reading it died")


class Processes:
    """Processes that apply a function to tasks; end them with `close`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = self._begin()

    def _begin(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(START)
        return ProcessPoolExecutor(self.count, mp_context=context, initializer=_prepare)

    def close(self) -> None:
        """Start no more tasks and let the processes end."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def results(
        self, function: Callable[[T], R], tasks: Iterable[T]
    ) -> AsyncIterator[tuple[T, R | DiedError]]:
        """Yield each task with the function's result, in order.

        Tasks are consumed when there is room for them. Exceptions of the function are passed on.

        :param function: a module's function; tasks and results must be picklable.
        """
        work = _Work(function)
        under_way: deque[tuple[Sequence[T], ProcessPoolExecutor, Future[list[R]]]] = deque()
        for batch in _batches(tasks):
            under_way.append((batch, *self._submit(work, batch)))
            if len(under_way) > _AHEAD * self.count:
                for pair in await self._result(work, *under_way.popleft()):
                    yield pair
        while under_way:
            for pair in await self._result(work, *under_way.popleft()):
                yield pair

    async def _result(
        self,
        work: "_Work[T, R]",
        batch: Sequence[T],
        pool: ProcessPoolExecutor,
        future: "Future[list[R]]",
    ) -> list[tuple[T, R | DiedError]]:
        try:
            results = await asyncio.wrap_future(future)
        except BrokenProcessPool:
            self._begin_again(pool)
            alone: list[tuple[T, R | DiedError]] = []
            for task in batch:
                result = await self._alone(work, task)
                alone.append((task, result))
            return alone
        return list(zip(batch, results, strict=True))

    async def _alone(self, work: "_Work[T, R]", task: T) -> R | DiedError:
        pool, future = self._submit(work, [task])
        try:
            return (await asyncio.wrap_future(future))[0]
        except BrokenProcessPool:
            self._begin_again(pool)
            return DiedError()

    def _submit(
        self, work: "_Work[T, R]", batch: Sequence[T]
    ) -> tuple[ProcessPoolExecutor, "Future[list[R]]"]:
        try:
            return self._pool, self._pool.submit(work, batch)
        except BrokenProcessPool:
            self._begin_again(self._pool)
            return self._pool, self._pool.submit(work, batch)

    def _begin_again(self, broken: ProcessPoolExecutor) -> None:
        """Replace a pool in which a process has died, unless this is done already."""
        if self._pool is broken:
            broken.shutdown(wait=False)
            self._pool = self._begin()


class _Work(Generic[T, R]):
    """A picklable function over a batch."""

    def __init__(self, function: Callable[[T], R]) -> None:
        self.function = function

    def __call__(self, batch: Sequence[T]) -> list[R]:
        return [self.function(task) for task in batch]


def _batches(tasks: Iterable[T]) -> Iterable[list[T]]:
    batch: list[T] = []
    for task in tasks:
        batch.append(task)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _prepare() -> None:
    """Let the process end only with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    logging.root.addHandler(logging.NullHandler())
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
