# Two commands are enough: `make run` and `make test`. `make help` lists the others.
PYTHON ?= python3
# More arguments for pip, such as an index that serves the CPU build of torch (see docs/models.md).
PIP_ARGS ?=
BIN := .venv/bin
STAMP := .venv/.setup-stamp
CAMPAIGN ?= mini
# Processes that the tests are divided between: one more than two cores, as those of tests/e2e wait for servers.
WORKERS ?= 3
# A module is compiled once, not by each of the hundreds of processes that the tests start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test lint types unit browser unconstrained serve bench clean

help: ## List what make can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(STAMP) ## Make .venv with everything in it

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Inédit needs Python 3.11 or newer: make setup PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS) -c constraints.txt -e '.[local,flows,postgres,dev]'
	@touch $(STAMP)

run: setup ## Write the demo campaign on the embedded models (CAMPAIGN=mini)
	@# five drafts per piece at most: the embedded model costs nothing, and often needs them
	@$(BIN)/inedit produce $(CAMPAIGN) --max-attempts 5; code=$$?; test $$code -le 1 || exit $$code  # 1: a person is needed

serve: setup ## Open the Prefect UI with the deployments of flows/
	$(BIN)/inedit serve

test: setup browser ## Run every check and every test
	@# the types take one core for more than a minute: the tests begin beside them, once the rules of style hold
	@$(MAKE) --no-print-directory -j 2 lint types unit

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy

unit: setup browser
	$(BIN)/pytest -n $(WORKERS) --no-loadscope-reorder tests/e2e tests/integration tests/contract tests/unit

bench: setup ## Measure what needs neither a model nor data from elsewhere, into bench/results/
	@for question in checks claims receipts; do \
	  $(BIN)/python bench/$$question/run.py > bench/results/$$question.txt || exit $$?; head -n 12 bench/results/$$question.txt; done

unconstrained: setup ## Install once without constraints.txt, as a stranger does, and serve the demo project from it
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder" build' EXIT && rm -rf build && $(BIN)/python -m venv --without-pip "$$folder/venv" && \
	  $(BIN)/python -m pip --python "$$folder/venv/bin/python" install --quiet --disable-pip-version-check $(PIP_ARGS) '.[flows]' && \
	  "$$folder/venv/bin/python" tests/e2e/unconstrained.py

browser: # The test of the Prefect UI wants a Chromium; where it cannot be installed, that test says so and is skipped
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || test -n "$$INEDIT_CHROMIUM" || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && { apt-get update -qq; \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; }; } || \
	  echo "No Chromium: the test of the Prefect UI will be skipped (apt-get install chromium)"

clean: ## Remove what make made (not the weights in your cache, not your database)
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
