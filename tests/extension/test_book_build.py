"""`jupyter-book build` with the book's own settings, on a book of one notebook a language."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import run
import yaml
from book import outputs
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [
    str(Path(sys.executable).with_name("jupyter-book")),
    "build",
    ".",
    "-W",
    "--keep-going",
    "-n",
]
TOC = """\
format: jb-book
root: index
chapters:
- file: chapters/ko/01_one
- file: chapters/en/01_one
"""
TITLES = {
    "ko": "# 하나\n\n패키지가 말하는 수를 봅니다.",
    "en": "# One\n\nSee what the package says.",
}


@pytest.fixture
def book(tmp_path):
    """A folder with the book's settings and extension, a package and two small notebooks."""
    shutil.copy(ROOT / "_config.yml", tmp_path)
    for folder in ("_ext", "tools/book"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    (tmp_path / "_toc.yml").write_text(TOC)
    (tmp_path / "index.md").write_text("# Door\n")
    write_package(tmp_path, 41)
    write_notebooks(tmp_path, "import tiny_package\nprint('says', tiny_package.NUMBER)")
    return tmp_path


def write_package(folder, number):
    (folder / "src").mkdir(exist_ok=True)
    (folder / "src" / "tiny_package.py").write_text(f"NUMBER = {number}\n")


def write_notebooks(folder, code):
    for language, text in TITLES.items():
        path = folder / "chapters" / language / "01_one.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        cells = [new_markdown_cell(text), new_code_cell(code)]
        metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        nbformat.write(new_notebook(cells=cells, metadata=metadata), path)


def build(folder):
    return subprocess.run(COMMAND, cwd=folder, capture_output=True, text=True, check=False)


def page(folder):
    return (folder / "_build/html/chapters/ko/01_one.html").read_text(encoding="utf-8")


def test_change_of_the_package_runs_the_notebooks_again(book):
    first = build(book)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "says 41" in page(book)
    write_package(book, 42)
    assert build(book).returncode == 0
    assert "says 42" in page(book)


def test_notebook_that_fails_fails_the_build(book):
    write_notebooks(book, "raise ValueError('on purpose')")
    assert build(book).returncode != 0


COUNTED = """\
import tiny_package
with open({path!r}, "a") as runs:
    runs.write("run\\n")
print("says", tiny_package.NUMBER)
"""


def test_the_book_takes_what_nbmake_has_run(book):
    """Each notebook runs once for each state of the package, whoever asks for it first."""
    runs = book / "runs"
    write_notebooks(book, COUNTED.format(path=str(runs)))
    assert run.run(book, missing=False) == 0
    assert build(book).returncode == 0
    assert "says 41" in page(book)
    assert run.run(book, missing=True) == 0
    assert runs.read_text() == "run\n" * len(TITLES)
    write_package(book, 42)
    assert run.run(book, missing=True) == 0
    assert runs.read_text() == "run\n" * 2 * len(TITLES)


RECORDED = """\
import time
with open({path!r}, "a") as runs:
    runs.write("begin\\n")
time.sleep(2)
with open({path!r}, "a") as runs:
    runs.write("end\\n")
"""


@pytest.mark.parametrize("alone", [(), ("01_one",)])
def test_what_shows_times_has_the_machine_to_itself(book, monkeypatch, alone):
    runs = book / "runs"
    write_notebooks(book, RECORDED.format(path=str(runs)))
    monkeypatch.setattr(run, "ALONE", alone)
    assert run.run(book, missing=False) == 0
    assert (runs.read_text() == "begin\nend\n" * len(TITLES)) == bool(alone)
    assert run.run(book, missing=True) == 0  # its outputs are kept as well
    assert runs.read_text().count("begin") == len(TITLES)


WEIGHTS = """\
import json, pathlib, torch
drawn = []
for _ in range(2):
    torch.manual_seed(0)
    layers = torch.nn.Linear(2, 2), torch.nn.GRU(1, 1), torch.nn.RNNCell(1, 1)
    drawn.append([p.flatten().tolist() for one in layers for p in one.parameters()])
assert drawn[0] == drawn[1]
pathlib.Path({path!r}).write_text(json.dumps(sum(drawn[0], [])))
"""


def test_a_nudge_changes_first_weights_a_little_and_keeps_nothing(book):
    drawn, path = [], book / "drawn.json"
    write_notebooks(book, WEIGHTS.format(path=str(path)))
    cache = run.get_cache(outputs.cache_of(book))
    for nudged in (True, False):
        assert run.run(book, missing=False, nudged=nudged) == 0
        assert run.is_kept(cache, book / "chapters/en/01_one.ipynb") != nudged
        drawn.append(json.loads(path.read_text()))
    assert all(0 < abs(a - b) < 1e-5 for a, b in zip(*drawn, strict=True) if a)


def test_there_are_notebooks_that_run_alone():
    names = {path.stem for path in run.notebooks(ROOT)}
    assert names and set(run.ALONE) <= names


def test_of_a_notebook_that_fails_nothing_is_kept(book):
    """One fails here for a letter that no font has: it would be a box on the page."""
    write_notebooks(book, "import warnings")
    path = book / "chapters/en/01_one.ipynb"
    boxed = "import warnings; warnings.warn('Glyph 48577 missing')"
    path.write_text(path.read_text().replace("import warnings", boxed))
    assert run.run(book, missing=True) == 1
    cache = run.get_cache(outputs.cache_of(book))
    assert run.is_kept(cache, book / "chapters/ko/01_one.ipynb")
    assert not run.is_kept(cache, path)


def test_link_to_nowhere_fails_the_build(book):
    (book / "index.md").write_text("# Door\n\n[nowhere](chapters/ko/02_two.ipynb)\n")
    assert build(book).returncode != 0


def test_plain_build_fails_on_a_warning_too_and_again(book):
    """The second build reads nothing anew, and must not pass for want of a repeated warning."""
    (book / "index.md").write_text("# Door\n\n[nowhere](chapters/ko/02_two.ipynb)\n")
    plain = [part for part in COMMAND if part not in ("-W", "-n", "--keep-going")]
    for _ in range(2):
        assert subprocess.run(plain, cwd=book, capture_output=True, check=False).returncode != 0
    (book / "index.md").write_text("# Door\n")
    assert subprocess.run(plain, cwd=book, capture_output=True, check=False).returncode == 0


SHARED = """\
import os
import torch
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    print(name, os.environ.get(name))
print("torch", torch.get_num_threads())
"""


@pytest.mark.parametrize("chosen", [None, "2"])
def test_notebooks_run_with_one_thread_unless_another_number_is_chosen(book, monkeypatch, chosen):
    """Beside other work, threads that wait for one another make a chapter ten times as slow."""
    for name in outputs.THREADS:
        monkeypatch.delenv(name, raising=False)
    if chosen:
        monkeypatch.setenv("OMP_NUM_THREADS", chosen)
    write_notebooks(book, SHARED)
    made = build(book)
    assert made.returncode == 0, made.stdout + made.stderr
    expected = {"OMP": chosen or 1, "MKL": None if chosen else 1, "OPENBLAS": None if chosen else 1}
    for name, number in expected.items():
        assert f"{name}_NUM_THREADS {number}\n" in page(book)
    assert f"torch {chosen or 1}\n" in page(book)


def test_a_cell_may_take_its_time():
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    assert config["execute"]["timeout"] >= 600


def test_what_is_for_colab_is_not_on_the_page(book):
    """The notebook leads to Colab and has a title for a folded cell; the page does not."""
    pyproject = '[project]\nname = "char-rnn-book"\nversion = "1.2.3"\n'
    (book / "pyproject.toml").write_text(pyproject, "utf-8")
    url = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]["url"]
    colab = f"https://colab.research.google.com/github/{url.removeprefix('https://github.com/')}"
    for language, text in TITLES.items():
        path = book / "chapters" / language / "01_one.ipynb"
        links = f"[here]({colab}/blob/v1.2.3/chapters/{language}/01_one.ipynb) "
        links += f"[old]({colab}/blob/v1.0.0/chapters/{language}/01_one.ipynb)"
        note = (
            '<div class="admonition note">\n<p class="admonition-title"><strong>Bold</strong></p>'
        )
        cells = [
            new_markdown_cell(f"{text}\n\n{links}\n\n{note}\n<p>A note.</p>\n</div>"),
            new_code_cell("# @title Solution\nprint('solved')", metadata={"tags": ["hide-cell"]}),
            new_code_cell("# a comment\nprint('# @title Said')"),
        ]
        nbformat.write(new_notebook(cells=cells), path)
    made = build(book)
    assert made.returncode == 0, made.stdout + made.stderr
    soup = BeautifulSoup(page(book), "html.parser")
    article = soup.find("article")
    links = {a.text: a["href"] for a in article.find_all("a", class_="reference")}
    assert links["here"] in ("", "#", "01_one.html")
    assert links["old"].startswith("https://colab")  # another version's is no page of this book
    code = [pre.text for pre in article.select(".cell_input pre")]
    assert code == ["print('solved')\n", "# a comment\nprint('# @title Said')\n"]
    assert [pre.text for pre in article.select(".cell_output pre")] == [
        "solved\n",
        "# @title Said\n",
    ]
    assert article.select_one(".admonition-title").decode_contents() == "<strong>Bold</strong>"
    button = soup.select(".page-tools a, .foot a")[0]
    assert button["href"] == f"{colab}/blob/v1.2.3/chapters/ko/01_one.ipynb"


def test_widget_page_asks_no_other_host(book):
    write_notebooks(book, "import ipywidgets\nipywidgets.IntSlider()")
    made = build(book)
    assert made.returncode == 0, made.stdout + made.stderr
    assert "application/vnd.jupyter.widget-state+json" in page(book)
    assert "cdn" not in page(book).lower()
    assert "require" not in page(book).lower().replace("requirements", "")
