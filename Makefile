# `make run` opens the app, also on a PostgreSQL server that ABDUCE_DB names; `make test` runs every check. Both set up .venv first; nothing else is touched.
PYTHON ?= python3
VENV := .venv/bin/python

.PHONY: run test explore format lock picture benchmarks build audit clean

run: .venv/.run
	@$(VENV) -m tui $(ARGS)

test: .venv/.dev
	$(VENV) -m ruff format --check .
	$(VENV) -m ruff check .
	$(VENV) -m mypy
	$(VENV) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	$(VENV) -m pytest -n auto --dist worksteal

# The property tests with other examples each time, so many of each.
EXAMPLES := 1000
explore: .venv/.dev
	ABDUCE_TESTS_EXPLORE=$(EXAMPLES) $(VENV) -m pytest -n auto --dist worksteal -m property

format: .venv/.dev
	$(VENV) -m ruff format .
	$(VENV) -m ruff check --fix .

# The pictures in the README and the tables in the guide, made from the program.
picture: .venv/.dev
	$(VENV) docs/make_pictures.py
	$(VENV) docs/make_page_pictures.py
	$(VENV) docs/make_tables.py

benchmarks: .venv/.dev
	$(VENV) -m benchmarks.startup
	$(VENV) -m benchmarks.matrix
	$(VENV) -m benchmarks.estimates
	$(VENV) -m benchmarks.estimates.keys

# The packages to publish, and beside them what they stand on, as CycloneDX: the pins of requirements/run.txt with their hashes.
build: .venv/.dev .supply/.made
	$(VENV) -m hatchling build
	.supply/bin/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --output-reproducible -o dist/abduce.cdx.json

# What is known against the pins; says so where the advisory service cannot be asked.
audit: .supply/.made
	.supply/bin/python .ci/audit.py requirements/run.txt requirements/dev.txt requirements/supply.txt

.supply/.made: requirements/supply.txt
	rm -rf .supply
	$(PYTHON) -m venv .supply
	.supply/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/supply.txt
	@touch $@

# New pins for all lists; hashes of every release, no index address.
lock: .venv/.dev
	$(VENV) -m pip install --quiet uv
	$(VENV) -m uv pip compile pyproject.toml --extra postgres --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements/run.txt
	$(VENV) -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements/dev.txt
	$(VENV) -m uv pip compile --group supply --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements/supply.txt

# .venv/.made says what .venv was made of and where. It is away while something is done to .venv, so that what was
# interrupted starts anew, as does what was moved, whose Python has gone, or was made of another PYTHON than is asked for.
BASE := import sys; print(ascii((sys.base_prefix, sys.version_info[:2])))
MADE := $(BASE); print(ascii(sys.prefix))
$(shell $(VENV) -c '$(MADE)' 2>/dev/null | cmp -s - .venv/.made || rm -f .venv/.made)
ifneq ($(origin PYTHON),file)
$(shell [ "`$(PYTHON) -c '$(BASE)'`" = "`head -n 1 .venv/.made 2>/dev/null`" ] || rm -f .venv/.made)
endif

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Abduce needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.12" % sys.version_info[:2])'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "found $(PYTHON) without its venv; expected it whole: on Debian and Ubuntu, sudo apt install $(notdir $(lastword $(PYTHON)))-venv" >&2; exit 1; }
	rm -rf .venv
	$(PYTHON) -m venv .venv
	@$(VENV) -c '$(MADE)' > $@

define install
	@mv .venv/.made .venv/.making
	$(VENV) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt
	$(VENV) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@mv .venv/.making .venv/.made
	@touch .venv/.run .venv/.$(1)
endef

.venv/.run: .venv/.made requirements/run.txt pyproject.toml
	$(call install,run)

.venv/.dev: .venv/.made requirements/dev.txt pyproject.toml
	$(call install,dev)

clean:
	rm -rf .venv .supply dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
