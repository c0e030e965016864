# The two commands of the README are `make crawl` and `make test`; both need only Python and make.
PYTHON ?= python3
BIN := .venv/bin
SITE := fixtures/site
DEMO := output/demo
# of `make newsroom`, e.g. OPTIONS="--items 2000 --moving", and of `make bench`, e.g. OPTIONS=--quick
OPTIONS ?=

# Settings of a live crawl in the environment are not the demo's.
$(foreach name,$(filter OSCE_%,$(.VARIABLES)),$(eval unexport $(name)))
# Images of Python set it; each interpreter that the tests start would compile all code anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: crawl dataset test trials recipes spark check browser-check wheel-check newsroom docs bench fixtures lock clean

crawl: .venv/run.stamp
	$(BIN)/scrapy crawl newsroom -O $(DEMO)/items.jsonl -s OSCE_REPLAY=$(SITE) \
		-s OSCE_STORE=$(DEMO)/newsroom.sqlite -s OSCE_CHANGES=$(DEMO)/changes.jsonl \
		-s OSCE_REPORTS=$(DEMO)/runs -s OSCE_INVALID=$(DEMO)/invalid.jsonl

# The demo's items as a folder that can be published: output/demo/dataset/index.html shows it.
dataset: crawl .venv/dataset.stamp
	$(BIN)/scrapy dataset $(DEMO)/dataset -s OSCE_STORE=$(DEMO)/newsroom.sqlite \
		-s OSCE_REPLAY=$(SITE)

test: .venv/dev.stamp
	$(BIN)/python -m pytest -n 3 --dist loadfile

# The crawler against a newsroom that fails, moves and is killed: a quarter of an hour on two processors.
trials: .venv/dev.stamp
	$(BIN)/python -m tests.trials

# The pages of a run and of a dataset in a real browser, which .ci/browser installs.
browser-check: .venv/dev.stamp
	$(BIN)/python -m pytest tests/webpage/check_every_page_in_browser.py \
		tests/reports/check_page_in_browser.py tests/dataset/check_dataset_page_in_browser.py

# The recipes against a real Scrapyd, pywb and Datasette on loopback; .ci/browser installs a browser.
recipes: .venv/dev.stamp .venv/scrapyd.stamp .venv/pywb.stamp .venv/datasette.stamp
	$(BIN)/python -m pytest tests/recipes/scrapyd_trial.py tests/recipes/pywb_trial.py \
		tests/recipes/datasette_trial.py

# The Spark recipe, our Parquet and what the docs say of loading it, on Spark in local mode.
spark: .venv/dev.stamp .venv/spark.stamp
	.ci/java
	$(BIN)/python -m pytest tests/recipes/spark_trial.py tests/clients/parquet_in_spark_trial.py tests/using_the_data/loading_in_spark_trial.py

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# A newsroom on loopback that behaves like the real one; prints the command that crawls it.
newsroom: .venv/run.stamp
	$(BIN)/python -m tools.newsroom $(OPTIONS)

# The built wheel, installed into an empty environment, does the main job.
wheel-check: crawl .venv/dev.stamp
	tools/check_wheel.sh

# The pages of docs/reference, from the code that they describe.
docs: .venv/run.stamp
	$(BIN)/python -m tools.reference

# What it all costs, beside others: docs/performance.md and .json, and the README's figures.
bench: .venv/dev.stamp .venv/bench.stamp
	$(BIN)/python -m benchmarks $(OPTIONS)

fixtures: .venv/run.stamp
	$(BIN)/python tools/fixtures/build.py

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.lock .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	touch $@

.venv/dataset.stamp: requirements/dataset.lock .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dataset.lock
	touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	touch $@

.venv/scrapyd.stamp: requirements/run.lock recipes/scrapyd/requirements.lock .venv/bin/python
	$(PYTHON) -m venv .venv/scrapyd
	.venv/scrapyd/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock -r recipes/scrapyd/requirements.lock
	touch $@

.venv/datasette.stamp: recipes/datasette/requirements.lock .venv/bin/python
	$(PYTHON) -m venv .venv/datasette
	.venv/datasette/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r recipes/datasette/requirements.lock
	touch $@

# Without what each asks of the others: fundus wants an older lxml, and all are to have the same.
.venv/bench.stamp: requirements/run.lock benchmarks/requirements.lock .venv/bin/python
	$(PYTHON) -m venv .venv/bench
	.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/run.lock -r benchmarks/requirements.lock
	touch $@

.venv/pywb.stamp: recipes/pywb/requirements.lock .venv/bin/python
	$(PYTHON) -m venv .venv/pywb
	.venv/pywb/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r recipes/pywb/requirements.lock
	touch $@

.venv/spark.stamp: requirements/run.lock recipes/spark/requirements.lock .venv/bin/python
	$(PYTHON) -m venv .venv/spark
	.venv/spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock -r recipes/spark/requirements.lock
	touch $@

# Resolves the ranges of pyproject.toml anew, for Python 3.11 to 3.13 at once.
lock: .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --upgrade --quiet -o requirements/run.lock
	$(BIN)/uv pip compile pyproject.toml --extra dataset --universal --generate-hashes \
		--no-annotate --custom-compile-command "make lock" --constraint requirements/run.lock \
		--quiet -o requirements/dataset.lock
	$(BIN)/uv pip compile pyproject.toml --extra dataset --group dev --universal \
		--generate-hashes --no-annotate --custom-compile-command "make lock" \
		--constraint requirements/dataset.lock --quiet -o requirements/dev.lock
	$(BIN)/uv pip compile recipes/datasette/requirements.in --universal --python-version 3.11 \
		--generate-hashes --no-annotate --custom-compile-command "make lock" --quiet \
		-o recipes/datasette/requirements.lock
	$(BIN)/uv pip compile recipes/scrapyd/requirements.in --universal --python-version 3.11 \
		--generate-hashes --no-annotate --custom-compile-command "make lock" \
		--constraint requirements/run.lock --quiet -o recipes/scrapyd/requirements.lock
	$(BIN)/uv pip compile recipes/pywb/requirements.in --universal --python-version 3.11 \
		--generate-hashes --no-annotate --custom-compile-command "make lock" --quiet \
		-o recipes/pywb/requirements.lock
	$(BIN)/uv pip compile recipes/spark/requirements.in --universal --python-version 3.11 \
		--generate-hashes --no-annotate --custom-compile-command "make lock" \
		--constraint requirements/run.lock --quiet -o recipes/spark/requirements.lock
	$(BIN)/uv pip compile benchmarks/requirements.in --universal --python-version 3.11 \
		--generate-hashes --no-annotate --custom-compile-command "make lock" \
		--override requirements/run.lock --quiet -o benchmarks/requirements.lock

clean:
	rm -rf .venv $(DEMO) output/simulated
