"""Korean that an English page would show, because a cell of code belongs to both languages.

Hangul may be what a chapter works with, as in hangul.parts("한"). It may not be what a cell says.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

HANGUL = re.compile(r"[가-힣]")
SAYING = ("print", "table", "display", "Markdown", "HTML")  # what they are given, they show
LABELS = ("title", "label", "labels", "name", "names", "xlabel", "ylabel")


def korean_shown(source: str) -> Iterator[tuple[int, str]]:
    """Line within the cell, from 0, and the Korean there: a comment, a label, a printed word."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return  # `make style` says so
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and HANGUL.search(token.string):
            yield token.start[0] - 1, f"{token.string}: Korean in a comment that both pages show"
    for node in ast.walk(tree):
        for shown in _shown(node):
            yield shown.lineno - 1, f"{ast.unparse(shown)}: Korean that both pages show"


def _shown(node: ast.AST) -> Iterator[ast.expr]:
    """Texts with Hangul that a piece of code hands to a reader."""
    given: list[ast.expr | None] = []
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        given += node.args if name in SAYING else []
        given += [word.value for word in node.keywords if name in SAYING or word.arg in LABELS]
    elif isinstance(node, ast.Expr | ast.Assert):
        given.append(node.value if isinstance(node, ast.Expr) else node.msg)
    elif isinstance(node, ast.JoinedStr):
        given += node.values
    for value in given:
        yield from _texts(value)


def _texts(value: ast.expr | None) -> Iterator[ast.expr]:
    """The texts with Hangul in a value, also within a list or a dictionary, not within a call."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        if HANGUL.search(value.value):
            yield value
    elif isinstance(value, ast.List | ast.Tuple):
        for item in value.elts:
            yield from _texts(item)
    elif isinstance(value, ast.Dict):
        for key, said in zip(value.keys, value.values, strict=True):
            yield from _texts(key)
            yield from _texts(said)
