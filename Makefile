# Every task of this repository; `make` alone lists them.

PYTHON ?= python3
CONTRACT ?=
REFERENCE ?=

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
NODE_TESTS := tests/contract
CONSOLE := console
CONSOLE_NODE := $(CONSOLE)/node_modules/.installed
CONSOLE_SOURCES := $(shell find $(CONSOLE)/src $(CONSOLE)/public -type f 2>/dev/null) \
	$(wildcard $(addprefix $(CONSOLE)/,index.html vite.config.ts package-lock.json))
CONSOLE_BUILT := src/flagstaff/http/console_files/index.html
NODE_INSTALLED := $(NODE_TESTS)/node_modules/.installed
COMPILED := build/compiled
COMPILED_DONE := $(COMPILED)/.done
HTTP_TESTS := $(wildcard tests/http tests/features tests/delivery tests/sweeps)
REQUEST_TESTS := tests/contract/test_python_client_requests.py
# Beside these runs that of the console. The order of the files is that of tests/conftest.py.
PROCESSES ?= auto
PYTEST := $(BIN)/pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder
CLIENT := clients/python
CLIENT_NODE := $(CLIENT)/node_modules/.installed
IN_CLIENT := cd $(CLIENT) && PYTHONPATH=src:. $(CURDIR)/$(BIN)
PIP := $(BIN)/pip --disable-pip-version-check --quiet
# Runs targets beside each other: what is installed from one place need not wait for another.
TOGETHER = $(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,--jobs 2)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Some images say otherwise, and then every start of a server compiles the whole package again.
export PYTHONDONTWRITEBYTECODE :=
export npm_config_update_notifier := false

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: fuzz contract-relay contract-go help prerequisites startable installed setup run test test-python test-console test-client chromium test-compiled check contract bench operations stats wheel lock clean \
	client client-samples bench-client test-pythons console console-api lint-console check-python check-console

help:
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

startable: $(INSTALLED) $(CONSOLE_BUILT) # what a server needs
	@:

installed: startable $(NODE_INSTALLED) $(CLIENT_NODE) # what all tasks need
	@:

prerequisites:
	@sh tools/prerequisites.sh $(PYTHON)

setup: ## install everything that the other tasks need, from the lock files
	@$(TOGETHER) installed

run: ## start a server with a demo project and print its address, login and keys
	@$(TOGETHER) startable
	@$(BIN)/flagstaff serve --demo

test: setup chromium ## run every test, the evaluation tests also compiled; CONTRACT=openapi.json: check answers against it
	$(TOGETHER) test-python test-console test-client \
		$(if $(shell sh tools/compiler.sh $(PYTHON) 2>/dev/null && echo yes),test-compiled)

test-python: setup # the server's tests without those of the console
	$(if $(CONTRACT),FLAGSTAFF_CONTRACT="$(abspath $(CONTRACT))") $(PYTEST) --ignore tests/console

# One process of its own has one browser and one server for all journeys; beside the others it mostly waits.
test-console: setup chromium # the console's tests: its pure functions, and journeys in a browser
	npm --prefix $(CONSOLE) run --silent test
	$(BIN)/pytest tests/console

chromium: # what the tests of browser SDKs open pages with; without it they are skipped
	@sh tools/chromium.sh >/dev/null || echo "The tests in a browser will be skipped" >&2

fuzz: setup ## made-up requests to every operation, at random and many: FUZZ_EXAMPLES=100 for each
	FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),100) $(PYTEST) --timeout 3600 tests/sweeps/test_fuzz.py

test-client: setup # the tests of the Python client
	$(IN_CLIENT)/pytest --numprocesses auto

test-compiled: $(COMPILED_DONE) ## run the evaluation tests on the package compiled by mypyc
	PYTHONPATH=$(COMPILED) $(BIN)/python -c 'from flagstaff.evaluation import evaluate as m; assert m.__file__.endswith(".so"), m.__file__'
	PYTHONPATH=$(COMPILED) $(PYTEST) tests/evaluation

