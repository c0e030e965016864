"""A `scrapy` command some of whose streams are closed: ``python closed.py 01 runs show``.

It finds what an interpreter makes of closed streams (None), without the second that one takes to
start.
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
