"""`python -m benchmarks` (`make bench`): run all benchmarks, write docs/performance.{json,md}.

With names, it runs only those and replaces their figures. With ``--quick`` it uses tiny sizes and
writes nothing: it shows that everything runs.
"""

import argparse
import json
import sys
import time
from importlib import import_module
from typing import Any

from benchmarks import machine, page
from benchmarks.table import table


def main() -> None:
    """Run the benchmarks and write their results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(page.NAMES)}")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, nothing is written")
    options = parser.parse_args()
    unknown = set(options.names) - set(page.NAMES)
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    results: dict[str, Any] = {}
    if options.names and page.JSON.exists():
        results = json.loads(page.JSON.read_text("utf-8"))["results"]
    for name in options.names or page.NAMES:
        begun = time.monotonic()
        results[name] = import_module(f"benchmarks.{name}").measure(quick=options.quick)
        took = time.monotonic() - begun
        sys.stdout.write(f"{name}, {took:.0f} s\n{table(results[name])}\n\n")
        sys.stdout.flush()
    if not options.quick:
        measured = {"machine": machine.described(), "results": results}
        page.JSON.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", "utf-8")
        page.write()


if __name__ == "__main__":
    main()
