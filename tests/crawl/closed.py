"""A `scrapy` command with some of its streams closed: ``python closed.py 01 runs show``.

It sets closed streams to None as an interpreter does, without the second that one takes to start.
"""

import os
import runpy
import sys

NAMES = ("stdin", "stdout", "stderr")

if __name__ == "__main__":
    for number in map(int, sys.argv.pop(1)):
        os.close(number)
        setattr(sys, NAMES[number], None)
        setattr(sys, f"__{NAMES[number]}__", None)
    runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
