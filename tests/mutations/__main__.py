"""Break the rules named on the command line, by default all; exit with 1 if tests still pass."""

import argparse
import fnmatch
import subprocess
import sys
import tempfile
from pathlib import Path

from trials.mutations import Stale, applied, copy_project

from mutations.rule import Rule
from mutations.rules import RULES

#: Pytest's status for failed tests; any other status proves nothing.
_FAILED = 1


def survives(rule: Rule, folder: Path) -> str | None:
    """Return pytest's output if it does not fail without a rule, or None.

    :param folder: a copy of the project; the rule is restored afterwards.
    :raises Stale: if the rule is not found.
    """
    broken = folder / rule.file
    source = broken.read_text("utf-8")
    broken.write_text(applied(rule, source), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", rule.tests],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        broken.write_text(source, "utf-8")
    return None if done.returncode == _FAILED else done.stdout[-2000:] + done.stderr[-2000:]


def main() -> int:
    """Return 1 if a rule was broken without a failing test."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="PATTERN", help="of rules, files or tests")
    names = parser.parse_args().names or ["*"]
    wanted = [
        rule
        for rule in RULES
        if any(
            fnmatch.fnmatch(said, name)
            for said in (rule.guard, rule.file, rule.tests)
            for name in names
        )
    ]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy_project(Path(folder))
        for rule in wanted:
            try:
                told = survives(rule, Path(folder))
            except Stale as error:
                told = str(error)
            failed += told is not None
            sys.stdout.write(f"{'killed  ' if told is None else 'SURVIVED'}  {rule.guard}\n")
            sys.stdout.write(f"{told}\n" if told else "")
            sys.stdout.flush()
    sys.stdout.write(f"{len(wanted) - failed} of {len(wanted)} mutants killed\n")
    return 1 if failed or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
