# What a developer can do here; `make` alone lists it. Needs Python 3.11 or newer,
# pip and make, and puts everything else into .venv, one folder a Python version.

PYTHON ?= python3
# Without it the plan cannot be made: make plan DATE="2026-12-10 14:30"
DATE ?=
# Optional, for `plan`. Not taken from the environment, where PROTOCOL means other things.
PROTOCOL =
ZONE =
# More words for the command behind `plan`, `test`, `fuzz`, `golden` or `bench`.
ARGS =
# On all cores; one process for a debugger: make test ARGS="-n 0 --pdb"
PYTEST = -m pytest --numprocesses=auto --dist=worksteal

PY_VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
# What searches, kills or looks reaches no line that the others don't, and measuring is slow.
SEARCHES = tests/commands/batches/test_kills.py tests/commands/batches/test_clusters.py \
  tests/commands/test_any_input.py tests/core/compare/test_dated_order.py \
  tests/core/compare/test_two_years.py tests/core/plan/test_replies_second_reading.py \
  tests/core/time/test_doses_second_computation.py tests/core/time/test_second_computation.py \
  tests/export/handout/test_html_shown.py tests/export/handout/test_pdf_tags.py \
  tests/export/data/test_schemas.py tests/load/test_mutants.py tests/test_library_face.py \
  tests/test_pseudo.py

VENV ?= .venv/$(or $(PY_VERSION),none)
BIN = $(VENV)/bin
CONSTRAINTS = constraints.txt
EXTRA = dev

# An environment whose Python is gone, or that was moved or copied with its folder
# and still runs the code of the old place, is made anew.
$(shell [ -x $(BIN)/python ] && [ "$$(cat $(VENV)/.made 2>/dev/null)" = "$$(pwd -P)" ] || rm -f $(VENV)/.made)

# The first variable holds for the packages, in older pips also for what builds
# them; the second for what builds them in newer pips.
INSTALL = PIP_CONSTRAINT=$(CONSTRAINTS) PIP_BUILD_CONSTRAINT=$(CONSTRAINTS) \
  $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Handed to the shell as they were typed, so that quotes and $ in them are safe.
export MAKE_DATE := $(value DATE)
export MAKE_PROTOCOL := $(value PROTOCOL)
export MAKE_ZONE := $(value ZONE)

# Each module is compiled once, not anew in each of the hundreds of processes that tests start.
unexport PYTHONDONTWRITEBYTECODE

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help plan test check lint types imports coverage readme readme-record \
  messages pictures golden fuzz bench test-lowest test-all constraints wheel clean need-date \
  run-bench run-constraints

help: ## List these targets
	@awk 'BEGIN { FS = ":[^#]*## " } /^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo 'Another Python: make test PYTHON=python3.13. More options: make test ARGS="-k midnight -x"'

plan: need-date $(VENV)/.run ## Print a plan: DATE="2026-12-10 14:30" [PROTOCOL=clinic-b] [ZONE=America/New_York]
	@set -- --date "$$MAKE_DATE"; \
	  [ -z "$$MAKE_PROTOCOL" ] || set -- "$$@" --protocol "$$MAKE_PROTOCOL"; \
	  [ -z "$$MAKE_ZONE" ] || set -- "$$@" --tz "$$MAKE_ZONE"; \
	  $(BIN)/microcare plan "$$@" $(ARGS)

test: $(VENV)/.dev ## Run the tests
	$(BIN)/python $(PYTEST) $(ARGS)

check: lint types imports coverage readme ## Run lint, types, imports, the tests with coverage, and README drift

lint: $(VENV)/.dev ## Check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.dev ## Check types
	$(BIN)/mypy

imports: $(VENV)/.dev ## Check that imports point down only, and in no circle
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tests/imports/circles.py

coverage: $(VENV)/.dev ## Run the tests and measure branch coverage
	$(BIN)/coverage erase
	HYPOTHESIS_PROFILE=few $(BIN)/coverage run $(PYTEST) $(SEARCHES:%=--ignore=%) $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

readme: $(VENV)/.dev ## Check that the README shows what is printed and drawn
	$(BIN)/python -m pytest tests/readme

readme-record: $(VENV)/.dev ## Write the present output into the README's examples
	$(BIN)/python -m tests.readme.record

messages: $(VENV)/.dev ## Collect the messages of the package into the catalogues of its languages
	$(BIN)/python -m tests.language.collect

