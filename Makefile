# `make run` opens the app, `make test` runs every check. Both set up .venv first; nothing else is touched.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test format lock picture benchmarks clean

run: .venv/.run
	@$(BIN)/python -m tui $(ARGS)

test: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The pictures in the README, made from the running app.
picture: .venv/.dev
	$(BIN)/python docs/make_pictures.py

benchmarks: .venv/.dev
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.matrix
	$(BIN)/python -m benchmarks.estimates
	$(BIN)/python -m benchmarks.estimates.keys

# New pins for both lists; hashes of every release, no index address.
lock: .venv/.dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements/dev.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Abduce needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.12" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.dev: .venv/bin/python requirements/dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch .venv/.run $@

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
