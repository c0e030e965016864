#!/bin/sh
# Packs the project and hands it to the Scrapyd that scrapy.cfg names: deploy.sh [OPTIONS]
# Options are those of scrapyd-deploy, which must be on the PATH. Nothing is left in the checkout.
set -eu

recipe=$(cd "$(dirname "$0")" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -RL "$recipe/../../osce_crawl" "$recipe/setup.py" "$recipe/scrapy.cfg" "$copy"
cd "$copy"
scrapyd-deploy "$@"
