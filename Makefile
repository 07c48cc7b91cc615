# Candid. `make run` serves; `make test` proves. No logic here: it lives in bot/cli.py and scripts it names.
PY := .venv/bin/python
STAMP := .venv/.ready
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3

.PHONY: help run test train chat lint coverage lock clean bench
help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

setup: $(STAMP) ## environment only
$(STAMP): requirements/run.txt requirements/dev.txt requirements/bootstrap.txt pyproject.toml
	@sh .ci/setup

run: $(STAMP) ## set up, train if needed, serve
	@.venv/bin/candid serve

train: $(STAMP) ## train the intent model from data/
	@.venv/bin/candid train

chat: $(STAMP) ## a terminal chat
	@.venv/bin/candid chat

test: $(STAMP) ## set up, train if needed, pass every test
	@.venv/bin/candid train --if-needed
	@$(PY) -m pytest

lint: $(STAMP) ## ruff, mypy, import-linter
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy bot actions && .venv/bin/lint-imports && .venv/bin/candid domain --check

coverage: $(STAMP) ## every branch of the core is taken by a test
	@$(PY) -m pytest -q --cov --cov-report=term:skip-covered \
	  tests/unit/facts tests/unit/catalogue tests/unit/protocol tests/unit/eligibility

bench: $(STAMP) ## figures of README and decisions, measured anew (about 15 minutes)
	@$(PY) -m benchmarks.turns && .venv/bin/python -m benchmarks.interviews && .venv/bin/python -m benchmarks.screen && .venv/bin/python -m benchmarks.readers --without-diet && .venv/bin/python -m benchmarks.reading

lock: $(STAMP) ## refresh requirements/*.txt
	@sh .ci/lock

clean: ## remove environment, models and caches
	@rm -rf .venv models/*.tar.gz .rasa run
