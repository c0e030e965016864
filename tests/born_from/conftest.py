"""The texts the project was born from lie beside it where it is made, nowhere else."""

from born_from.texts import FOLDER

if not FOLDER.is_dir():
    collect_ignore_glob = ["test_*.py"]
