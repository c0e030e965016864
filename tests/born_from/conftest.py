"""The texts the project was born from lie beside the project where it is made, nowhere else."""

from pathlib import Path

TEXTS = Path(__file__).parents[3] / "shared" / "samples" / "seeds"

if not TEXTS.is_dir():
    collect_ignore_glob = ["test_*.py"]
