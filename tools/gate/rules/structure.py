"""The sources: their cells, the notebooks built from them, the contents."""

from collections.abc import Iterator
from typing import Any

import notebooks
import yaml
from book import agreed, sources
from book.fault import SourceError
from book.languages import DEFAULT, EVERYWHERE, LANGUAGES, REFERENCE

from gate.model import Book, Finding, Findings


def readable(book: Book) -> Findings:
    """Every prose cell has a language, no code cell has; the glossary is as its head says."""
    rules = {".yml": "glossary", ".txt": "agreed"}
    for error in book.unreadable:
        rule = rules.get(error.path.suffix, "lang")
        yield Finding(error.path, error.line, rule, error.message)


def built(book: Book) -> Findings:
    """The notebooks are what the sources build."""
    if book.unreadable:
        return
    try:
        different = notebooks.differing(book.root)
    except SourceError as error:  # a cell's list of words that does not fit its code
        yield Finding(error.path, error.line, "built", error.message)
        return
    for path in different:
        yield Finding(path, 1, "built", "differs from its source, run `make notebooks`")


def read_together(book: Book) -> Findings:
    """No language of a pair has changed alone since both were read together: see agreed.py."""
    if book.unreadable:
        return
    chapters = {chapter.path: chapter.cells for chapter in book.chapters}
    pairs = agreed.pairs(book.root, chapters, book.terms)
    changed = agreed.one_sided(book.root, agreed.recorded_in(book.root), pairs)
    for pair, side in changed.items():
        place = f"{pair.path.relative_to(book.root)}:{pair.line}"
        other = pair.sides[pair.sides[0] == side]
        message = (
            f"{side} changed, {other} did not; if both still agree:"
            f" `.venv/bin/python tools/notebooks.py --agreed {place}`"
        )
        yield Finding(pair.path, pair.line, "agreed", message)


def pairing(book: Book) -> Findings:
    """Prose comes in pairs, Korean directly followed by English, then each further language."""
    first, second = (LANGUAGES[code].english for code in EVERYWHERE)
    for path, cells in book.chapters:
        further = [c for c in LANGUAGES if c not in EVERYWHERE and c in {x.lang for x in cells}]
        for before, cell, after in zip([None, *cells], cells, [*cells[1:], None], strict=False):
            if cell.lang == DEFAULT and (after is None or after.lang != REFERENCE):
                yield Finding(path, cell.line, "twins", f"{first} without its {second} right below")
            if cell.lang == REFERENCE and (before is None or before.lang != DEFAULT):
                yield Finding(path, cell.line, "twins", f"{second} without its {first} right above")
            order = [REFERENCE, *further]
            if cell.lang in order and cell.lang != order[-1]:
                wanted = order[order.index(cell.lang) + 1]
                if after is None or after.lang != wanted:
                    message = f"no {LANGUAGES[wanted].english} right below"
                    yield Finding(path, cell.line, "twins", message)
            if cell.lang in further:
                wanted = order[order.index(cell.lang) - 1]
                if before is None or before.lang != wanted:
                    message = f"no {LANGUAGES[wanted].english} right above"
                    yield Finding(path, cell.line, "twins", message)


def contents(book: Book) -> Findings:
    """_toc.yml has every notebook once, each language's in the order of the sources."""
    path = book.root / "_toc.yml"
    text = path.read_text("utf-8")
    files = list(files_in(yaml.safe_load(text)))
    everywhere = [source.stem for source in sources.sources(book.root)]
    for code, language in LANGUAGES.items():
        folder = language.folder
        built = everywhere if code in EVERYWHERE else book.sources_in(code)
        listed = [file.removeprefix(folder) for file in files if file.startswith(folder)]
        listed = [slug.removesuffix(".ipynb") for slug in listed]
        for slug in sorted(set(built) - set(listed)):
            yield Finding(path, 1, "toc", f"{folder}{slug} is missing")
        for slug in sorted(set(listed) - set(built)):
            line = text[: text.index(folder + slug)].count("\n") + 1
            yield Finding(path, line, "toc", f"{folder}{slug} has no source")
        if set(listed) == set(built) and listed != built:
            yield Finding(path, 1, "toc", f"{folder}: not the order of the sources, or one twice")


def files_in(entry: Any) -> Iterator[str]:
    """Every `file:` of a table of contents, however deep."""
    if isinstance(entry, dict):
        if "file" in entry:
            yield str(entry["file"])
        entry = list(entry.values())
    if isinstance(entry, list):
        for below in entry:
            yield from files_in(below)
