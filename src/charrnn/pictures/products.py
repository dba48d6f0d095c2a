"""Pictures of sums: a row times a matrix, and what each unit makes of the numbers that come in."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from charrnn.arguments import array
from charrnn.pictures.diagrams import arrow, box, canvas, formula
from charrnn.pictures.numerals import short, short_row
from charrnn.pictures.picture import FORMULA, INK, LETTER, SMALL, STATE, WEIGHT, Picture
from charrnn.pictures.style import styled
from charrnn.translations import choose

MOST_ROWS, MOST_COLUMNS = 6, 4  # of a matrix whose numbers can be read
PALE = 0.62  # of what is multiplied by 0; still read on both pages
MOST_INPUTS, MOST_UNITS = 5, 3  # of a drawing in which each weight has room for its number


@styled
def row_times_matrix(row: ArrayLike, matrix: ArrayLike) -> Picture:
    """A row times a matrix: each place beside the row that it multiplies, the sum below.

    What is multiplied by 0 is pale, so that of a one-hot row a single line stands out.

    Args:
        row: ``(N,)``, up to 6 numbers.
        matrix: ``(N, M)``, up to 4 columns.

    Raises:
        TypeError: what is no number.
        ValueError: shapes that do not fit or are too large to be read, nan or inf.
    """
    places = array("row", row, ("N",))
    table = array("matrix", matrix, (len(places), "M"))
    if len(places) > MOST_ROWS or table.shape[1] > MOST_COLUMNS:
        raise ValueError(
            f"matrix must have at most {MOST_ROWS} rows and {MOST_COLUMNS} columns to be read, "
            f"got {table.shape}."
        )
    products = places[:, None] * table  # (N, M)
    sums = products.sum(axis=0)  # (M,)
    columns = table.shape[1]
    cell = 4.2 / columns
    picture, axes = canvas(12, 1.1 * len(places) + 2.5)
    left, right = 2.4, 7.6
    for i, (number, weights, made) in enumerate(zip(places, table, products, strict=True)):
        y = 1.1 * (len(places) - i) + 1.0
        pale = 1.0 if number else PALE
        box(axes, 0.8, y, short(number), 1.2, 0.8, LETTER, lit=bool(number))
        axes.text(1.8, y, "×", ha="center", va="center", fontsize=FORMULA, alpha=pale)
        _row(axes, left, y, weights, cell, WEIGHT, pale, bool(number))
        axes.text(7.1, y, "=", ha="center", va="center", fontsize=FORMULA, alpha=pale)
        _row(axes, right, y, made, cell, INK, pale, False)
    axes.plot([right, right + 4.2], [1.42, 1.42], color=INK, lw=1.2)
    axes.text(7.1, 0.85, "+", ha="center", va="center", fontsize=FORMULA)
    _row(axes, right, 0.85, sums, cell, INK, 1.0, True)
    for x, name in (
        (0.8, choose("행", "row")), (left + 2.1, choose("행렬", "matrix")),
        (right + 2.1, choose("곱", "products")),
    ):  # fmt: skip
        axes.text(x, 1.1 * len(places) + 2.0, name, ha="center", va="center", fontsize=SMALL)
    axes.text(4.5, 0.85, choose("모두 더하면", "all added up"), ha="center", va="center",
              fontsize=SMALL)  # fmt: skip
    told = "; ".join(
        f"{short(number)} × {short_row(weights)} = {short_row(made)}"
        for number, weights, made in zip(places, table, products, strict=True)
    )
    alt = choose(
        f"행 {short_row(places)}에 {len(places)}행 {columns}열인 행렬을 곱합니다. 행의 자리마다 "
        f"행렬의 행 하나와 짝을 지어 곱합니다: {told}. 모두 더하면 {short_row(sums)}입니다.",
        f"The row {short_row(places)} times a matrix of {len(places)} rows and {columns} columns. "
        f"Each place multiplies the row of the matrix beside it: {told}. All added up: "
        f"{short_row(sums)}.",
    )
    return Picture(picture.figure, alt)


def _row(
    axes: Axes, left: float, y: float, numbers: np.ndarray, cell: float, colour: str, pale: float,
    lit: bool,
) -> None:  # fmt: skip
    """The numbers of a row in a frame, side by side."""
    width = cell * len(numbers)
    box(axes, left + width / 2, y, "", width, 0.8, colour, lit)
    axes.patches[-1].set_alpha(None if lit else pale)
    for k, number in enumerate(numbers):
        axes.text(left + cell * (k + 0.5), y, short(number), ha="center", va="center",
                  fontsize=12, alpha=pale)  # fmt: skip


@styled
def units(letter: ArrayLike, state: ArrayLike, weights: ArrayLike, biases: ArrayLike) -> Picture:
    """One step of a small cell: what comes in, the weight on each line, sum and tanh of each unit.

    Args:
        letter: ``(V,)``, the row of the letter that is read.
        state: ``(H,)``, the old state; V + H is at most 5.
        weights: ``(H, V + H)``, a row for each unit.
        biases: ``(H,)``, at most 3.

    Raises:
        TypeError: what is no number.
        ValueError: shapes that do not fit or are too large to be read, nan or inf.
    """
    read, old = array("letter", letter, ("V",)), array("state", state, ("H",))
    into = np.concatenate((read, old))
    if len(into) > MOST_INPUTS or len(old) > MOST_UNITS:
        raise ValueError(
            f"letter and state must be at most {MOST_INPUTS} numbers, {MOST_UNITS} of them of the "
            f"state, got {len(read)} and {len(old)}."
        )
    table = array("weights", weights, (len(old), len(into)))
    added = array("biases", biases, (len(old),))
    sums = table @ into + added  # (H,)
    pressed = np.tanh(sums)
    height = 2.1 * len(into)
    picture, axes = canvas(12, height + 0.9)
    ys = [height - 2.1 * (i + 0.5) for i in range(len(into))]
    tops = [height * (1 - (j + 0.5) / len(old)) for j in range(len(old))]
    widest = float(np.abs(table).max()) or 1.0
    for i, y in enumerate(ys):
        for j, top in enumerate(tops):
            weight = table[j, i]
            rise = (top - y) / 4.5
            # The line leaves room for its number, on which no other line would be read.
            for start, end in ((1.9, 2.4), (3.2, 6.4)):
                ends = [y + rise * (start - 1.9), y + rise * (end - 1.9)]
                axes.plot([start, end], ends, color=WEIGHT, ls="-" if weight else ":",
                          lw=0.8 + 2.2 * abs(weight) / widest)  # fmt: skip
            axes.text(2.8, y + rise * 0.9, short(weight), ha="center", va="center",
                      fontsize=SMALL)  # fmt: skip
        box(axes, 1.2, y, short(into[i]), 1.4, 0.9, LETTER if i < len(read) else STATE, lit=True)
    for top, total, out, bias in zip(tops, sums, pressed, added, strict=True):
        box(axes, 7.3, top, short(total), 1.8, 1.0)
        axes.text(7.3, top - 0.75, choose("편향 ", "bias ") + short(bias), ha="center", va="top",
                  fontsize=SMALL)  # fmt: skip
        arrow(axes, (8.2, top), (10.2, top))
        axes.text(9.1, top + 0.15, "tanh", ha="center", va="bottom", fontsize=SMALL)
        box(axes, 11.0, top, short(out, 2), 1.6, 1.0, STATE, lit=True)
    above = height + 0.45
    formula(axes, 1.2, above, "$x_t,\\ h_{t-1}$", fontsize=FORMULA)
    axes.text(4.1, above, choose("가중치", "weights"), ha="center", va="center", fontsize=SMALL)
    axes.text(7.3, above, choose("합", "sum"), ha="center", va="center", fontsize=SMALL)
    formula(axes, 11.0, above, "$h_t$", fontsize=FORMULA)
    told = "; ".join(
        f"{short_row(row)}, {short(bias)} → {short(total)} → {short(out, 2)}"
        for row, bias, total, out in zip(table, added, sums, pressed, strict=True)
    )
    alt = choose(
        f"글자 {short_row(read)}과 이전 상태 {short_row(old)}의 수가 저마다 유닛 {len(old)}개로 "
        f"들어갑니다. 유닛마다 가중치, 편향, 합, tanh를 거친 새 상태: {told}.",
        f"The numbers of the letter {short_row(read)} and of the old state {short_row(old)} all "
        f"go into {len(old)} units. For each its weights, its bias, its sum, and the new state "
        f"after tanh: {told}.",
    )
    return Picture(picture.figure, alt)
