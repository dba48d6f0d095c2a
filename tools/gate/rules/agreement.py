"""What the texts of a pair say alike, in the chapters and in README.md."""

import re

from book.languages import LANGUAGES

from gate import prose, twins
from gate.model import Book, Finding, Findings

README = ("한국어", "English")


def agreement(book: Book) -> Findings:
    """Twins agree in all that can be compared without knowing either language: see twins.py."""
    for chapter in book.chapters:
        for first, second in chapter.twins():
            languages = str(first.lang), str(second.lang)
            ours, theirs = (LANGUAGES[code].english for code in languages)
            parsed = prose.parse(first.node.source), prose.parse(second.node.source)
            for found in twins.differences(*parsed, languages):
                there = f"{theirs} at line {second.line + found.en_line} {found.english}"
                message = f"{ours} has {found.korean}, {there}"
                yield Finding(chapter.path, first.line + found.ko_line, found.rule, message)


def alternative_text(book: Book) -> Findings:
    """Every image says in words what it shows."""
    for chapter in book.chapters:
        for cell, parts in chapter.prose():
            for source, words in parts.images:
                if not words.strip():
                    yield Finding(chapter.path, cell.line, "alt", f"{source} has no words")


def readme(book: Book) -> Findings:
    """The Korean and the English half of README.md agree as twins do."""
    path = book.root / "README.md"
    text = path.read_text("utf-8")
    half = "^## {}\n(.*?)(?=^## |\\Z)"
    ko, en = (re.search(half.format(name), text, re.M | re.S) for name in README)
    if ko is None or en is None:
        yield Finding(path, 1, "readme", f"not two halves, {' and '.join(README)}")
        return
    first, second = (1 + text.count("\n", 0, found.start(1)) for found in (ko, en))
    for found in twins.differences(prose.parse(ko[1]), prose.parse(en[1])):
        there = f"English at line {second + found.en_line} {found.english}"
        message = f"{found.rule}: Korean has {found.korean}, {there}"
        yield Finding(path, first + found.ko_line, "readme", message)
