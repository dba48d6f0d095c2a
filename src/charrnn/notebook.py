"""What a chapter shows besides pictures: source code from the package, and tables."""

import ast
import inspect
import itertools
import math
import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from IPython.display import Markdown
from torch import Tensor

from charrnn.arguments import quoted
from charrnn.translations import translated

MOST_ROWS = 10_000  # of a table: an endless column would never be written
ONE_THREAD = "one_thread()"  # a decorator that has to do with speed alone


def show_source(thing: Any) -> Markdown:
    """The source of a function, method or class of this package, as it is to be read.

    Its docstrings are left out, and ``@one_thread()``.

    Raises:
        TypeError: there is no Python source to show, as for a number, a lambda or a built-in.
    """
    lines, tree = _parsed(thing)
    dropped: set[int] = set()  # line numbers, from 0
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        for mark in node.decorator_list:
            if ast.unparse(mark) == ONE_THREAD:
                dropped.add(mark.lineno - 1)
        # A body of nothing but its docstring keeps it: without one it cannot compile.
        if ast.get_docstring(node) is not None and len(node.body) > 1:
            docstring = node.body[0]
            end = docstring.end_lineno or docstring.lineno
            # The blank line after a docstring goes with it.
            end += end < len(lines) and not lines[end].strip()
            dropped.update(range(docstring.lineno - 1, end))
    code = "\n".join(line for i, line in enumerate(lines) if i not in dropped)
    place = inspect.getmodule(thing).__name__.replace(".", "/")  # type: ignore[union-attr]
    return Markdown(f"```python\n# {place}.py\n{code}\n```")


def _parsed(thing: Any) -> tuple[list[str], ast.Module]:
    """The lines of a function, method or class, without their common indent, and their syntax."""
    try:
        if not (inspect.isroutine(thing) or inspect.isclass(thing)):
            raise TypeError
        lines = textwrap.dedent(inspect.getsource(thing)).splitlines()
        tree = ast.parse("\n".join(lines))
        if not isinstance(tree.body[0], ast.FunctionDef | ast.ClassDef):
            raise TypeError
    except (TypeError, OSError, SyntaxError) as reason:
        raise TypeError(
            "thing must be a function, method or class written in Python with def or class, "
            f"got {quoted(thing)}."
        ) from reason
    return lines, tree


def table(columns: Mapping[str, Iterable[Any]]) -> Markdown:
    """A table from column heads and their values, all columns equally long.

    Heads and texts that the table of `charrnn.translations` has are put into the page's language.
    Floats are written with 4 significant digits, all numbers with a minus sign (U+2212), NumPy's
    and torch's as Python's own. Text is Markdown: put letters between backquotes to keep a space
    visible.

    Raises:
        TypeError: no mapping, a column that cannot be gone through, or a cell of several numbers.
        ValueError: no columns, columns of different lengths, or more than `MOST_ROWS`.
    """
    if not isinstance(columns, Mapping):
        raise TypeError(f"columns must be a dict of columns by their heads, got {quoted(columns)}.")
    if not columns:
        raise ValueError("columns must hold one column or more.")
    values = {head: _values(head, column) for head, column in columns.items()}
    if len({len(column) for column in values.values()}) > 1:
        lengths = ", ".join(f"{quoted(head)}: {len(column)}" for head, column in values.items())
        raise ValueError(f"columns must be equally long, got {lengths:.200}.")
    head = "| " + " | ".join(map(_cell, columns)) + " |"
    rule = "|" + " --- |" * len(columns)
    rows = zip(*values.values(), strict=True)
    return Markdown(
        "\n".join([head, rule, *("| " + " | ".join(map(_cell, r)) + " |" for r in rows)])
    )


def _values(head: Any, column: Any) -> list[Any]:
    if not np.iterable(column) or getattr(column, "shape", None) == ():
        raise TypeError(f"columns must be lists of values, {quoted(head)} is {quoted(column)}.")
    values = list(itertools.islice(column, MOST_ROWS + 1))
    if len(values) > MOST_ROWS:
        raise ValueError(f"columns must have at most {MOST_ROWS} values, {quoted(head)} has more.")
    return values


def _cell(value: Any) -> str:
    if isinstance(value, np.generic | np.ndarray | Tensor):
        if math.prod(value.shape) != 1:
            raise TypeError(f"columns must hold one number a cell, got {quoted(value)}.")
        value = value.item()
    if isinstance(value, float):
        return f"{value + 0.0:.4g}".replace("-", "−")  # no -0; a line may end at a hyphen
    if isinstance(value, int):
        return str(value).replace("-", "−")
    text = translated(value) if isinstance(value, str) else str(value)
    # A backslash before a bar would undo the bar's own, so it is written as a number.
    text = re.sub(r"(\\*)\|", lambda bar: "&#92;" * len(bar[1]) + r"\|", text)
    return re.sub(r"\r\n|\r|\n", " ", text)
