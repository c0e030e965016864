"""Trials: what a crawl does when the newsroom fails or moves, row by row; see README.md.

They are started as `python -m tests.trials` or by pytest, which both must find the packages beside
this one.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]
