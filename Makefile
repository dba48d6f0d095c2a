# Everything this book's authors do, one target each. `make` alone lists them; CI calls the same.
# Written for any make since 3.81, the one that macOS has.

PYTHON = python3
PORT = 8000
VENV = .venv
COLAB = .venv-colab
OLDEST = .venv-oldest
PY = $(VENV)/bin/python
READY = $(VENV)/.ready
# Two tests at a time, each on one core: on arrays this small more threads only wait.
PYTEST = OMP_NUM_THREADS=1 TQDM_DISABLE=1 $(PY) -m pytest -n 2
# The living figure whose tests `make figure` runs.
NAME = gate
COLAB_READY = $(COLAB)/.ready
OLDEST_READY = $(OLDEST)/.ready
# What tests the built book, or its notebooks with other versions: each has a ring of its own.
OF_THE_BOOK = tests/site tests/engines tests/editions tests/tools/test_colab.py
# What tests more than the package, and needs more than the package does.
BESIDE_PACKAGE = lab site engines extension tools editions

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

serve: book ## build the whole book and serve it at a http://127.0.0.1 address (PORT=8000)
	@$(PY) tools/serve.py $(PORT)

# -W: a warning is an error, but all are shown first; -n: so is a link that leads nowhere.
# --all, into an empty folder: a page read in an earlier build would not repeat its warnings, and
# a page renamed since would stay. Outputs still come from the cache, so nothing runs twice.
# Those are run first, two at a time, whose outputs are not kept.
book: notebooks ## build the whole book into _build/html; fails on a failing cell or a warning
	$(PY) tools/run.py --missing
	rm -rf _build/html
	$(VENV)/bin/jupyter-book build . --all -W --keep-going -n

live: notebooks ## build again at each change and reload the page that is open (PORT=8000)
	$(PY) tools/run.py --missing
	@$(PY) tools/live.py $(PORT)

quick: style check $(READY) ## style, check and the fast tests, without a browser: under a minute
	$(PYTEST) tests -m "not slow" $(OF_THE_BOOK:%=--ignore=%)

fix: notebooks ## put the code in order: imports, layout, what mends by itself; build the notebooks
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) tools/javascript.py --fix

test: ## test the book, the fastest first: style, check, unit, run, open
	@start=$$(date +%s); \
	for ring in style check unit run open; do \
		before=$$(date +%s); \
		$(MAKE) $$ring || exit 1; \
		echo "$$ring took $$(($$(date +%s) - before)) seconds."; \
	done; \
	echo "All tests passed in $$(($$(date +%s) - start)) seconds."

check: $(READY) ## say in seconds whether both languages, notebooks and settings agree
	$(PY) tools/check.py

style: $(READY) ## style, common mistakes and types; of JavaScript too, where Node.js is
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) tools/javascript.py

unit: $(READY) ## test the package, the tools and the site's extension, without a browser
	$(PYTEST) tests -m "not browser" $(OF_THE_BOOK:%=--ignore=%)

run: notebooks ## run every notebook of both languages with nbmake, two at a time
	$(PY) tools/run.py

nudged: notebooks ## run every notebook with first weights nudged as other processors round
	$(PY) tools/run.py --nudged

figure: $(READY) ## test one living figure in the browser: NAME=gate
	CHROMIUM="$$($(PY) tools/browser.py)" && export CHROMIUM && \
		$(PYTEST) -n 0 tests/lab -k "figure_$(NAME)"

open: book ## build the book, open every page in Chromium and use every figure once
	CHROMIUM="$$($(PY) tools/browser.py)" && export CHROMIUM && \
		$(PYTEST) tests/engines -k chromium

figures: $(READY) ## test all living figures in Chromium, in every way of use
	CHROMIUM="$$($(PY) tools/browser.py)" && export CHROMIUM && \
		$(PYTEST) tests -m browser $(OF_THE_BOOK:%=--ignore=%)