check: setup ## run every other check: format, lint, types, layers, sizes, mirror, words, documents, operations
	$(TOGETHER) lint-console check-python check-console

check-python: setup # what `check` asks of everything but the console
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(IN_CLIENT)/mypy
	$(IN_CLIENT)/python -m generator --check
	$(BIN)/lint-imports
	$(BIN)/python -m tools.sizes
	$(BIN)/python -m tools.mirror
	$(BIN)/python -m tools.words
	$(BIN)/python -m tools.documents
	$(BIN)/python -m tools.operations --check

lint-console: $(CONSOLE_NODE) # what takes longest of all checks, so that it is begun first
	npm --prefix $(CONSOLE) run --silent lint

check-console: $(INSTALLED) $(CONSOLE_BUILT) # what else `check` asks of the console: its size, its types of the API, types
	$(BIN)/python -m tools.bundle
	$(BIN)/python -m tools.openapi build/openapi.json
	cd $(CONSOLE) && npx openapi-typescript ../build/openapi.json --alphabetize --check -o src/api/schema.d.ts \
		|| { echo "console/src/api/schema.d.ts is stale: make console-api" >&2; exit 1; }
	npm --prefix $(CONSOLE) run --silent types

console-api: $(INSTALLED) $(CONSOLE_NODE) ## write the console's types of the API from the operation rows
	$(BIN)/python -m tools.openapi build/openapi.json
	cd $(CONSOLE) && npx openapi-typescript ../build/openapi.json --alphabetize -o src/api/schema.d.ts

console: $(CONSOLE_BUILT) ## build the web console, if its sources have changed

contract: setup ## CONTRACT=openapi.json: check the answers, the document and the requests of the client against it
	@test -f "$(CONTRACT)" || { echo "usage: make contract CONTRACT=path/to/openapi.json" >&2; exit 2; }
	FLAGSTAFF_CONTRACT="$(abspath $(CONTRACT))" $(PYTEST) $(HTTP_TESTS) $(REQUEST_TESTS)
	$(MAKE) --no-print-directory contract-document

contract-document: setup # compare our document, which states every parameter and schema, with that contract
	$(BIN)/python -m tools.contract "$(CONTRACT)"

contract-relay: setup ## optional: run the real Relay Proxy in front of a server (needs Go, which builds it)
	@command -v go >/dev/null || { echo "make contract-relay needs the Go toolchain" >&2; exit 2; }
	cd tests/contract/relay && go build -trimpath -o "$(CURDIR)/build/ld-relay" github.com/launchdarkly/ld-relay/v8
	FLAGSTAFF_RELAY="$(CURDIR)/build/ld-relay" $(BIN)/pytest tests/contract/test_relay_proxy.py

contract-go: setup ## where there is a Go toolchain: the tests with the official Go SDK
	@command -v go >/dev/null || { echo "Missing: Go 1.24 or newer (package golang-go)" >&2; exit 1; }
	cd tests/contract/go && go build -o $(CURDIR)/build/go-sdk .
	FLAGSTAFF_GO_SDK=$(CURDIR)/build/go-sdk $(BIN)/pytest -q tests/contract/test_go_sdk.py

client: $(INSTALLED) ## write the Python client's modules, stubs and reference pages from its table of operations
	$(IN_CLIENT)/python -m generator

client-samples: setup ## REFERENCE=text CONTRACT=openapi.json: run every sample of that reference against that contract
	@test -f "$(REFERENCE)" && test -f "$(CONTRACT)" || { echo "usage: make client-samples REFERENCE=... CONTRACT=..." >&2; exit 2; }
	export CLIENT_REFERENCE="$(abspath $(REFERENCE))" CLIENT_CONTRACT="$(abspath $(CONTRACT))"; \
		$(IN_CLIENT)/pytest --numprocesses auto contract

bench-client: $(INSTALLED) ## how long a call of the Python client takes, against httpx alone; and its import
	$(IN_CLIENT)/python benchmarks/calls.py

