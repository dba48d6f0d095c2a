"""What a chapter shows besides pictures: source code from the package, and tables."""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from IPython.display import Markdown
from torch import Tensor

from charrnn.words import translated


def show_source(thing: Any) -> Markdown:
    """The source of a function, method or class of this package, without its docstrings.

    Raises:
        TypeError: there is no Python source to show, as for a number or a built-in.
    """
    lines = textwrap.dedent(inspect.getsource(thing)).splitlines()
    dropped: set[int] = set()  # line numbers, from 0
    for node in ast.walk(ast.parse("\n".join(lines))):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or not ast.get_docstring(node):
            continue
        if len(node.body) > 1:  # a body of nothing else keeps it: without one it cannot compile
            docstring = node.body[0]
            end = docstring.end_lineno or docstring.lineno
            # The blank line after a docstring goes with it.
            end += end < len(lines) and not lines[end].strip()
            dropped.update(range(docstring.lineno - 1, end))
    code = "\n".join(line for i, line in enumerate(lines) if i not in dropped)
    place = inspect.getmodule(thing).__name__.replace(".", "/")  # type: ignore[union-attr]
    return Markdown(f"```python\n# {place}.py\n{code}\n```")


def table(columns: Mapping[str, Iterable[Any]]) -> Markdown:
    """A table from column heads and their values, all columns equally long.

    Heads and texts that the table of `charrnn.words` has are put into the page's language.
    Floats are written with 4 significant digits and a minus sign (U+2212), NumPy's and torch's
    numbers as Python's own. Text is Markdown: put letters between backquotes to keep a space
    visible.

    Raises:
        ValueError: columns of different lengths.
    """
    rows = list(zip(*columns.values(), strict=True))
    head = "| " + " | ".join(map(_cell, columns)) + " |"
    rule = "|" + " --- |" * len(columns)
    return Markdown(
        "\n".join([head, rule, *("| " + " | ".join(map(_cell, r)) + " |" for r in rows)])
    )


def _cell(value: Any) -> str:
    value = value.item() if isinstance(value, np.generic | Tensor) else value
    if isinstance(value, float):
        return f"{value + 0.0:.4g}".replace("-", "−")  # no -0; a line may end at a hyphen
    if isinstance(value, str):
        return translated(value).replace("|", "\\|").replace("\n", " ")
    return str(value)
