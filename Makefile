# Lintel's commands; `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
N ?= 1
.DEFAULT_GOAL := help
.PHONY: help environment assets run down doctor scale test pictures lint bench import demo-remove i18n

help: ## List these commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

environment:
	@$(PYTHON) deploy/local/bootstrap.py

assets: environment ## Fetch the npm packages that the pages need (run and test do it by themselves)

run: environment ## Run everything on this machine with demo data (EMPTY=1: without); Ctrl-C stops it
	@exec $(BIN)/python -m deploy.local run $(if $(EMPTY),--empty)

down: ## End what runs of this checkout, left-overs too
	@test ! -x $(BIN)/python || $(BIN)/python -m deploy.local down

doctor: environment ## Check this machine and what runs on it
	@$(BIN)/python -m deploy.local doctor

scale: ## Run N workers of one service: make scale SERVICE=matching N=3
	@test -n "$(SERVICE)" || { echo "Say which: make scale SERVICE=matching N=3"; exit 2; }
	@$(BIN)/python -m deploy.local scale "$(SERVICE)" "$(N)"

test: environment ## Test everything, on private servers of the tests' own
	@$(BIN)/python -m deploy.local install
	@$(BIN)/python -m deploy.local install-browser
	$(BIN)/python -m pytest -n 3 --dist loadgroup --durations=10 -m "not owns_servers"
	$(BIN)/python -m pytest -n 2 --durations=10 --dist loadfile --no-loadscope-reorder -m owns_servers

pictures: environment ## Renew the pictures in docs/pictures from the browser tests
	@$(BIN)/python -m deploy.local install-browser
	$(BIN)/python -m pytest -n 0 -m browser --pictures

lint: environment ## Check style, types and the boundaries between packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if find services -name '*.html' | grep -q .; then $(BIN)/djlint services --lint --quiet; fi

bench: environment ## Measure speed against the floor of the same machine
	@$(BIN)/python -m deploy.local install
	@$(BIN)/python -m tests.bench

import: ## Import listings into what runs: make import FILE=homes.csv MAP=king_county [DRY=1]
	@test -n "$(FILE)" -a -n "$(MAP)" || { echo "Say what: make import FILE=homes.csv MAP=king_county"; exit 2; }
	@test -f .local/demo.env || { echo "Nothing runs here: make run first."; exit 2; }
	@set -a; . ./.local/demo.env; set +a; \
		exec $(BIN)/python -m services.properties import "$(FILE)" --map "$(MAP)" $(if $(DRY),--dry-run)

demo-remove: ## Remove the demo data from what runs
	@$(BIN)/python -m deploy.local demo-remove

i18n: environment ## Renew the catalogs of translations from the sources
	@$(BIN)/python -m deploy.catalogs
