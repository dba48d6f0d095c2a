"""Build the notebooks of both languages from their sources: `make notebooks`.

A source, chapters/NN_name.md, is a MyST notebook: code once, prose in pairs whose cells are marked
`+++ {"lang": "ko"}` and `+++ {"lang": "en"}`. From it come chapters/ko/NN_name.ipynb and
chapters/en/NN_name.ipynb, which are committed: Colab and nbmake open those. They hold no outputs
and nothing that changes from one build to the next.

    python tools/notebooks.py           write them, remove those whose source is gone
    python tools/notebooks.py --check   only say which differ
"""

import sys
from pathlib import Path
from typing import NamedTuple

import glossary
import nbformat
import yaml
from jupytext.myst import MystMetadataParsingError, myst_to_notebook
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("ko", "en")
SOLUTION = {
    "ko": {"code_prompt_show": "풀이 보기", "code_prompt_hide": "풀이 접기"},
    "en": {"code_prompt_show": "Show the solution", "code_prompt_hide": "Hide the solution"},
}
# Only what is missing is installed: a reader's own copy of the package stays as it is.
SETUP = """\
# The package of this book, fetched where it is not installed yet (in Colab, say).
import importlib.util

if importlib.util.find_spec("charrnn") is None:
    %pip install --quiet "charrnn @ git+{url}"

import charrnn

charrnn.set_language("{language}")"""
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class SourceError(Exception):
    """A source that cannot be built: where and why."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message


class Cell(NamedTuple):
    line: int  # of its first line in the source, from 1
    lang: str | None  # None: code, which both languages share
    node: NotebookNode


def sources(root: Path) -> list[Path]:
    return sorted((root / "chapters").glob("[0-9][0-9]_*.md"))


def read(path: Path) -> list[Cell]:
    """The cells of a source in order, each marked with its language."""
    text = path.read_text("utf-8")
    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except MystMetadataParsingError as error:
        raise SourceError(path, 1, str(error)) from error
    lines = text.splitlines()
    cells = []
    for start, node in zip(notebook.metadata.pop("source_map"), notebook.cells, strict=True):
        first = node.source.split("\n")[0]
        line = 1 + next((i for i in range(start, len(lines)) if lines[i] == first), start)
        lang = node.metadata.pop("lang", None)
        if node.cell_type == "markdown" and lang not in LANGUAGES:
            raise SourceError(path, line, 'prose needs `+++ {"lang": "ko"}` or "en" above')
        if node.cell_type != "markdown" and lang is not None:
            raise SourceError(path, line, "code belongs to both languages: no lang")
        cells.append(Cell(line, lang, node))
    return cells


def build(cells: list[Cell], slug: str, language: str, url: str, terms: str = "") -> str:
    """The notebook of one language as the text of its file; `terms` is the glossary's list."""
    setup = SETUP.format(url=url, language=language)
    nodes = [nbformat.v4.new_code_cell(setup, metadata={"tags": ["remove-cell"]})]
    nodes += [nbformat.from_dict(cell.node) for cell in cells if cell.lang in (None, language)]
    for number, node in enumerate(nodes):
        node.id = f"{slug.replace('_', '-')}-{number:02d}"
        node.source = node.source.replace(glossary.PLACE, terms)
        if "solution" in node.metadata.get("tags", []):
            fold(node, language)
    notebook = nbformat.v4.new_notebook(cells=nodes, metadata=METADATA)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def fold(node: NotebookNode, language: str) -> None:
    """Hide a cell tagged `solution` until the reader asks, in the page and in Jupyter."""
    tags = [tag for tag in node.metadata.tags if tag != "solution"]
    node.metadata.update(tags=[*tags, "hide-cell"], mystnb=SOLUTION[language])
    node.metadata.jupyter = {"source_hidden": True}


def repository_url(root: Path) -> str:
    """The one place where the repository's address is written by hand."""
    return str(yaml.safe_load((root / "_config.yml").read_text("utf-8"))["repository"]["url"])


def differing(root: Path) -> dict[Path, str | None]:
    """Notebooks that are not what the sources build, with the text they should have.

    None stands for a notebook that should not be there, because no source builds it.
    """
    url = repository_url(root)
    terms = glossary.read(root / "glossary.yml")
    wanted: dict[Path, str | None] = {}
    if not sources(root):
        raise SourceError(root / "chapters", 1, "no source, NN_name.md, to build from")
    for source in sources(root):
        cells = read(source)
        for language in LANGUAGES:
            path = root / "chapters" / language / f"{source.stem}.ipynb"
            wanted[path] = build(cells, source.stem, language, url, glossary.page(terms, language))
    there = {path: path.read_text("utf-8") for path in (root / "chapters").glob("*/*.ipynb")}
    everything = sorted(wanted.keys() | there.keys())
    return {path: wanted.get(path) for path in everything if wanted.get(path) != there.get(path)}


def main(root: Path, check: bool) -> int:
    try:
        different = differing(root)
    except SourceError as error:
        sys.exit(str(error))
    for path, text in different.items():
        print(path.relative_to(root), "has no source" if text is None else "is out of date", end="")
        print("" if check else ": removed" if text is None else ": written")
        if text is None and not check:
            path.unlink()
        elif text is not None and not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return int(check and bool(different))


if __name__ == "__main__":
    sys.exit(main(ROOT, check="--check" in sys.argv[1:]))
