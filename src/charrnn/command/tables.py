"""Tables for a terminal, where a Korean letter is two columns wide."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(x) else 2 if unicodedata.east_asian_width(x) in "WF" else 1
        for x in text
    )


def wrapped(text: str, columns: int) -> list[str]:
    """A text in lines of at most so many columns, cut between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and width(longer) > columns:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def named(rows: Sequence[tuple[str, str]]) -> str:
    """Names and what belongs to them, a line each, one below the other."""
    widest = max(width(name) for name, _ in rows)
    return "\n".join(f"{name}{' ' * (widest - width(name) + 2)}{value}" for name, value in rows)


def row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """One line of a table, each cell at the right end of its column."""
    return "  ".join(
        " " * (wide - width(cell)) + cell for cell, wide in zip(cells, widths, strict=True)
    )
