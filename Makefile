# make demo  makes the environment and plays a simulated crisis to its brief and score
# make test  lint, types, imports and all tests
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

SPARK  := $(VENV)/.spark

.PHONY: help demo test check spark format types imports bench docs lock clean
.DEFAULT_GOAL := help

help: ## what each target does
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(READY): pyproject.toml requirements/dev.txt
	$(PYTHON) scripts/make_environment.py $(VENV)
	@touch $@

demo: $(READY) ## simulate a blockade, read and watch it, print the brief and the score
	$(BIN)/masthead demo --no-serve
	@echo; echo "Next: $(BIN)/masthead new my-watch   (a commented case of your own)"

check: $(READY) ## format, lint, types and import direction
	$(BIN)/ruff format --check src tests benchmarks examples scripts
	$(BIN)/ruff check src tests benchmarks examples scripts
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check spark ## check, then every test
	$(BIN)/pytest -n 2 --dist loadgroup -q

spark: $(READY) # PySpark for the tests of its engine, where there is a Java runtime
	@if ! java -version >/dev/null 2>&1; then echo "no Java: the Spark engine is not tested"; \
	else $(MAKE) --no-print-directory $(SPARK) \
	  || echo "PySpark could not be installed: the Spark engine is not tested"; fi

$(SPARK): requirements/spark.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

format: $(READY) ## put every file in order
	$(BIN)/ruff format src tests benchmarks examples scripts
	$(BIN)/ruff check --fix src tests benchmarks examples scripts

bench: $(READY) ## measure; the figures are kept beside the scripts
	$(BIN)/python benchmarks/all.py

docs: $(READY) ## build the documentation into site/
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/docs.txt
	$(BIN)/mkdocs build --strict

lock: $(READY) ## write requirements/*.txt anew from pyproject.toml
	$(BIN)/python scripts/lock.py

clean: ## remove what was made
	rm -rf $(VENV) site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