pages: book ## build the book and test its pages in Chromium
	CHROMIUM="$$($(PY) tools/browser.py)" && export CHROMIUM && $(PYTEST) tests/site

# One worker an engine: each has one driver. -rs names what is skipped as it is not installed.
engines: book ## what `make open` does, in Firefox and WebKit, where those are installed
	$(PYTEST) --dist loadgroup -rs tests/engines -k "not chromium"

# From nothing but what is there now: setuptools would put what an earlier build left in too.
wheel: $(READY) ## build the package as the notebooks install it, into _build/wheel
	rm -rf build _build/wheel
	$(PY) -m pip wheel --quiet --no-deps --wheel-dir _build/wheel .
	rm -rf build

pdf: book ## print the book: a PDF a language, and its exercises, into _build/editions
	CHROMIUM="$$($(PY) tools/browser.py)" && export CHROMIUM && $(PY) tools/pdf.py

epub: book ## make the book for e-readers: an EPUB a language, into _build/editions
	CHROMIUM="$$($(PY) tools/browser.py)" && export CHROMIUM && $(PY) tools/epub.py

zip: pdf epub ## pack the whole book to carry: pages, PDFs, EPUBs, notebooks; _build/editions
	$(PY) tools/pack.py

editions: zip ## print and pack the book and test what came out
	CHROMIUM="$$($(PY) tools/browser.py)" && export CHROMIUM && $(PYTEST) tests/editions

colab: notebooks $(COLAB_READY) ## run every notebook as Colab would: its versions, no package
	COLAB_PYTHON=$(COLAB)/bin/python $(PY) -m pytest tests/tools/test_colab.py

oldest: $(OLDEST_READY) ## test the package with the oldest versions that pyproject.toml allows
	OMP_NUM_THREADS=1 TQDM_DISABLE=1 $(OLDEST)/bin/python -m pytest tests \
		$(BESIDE_PACKAGE:%=--ignore=tests/%)

notebooks: $(READY) ## build the notebooks of both languages from chapters/*.md
	$(PY) tools/notebooks.py

bench: book ## time training beside the usual loops, and PyTorch on long text; weigh the pages
	$(PY) benchmarks/training.py
	$(PY) benchmarks/growth.py
	$(PY) benchmarks/own_text.py
	$(PY) benchmarks/page_sizes.py

lock: ## pin anew what requirements.txt needs in turn: rewrites constraints.txt
	$(PYTHON) tools/lock.py

repository: $(READY) ## set the repository's address everywhere: URL=https://github.com/OWNER/NAME
	$(PY) tools/repository.py "$(URL)"
	$(PY) tools/notebooks.py

release: $(READY) ## set the version everywhere: VERSION=1.0.1
	$(PY) tools/release.py "$(VERSION)"
	$(PY) tools/notebooks.py

clean: ## remove all that make made, the environments too
	rm -rf _build $(VENV) $(COLAB) $(OLDEST) tools/js/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# The environments. Each has a stamp, newer than what it was made from: nothing installs twice.

$(READY): requirements.txt constraints.txt pyproject.toml
	@sh tools/environment.sh "$(PYTHON)" $(VENV)
	$(PY) -m pip install --quiet -r requirements.txt
	$(PY) -m pip install --quiet --no-deps -e .
	@touch $@

$(COLAB_READY): tests/colab.txt
	@sh tools/environment.sh "$(PYTHON)" $(COLAB)
	$(COLAB)/bin/python -m pip install --quiet -r tests/colab.txt
	@touch $@

$(OLDEST_READY): tests/oldest.txt pyproject.toml
	@sh tools/environment.sh "$(PYTHON)" $(OLDEST)
	$(OLDEST)/bin/python -m pip install --quiet -r tests/oldest.txt
	$(OLDEST)/bin/python -m pip install --quiet --no-deps -e .
	@touch $@

.PHONY: help serve book live quick fix test check style unit run nudged open figure figures pages engines \
	wheel pdf epub zip editions colab oldest notebooks bench lock repository release clean
