# Each target is one command; `make report` is all that a reader needs.
PYTHON ?= python3
RUN = .venv/bin/python -m
# Where this is set, every start of Python would compile all libraries anew.
export PYTHONDONTWRITEBYTECODE :=
# Packages are compiled when they are first imported, and only then; so the outcome must be kept.
unexport PYTHONDONTWRITEBYTECODE

report: .venv/ready  ## render the white paper: _output/report.html and _output/report.pdf
	$(RUN) analysis report $(EDITION)

data: .venv/ready  ## check the raw figures and rebuild the results
	$(RUN) analysis build $(EDITION)

release: report  ## put report, tables, workbook and checksums into _output/release
	$(RUN) analysis workbook $(EDITION)
	$(RUN) analysis release $(EDITION)

notebooks: .venv/ready  ## execute the notebooks into _build/notebooks
	$(RUN) analysis notebooks $(EDITION)

test: .venv/ready  ## pass all tests, with line coverage of analysis/
	$(RUN) pytest -n auto --cov=analysis --cov-fail-under=95

check: .venv/ready  ## style and types
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy

bench: .venv/ready  ## print the measurements of benchmarks/
	$(RUN) benchmarks

lock: .venv/ready  ## renew requirements.lock from pyproject.toml
	.venv/bin/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --python-version 3.11 -o requirements.lock

clean:  ## remove everything that is built
	rm -rf _build _output _variables.yml .quarto

# uv installs exactly what requirements.lock lists, and is itself on that list with its hashes.
.venv/ready: requirements.lock pyproject.toml
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	sed -n '/^uv==/,/# via/p' requirements.lock > .venv/uv.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
	.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps -e .
	touch $@

.PHONY: report data release notebooks test check bench lock clean
