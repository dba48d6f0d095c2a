"""Whether the code of a page speaks the page's language."""

import ast
import re
from collections.abc import Iterator

from book.languages import LANGUAGES, REFERENCE
from book.spoken import FIELD, texts

from gate.model import Book, Finding, Findings

WORD = re.compile(r"[A-Za-z]{3,}")
# Said the same in every language of the book.
NAMES = {"Adam", "argmax", "float", "GRU", "LSTM", "NFC", "NFD", "NumPy", "PyTorch", "RNN", "tanh",
         "torch"}  # fmt: skip
SETTINGS = ("# noqa", "# fmt:", "# type:", "# @")


def spoken(book: Book) -> Findings:
    """Each comment, docstring and printed text of a cell has its words in the other languages."""
    for chapter in book.chapters:
        spoken_here = {cell.lang for cell in chapter.cells if cell.lang}
        for cell in chapter.code():
            for code in spoken_here - {REFERENCE}:
                words = cell.node.metadata.get(code, {})
                for text in english(cell.node.source):
                    if text not in words:
                        language = LANGUAGES[str(code)].english
                        message = f"{text!r} has no {language} in the cell's list `{code}`"
                        yield Finding(chapter.path, cell.line, "spoken", message)


def english(code: str) -> Iterator[str]:
    """The comments, docstrings and printed texts of a cell that hold words of English."""
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a magic such as %time; `raw` and ruff look at those
        return
    shown = [extent(code, node) for node in told(tree)]
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    found |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg | ast.keyword) and n.arg}
    found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for start, _, before, text, _ in texts(code):
        comment = before.startswith("#") and not code[start:].startswith(SETTINGS)
        if comment or any(first <= start < last for first, last in shown):
            words = set(WORD.findall(FIELD.sub("", text)))
            if words - NAMES - found:
                yield text


def told(tree: ast.AST) -> Iterator[ast.expr]:
    """Docstrings, and the texts that `print` and `ask` are handed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
            values = [*node.args, *(word.value for word in node.keywords if word.arg == "sep")]
            yield from (v for v in values if isinstance(v, ast.Constant | ast.JoinedStr))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ask":
            parts = [part for given in [*node.args, *node.keywords] for part in ast.walk(given)]
            yield from (part for part in parts if isinstance(part, ast.Constant | ast.JoinedStr))


def extent(code: str, node: ast.expr) -> tuple[int, int]:
    """Where a node begins and ends, in letters: texts side by side are one node."""
    begins = place(code, node.lineno, node.col_offset)
    return begins, place(code, node.end_lineno or node.lineno, node.end_col_offset or 0)


def place(code: str, line: int, column: int) -> int:
    """A place in letters from the start of the code; Python tells it by line and byte."""
    lines = code.splitlines(keepends=True)
    before = lines[line - 1].encode()[:column].decode()
    return sum(map(len, lines[: line - 1])) + len(before)
