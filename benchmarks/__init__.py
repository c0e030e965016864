"""Benchmarks of the hot paths on the current machine; see README.md in this folder.

Modules of tests and of the simulated newsroom are imported as pytest imports them.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]
