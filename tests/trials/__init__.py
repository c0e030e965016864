"""Trials: what a crawl does when the newsroom fails or changes, row by row; see README.md.

Start them with `python -m tests.trials` or pytest; both must find the packages beside this one.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]
