"""What a chapter shows besides pictures: source code from the package, and tables."""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from IPython.display import Markdown


def show_source(thing: Any) -> Markdown:
    """The source of a function, method or class of this package, without its docstrings.

    Raises:
        TypeError: there is no Python source to show, as for a number or a built-in.
    """
    lines = textwrap.dedent(inspect.getsource(thing)).splitlines()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            text = node.body[0]
            end = text.end_lineno or text.lineno
            # The blank line after a class docstring goes with it.
            end += end < len(lines) and not lines[end].strip()
            lines[text.lineno - 1 : end] = [""] * (end - text.lineno + 1)
            for i in range(text.lineno - 1, end):
                lines[i] = "\0"
    code = "\n".join(line for line in lines if line != "\0")
    place = inspect.getmodule(thing).__name__.replace(".", "/")  # type: ignore[union-attr]
    return Markdown(f"```python\n# {place}.py\n{code}\n```")


def table(columns: Mapping[str, Iterable[Any]]) -> Markdown:
    """A table from column heads and their values, all columns equally long.

    Floats are written with 4 significant digits, text stands as code so that spaces stay visible.

    Raises:
        ValueError: columns of different lengths.
    """
    rows = list(zip(*columns.values(), strict=True))
    head = "| " + " | ".join(columns) + " |"
    rule = "|" + " --- |" * len(columns)
    return Markdown(
        "\n".join([head, rule, *("| " + " | ".join(map(_cell, r)) + " |" for r in rows)])
    )


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, str):
        return value.replace("|", "\\|").replace("\n", " ")
    return str(value)
