"""The book as the rules are given it, and what a rule finds."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from book import agreed, sources, terms
from book.fault import SourceError
from book.languages import LANGUAGES
from book.sources import Cell

from gate import prose


class Finding(NamedTuple):
    path: Path
    line: int
    rule: str
    message: str


Findings = Iterator[Finding]


class Chapter(NamedTuple):
    path: Path
    cells: list[Cell]

    def prose(self, *languages: str) -> list[tuple[Cell, prose.Prose]]:
        """Its prose in some languages, or in all where none is named."""
        wanted = languages or tuple(LANGUAGES)
        return [(c, prose.parse(c.node.source)) for c in self.cells if c.lang in wanted]

    def twins(self) -> list[tuple[Cell, Cell]]:
        """Cells of prose with the one that follows each in a later language."""
        return sources.twins(self.cells)

    def pairs(self) -> list[tuple[Cell, Cell]]:
        """Korean cells with the English cell that follows each."""
        return [(a, b) for a, b in self.twins() if (a.lang, b.lang) == ("ko", "en")]

    def code(self) -> list[Cell]:
        """Its cells of code."""
        return [cell for cell in self.cells if cell.node.cell_type == "code"]


class Book(NamedTuple):
    root: Path
    chapters: list[Chapter]
    terms: list[terms.Term]  # the longest English first
    unreadable: list[SourceError]

    def sources_in(self, language: str) -> list[str]:
        """Names of the chapters that have notebooks in a language."""
        there = [c for c in self.chapters if sources.written_in(c.cells, language)]
        return [chapter.path.stem for chapter in there]


def read(root: Path) -> Book:
    """The book in a folder; what cannot be read is part of it."""
    book = Book(root, [], [], [])
    for path in sources.sources(root):
        try:
            book.chapters.append(Chapter(path, sources.read(path)))
        except SourceError as error:
            book.unreadable.append(error)
    try:
        book.terms.extend(terms.longest_first(terms.read(root / "glossary.yml")))
        agreed.recorded_in(root)
    except SourceError as error:
        book.unreadable.append(error)
    return book
