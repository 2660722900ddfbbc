# CityEdge: everything that is made in a checkout. `make` alone lists it.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

PYTHON := .venv/bin/python

# An environment is ready when its stamp is there. The stamp's name carries what the environment was made from and
# where it stands, so another lock, another pyproject.toml or a copied checkout make it anew, and nothing else does.
key = $(shell { cat $(1); pwd; } | cksum | cut -d ' ' -f 1)
READY := .venv/.ready-$(call key,requirements/lock.txt pyproject.toml)
PEERS_READY := .venv-peers/.ready-$(call key,requirements/peers.txt)
SCORING_READY := .venv-scoring/.ready-$(call key,requirements/scoring.txt)
ifeq ($(wildcard $(PYTHON)),)
.PHONY: $(READY)
endif

# Words for `cityedge demo`: make demo DURATION=60 HEADLESS=1 JSON=1
on = $(filter-out 0 no false,$(1))
DEMO_WORDS = $(if $(DURATION),--duration $(DURATION)) $(if $(call on,$(HEADLESS)),--headless) $(if $(call on,$(JSON)),--json)

.PHONY: help
help: ## list what can be made
	@echo "usage: make TARGET"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do \
	    printf '  %-12s %s\n' "$$name" "$$what"; done

.PHONY: setup
setup: $(READY) ## Python environment in .venv, the default model, real footage where it can be had
	@$(PYTHON) -m scripts.setup model footage

.PHONY: demo
demo: setup ## a whole city on this machine; DURATION=60 HEADLESS=1 JSON=1 for machines
	@$(PYTHON) -m cityedge demo $(DEMO_WORDS)

.PHONY: test
test: setup lint $(SCORING_READY) ## set-up, lint, and every test; TESTS=tests/edge for some of them
	@$(PYTHON) -m scripts.setup system
	@$(PYTHON) -m pytest --ignore=tests/benchmarks $(TESTS)

.PHONY: lint
lint: $(READY) ## ruff and mypy strict over everything
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

.PHONY: bench
bench: setup ## speed and counts beside a plain loop made of other libraries; WRITE=1 writes docs/benchmarks.md
	@$(PYTHON) -m scripts.setup bench-system
	@$(MAKE) $(PEERS_READY)
	@$(PYTHON) -m tests.benchmarks --peers .venv-peers/bin/python $(if $(call on,$(WRITE)),--write docs/benchmarks.md)

.PHONY: scoring
scoring: $(SCORING_READY) ## what scores tracks for `cityedge models score`, in an environment of its own

.PHONY: accuracy
accuracy: setup $(SCORING_READY) ## films with known truth, counted; every miss explained; writes docs/accuracy.md (25 minutes)
	@$(PYTHON) -m scripts.setup bench-system
	@$(MAKE) $(PEERS_READY)
	@$(PYTHON) -m scripts.accuracy --peers .venv-peers/bin/python --write docs/accuracy.md

.PHONY: screenshots
screenshots: setup ## the pictures in docs/images, taken anew from a running demo (4 minutes)
	@$(PYTHON) -m scripts.setup system
	@$(PYTHON) -m cityedge demo --headless --duration 240 & demo=$$!; \
	    sleep 200; $(PYTHON) -m scripts.screenshots --range 15min; taken=$$?; \
	    wait $$demo; exit $$taken

.PHONY: lock
lock: $(READY) ## the newest versions that fit together into requirements/, with hashes
	@$(PYTHON) -m scripts.lock

.PHONY: clean
clean: ## remove what was made here; fetched models and footage stay in the user's cache
	rm -rf .venv .venv-peers .venv-scoring .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY):
	@python=$$(scripts/find_python.sh) && "$$python" -m scripts.setup environment
	@rm -f .venv/.ready-* && touch $@

$(PEERS_READY):
	@python=$$(scripts/find_python.sh) && "$$python" -m scripts.setup peers
	@rm -f .venv-peers/.ready-* && touch $@

$(SCORING_READY):
	@python=$$(scripts/find_python.sh) && "$$python" -m scripts.setup scoring
	@rm -f .venv-scoring/.ready-* && touch $@