test-pythons: $(INSTALLED) $(CLIENT_NODE) ## run the tests of the Python client under every Python from 3.11 on this machine
	sh $(CLIENT)/pythons.sh build/pythons

bench: setup ## run the benchmarks, one after another
	@set -e; for benchmark in benchmarks/*.py; do echo "== $$benchmark"; $(BIN)/python $$benchmark; done

.PHONY: screenshots bench-console
screenshots: setup ## take the pictures of the console in docs/images, of the demo's shop
	$(BIN)/python -m tools.screenshots

bench-console: setup ## print what the console loads, how soon it paints, and how its list of 10,000 flags answers
	$(BIN)/python benchmarks/console.py

.PHONY: rivals
rivals: ## install the server from npm that benchmarks/unleash.py measures against (it also needs PostgreSQL and wrk)
	npm --prefix benchmarks/unleash ci --ignore-scripts --no-audit --no-fund --loglevel error

operations: $(INSTALLED) ## write docs/operations.txt from the operation rows
	$(BIN)/python -m tools.operations

stats: $(INSTALLED) ## print lines for each operation of each slice, and how long files and functions are
	@$(BIN)/python -m tools.stats

wheel: $(INSTALLED) $(CONSOLE_BUILT) ## build dist/flagstaff-*.whl with the evaluation package compiled by mypyc
	rm -rf build/lib* build/temp* build/bdist*
	FLAGSTAFF_COMPILE=1 $(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

lock: $(INSTALLED) ## renew the lock files from pyproject.toml and package.json
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-header --no-annotate --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --constraint requirements.lock \
		--generate-hashes --no-header --no-annotate --quiet -o deploy/requirements.lock
	$(BIN)/uv pip compile $(CLIENT)/pyproject.toml --extra test --universal --python-version 3.11 --constraint requirements.lock \
		--generate-hashes --no-header --no-annotate --quiet -o $(CLIENT)/requirements.lock
	npm --prefix $(NODE_TESTS) update --package-lock-only --omit-lockfile-registry-resolved
	npm --prefix $(CONSOLE) update --package-lock-only --omit-lockfile-registry-resolved

clean: ## remove everything that these tasks have made; data and keys of a server stay
	rm -rf $(VENV) $(NODE_TESTS)/node_modules $(CLIENT)/node_modules $(CONSOLE)/node_modules benchmarks/unleash/node_modules build dist src/*.egg-info
	rm -rf src/flagstaff/http/console_files $(CONSOLE)/.eslintcache
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools benchmarks clients -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

$(INSTALLED): requirements.lock pyproject.toml $(wildcard setup.py) | prerequisites
	test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(NODE_INSTALLED): $(NODE_TESTS)/package-lock.json $(NODE_TESTS)/package.json | prerequisites
	npm --prefix $(NODE_TESTS) ci --no-audit --no-fund --loglevel error
	@touch $@

$(CLIENT_NODE): $(CLIENT)/package-lock.json $(CLIENT)/package.json | prerequisites
	npm --prefix $(CLIENT) ci --no-audit --no-fund --loglevel error
	@touch $@

$(CONSOLE_NODE): $(CONSOLE)/package-lock.json $(CONSOLE)/package.json | prerequisites
	npm --prefix $(CONSOLE) ci --no-audit --no-fund --loglevel error
	@touch $@

$(CONSOLE_BUILT): $(CONSOLE_NODE) $(CONSOLE_SOURCES)
	npm --prefix $(CONSOLE) run --silent build -- --logLevel warn
	@touch $@

$(COMPILED_DONE): setup.py $(wildcard src/flagstaff/evaluation/*.py src/flagstaff/evaluation/*/*.py) $(INSTALLED)
	rm -rf $(COMPILED) build/lib* build/temp*
	FLAGSTAFF_COMPILE=1 $(PIP) install --no-deps --no-build-isolation --target $(COMPILED) .
	@touch $@
