# Executable documentation of the work on this project: `make` lists it.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# Else each of the many processes that the tests start would compile all of the program anew.
export PYTHONDONTWRITEBYTECODE :=

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.venv/runs: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "This project needs Python 3.11 or newer: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/ready: requirements-dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "This project needs Python 3.11 or newer: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

chromium:
	@command -v chromium >/dev/null || { echo "Installing Chromium for the browser test"; apt-get update -qq && apt-get install -qq -y chromium fonts-noto-color-emoji >/dev/null; }

play: .venv/ready ## a small Slack with the bot in it, in the browser
	$(BIN)/python -m playground

run: .venv/runs ## the bot itself, with the settings in .env
	$(BIN)/python -m bot run

test: .venv/ready chromium ## all tests, on SQLite and Postgres
	$(BIN)/python -m pytest -n auto

quick: .venv/ready ## the everyday part of the tests
	$(BIN)/python -m pytest -n auto -m 'not slow'

lint: .venv/ready ## format, lint, types and layers, changing nothing
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

check: .venv/ready chromium ## format, then all of it: lint, types, layers, tests
	$(BIN)/ruff format
	$(MAKE) lint
	$(BIN)/python -m pytest -n auto

golden: .venv/ready ## write down anew what the bot says; read the diff before you commit it
	$(BIN)/python -m tests.golden

pictures: .venv/ready chromium ## take the pictures of the README anew; look at them before you commit them
	$(BIN)/python -m tests.pictures

bench: .venv/ready ## how fast, beside Bolt JS and the least that any bot has to do
	$(BIN)/python -m bench

messages: .venv/ready ## all that is said on screen, for translators: messages.pot
	$(BIN)/pybabel -q extract -k UserError -k NothingChanged -k Words -o messages.pot bot handlers program

soak: .venv/ready ## the long form of the proofs: kills, endings, pauses, outages, fuzzing; two hours
	$(BIN)/python -m tests.soak

lock: ## renew the locked versions and hashes from pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

.PHONY: help chromium play run test quick lint check golden pictures bench messages soak lock
