# Every target first makes the environment that it needs in .venv, at the locked versions, and leaves it alone while
# nothing that decides it has changed. `make help` lists the targets.

PYTHON ?= python3
ARGS ?=
ADDR ?=
UV_VERSION := 0.13.9

VENV := .venv
BIN := $(VENV)/bin
SITE_ENV := $(VENV)/.site-env
DEV_ENV := $(VENV)/.dev-env
LOCK_ENV := .cache/lock-env

# Material's notice about its end of life: docs/adr says what we do about it.
export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help env site serve test bench lint lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-7s %s\n", $$1, $$2 }'

env: $(SITE_ENV) ## make the environment, and build nothing yet

site: $(SITE_ENV) ## build the site into site/; warnings are errors
	$(BIN)/mkdocs build --strict --clean

serve: $(SITE_ENV) ## show the site while it is edited (ADDR=127.0.0.1:8000)
	$(BIN)/mkdocs serve $(if $(ADDR),--dev-addr $(ADDR))

test: $(DEV_ENV) ## run the tests (ARGS='-k ledger -x')
	$(BIN)/python -m pytest $(ARGS)

bench: $(DEV_ENV) ## measure how well minutes are read, and how long it takes (ARGS=...)
	$(BIN)/python tests/accuracy.py
	$(BIN)/python tests/bench.py $(ARGS)

lint: $(DEV_ENV) ## style, formatting and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# The lock files hold for every platform and every Python from 3.11 on. Versions that still fit are kept;
# `make lock ARGS=--upgrade` takes the newest. The second file is held to the versions of the first.
COMPILE = $(LOCK_ENV)/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-config --custom-compile-command 'make lock' $(ARGS)

lock: $(LOCK_ENV)/.uv-$(UV_VERSION) ## renew requirements.txt and requirements-dev.txt (ARGS=--upgrade)
	$(COMPILE) --group build --output-file requirements.txt
	$(COMPILE) --group dev --constraints requirements.txt --output-file requirements-dev.txt

clean: ## remove everything that was made, the environment too
	rm -rf $(VENV) .cache site build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find hooks tests -name __pycache__ -type d -prune -exec rm -rf {} +

# What decides an environment: its lock file, what the package declares, and how it is made (this file).
$(SITE_ENV): requirements.txt pyproject.toml Makefile
	$(call make_venv,$(VENV))
	$(call install,requirements.txt)
	@touch $@

# The tests' environment is the site's and more, so it counts as both.
$(DEV_ENV): requirements-dev.txt requirements.txt pyproject.toml Makefile
	$(call make_venv,$(VENV))
	$(call install,requirements-dev.txt)
	@touch $@ $(SITE_ENV)

$(LOCK_ENV)/.uv-$(UV_VERSION):
	$(call make_venv,$(LOCK_ENV))
	$(LOCK_ENV)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

define install
@echo 'Installing $(1) into $(VENV) ...'
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef

# Debian has the venv module without ensurepip, which it needs, until python3-venv is installed.
define make_venv
@$(PYTHON) -c '' 2>/dev/null || { \
	echo "There is no '$(PYTHON)' here: install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; exit 1; }
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "$$($(PYTHON) -V 2>&1) is too old, 3.11 or newer is needed: install one and name it: make PYTHON=python3.12" >&2; exit 1; }
@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	echo "'$(PYTHON)' has no venv module: install it (Debian, Ubuntu: apt install python3-venv) and try again" >&2; exit 1; }
@$(1)/bin/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(1)
endef
