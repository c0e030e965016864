"""Processes that read, as many as there are processors.

A process that ends while it reads (a page may make a library crash, or the system may kill what
takes too much memory) costs the page that it read, and no other.
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

#: How many pages are read for each word between the processes: fewer, and words cost more than they
#: need to; more, and a stopped run has to wait for them.
_BATCH = 16
#: How many batches wait for each process, so that none has to wait for the next.
_AHEAD = 3
T = TypeVar("T")
R = TypeVar("R")


class DiedError(Exception):
    """The process that read a page came to a sudden end."""

    def __init__(self) -> None:
        super().__init__("the process that was reading it died")


class Processes:
    """Processes that apply a function to what they are given; end them by `close`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = self._begin()

    def _begin(self) -> ProcessPoolExecutor:
        # nothing of the engine's threads and signals is inherited
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.count, mp_context=context, initializer=_prepare)

    def close(self) -> None:
        """Begin nothing more, and let the processes end."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def results(
        self, function: Callable[[T], R], tasks: Iterable[T]
    ) -> AsyncIterator[tuple[T, R | DiedError]]:
        """Yield each task with what the function returns for it, in their order.

        Tasks are taken when there is room for them. Raises what the function raises.

        :param function: of a module, with a result that can be sent; so are tasks.
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
        """Put new processes in the place of those of which one has died, unless it is done."""
        if self._pool is broken:
            broken.shutdown(wait=False)
            self._pool = self._begin()


class _Work(Generic[T, R]):
    """A function over a batch; it can be sent."""

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
    """Let the process end with the one that began it, and by nothing else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    logging.root.addHandler(logging.NullHandler())
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
