"""`python -m benchmarks.compare BEFORE [AFTER]`: the pages that two commits read differently.

Each page of `benchmarks.pages` is read as a release, alone and with a listing entry, and as a
listing, by the package at either commit (AFTER is the working tree by default). Items, ways,
disagreements and refusals are compared byte by byte. It exits with 1 if any differ.
"""

# ruff: noqa: T201, S603, S607 - it prints its result; it runs git and its own reader

import argparse
import base64
import json
import subprocess
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path
from typing import Any

from benchmarks import ROOT
from benchmarks.pages import all_pages

SHOWN = 20
"""How many differences are printed."""

# Self-contained, so that it runs with any version of the package. It writes one line for each page
# on its input.
READER = r"""
import base64, importlib, json, sys
from osce_crawl import NotAListing, NotARelease, extract_listing
from osce_crawl.extraction import extract_with_ways

# the module's names, the newest first: the commits compared may be from before either of them
for module in ("pages.listing.listing", "pages.listing.contract", "contracts.listing"):
    try:
        read_listing = importlib.import_module("osce_crawl." + module).read_listing
        break
    except ModuleNotFoundError:
        pass

ENTRY = {
    "node": "322491", "url": "https://www.osce.org/secretariat/322491", "language": "en",
    "title": "A title that the listing prints", "published": "2017-06-09",
    "published_raw": "9 June 2017", "content_type": "news", "content_type_raw": "News",
    "sources": ["OSCE Secretariat"], "fields_of_work": ["Policing"], "locations": [],
    "collections": [], "summary": "What the listing says of it.",
}

def said(read, *given):
    try:
        return read(*given)
    except (NotARelease, NotAListing) as refusal:
        return [refusal.reason, str(refusal)]
    except Exception as error:
        return [type(error).__name__, str(error)]

def release(body, url, entry=None):
    found = extract_with_ways(body, url, entry)
    return [found.item, found.ways, found.disagreements]

def listing(body, url):
    found = read_listing(body, url)
    pager = found.pager
    pages = [pager.current, pager.pages, pager.present, pager.way, pager.disagrees]
    return [extract_listing(body, url), found.ways, found.disagreements, found.traps, pages]

for line in sys.stdin:
    url, body = json.loads(line)
    body = base64.b64decode(body)
    outputs = [said(release, body, url), said(release, body, url, ENTRY), said(listing, body, url)]
    print(json.dumps(outputs, ensure_ascii=True), flush=True)
"""
KINDS = ("release", "release with an entry", "listing")


def exported(commit: str, folder: Path) -> Path:
    """Return a folder with the package as it was at *commit*."""
    folder.mkdir()
    archive = subprocess.run(
        ["git", "archive", commit, "osce_crawl"], cwd=ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x"], cwd=folder, input=archive.stdout, check=True)
    return folder


def outputs(package: Path, pages: Path) -> list[str]:
    """Return the results of the package in a folder for the pages, one line each."""
    with pages.open() as lines:
        read = subprocess.run(
            [sys.executable, "-c", READER],
            cwd=package,
            stdin=lines,
            capture_output=True,
            text=True,
            check=False,
        )
    if read.returncode:
        sys.exit(f"{package}: {read.stderr}")
    return read.stdout.splitlines()


def differences(before: Any, after: Any, path: str = "") -> list[str]:
    """Return the differences between two values, as lines to print."""
    if before == after:
        return []
    if isinstance(before, dict) and isinstance(after, dict) and list(before) == list(after):
        return [d for key in before for d in differences(before[key], after[key], f"{path}.{key}")]
    if isinstance(before, list) and isinstance(after, list):
        pairs = enumerate(zip_longest(before, after))
        return [d for index, two in pairs for d in differences(*two, f"{path}[{index}]")]
    return [f"  {path}\n    - {json.dumps(before)[:300]}\n    + {json.dumps(after)[:300]}"]


def main() -> None:
    """Read all pages twice; print the differences."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("before", help="a commit")
    parser.add_argument("after", nargs="?", help="another; the working tree if left out")
    options = parser.parse_args()
    saved = list(all_pages())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = folder / "pages.jsonl"
        with pages.open("w") as lines:
            for page in saved:
                body = base64.b64encode(page.body).decode()
                lines.write(json.dumps([page.url, body]) + "\n")
        before = outputs(exported(options.before, folder / "before"), pages)
        package = exported(options.after, folder / "after") if options.after else ROOT
        after = outputs(package, pages)
    changed = 0
    for page, ours, theirs in zip(saved, before, after, strict=True):
        if ours == theirs:
            continue
        changed += 1
        if changed > SHOWN:
            continue
        print(f"{page.name}: {page.url}")
        for kind, one, other in zip(KINDS, json.loads(ours), json.loads(theirs), strict=True):
            print(*differences(one, other, kind), sep="\n")
    print(f"{len(saved)} pages, {len(saved) * len(KINDS)} outputs: {changed} pages differ")
    sys.exit(1 if changed else 0)


if __name__ == "__main__":
    main()
