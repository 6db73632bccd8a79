# make run: the demonstration on http://127.0.0.1:8000.   make test: everything that must hold.   make soak: the long runs.
# make test MARKS="not soak and not firefox": without what needs Debian's Firefox and Orca.
# make coverage, make mutants: what the tests do not reach, and what they do not notice.

PYTHON ?= python3
MARKS ?= not soak
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet -c constraints.txt
INPUTS := pyproject.toml constraints.txt \
	$(shell find web/frontend -name node_modules -prune -o -type f -print)

.PHONY: run test firefox soak coverage mutants proofs constraints clean

run: $(VENV)/.installed
	$(BIN)/python run.py serve --demo

test: $(VENV)/.installed-dev $(if $(findstring not firefox,$(MARKS)),,firefox)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pylint engine web run.py
	$(BIN)/python -m pytest -m "$(MARKS)" -n 3 --dist worksteal

# Firefox, the screen reader Orca and a screen for them: Debian's packages, where they are missing and can be installed.
# Where they can't be, the tests that need them fail and say what to do.
firefox: | $(BIN)/python
	@$(BIN)/python tests/browser/firefox/debian.py

soak: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m soak -n 2 --dist worksteal

# Branch coverage of the engine by the tests that need no other database and no browser; the lowest modules come first.
coverage: $(VENV)/.installed-dev
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -m "not soak" -n 0 tests/unit tests/acceptance tests/property
	$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report | sed -n '1,22p;$$p'

# How often a quick test notices that a place in calendar, feel or course was spoiled: MUTANTS="SIZE SEED" of each.
mutants: $(VENV)/.installed-dev
	rm -rf mutants
	$(BIN)/python tests/mutants.py $(MUTANTS)

# Installing builds the front end too (web/frontend/build_hook.py). The second time there is nothing to do, unless an input is newer.
$(VENV)/.installed: $(INPUTS) | $(BIN)/python
	$(INSTALL) -e .
	@touch $@

$(VENV)/.installed-dev: $(INPUTS) | $(BIN)/python
	$(INSTALL) -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Whoever removed the bundle gets it back.
ifeq ($(wildcard web/static/manifest.json),)
.PHONY: $(VENV)/.installed $(VENV)/.installed-dev
endif

# Proves what ships, and writes the proofs down: after a change of a pathway or of the prover.
proofs: $(VENV)/.installed-dev
	$(BIN)/python tests/proofs.py

# Pins what is installed now; packages' addresses stay out.
constraints: $(VENV)/.installed-dev
	$(BIN)/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9._-]+==' > constraints.txt

clean:
	rm -rf web/static web/frontend/node_modules dist build mutants .coverage*
