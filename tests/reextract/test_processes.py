"""Processes that read: in order, and none of them costs more than the page it was reading."""

import asyncio
import os
import select

import pytest
from reextract.tasks import broken, process_of, twice

from osce_crawl.reextract.processes import DiedError, Processes


async def collected(count, function, tasks):
    """Return what so many processes make of tasks."""
    processes = Processes(count)
    try:
        return [pair async for pair in processes.results(function, tasks)]
    finally:
        processes.close()


def test_results_come_in_the_order_of_the_tasks():
    found = asyncio.run(collected(2, twice, range(100, 250)))

    assert found == [(number, 2 * number) for number in range(100, 250)]


def test_process_that_dies_costs_the_page_that_it_read():
    found = dict(asyncio.run(collected(1, twice, range(40))))

    assert isinstance(found.pop(13), DiedError)
    assert found == {number: 2 * number for number in range(40) if number != 13}


def test_what_the_function_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        asyncio.run(collected(1, broken, range(3)))


def test_tasks_are_taken_when_there_is_room_for_them():
    taken = []

    def tasks():
        for number in range(1000):
            taken.append(number)
            yield number

    async def first():
        processes = Processes(1)
        try:
            async for pair in processes.results(twice, tasks()):
                return pair
        finally:
            processes.close()

    assert asyncio.run(first()) == (0, 0)
    assert len(taken) < 200


def test_processes_end_with_those_who_use_them():
    found = asyncio.run(collected(1, process_of, range(1)))

    pid = found[0][1]
    try:
        ended = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    assert select.select([ended], [], [], 30)[0]
    os.close(ended)
