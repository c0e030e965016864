"""What processes do in tests of them; each imports this module."""

import os
import signal


def twice(number):
    """Return twice a number; of 13 the process dies."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def process_of(_task):
    """Return the process that reads."""
    return os.getpid()


def broken(_task):
    """Fail as a function does that has a bug."""
    raise ZeroDivisionError
