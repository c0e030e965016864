"""What the hot paths cost, measured on the machine at hand; see README.md beside this file.

Modules of tests and of the simulated newsroom are imported as pytest imports them.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests")]
