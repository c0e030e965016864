#!/usr/bin/env bash
# Builds the wheel, installs it into an empty environment and runs the main job from an empty folder:
# the package must carry its data files and need nothing of the checkout but the saved site.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/.venv/bin/python" -m pip wheel --quiet --disable-pip-version-check --no-deps \
    --no-build-isolation --wheel-dir "$work" "$root"
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --require-hashes -r "$root/requirements/run.lock"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$work"/*.whl
mkdir "$work/empty"
cd "$work/empty"
SCRAPY_SETTINGS_MODULE=osce_crawl.settings "$work/venv/bin/scrapy" crawl newsroom \
    -s OSCE_REPLAY="$root/fixtures/site" -s OSCE_STORE= -O items.jsonl
cmp items.jsonl "$root/output/demo/items.jsonl"
echo "the wheel's run wrote the same $(wc -l < items.jsonl) items as the checkout's"
