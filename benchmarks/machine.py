"""The machine, versions and commit on which figures were measured."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import ROOT

VERSIONS = ("scrapy", "lxml", "parsel", "itemloaders", "orjson", "pyarrow")


def described() -> dict[str, str]:
    """Return what a reader must know about the machine."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": _git("rev-parse", "--short", "HEAD"),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GB",
        "system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "python": platform.python_version(),
        **{name: version(name) for name in VERSIONS},
        **competitors(),
    }


def competitors() -> dict[str, str]:
    """Return the versions of the other extractors, from the lock file."""
    names = ("fundus", "news-please", "newspaper4k", "readability-lxml", "trafilatura")
    lines = (ROOT / "benchmarks/requirements.lock").read_text("utf-8").splitlines()
    pins = dict(line.split()[0].split("==") for line in lines if "==" in line and line[0] != " ")
    return {name: pins[name] for name in names}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _git(*words: str) -> str:
    git = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    return git.stdout.strip() or "unknown"
