"""The symbols of formulas, code and pictures."""

import re

from book import symbols as known_symbols
from book.fault import SourceError
from book.numbers import chapter_of
from book.strings import Pair
from book.symbols import Symbol, Written

from gate import prose, wording
from gate.model import Book, Chapter, Finding, Findings


def symbols(book: Book) -> Findings:
    """Every symbol of a formula stands in symbols.yml, which holds none that no chapter uses."""
    path = book.root / "symbols.yml"
    try:
        known = known_symbols.read(path)
    except SourceError as error:
        yield Finding(path, error.line, "symbols", error.message)
        return
    except FileNotFoundError:
        yield Finding(path, 1, "symbols", "is not there")
        return
    used: set[Symbol] = set()
    for chapter in book.chapters:
        number = chapter_of(chapter.path.stem)
        for line, formula, written in written_in(chapter):
            symbol = known_symbols.meant(known, written, number)
            if symbol is None:
                name = "_".join(filter(None, written))
                message = f"{name} of ${formula}$ is not in symbols.yml"
                yield Finding(chapter.path, line, "symbols", message)
            else:
                used.add(symbol)
    for symbol in known:
        if symbol not in used:
            message = f"no chapter writes {symbol.formula} in this sense"
            yield Finding(path, symbol.line, "symbols", message)
        for name, numbers in symbol.code.items():
            for number in set(numbers) - coded(book, name):
                message = f"{symbol.formula}: no code of chapter {number} has the name {name}"
                yield Finding(path, symbol.line, "symbols", message)
    pairs = [Pair(path, one.line, one.formula, one.name("ko"), one.name("en")) for one in known]
    found = [(pair, message) for pair in pairs for message in wording.faults(pair, book.terms)]
    for pair, message in [*found, *wording.alike(pairs)]:
        yield Finding(path, pair.line, "symbols", message)


def written_in(chapter: Chapter) -> list[tuple[int, str, Written]]:
    """(line, formula, symbol) of every symbol that a chapter's prose writes."""
    return [
        (cell.line + line, formula, one)
        for cell, _ in chapter.prose()
        for line, formula in prose.formulas(cell.node.source)
        for one in known_symbols.written(formula)
    ]


def coded(book: Book, name: str) -> set[int | None]:
    """The numbers of the chapters whose code has a name."""
    pattern = re.compile(rf"(?<![\w.]){name}(?!\w)")
    return {
        chapter_of(chapter.path.stem)
        for chapter in book.chapters
        if any(pattern.search(cell.node.source) for cell in chapter.code())
    }
