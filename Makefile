# Romyen. `make` alone prints what there is. Needs Python 3.12 or newer and make, nothing else.

VENV := .venv
BIN := $(VENV)/bin
ADMIN := DJANGO_SETTINGS_MODULE=romyen.settings $(CURDIR)/$(BIN)/django-admin
# The machine's own certificates: an office may stand behind a proxy that reads along.
UV := $(BIN)/uv --system-certs --quiet pip
LOCK := $(UV) compile --universal --generate-hashes --no-emit-index-url \
	--python-version 3.12 --custom-compile-command "make lock"

# A shim that names a version which is not installed is found but does not run: so try each.
PYTHON ?= $(shell for p in python3.13 python3.12 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1 \
	&& command -v "$$p" && break; done)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup dev demo run test test-deep lint types fmt bench assets messages screenshots lock

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.setup ## make the environment: .venv/bin/romyen

dev: $(VENV)/.dev ## the environment with what tests and checks need

demo: setup ## the fictional demo organisation on http://localhost:8000
	@$(BIN)/romyen demo serve

run: setup ## serve your own installation (after: .venv/bin/romyen init)
	@$(BIN)/romyen serve

test: lint types ## every check and test, on SQLite and, where present, on PostgreSQL
	$(BIN)/python tests/postgres.py $(BIN)/pytest -n 2 -m "not journey and not source"
	$(BIN)/pytest -n 2

# Files named deep_*.py: pytest gathers them here only.
test-deep: dev ## the long ones: fresh random examples, sudden deaths, full disks (an hour)
	$(BIN)/pytest -o python_files="deep_*.py" -s tests/deep

lint: dev ## style, floors of the imports, templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint src/romyen --lint --quiet
	@PYTHONPATH=. $(BIN)/python tests/gates/shape.py

types: dev ## mypy --strict
	$(BIN)/mypy

fmt: dev ## put the code in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: dev ## measure; results go to benchmarks/results/
	$(BIN)/python -m benchmarks

assets: dev ## compile styles, scripts and fonts (needs Node; the result is committed)
	npm ci
	npm run build
	$(BIN)/python assets/paperfonts.py

messages: dev ## collect the texts and compile the Thai catalogue (needs gettext)
	cd src/romyen && $(ADMIN) makemessages --locale th --no-location --no-wrap --no-obsolete --ignore 'static/*'
	cd src/romyen && $(ADMIN) compilemessages --locale th

screenshots: dev ## take the pictures in docs/pictures/ (needs Chromium)
	$(BIN)/python -m tests.journeys.screenshots

lock: $(VENV)/.build ## resolve the dependencies anew: three files of versions and hashes
	$(BIN)/python -c 'import tomllib; print("uv", *tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		| $(LOCK) - -o requirements-build.lock $(UPGRADE)
	$(LOCK) pyproject.toml -o requirements.lock $(UPGRADE)
	$(LOCK) pyproject.toml --extra dev -o requirements-dev.lock $(UPGRADE)

# --- the environment: each step leaves a stamp, so that a second run has nothing to do

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Romyen needs Python 3.12 or newer. Name yours: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 12))' || { echo "$(PYTHON) is older than Python 3.12." >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.build: requirements-build.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-build.lock
	@touch $@

$(VENV)/.setup: requirements.lock pyproject.toml $(VENV)/.build
	$(UV) install --python $(BIN)/python --require-hashes --no-deps -r requirements.lock
	$(UV) install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.setup
	$(UV) install --python $(BIN)/python --require-hashes --no-deps -r requirements-dev.lock
	@touch $@
