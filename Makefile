# What the README promises, from nothing but python3 (3.11 to 3.14, with venv), make and git.
PYTHON ?= python3
BIN := .venv/bin
POT := build/messages.pot
INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check --no-compile --no-deps
CHECK := $(BIN)/python -m pip check --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile -q pyproject.toml --group build --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
# What asks each analyst whether to fetch Jupyter's news, and would ask the network.
NEWS := @jupyterlab/apputils-extension:announcements

.DEFAULT_GOAL := help
.PHONY: help report test quick lint coverage docs bench sizes lab messages lock clean

help:  ## Show what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

report: .venv/installed  ## Make the board report of the 2016 round as of 22 February 2017
	$(BIN)/funding-report board skl-2016 --as-of 2017-02-22

test: .venv/dev-installed lint  ## Check style and types, and run every test
	$(BIN)/pytest -n logical --dist loadfile --no-loadscope-reorder

quick: .venv/dev-installed  ## Run the quick tests, in about a minute: the rules of data, money and texts
	$(BIN)/pytest -q -n logical --dist loadfile -m "not slow and not browser and not postgres and not faults"

lint: .venv/dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m helpers.notebooks.lint notebooks/*.ipynb
	$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb

coverage: .venv/dev-installed  ## Hold data, funding and pricing at every line and branch (some minutes)
	mkdir -p build
	$(BIN)/pytest -q --cov --cov-report=term \
	  tests/data tests/funding tests/pricing tests/test_rounding.py

docs: .venv/dev-installed  ## Build the site of the docs into build/docs; a warning is an error
	$(BIN)/python -m sphinx -q -W --keep-going -b html -d build/doctrees docs build/docs

bench: .venv/dev-installed  ## Measure speed, growth and faults against their limits (two hours; PARTS="members releases" for some)
	$(BIN)/python benchmarks $(PARTS)

sizes: .venv/dev-installed  ## Print the sizes of the code: files, lines, functions, branches, doubled names
	$(BIN)/python benchmarks/sizes.py

lab: .venv/lab-installed  ## Open JupyterLab on the notebook to explore a round
	@$(BIN)/jupyter labextension disable --level=sys_prefix "$(NEWS)" 2>/dev/null
	$(BIN)/jupyter lab notebooks/explore.ipynb

messages: .venv/dev-installed  ## Bring the English catalog up to date with the texts in the code
	mkdir -p $(dir $(POT))
	$(BIN)/pybabel -q extract -F babel.cfg -k loc -k self -k plural:1,2 --no-location --sort-output -o $(POT) .
	$(BIN)/pybabel -q update -i $(POT) -o src/helpers/i18n/locale/en.po -l en --omit-header --no-fuzzy-matching --ignore-obsolete

lock: .venv/dev-installed  ## Pin every dependency again at its newest version: three locks with hashes, no addresses
	$(COMPILE) --group dev --extra lab --extra dask --extra postgresql --extra s3 --upgrade -o requirements/dev.txt
	mkdir -p build
	sed -n 's/^\([a-z0-9].*==.*\) \\$$/\1/p' requirements/dev.txt > build/pins.txt
	$(COMPILE) --extra lab -c build/pins.txt --upgrade -o requirements/lab.txt
	$(COMPILE) -c build/pins.txt --upgrade -o requirements/report.txt

clean:  ## Remove the environment and what tools leave behind; reports stay
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Each is installed once, and again when a lock or pyproject.toml has changed. A lock names every
# package with its hash, so nothing is left to resolve: --no-deps keeps pip from looking for a newer
# release of a package that another one asks for with an extra (pypa/pip#9644), and `pip check`
# shows that the lock is complete. --no-compile: Python compiles what it imports, which is half of
# what is installed.
.venv/installed: requirements/report.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 to 3.14 is needed, this is " + sys.version.split()[0] if not (3, 11) <= sys.version_info < (3, 15) else 0)'
	$(PYTHON) -m venv --clear .venv
	$(INSTALL) --require-hashes -r requirements/report.txt
	$(INSTALL) --no-build-isolation -e .
	$(CHECK)
	touch $@

.venv/lab-installed: .venv/installed requirements/lab.txt
	$(INSTALL) --require-hashes -r requirements/lab.txt
	$(CHECK)
	touch $@

.venv/dev-installed: .venv/installed requirements/dev.txt
	$(INSTALL) --require-hashes -r requirements/dev.txt
	$(CHECK)
	touch $@
