"""The texts that the project started from exist only where it is developed."""

from born_from.texts import FOLDER

if not FOLDER.is_dir():
    collect_ignore_glob = ["test_*.py"]
