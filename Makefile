# Each target is one command; `make report` is all that a reader needs, `make help` lists them.
PYTHON ?= python3
LANGUAGE ?= en
# Python as it is installed: no variable of the user's, such as PYTHONPATH, changes what it runs.
RUN = .venv/bin/python -E -m
# Where the home folder cannot be written, uv keeps its cache in .venv.
UV = cache=$$(.venv/bin/uv cache dir); mkdir -p "$$cache" 2> /dev/null && test -w "$$cache" \
	|| export UV_CACHE_DIR=.venv/uv; .venv/bin/uv
INSTALL = $(UV) pip install --quiet --python .venv/bin/python
# The tests of a file share what is made once for them, so that one process takes them all.
PARALLEL = -n auto --dist loadfile --no-loadscope-reorder
REFUSE_OLD = 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is \
needed, and $(PYTHON) is %d.%d; make PYTHON=python3.12 names another one" % sys.version_info[:2])'
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-header \
	--python-version 3.11 pyproject.toml
# The packages of the fonts, each by one author: without them the rest is installed all the same,
# and the report says which font is lacking and where the same one can be had.
FONTS = fontpkg fontpkg-fira-sans manimgx-fonts-cjk pylopdf-fonts-zh-cn pylopdf-fonts-zh-tw

report: .venv/ready  ## render the white paper: report.html and report.pdf in _output/<edition>/<language>
	$(RUN) analysis report $(EDITION) --language $(LANGUAGE)

data: .venv/ready  ## check the raw figures and rebuild the results
	$(RUN) analysis build $(EDITION)

release: report  ## put report, tables, workbook and checksums into one folder
	$(RUN) analysis workbook $(EDITION) --language $(LANGUAGE)
	$(RUN) analysis release $(EDITION) --language $(LANGUAGE)

site: report  ## everything for a static host in _output: report, site, workbook, data package
	$(RUN) analysis workbook $(EDITION) --language $(LANGUAGE)
	$(RUN) analysis release $(EDITION) --language $(LANGUAGE)
	$(RUN) analysis site $(EDITION) --language $(LANGUAGE)

lab: .venv/lab  ## open the notebooks in Jupyter, with the packages of the project
	$(RUN) jupyter lab notebooks

simplified: .venv/ready  ## make the Simplified Chinese prose and names from the Traditional
	$(RUN) analysis simplify

notebooks: .venv/ready  ## execute the notebooks into _build/notebooks
	$(RUN) analysis notebooks $(EDITION) --language $(LANGUAGE)

test: .venv/dev  ## pass all tests
	$(RUN) pytest $(PARALLEL)

coverage: .venv/dev  ## pass all tests and measure the lines of analysis/ that they run
	$(RUN) pytest $(PARALLEL) --cov=analysis --cov-fail-under=95

check: .venv/dev  ## check style and types, without changing anything
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy

format: .venv/dev  ## bring code and notebooks into the style that `make check` asks for
	$(RUN) ruff check --fix-only --quiet
	$(RUN) ruff format

bench: .venv/dev  ## print the measurements of benchmarks/
	$(RUN) benchmarks

mutants: .venv/dev  ## put small mistakes into engine and ranking and see whether the tests notice them
	OPENBLAS_NUM_THREADS=1 $(RUN) benchmarks.mutants $(MUTANTS)

lock: .venv/ready  ## renew requirements.lock and requirements-dev.lock from pyproject.toml
	@$(COMPILE) --group install -o requirements.lock
	@$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock

clean:  ## remove everything that is built
	rm -rf _build _output _variables.yml .quarto

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile
	@echo "EDITION=2019 behind a target names an edition; without it the latest one is taken."
	@echo "MUTANTS='--count 0' behind mutants tries all of them, which takes hours."

# uv installs exactly what requirements.lock lists, and is itself on that list with its hashes.
.venv/ready: requirements.lock pyproject.toml
	@.venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2> /dev/null \
		|| { $(PYTHON) -c $(REFUSE_OLD) && $(PYTHON) -m venv --clear .venv; }
	@echo "installing requirements.lock into .venv"
	@sed -n '/^uv==/,/# via/p' requirements.lock > .venv/uv.txt
	@PIP_USER=0 $(RUN) pip install --quiet --disable-pip-version-check --no-cache-dir \
		--require-hashes -r .venv/uv.txt
	@printf '%s\n' $(FONTS) > .venv/fonts.txt
	@$(INSTALL) --require-hashes -r requirements.lock --excludes .venv/fonts.txt
	@for font in $(FONTS); do \
		sed -n "/^$$font==/,/# via/p" requirements.lock > .venv/font.txt; \
		$(INSTALL) --require-hashes --no-deps -r .venv/font.txt || continue; \
	done
	@$(INSTALL) --no-deps -e .
	@touch $@

# Jupyter, beside what is pinned: no version of that is changed.
.venv/lab: .venv/ready
	@echo "installing jupyterlab into .venv"
	@$(INSTALL) --constraint requirements.lock -e ".[lab]"
	@touch $@

# What tests and checks need besides.
.venv/dev: .venv/ready requirements-dev.lock
	@echo "installing requirements-dev.lock into .venv"
	@$(INSTALL) --require-hashes -r requirements-dev.lock --excludes .venv/fonts.txt
	@touch $@

.PHONY: report data release site lab simplified notebooks test coverage check format bench mutants lock clean help
