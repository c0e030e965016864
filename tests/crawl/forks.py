"""Goes on from a night in several ways."""

import shutil
from copy import copy, deepcopy
from pathlib import Path

from .command import Command
from .nights import Nights


def fork(nights: Nights, folder: Path) -> Nights:
    """Return a newsroom and its project as they are, in another folder and on the same server.

    Only the latest fork may run.
    """
    shutil.copytree(nights.command.folder, folder, dirs_exist_ok=True)
    found = copy(nights)
    found.command = Command(folder)
    found.site, found.urls = deepcopy(nights.site), dict(nights.urls)
    found.server.answer = found.site.answer
    return found
