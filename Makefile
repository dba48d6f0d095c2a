# Everything this book's authors do, one target each. `make` alone lists them; CI calls the same.
# Written for any make since 3.81, the one that macOS has.

PYTHON = python3
PORT = 8000
VENV = .venv
COLAB = .venv-colab
PY = $(VENV)/bin/python
READY = $(VENV)/.ready
# Two tests at a time, each on one core: on arrays this small more threads only wait.
PYTEST = OMP_NUM_THREADS=1 TQDM_DISABLE=1 $(PY) -m pytest -n 2
COLAB_READY = $(COLAB)/.ready

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

serve: book ## build the whole book and serve it at a http://127.0.0.1 address (PORT=8000)
	@$(PY) tools/serve.py $(PORT)

# -W: a warning is an error, but all are shown first; -n: so is a link that leads nowhere.
# --all, into an empty folder: a page read in an earlier build would not repeat its warnings, and
# a page renamed since would stay. Outputs still come from the cache, so nothing runs twice.
book: notebooks ## build the whole book into _build/html; fails on a failing cell or a warning
	rm -rf _build/html
	$(VENV)/bin/jupyter-book build . --all -W --keep-going -n

test: ## test everything, the fastest first: style, check, unit, run, pages, colab
	@$(MAKE) style
	@$(MAKE) check
	@$(MAKE) unit
	@$(MAKE) run
	@$(MAKE) pages
	@$(MAKE) colab
	@echo "All tests passed."

check: $(READY) ## say in seconds whether both languages, notebooks and settings agree
	$(PY) tools/check.py

style: $(READY) ## style, common mistakes and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

unit: $(READY) ## test the package, the tools and the site's extension
	CHROMIUM="$$($(PY) tools/browser.py)" && export CHROMIUM && $(PYTEST) tests --ignore=tests/site --ignore=tests/test_colab.py

# A glyph that no font has is a warning of Matplotlib's; here it fails the notebook. Both folders
# are named, and pytest fails on a folder that is missing; `make check` knows what lies in them.
# Two kernels that start at once may pick one port, and one never answers: only then, once more.
run: notebooks ## run every notebook of both languages
	PYTHONWARNINGS=error:Glyph:UserWarning $(PYTEST) --nbmake chapters/ko chapters/en \
		--reruns 2 --only-rerun "t respond in"

pages: book ## build the book and test its pages in a browser
	CHROMIUM="$$($(PY) tools/browser.py)" && export CHROMIUM && $(PYTEST) tests/site

colab: notebooks $(COLAB_READY) ## run a chapter of each language as Colab would: its versions, no package
	COLAB_PYTHON=$(COLAB)/bin/python $(PY) -m pytest tests/test_colab.py

notebooks: $(READY) ## build the notebooks of both languages from chapters/*.md
	$(PY) tools/notebooks.py

bench: book ## time training beside the post's loop and nn.RNN; weigh the pages beside the stock theme's
	$(PY) benchmarks/training.py
	$(PY) benchmarks/page_sizes.py

lock: ## pin anew what requirements.txt needs in turn: rewrites constraints.txt
	$(PYTHON) tools/lock.py

repository: $(READY) ## set the repository's address everywhere: URL=https://github.com/OWNER/NAME
	$(PY) tools/repository.py "$(URL)"
	$(PY) tools/notebooks.py

clean: ## remove all that make made, the environments too
	rm -rf _build $(VENV) $(COLAB) .pytest_cache .mypy_cache .ruff_cache .hypothesis
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

.PHONY: help serve book test check style unit run pages colab notebooks bench lock repository clean
