# Krajina needs Python 3.11 or newer and make; webapp/assets/install.py fetches the rest, once, into .venv and webapp.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help serve test test-heavy quick check format lock

# Interpreters to try for the environment, in this order; name your own: make serve PYTHON=/path/to/python3
PYTHON ?= python3 python3.13 python3.12 python3.11

# Does nothing, in a tenth of a second, when all is up to date.
define install
@for python in .venv/bin/python $(PYTHON); do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		exec $$python webapp/assets/install.py $(1); \
	fi; \
done; \
echo 'krajina: no Python 3.11 or newer among: $(PYTHON); name one: make $@ PYTHON=/path/to/python3' >&2; exit 1
endef

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

serve: ## Set up and start the server; HOST=0.0.0.0 and PORT=8080 say where
	$(call install)
	@exec .venv/bin/krajina serve $(if $(HOST),--host '$(HOST)') $(if $(PORT),--port '$(PORT)')

# A file is tested in one process: editions, servers and Chromium are there once for each. tests/conftest.py puts those
# that take long first.
PYTEST = .venv/bin/python -m pytest --numprocesses logical --dist loadfile --no-loadscope-reorder

test: ## Set up and run the tests that this machine can run, but for the heavy ones; ARGS='-k map' picks some
	$(call install,--dev)
	@$(PYTEST) -m 'not heavy' $(ARGS)

test-heavy: ## Set up and run the tests that take long: engines, processes killed, hostile crowds, generated requests
	$(call install,--dev)
	@$(PYTEST) -m heavy $(ARGS)

quick: ## Set up and run what needs no browser, no server, no crawl and not the published tables
	$(call install,--dev)
	@$(PYTEST) -p no:schemathesis -m 'not (browser or server or crawl or schema or slow or heavy or hostile or real)' $(ARGS)

check: ## Everything a change must pass: format, lint, types, tests
	$(call install,--dev)
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	$(PYTEST) -m 'not heavy' $(ARGS)

format: ## Put the code in its form and mend what the linter can
	$(call install,--dev)
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

# Pins and hashes for Python 3.11 and newer on all platforms; no addresses, so that everybody's mirror is used.
LOCK = uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-build --no-emit-index-url --no-emit-find-links --annotation-style line \
	--custom-compile-command 'make lock'

lock: ## Renew the lock files to the newest versions that pyproject.toml and package.json allow (needs uv and npm)
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group build --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(patsubst pyproject.toml,,$(LOCK)) --group node --output-file webapp/assets/requirements-node.lock
	cd webapp/assets && rm -f package-lock.json && npm update --package-lock-only