pictures: $(VENV)/.dev ## Draw the README's pictures anew into docs/pictures; look at them
	$(BIN)/python -m tests.readme.pictures.record

golden: $(VENV)/.dev ## Write the present output into the golden files; read the diff
	$(BIN)/python -m pytest --record-golden $(or $(ARGS),tests/commands/test_golden.py tests/load/test_examples.py)

fuzz: $(VENV)/.dev ## Run the property tests for long
	$(BIN)/python $(PYTEST) --hypothesis-profile=long $(ARGS)

bench: ## Measure start-up, calendars against other writers, growth and bookings an hour, on a compiled install
	@$(MAKE) run-bench VENV=$(VENV)-bench

run-bench: $(VENV)/.made
	@$(BIN)/python -m pip uninstall --quiet --yes microcare 2>/dev/null
	@$(INSTALL) . icalendar
	@$(BIN)/python tests/bench/startup.py $(ARGS)
	@$(BIN)/python tests/bench/ics_events.py
	@$(BIN)/python tests/bench/growth.py
	@$(BIN)/python tests/bench/bookings.py

test-lowest: $(VENV)-lowest.txt ## Run the tests on the lower bounds of the dependencies
	@$(MAKE) test VENV=$(VENV)-lowest CONSTRAINTS=$(VENV)-lowest.txt EXTRA=test

test-all: ## Run the tests on every supported Python that is installed
	@for version in 3.11 3.12 3.13; do \
	  if python$$version -c pass 2>/dev/null; then \
	    $(MAKE) test PYTHON=python$$version || exit; \
	  else \
	    echo "microcare: python$$version is not installed, skipped" >&2; \
	  fi; \
	done

constraints: ## Take the newest versions within the bounds into constraints.txt (Python 3.11)
	@[ "$(PY_VERSION)" = 3.11 ] || { echo "microcare: resolve on the oldest supported Python, so that the result holds on all: make constraints PYTHON=python3.11" >&2; exit 2; }
	@rm -rf $(VENV)-constraints
	@$(MAKE) run-constraints VENV=$(VENV)-constraints CONSTRAINTS=/dev/null

# colorama comes in on Windows only.
run-constraints: $(VENV)/.made
	@$(INSTALL) '.[dev]' colorama
	@{ echo '# Exact versions for a repeatable set-up on Python 3.11, 3.12 and 3.13.'; \
	  echo '# Written by `make constraints`; the bounds and their reasons are in pyproject.toml.'; \
	  $(BIN)/python -m pip --disable-pip-version-check list --format=freeze \
	    --exclude microcare --exclude pip --exclude setuptools; } > $(VENV).txt
	@mv $(VENV).txt constraints.txt
	@git --no-pager diff --stat -- constraints.txt 2>/dev/null || true

wheel: $(VENV)/.dev ## Build the wheel and the source archive into dist/
	@rm -rf dist
	@$(BIN)/hatchling build

clean: ## Remove everything that these targets made
	rm -rf .venv dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find microcare tests -name __pycache__ -type d -prune -exec rm -rf {} +

need-date:
	@[ -n "$$MAKE_DATE" ] || { echo 'microcare: say when: make plan DATE="2026-12-10 14:30"' >&2; exit 2; }

# Set-up. All of it speaks on stderr, so that the output of `make plan` is the plan.
# The install is editable: what runs is what stands in the files.
$(VENV)/.made:
	@[ -n "$(PY_VERSION)" ] || { echo "microcare: $(PYTHON) does not run. Name another Python: PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "microcare: needs Python 3.11 or newer, and $(PYTHON) is $(PY_VERSION). Name another: PYTHON=python3.12" >&2; exit 2; }
	@echo "microcare: setting up $(VENV), once" >&2
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 \
	  || { $(PYTHON) -m venv --clear --without-pip $(VENV) \
	    && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; } >&2 \
	  || { echo "microcare: $(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	@pwd -P > $@

$(VENV)/.run: pyproject.toml microcare/version.py $(CONSTRAINTS) $(VENV)/.made
	@$(INSTALL) --editable . >&2
	@touch $@

$(VENV)/.dev: pyproject.toml microcare/version.py $(CONSTRAINTS) $(VENV)/.made
	@$(INSTALL) --editable '.[$(EXTRA)]' >&2
	@touch $(VENV)/.run $@

$(VENV)-lowest.txt: pyproject.toml constraints.txt tests/packaging/lowest.py $(VENV)/.made
	@$(BIN)/python tests/packaging/lowest.py > $@
