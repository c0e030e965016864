"""Removes rules of reading one by one, and shows which tests must then fail.

``python -m tests.mutations [PATTERN ...]`` copies the project, breaks one rule in the copy and runs
the tests that guard it. The table in `rules.py` shows what each test file guards.
"""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / "tools"), str(Path(__file__).parents[1])]
