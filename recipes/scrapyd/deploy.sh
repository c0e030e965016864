#!/bin/sh
# Packs the project and deploys it to the Scrapyd that scrapy.cfg names: deploy.sh [OPTIONS]
# Options go to scrapyd-deploy, which must be on the PATH. The checkout stays as it is.
set -eu

recipe=$(cd "$(dirname "$0")" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -RL "$recipe/../../osce_crawl" "$recipe/setup.py" "$recipe/scrapy.cfg" "$copy"
cd "$copy"
scrapyd-deploy "$@"
