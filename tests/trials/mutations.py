"""Removes guards one by one: the trials named for each must then fail.

``python -m tests.trials.mutations [NAME ...]`` copies the project, removes a guard from the copy
and runs its trials there. It exits with 1 if one of them still passes.
"""

import argparse
import fnmatch
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from trials.guards import MUTATIONS, Mutation

ROOT = Path(__file__).parents[2]
_COPIED = ("osce_crawl", "tests", "tools", "fixtures", "scrapy.cfg", "pyproject.toml")


class Stale(LookupError):
    """The text of a mutation does not occur exactly once: the guard was rewritten."""


def applied(mutation: Mutation, source: str) -> str:
    """Return the source without the guard; raises Stale."""
    count = source.count(mutation.text)
    if count != 1:
        raise Stale(f"{mutation.file}: the text of {mutation.guard!r} occurs {count} times")
    return source.replace(mutation.text, mutation.by)


def copy_project(folder: Path) -> None:
    """Copy the files that a crawl and its trials need."""
    for name in _COPIED:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder)


def survivors(mutation: Mutation, folder: Path) -> list[str]:
    """Return the trials that do not fail as they must, with their messages.

    :param folder: a copy of the project; the guard is restored afterwards.
    :raises Stale: if the guard is not found.
    """
    mutated = folder / mutation.file
    source = mutated.read_text("utf-8")
    mutated.write_text(applied(mutation, source), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.trials", *mutation.trials],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        mutated.write_text(source, "utf-8")
    blocks = re.split(r"^(?=FAILED|passed)", done.stdout, flags=re.MULTILINE)
    killed = [block for block in blocks if block.startswith("FAILED") and mutation.shows in block]
    names = {block.splitlines()[0].split()[-1] for block in killed}
    left = [name for name in mutation.trials if name not in names]
    return [f"{name}\n{done.stdout}{done.stderr}" for name in left]


def main() -> int:
    """Try the mutations named on the command line; return 1 if a trial survived one."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.mutations", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="GUARD", help="guards, or patterns of them")
    options = parser.parse_args()
    wanted = [
        one
        for one in MUTATIONS
        if not options.names or any(fnmatch.fnmatch(one.guard, name) for name in options.names)
    ]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy_project(Path(folder))
        for mutation in wanted:
            try:
                left = survivors(mutation, Path(folder))
            except Stale as error:
                left = [str(error)]
            failed += bool(left)
            sys.stdout.write(f"{'SURVIVED' if left else 'killed  '}  {mutation.guard}\n")
            sys.stdout.write("".join(f"  {text}\n" for text in left))
            sys.stdout.flush()
    sys.stdout.write(f"{len(wanted) - failed} of {len(wanted)} mutants killed\n")
    return 1 if failed or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
