"""What a page or Colab can show."""

import re

from gate import prose
from gate.model import Book, Finding, Findings

LONGEST_CELL = 15


def raw(book: Book) -> Findings:
    """Nothing that Colab, which knows no MyST, would show as it is typed."""
    for chapter in book.chapters:
        for cell, parts in chapter.prose():
            found = [*parts.directives]
            for text in parts.texts:
                for pattern in prose.ONLY_MYST:
                    found += [(text.line, match[0]) for match in pattern.finditer(text.words)]
                if text.place == "html":
                    marks = re.finditer(r"`|\*\*|\]\(|\$[^$]+\$", text.words)
                    found += [(text.line, f"{match[0]} inside HTML") for match in marks]
                    continue
                if "**" in text.words:  # as **굵은 말(bold)**은: a letter behind closes no )**
                    found.append((text.line, "** that makes nothing bold"))
                if "`" in text.words:
                    found.append((text.line, "` that has no other"))
            for line, what in found:
                message = f"{what} would show as typed in Colab"
                yield Finding(chapter.path, cell.line + line, "raw", message)


def claim(book: Book) -> Findings:
    """An assertion breaks no story: it stands in the folded check of a claim, or in a solution."""
    for chapter in book.chapters:
        for cell in chapter.code():
            folded = {"claim", "solution", "source"} & set(cell.node.metadata.get("tags", []))
            if not folded and re.search(r"(?m)^\s*assert\b", cell.node.source):
                message = "an assert outside a cell tagged claim or solution"
                yield Finding(chapter.path, cell.line, "claim", message)


def length(book: Book) -> Findings:
    """A code cell fits on a page. How wide its lines may be, chapters/ruff.toml says.

    The code of a question is on no page.
    """
    for chapter in book.chapters:
        for cell in chapter.code():
            lines = len(cell.node.source.splitlines())
            if lines > LONGEST_CELL and "question" not in cell.node.metadata.get("tags", []):
                message = f"{lines} lines of code, at most {LONGEST_CELL}"
                yield Finding(chapter.path, cell.line, "length", message)
