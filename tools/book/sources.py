"""The chapters' sources as cells, each with its language."""

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from jupytext.myst import MystMetadataParsingError, myst_to_notebook
from nbformat import NotebookNode

from book.fault import SourceError
from book.languages import EVERYWHERE, LANGUAGES


class Cell(NamedTuple):
    line: int  # of its first line in the source, from 1
    lang: str | None  # None: code, which all languages share
    node: NotebookNode


def sources(root: Path) -> list[Path]:
    """The chapters' sources in their order."""
    return sorted((root / "chapters").glob("[0-9][0-9]_*.md"))


def read(path: Path) -> list[Cell]:
    """The cells of a source in order, each marked with its language.

    Raises:
        SourceError: prose without a language of the book, code with one, broken metadata.
    """
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
            first_code, *others = (f'"{code}"' for code in LANGUAGES)
            wanted = f'prose needs `+++ {{"lang": {first_code}}}` or {", ".join(others)} above'
            raise SourceError(path, line, wanted)
        if node.cell_type != "markdown" and lang is not None:
            raise SourceError(path, line, "code belongs to all languages: no lang")
        cells.append(Cell(line, lang, node))
    return cells


def twins(cells: list[Cell]) -> list[tuple[Cell, Cell]]:
    """Cells of prose, each with the one that follows it in a later language of the list."""
    order = [None, *LANGUAGES]
    return [
        (a, b) for a, b in pairwise(cells) if a.lang and order.index(a.lang) < order.index(b.lang)
    ]


def written_in(cells: list[Cell], language: str) -> bool:
    """Whether a source has a notebook in a language: every one has in Korean and English."""
    return language in EVERYWHERE or any(cell.lang == language for cell in cells)
